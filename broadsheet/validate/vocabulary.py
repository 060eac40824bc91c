"""The schema.org vocabulary as tables, loaded when first asked for.

schema/vocabulary.json is generated; schema/vocabulary_overlay.json holds, reviewed by hand,
where practice is wider than the published ranges.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import orjson
from msgspec import Struct

from broadsheet import parts
from broadsheet.nearest import nearest

DATES = frozenset({"Date", "DateTime", "Time"})
NUMBERS = frozenset({"Number", "Integer", "Float"})
TEXTS = frozenset({"Text", "CssSelectorType", "XPathType", "PronounceableText"})
MEASURES = frozenset({"Distance", "Energy", "Mass", "Quantity"})
LITERALS = DATES | NUMBERS | TEXTS | MEASURES | {"URL", "Boolean", "Duration"}


MAX_DIFFERENCE = 4  # characters that a misspelling may be longer or shorter
MAX_NEAR = 4096  # misspellings remembered; a hostile document may hold any number


class Property(Struct, frozen=True):
    """One property: where it may stand and what its values may be."""

    name: str
    domains: frozenset[str]
    literals: frozenset[str]  # data types of the range
    classes: frozenset[str]  # the range's other types
    superseded_by: str | None
    text: bool  # any text will do
    anything: bool  # the range holds Thing
    by_courtesy: bool  # an address is allowed by the overlay alone


def is_long_text(known: Property) -> bool:
    """Return whether a property takes text, or a TextObject at most: no object that could go without a type."""
    return known.text and known.classes == {"TextObject"}


class Vocabulary:
    """Look-ups over one release. ``release`` is its number: "30.0"."""

    def __init__(self, tables: dict[str, Any], overlay: dict[str, Any]) -> None:
        self.release: str = tables["release"]
        self.types: dict[str, list[str]] = tables["types"]
        self.members: dict[str, str] = tables["members"]
        self.overlay = overlay
        self.tolerated = frozenset(overlay["text_is_usual"])
        self._properties: dict[str, list[str]] = tables["properties"]
        self._ranges: dict[str, list[str]] = overlay["ranges"]
        self._domains: dict[str, list[str]] = overlay["domains"]
        self._known: dict[str, Property] = {}
        self._ancestors: dict[str, frozenset[str]] = {}
        self._news_types = frozenset(overlay["news_types"])
        self._other_types = frozenset(overlay["other_types"])
        self._weighed: dict[str, bool] = {}
        self._asked: dict[tuple[tuple[str, ...], tuple[str, ...]], bool] = {}
        self._near: dict[tuple[str, bool], str | None] = {}

    def property(self, name: str) -> Property | None:
        """Return the property, None where the release has no such property."""
        found = self._known.get(name)
        if found is None and name in self._properties:
            found = self._known[name] = self._read(name)
        return found

    def _read(self, name: str) -> Property:
        domains, ranges, *superseded = self._properties[name]
        span = {*ranges.split(), *self._ranges.get(name, ())}
        literals = frozenset(span & LITERALS)
        return Property(
            name,
            frozenset((*domains.split(), *self._domains.get(name, ()))),
            literals,
            frozenset(span - LITERALS),
            superseded[0].split()[0] if superseded else None,
            bool(literals & TEXTS),
            "Thing" in span,
            "URL" in literals and "URL" not in ranges.split(),
        )

    def ancestors(self, name: str) -> frozenset[str]:
        """Return the type and all its supertypes; empty where the release has no such type."""
        found = self._ancestors.get(name)
        if found is None:
            found = self._ancestors[name] = self._climb(name)
        return found

    def _climb(self, name: str) -> frozenset[str]:
        seen: set[str] = set()
        waiting = [name] if name in self.types else []
        while waiting:
            one = waiting.pop()
            if one not in seen and one in self.types:
                seen.add(one)
                waiting.extend(self.types[one][0].split())
        return frozenset(seen)

    def superseded_type(self, name: str) -> str | None:
        """Return the type to use instead of ``name``, where there is one."""
        entry = self.types[name]
        return entry[1].split()[0] if len(entry) > 1 else None

    def is_a(self, types: Iterable[str], wanted: str) -> bool:
        """Return whether one of ``types`` is ``wanted`` or below it."""
        for one in types:  # noqa: SIM110 - a plain loop is faster, and asked for every object of every document
            if wanted in self.ancestors(one):
                return True
        return False

    def is_any(self, types: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
        """Return whether one of ``types`` is one of ``wanted`` or below it."""
        found = self._asked.get((types, wanted))
        if found is None:
            found = self._asked[types, wanted] = any(self.is_a(types, one) for one in wanted)
        return found

    def is_news(self, types: Iterable[str]) -> bool:
        """Return whether a node belongs to what news pages say, where a fault weighs as an error.

        Elsewhere (recipes, medicine, products …) practice is wider, and a fault is a warning.
        """
        known = [one for one in types if one in self.types]
        return not known or any(self._news(one) for one in known)

    def _news(self, name: str) -> bool:
        if name not in self._weighed:
            above = self.ancestors(name)
            self._weighed[name] = bool(above & self._news_types) and not above & self._other_types
        return self._weighed[name]

    def near_type(self, name: str) -> str | None:
        """Return the type that ``name`` was probably meant to be."""
        return self._nearest(name, self._folded_types, "type_mistakes")

    def near_property(self, name: str, types: Iterable[str] = ()) -> str | None:
        """Return the property that ``name`` was probably meant to be, one that ``types`` may have."""
        found = self._nearest(name, self._folded_properties, "property_mistakes")
        known = self.property(found) if found else None
        above = {one for kind in types for one in self.ancestors(kind)}
        return found if known is not None and (not above or known.domains & above) else None

    def _nearest(self, name: str, folded: dict[str, str], mistakes: str) -> str | None:
        key = (name[:80], mistakes == "type_mistakes")
        if key not in self._near:
            if len(self._near) > MAX_NEAR:
                self._near.clear()
            plain = "".join(char for char in name[:80].casefold() if char.isalnum())
            known = self.overlay[mistakes].get(plain) or folded.get(plain)
            if known is None:
                close = nearest(plain, _alike(plain, folded), 0.78)
                known = folded[close] if close else None
            self._near[key] = known
        return self._near[key]

    @cached_property
    def _folded_types(self) -> dict[str, str]:
        return {name.casefold(): name for name in self.types}

    @cached_property
    def _folded_properties(self) -> dict[str, str]:
        current = {name.casefold(): name for name, entry in self._properties.items() if len(entry) == 2}
        return {**{name.casefold(): name for name in self._properties}, **current}


def _alike(word: str, known: Iterable[str]) -> list[str]:
    """Return the words of nearly the same length that begin or end alike: comparing all takes ten times as long."""
    size, head, tail = len(word), word[:2], word[-2:]
    return [one for one in known if abs(len(one) - size) <= MAX_DIFFERENCE and (one[:2] == head or one[-2:] == tail)]


@cache
def load(tables: Path, overlay: Path) -> Vocabulary:
    """Read the tables, once a file."""
    return Vocabulary(orjson.loads(tables.read_bytes()), orjson.loads(overlay.read_bytes()))


def vocabulary(site_root: Path | None = None) -> Vocabulary:
    """Return the vocabulary of the site's, else of our schema/ folder."""
    return load(
        parts.find("schema", "vocabulary.json", site_root),
        parts.find("schema", "vocabulary_overlay.json", site_root),
    )
