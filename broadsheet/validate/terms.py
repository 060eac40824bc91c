"""JSON-LD contexts: which word belongs to schema.org, and under which name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct, field

#: JSON-LD 1.1 keywords, and the two that schema.org's own context gives other names.
KEYWORDS = frozenset(
    {"@context", "@id", "@type", "@graph", "@value", "@language", "@list", "@set", "@reverse", "@index", "@nest"}
    | {"@included", "@json", "@none", "@base", "@vocab", "@direction", "@container", "@version", "@protected"}
    | {"@import", "@prefix", "@propagate"}
)
ALIASES = {"id": "@id", "type": "@type"}

_OURS = re.compile(r"https?://(?:www\.)?schema\.org(?:/|/#|#)?\Z", re.IGNORECASE)
_OURS_FILE = re.compile(
    r"https?://(?:www\.)?schema\.org/(?:docs/jsonldcontext\.json(?:ld)?|version/[^/\s]{1,20}/schemaorgcontext\.jsonld)\Z",
    re.IGNORECASE,
)
_TERM = re.compile(r"https?://(?:www\.)?schema\.org/#?([^/#?\s]{1,80})\Z", re.IGNORECASE)


class Context(Struct, frozen=True):
    """What a context says about words.

    ``plain``: words without a prefix are schema.org's. ``open``: another context, which
    nobody reads here, may define any word. ``terms``: word → schema.org name, or None
    for a word of another vocabulary. ``prefixes``: those that stand for schema.org.
    """

    plain: bool = True
    open: bool = False
    terms: Mapping[str, str | None] = field(default_factory=dict)
    prefixes: frozenset[str] = frozenset({"schema"})
    containers: frozenset[str] = frozenset()  # words whose objects are keyed by language or index
    faults: tuple[str, ...] = ()  # what is no schema.org context

    def name(self, word: str) -> str | None:
        """Return the schema.org name of a property or type, None where another vocabulary owns it."""
        if word in self.terms:
            return self.terms[word]
        if ":" in word:
            return self._prefixed(word)
        if not self.plain:
            return None
        return word

    def _prefixed(self, word: str) -> str | None:
        found = _TERM.match(word)
        if found:
            return found[1]
        prefix, _, rest = word.partition(":")
        return rest if prefix in self.prefixes else None


PLAIN = Context()


def is_ours(address: str) -> bool:
    """Return whether an address is schema.org's context."""
    return bool(_OURS.match(address) or _OURS_FILE.match(address))


def context(value: Any, outer: Context | None = None) -> Context:
    """Read an @context. ``outer`` is the one around it, None at the top of a document."""
    if isinstance(value, str):
        return _address(value.strip() if value.strip() != value and is_ours(value.strip()) else value)
    return _mixed(value if isinstance(value, list) else [value], outer)


@cache
def _address(value: str) -> Context:
    if is_ours(value):
        return PLAIN
    return Context(faults=(value,))


def _mixed(values: list[Any], outer: Context | None) -> Context:
    plain = outer.plain if outer else False
    prefixes = set(outer.prefixes) if outer else set()
    terms = dict(outer.terms) if outer else {}
    containers = set(outer.containers) if outer else set()
    faults: list[str] = []
    ours = outer is not None
    for value in values:
        if isinstance(value, str):
            if is_ours(value.strip()):
                plain = ours = True
                prefixes.add("schema")
            else:
                faults.append(value)
        elif isinstance(value, dict):
            vocab = value.get("@vocab")
            if isinstance(vocab, str):
                plain = is_ours(vocab)
                ours = ours or plain
            ours = _definitions(value, prefixes, terms, containers) or ours
        elif value is not None or len(values) == 1:
            faults.append(str(value))
    if not ours:
        return Context(faults=tuple(faults) or ("",))
    return Context(plain, bool(faults), terms, frozenset(prefixes), frozenset(containers))


def _definitions(
    value: Mapping[str, Any], prefixes: set[str], terms: dict[str, str | None], containers: set[str]
) -> bool:
    """Read the words that an inline context defines; return whether one leads to schema.org."""
    ours = False
    for word, meaning in value.items():
        if word.startswith("@"):
            continue
        iri = meaning.get("@id", word) if isinstance(meaning, dict) else meaning
        if isinstance(meaning, dict) and "@container" in meaning:
            containers.add(word)
        if not isinstance(iri, str):
            terms[word] = None
        elif is_ours(iri):
            prefixes.add(word)
            ours = True
        else:
            name = _defined(word, iri, prefixes)
            terms[word] = name
            ours = ours or (name is not None and iri != word)
    return ours


def _defined(word: str, iri: str, prefixes: set[str]) -> str | None:
    found = _TERM.match(iri)
    if found:
        return found[1]
    if iri == word:
        return word
    if iri.startswith("@"):
        return iri
    prefix, colon, rest = iri.partition(":")
    return rest if colon and prefix in prefixes | {"schema"} else None
