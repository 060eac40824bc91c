"""When the article was published and changed: stated by the page's data, its ``time`` elements or its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from broadsheet.importers.html import linked, moments
from broadsheet.importers.html.candidates import Candidate, Choice, absent, taken
from broadsheet.importers.html.page import Page
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


def published(page: Page, shown: Sequence[Candidate[Moment]]) -> Choice[Moment]:
    """Return when the article was published; ``shown`` are the dates that the visible page states."""
    return _choose([*_stated(page, ("datePublished", "dateCreated"), _PUBLISHED), *shown], "No date is stated on the page.")


def modified(page: Page, published: Moment | None) -> Choice[Moment]:
    """Return when the article was last changed, where the page says so and it is not before publication."""
    stated = [c for c in _stated(page, ("dateModified",), _MODIFIED) if published is None or not _before(c.value, published)]
    return _choose(stated, "No later change is stated on the page.")


def _stated(page: Page, properties: Sequence[str], metas: Sequence[str]) -> list[Candidate[Moment]]:
    return [c for c in _spans(page, properties, metas) if c is not None]


def _spans(page: Page, properties: Sequence[str], metas: Sequence[str]) -> Iterator[Candidate[Moment] | None]:
    for name in properties:
        for item in linked.articles(page.items):
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
    if moment.tzinfo is not None or other.tzinfo is None:
        return False
    return abs(replace_zone(other) - moment).total_seconds() < 60


def replace_zone(moment: datetime) -> datetime:
    """Return the wall-clock time without its offset."""
    return moment.replace(tzinfo=None)


def day(moment: Moment) -> date:
    """Return the day of a moment, by its own clock."""
    return moment.date() if isinstance(moment, datetime) else moment


def _before(one: Moment, other: Moment) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime) and (one.tzinfo is None) == (other.tzinfo is None):
        return one < other
    return day(one) < day(other)


def shown(page: Page) -> list[Candidate[Moment]]:
    """Return what the page's ``time`` elements state, those that call themselves published first."""
    found: list[tuple[int, Candidate[Moment]]] = []
    for element in page.root.iter("time"):
        stated = element.get("datetime")
        reading = candidate(stated, "time", element.sourceline) if stated else None
        if reading is not None:
            names = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}".lower()
            rank = 0 if "publi" in names else 2 if "modif" in names or "updat" in names else 1
            found.append((rank, replace(reading, path=f"time[{len(found) + 1}]")))
    return [reading for _, reading in sorted(found, key=lambda pair: pair[0])]
