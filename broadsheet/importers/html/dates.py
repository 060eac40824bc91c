"""When the article was published and changed: stated by the page's data, its ``time`` elements or its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice

from lxml.html import HtmlElement
from msgspec.structs import replace

from broadsheet.importers import dates as printed
from broadsheet.importers.html import furniture, linked, moments
from broadsheet.importers.html.candidates import Candidate, Choice, absent, taken
from broadsheet.importers.html.page import Page
from broadsheet.importers.html.words import INLINE, key, seen, squeeze
from broadsheet.importers.html.zones import Zones
from broadsheet.model import Moment

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "published_time", "date_published",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "vr:published_time",
    "dc.date", "dc.date.issued", "dc.date.created", "dcterms.date", "dcterms.created", "dcterms.issued", "dcterms.available",
    "rnews:datepublished", "article.published", "originalpublicationdate", "og:pubdate", "displaydate", "created", "last-published",
    "article_date_original", "bt:pubdate", "article:post_date", "nrk.no:published", "eomportal-pubdate", "iso-8601-publish-date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "article:modified", "datemodified", "last-modified",
    "lastmod", "dc.date.modified", "dcterms.modified", "article:updated", "article:updated_time", "date_modified", "revision_date",
)  # fmt: skip


MIN_WEIGHT = 0.15  # of a place on the page: below, nothing of the article stands there
MIN_SCORE = 0.3  # of a visible date
MAX_LINES = 600  # places with a digit that are looked at
MAX_REST = 70  # other letters in a line of dates; more is a sentence


def published(page: Page, shown: Sequence[Candidate[Moment]]) -> Choice[Moment]:
    """Return when the article was published; ``shown`` are the dates that the visible page states."""
    stated = [*_stated(page, ("datePublished", "dateCreated"), _PUBLISHED), *shown]
    inferred = in_address(page)
    return _choose([*stated, *([inferred] if inferred and not stated else [])], "No date is stated on the page.")


def modified(page: Page, published: Moment | None) -> Choice[Moment]:
    """Return when the article was last changed, where the page says so and it is not before publication."""
    stated = [
        c for c in _stated(page, ("dateModified",), _MODIFIED) if published is None or not _before(c.value, published)
    ]
    return _choose(stated, "No later change is stated on the page.")


def _stated(page: Page, properties: Sequence[str], metas: Sequence[str]) -> list[Candidate[Moment]]:
    return [c for c in _spans(page, properties, metas) if c is not None]


def _spans(page: Page, properties: Sequence[str], metas: Sequence[str]) -> Iterator[Candidate[Moment] | None]:
    for name in properties:
        for item in page.articles:
            for text in linked.texts(item.data.get(name))[:1]:
                yield candidate(text, f"{item.syntax}/{name}", item.line)
    for name in metas:
        for meta in page.meta.get(name, ())[:2]:
            yield candidate(meta.content, f"meta/{name}", meta.line)


def candidate(text: str, path: str, line: int | None) -> Candidate[Moment] | None:
    """Return the reading of a machine-written time, None when it is none."""
    value = moments.read(text)
    return None if value is None else Candidate(value, path, text.strip(), line)


def _choose(stated: Sequence[Candidate[Moment]], missing: str) -> Choice[Moment]:
    if not stated:
        return absent(missing)
    first = stated[0]
    finer = next((c for c in stated[1:] if _refines(c.value, first.value)), None)
    return taken(finer or first, stated)


def _refines(other: Moment, moment: Moment) -> bool:
    """Tell whether ``other`` is the same moment, known more exactly: with a time of day, or with its offset."""
    if not isinstance(other, datetime):
        return False
    if not isinstance(moment, datetime):
        return other.date() == moment
    if not other.utcoffset() and (moment.tzinfo is not None or other.tzinfo is None):
        return False
    if moment.utcoffset():  # a clock that says +00:00 is often local time that was labelled wrongly
        return False
    return abs(_clock(other) - _clock(moment)).total_seconds() < 60


def _clock(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def day(moment: Moment) -> date:
    """Return the day of a moment, by its own clock."""
    return moment.date() if isinstance(moment, datetime) else moment


def _before(one: Moment, other: Moment) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime) and (one.tzinfo is None) == (other.tzinfo is None):
        return one < other
    return day(one) < day(other)


def shown(page: Page, zones: Zones, language: str | None) -> list[Candidate[Moment]]:
    """Return the dates that the visible page states, the likeliest day of publication first.

    A ``time`` element near the headline goes before a printed date, a date that is
    called published before one that is not, a line that is nothing but a date before
    a sentence; one that is called updated is left out.
    """
    address_day = in_address(page)
    found: list[tuple[float, Candidate[Moment]]] = []
    for element in islice(_dated(page.root), MAX_LINES):
        weight = zones.weight(element)
        if weight < MIN_WEIGHT:
            continue
        label = _label(element)
        if label == "correction":
            continue
        for reading, printed_kind, rest in _readings(element, language):
            kind = printed_kind or label or _beside(element, language)
            if kind != "updated" and (rest <= MAX_REST or kind == "published"):
                agrees = address_day is not None and day(reading.value) == address_day.value
                bonus = (0.3 if kind == "published" else 0.0) + (0.3 if agrees else 0.0) + 0.1 * reading.weight
                found.append((weight + bonus - min(0.4, rest / 100), reading))
    found.sort(key=lambda pair: -pair[0])
    return [reading for weight, reading in found if weight > MIN_SCORE]


def _label(element: HtmlElement) -> str | None:
    """Return what the element's own names call its date."""
    parent = element.getparent()
    names = f"{furniture.names(element)} {element.get('itemprop') or ''} {furniture.names(parent) if parent is not None else ''}".lower()
    if _CORRECTION.match(element.text_content()[:60].strip()) or "correction" in names:
        return "correction"
    if "entry-date" in names:  # WordPress marks the day of publication "entry-date updated" where it never changed
        return "published"
    return "updated" if _UPDATED.search(names) else "published" if _PUBLISHED_NAME.search(names) else None


_PUBLISHED_NAME = re.compile(r"publi|created|posted|erschienen|veroeff|issued|pubdate")
_UPDATED = re.compile(r"modif|(?<!not)(?<!not[-_])updat|aktualis|edited|changed|revis")
_CORRECTION = re.compile(
    r"correct|clarif|korrig|berichtig|errat|korrekt|rettelse|r\u00e4ttelse|correc|rectif", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_HOLDERS = frozenset("p div span li small em strong b i h4 h5 h6 td dd header abbr font a section figcaption".split())


def _dated(root: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the ``time`` elements, and the short elements around every text with a digit, up to three levels."""
    met: set[HtmlElement] = set()
    for element in root.iter():
        if element.tag == "time":
            near: Iterable[HtmlElement] = (element,)
        elif _DIGIT.search(element.text or ""):
            near = islice(chain((element,), element.iterancestors()), 3)
        elif _DIGIT.search(element.tail or ""):
            near = islice(element.iterancestors(), 3)
        else:
            continue
        for one in near:
            if one in met:
                continue
            met.add(one)
            if one.tag == "time" or (
                one.tag in _HOLDERS and len(one) < 12 and 5 < len(squeeze(one.text_content()[:400])) < 160
            ):
                yield one


def _readings(element: HtmlElement, language: str | None) -> Iterator[tuple[Candidate[Moment], str | None, int]]:
    """Yield the dates that an element states, what they are called, and how many other letters stand in their line.

    Of several dates in one line the first that is not called updated counts.
    """
    stated = element.get("datetime") or (element.get("content") if element.get("itemprop") else None)
    text = seen(element)[:200]
    read = printed.find(text, language)
    rest = max(0, len(key(_line(element, text))) - sum(len(key(one.text)) for one in read))
    if stated and (reading := candidate(stated, "time", element.sourceline)):
        same = [one for one in read if day(one.moment) == day(reading.value)] or [
            one for one in read if _same_day(reading.value, one.moment)
        ]
        if not read or (same and same[0] is read[0]) or (same and same[0].kind == "published"):
            yield replace(reading, weight=2.0), same[0].kind if same else None, rest if read else 0
    path = "time" if element.tag == "time" else "date-line"
    several = (
        "published" if len(read) > 1 and rest <= MAX_REST else None
    )  # the first of two days is that of publication
    for one in [one for one in read if one.kind != "updated"][:1]:
        yield (
            Candidate(one.moment, path, one.text, element.sourceline, 1.0 if isinstance(one.moment, datetime) else 0.0),
            one.kind or several,
            rest,
        )


def _line(element: HtmlElement, text: str) -> str:
    """Return the line that an inline element stands in, where it is a short one."""
    parent = element.getparent()
    if element.tag not in INLINE or parent is None or parent.tag in {"article", "section", "header", "body"}:
        return text
    line = seen(parent) if len(parent) < 12 else text
    return line if len(line) < 200 and not printed.find(line.replace(text, " ", 1)) else text


def _same_day(stated: Moment, shown: Moment) -> bool:
    """Tell whether a machine's time can be the printed one: its UTC day may be the day before or after."""
    apart = abs((day(stated) - day(shown)).days)
    utc = isinstance(stated, datetime) and stated.tzinfo is not None and not stated.utcoffset()
    return apart == 0 or (apart == 1 and utc)


def _beside(element: HtmlElement, language: str | None) -> str | None:
    """Return what the words just before an element call its date."""
    parent, before = element.getparent(), element.getprevious()
    words = (before.tail or seen(before)) if before is not None else (parent.text or "" if parent is not None else "")
    named = printed.find(f"{squeeze(words)[-40:]} 2001-01-01", language)
    return named[-1].kind if named else None


def in_address(page: Page) -> Candidate[Moment] | None:
    """Return the day that the article's own address holds (/2026/03/04/): inferred, a day and no more."""
    match = _IN_ADDRESS.search(page.canonical or "")
    value = moments.read(f"{match[1]}-{match[2]}-{match[3]}") if match else None
    if value is None or match is None:
        return None
    return Candidate(value, "address", page.canonical or "", rule="date-in-address")


_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-]?(\d{2})[/-]?(\d{2})(?=[/_.-]|$)")
