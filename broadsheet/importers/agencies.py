"""World news agencies: data/agencies.tsv. What a byline or dateline runs together is told apart here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from msgspec import Struct

from broadsheet.importers.alternatives import any_of
from broadsheet.importers.languages import DATA
from broadsheet.model import Agency

#: Codes that are also words or names: taken only in brackets, in a dateline, or as a whole line in capitals.
_SHORT = 3


class Found(Struct, frozen=True):
    """An agency in a text, at ``[start:end]``."""

    agency: Agency
    start: int
    end: int


@cache
def _table() -> tuple[Mapping[str, Agency], Mapping[str, Agency]]:
    """Return the agencies by full name and alias (folded), and by code as printed."""
    names: dict[str, Agency] = {}
    codes: dict[str, Agency] = {}
    for line in (DATA / "agencies.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, code, _, url, wikidata, others = line.split("\t")
        same_as = (f"http://www.wikidata.org/entity/{wikidata}",) if wikidata else ()
        agency = Agency(name, code or None, url or None, same_as)
        for alias in (name, code, *others.split("|")):
            if not alias:
                continue
            if _is_code(alias):
                codes.setdefault(alias.casefold(), agency)
            else:
                names.setdefault(_key(alias), agency)
    return names, codes


def _is_code(alias: str) -> bool:
    return len(alias) <= 5 and alias.isascii() and (alias.isupper() or alias.islower())


_PARTED = re.compile(r"[\s.\-‐‑–]+")
_LONGEST = 120  # characters of an agency's name, or of two
_LIST = re.compile(r"\s*(?:[/,;|+&]|\s(?:and|und|et|y|e|og|och|en|with|mit)\s)\s*")
_DESK = re.compile(r"[a-z]{2,4}")
_IN_BRACKETS = re.compile(r"(.{4,60}?)\s*\(([^()]{2,10})\)")


def _key(text: str) -> str:
    return _PARTED.sub(" ", text.casefold()).strip()


def find(text: str) -> Agency | None:
    """Return the agency that ``text`` names and nothing else: "AP", "(dpa)", "The Associated Press"."""
    return _find(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _find(text: str) -> Agency | None:
    clean = text.strip("[]/©|.,:;–—-* \t")
    clean = clean.strip("() ") if "(" not in clean.strip("() ") else clean
    names, codes = _table()
    found = names.get(_key(clean))
    if found is None and (clean.isupper() or len(clean) <= 4):
        found = codes.get(clean.casefold())
    if found is None and clean.casefold().startswith("the "):
        found = names.get(_key(clean[4:]))
    return found or _bracketed(clean)


def _bracketed(clean: str) -> Agency | None:
    """Return the agency of "Associated Press (AP)"."""
    match = _IN_BRACKETS.fullmatch(clean) if clean.endswith(")") else None
    return _table()[0].get(_key(match[1])) if match else None


def find_all(text: str) -> tuple[Agency, ...]:
    """Return the agencies of a list and nothing else: "AP/AFP", "dpa, Reuters and AFP"; () where any part is none."""
    if len(text) > _LONGEST:
        return ()
    if whole := find(text):
        return (whole,)
    parts = [part for part in _LIST.split(text.strip(" ()[]")) if part]
    if not parts or (first := find(parts[0])) is None:
        return ()
    found = [first, *map(find, parts[1:])]
    known = [agency for agency in found if agency]
    # "dpa/lno": the code of a regional desk behind the agency's
    desks = all(agency or _DESK.fullmatch(part) for agency, part in zip(found, parts, strict=True))
    return tuple(dict.fromkeys(known)) if desks else ()


@cache
def _names_pattern() -> re.Pattern[str]:
    words = any_of((name for name in _table()[0] if len(name) > _SHORT), r"[\s.\-]+")
    return re.compile(rf"(?<!\w)(?:the\s+)?(?:{words})(?:\s?\([A-Z]{{2,4}}\))?(?!\w)", re.IGNORECASE)


def within(text: str) -> tuple[Found, ...]:
    """Return the agencies that ``text`` names by full name, with their places in it."""
    found = []
    for match in _names_pattern().finditer(text):
        agency = find(match[0])
        if agency:
            found.append(Found(agency, match.start(), match.end()))
    return tuple(found)
