"""The visible byline: what calls itself author, and what stands where bylines stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice

from lxml.html import HtmlElement
from msgspec import Struct

from broadsheet.importers import languages
from broadsheet.importers.html import furniture, persons
from broadsheet.importers.html.candidates import Candidate
from broadsheet.importers.html.page import Page
from broadsheet.importers.html.words import INLINE, is_hidden, key, raw, seen, squeeze
from broadsheet.importers.html.zones import AUTHOR, Zones

MAX_MENTIONS = 400  # places that seem to name an author
MAX_BYLINE = 220  # characters of an element that can be a byline
_NOT_AUTHOR = re.compile(
    r"bio|desc|avatar|img|image|photo|follow|social|share|related|more-?from|comment|count|newsletter|thumb|icon",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:e[ns]?|in|es)?|auteurs?|profiles?|people|person(?:en)?|staff|reporters?|journalists?|journalister|writers?|contributors?"
    r"|columnists?|by|bylines?|team|redaktion|redaction|redazione|yazar(?:lar)?|experts?|users?|member|correspondents?|forfatter|skribent)/[^?#]{2,}"
    r"|[?&]author(?:name)?=",
    re.IGNORECASE,
)
_TYPES = {"rel": 1.0, "itemprop": 1.0, "class": 0.9, "profile": 0.8, "by": 0.9, "line": 0.35}


class Mention(Struct, frozen=True):
    """One place where the page seems to name its authors."""

    names: tuple[str, ...]
    kind: str
    element: HtmlElement
    score: float
    text: str


def find(page: Page, zones: Zones, language: str | None, papers: Sequence[str]) -> Candidate[tuple[str, ...]] | None:
    """Return the names of the visible byline and the span that holds them."""
    mentions = [m for m in islice(_mentions(page, zones, language, papers), MAX_MENTIONS) if m.names]
    if not mentions:
        return None
    scores = _scores(mentions)
    best = max(scores.values())
    if best < 0.3:
        return None
    chosen = {name for name, score in scores.items() if score >= 0.75 * best}
    first = max(mentions, key=lambda m: (m.score, len(m.names)))
    if first.kind == "line":
        chosen = {key(name) for name in first.names}
    ordered = [
        n
        for m in sorted(mentions, key=lambda m: zones.order[m.element])
        if m.score >= 0.3
        for n in m.names
        if key(n) in chosen
    ]
    names = tuple({key(n): n for n in reversed(ordered)}.values())[::-1]
    holds = all(n in first.text for n in names)
    return Candidate(
        names[:8], f"byline[{first.kind}]", first.text if holds else ", ".join(names), first.element.sourceline, best
    )


def _scores(mentions: Sequence[Mention]) -> dict[str, float]:
    found: dict[str, list[float]] = defaultdict(list)
    for mention in mentions:
        for name in mention.names:
            found[key(name)].append(mention.score)
    return {name: max(all_) + 0.15 * min(1.0, sum(all_) - max(all_)) for name, all_ in found.items()}


def _mentions(page: Page, zones: Zones, language: str | None, papers: Sequence[str]) -> Iterator[Mention]:
    body = page.root.find("body")
    for element in (body if body is not None else page.root).iter():
        if not isinstance(element.tag, str) or element.tag in {
            "script",
            "style",
            "img",
            "svg",
            "path",
            "br",
            "input",
            "button",
        }:
            continue
        kind = _kind(element)
        if kind is None and element.tag in _LINES:
            kind = _line_kind(element, zones, language)
        if kind is None or is_hidden(element):
            continue
        text = seen(element)
        if not 1 < len(text) <= MAX_BYLINE:
            continue
        weight = _TYPES[kind] * zones.weight(element) * (0.7 if "contribut" in furniture.names(element) else 1.0)
        names = persons.in_element(element, language, papers, explicit=kind != "line")
        yield Mention(tuple(names), kind, element, weight, text)


@lru_cache(maxsize=16_384)
def _names_author(name: str) -> bool:
    return len(name) > 5 and AUTHOR.search(name) is not None and not _NOT_AUTHOR.search(name)


_LINES = frozenset("p div span li h2 h3 h4 h5 h6 address strong em small td storefront-html".split())


def _kind(element: HtmlElement) -> str | None:
    """Return how an element says that it holds the author, None when it does not."""
    if "author" in (element.get("rel") or "").lower().split():
        return "rel"
    if not {"author", "creator"}.isdisjoint((element.get("itemprop") or "").split()):
        return "itemprop"
    name = f"{furniture.names(element)} {element.get('data-testid') or ''} {element.get('data-qa') or ''}"
    if _names_author(name):
        return "class"
    if element.tag == "a" and _PROFILE.search(element.get("href") or ""):
        return "profile"
    return None


def _line_kind(element: HtmlElement, zones: Zones, language: str | None) -> str | None:
    """Return "by" for a short line that begins with a byline word, "line" for one where bylines stand."""
    place = zones.order[element]
    near = zones.title - 40 <= place <= zones.start or zones.end - 20 <= place <= zones.end + 60
    if not near or len(element) > 12 or any(child.tag not in INLINE and child.tag != "br" for child in element):
        return None
    text = squeeze(raw(element)[:400])
    if not 3 < len(text) <= MAX_BYLINE:
        return None
    if _by(language).match(text):
        return "by"
    return "line" if zones.title < place <= zones.start and len(text) < 70 else None


@cache
def _by(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"(?:{languages.pattern(language, 'by')})\s*[:\s]\s*\S", re.IGNORECASE)
