"""A parsed page → `Article`, each value with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from broadsheet.importers.html import (
    about,
    authors,
    body,
    dateline,
    dates,
    headline,
    images,
    language,
    linked,
    spans,
    structured,
    trim,
    write,
)
from broadsheet.importers.html.candidates import Choice
from broadsheet.importers.html.page import Page
from broadsheet.importers.html.zones import Zones
from broadsheet.model import Article, Evidence, Source

_WANTED = {"date", "authors", "title", "body"}
#: schema.org properties taken over where the page states them.
_PROPERTIES = (
    "isAccessibleForFree",
    "alternativeHeadline",
    "copyrightHolder",
    "copyrightYear",
    "license",
    "dateCreated",
)
_TYPES = {
    "NewsArticle", "AnalysisNewsArticle", "AskPublicNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
    "ReportageNewsArticle", "ReviewNewsArticle",
}  # fmt: skip


def article(page: Page, stated_language: str | None = None) -> Article:
    """Return the page's article. Its headline is empty when the page has none."""
    evidence: dict[str, Evidence] = {}

    def keep(name: str, choice: Choice[Any]) -> Any:
        evidence[name] = choice.evidence
        return choice.value

    choice, heading = headline.choose(page)
    title = keep("title", choice) or ""
    voted = body.votes(page.root)
    column = body.find(page, voted)
    text = "\n".join(b.text for b in column.blocks) if column else title
    tongue = keep("lang", language.choose(page, text, stated_language))
    if column:
        trimmed = trim.body(page, column, voted, heading, title, tongue)
        column = replace(column, blocks=trimmed.blocks)
    zones = Zones(page, heading, column)
    writers, wires = authors.choose(page, zones, tongue)
    published = keep("date", dates.published(page, dates.shown(page, zones, tongue)))
    made = Article(
        headline=title,
        language=tongue,
        published=published,
        modified=keep("modified", dates.modified(page, published)),
        authors=keep("authors", writers) or (),
        agencies=keep("agency", wires) or (),
        publisher=keep("publisher", about.publisher(page)),
        section=keep("category", about.section(page, heading)) or (),
        tags=keep("tags", about.tags(page)) or (),
        summary=keep("summary", about.summary(page)),
        properties=_properties(page),
        source=Source(url=page.canonical, media_type="text/html"),
    )
    made = _pictures(made, page, evidence)
    if column:
        made, column = _dateline(made, column, evidence)
    made = replace(made, body=write.body(column, page, made) if column else "", type=_type(page))
    stated = structured.body(page, made.body)
    made = replace(made, body=stated.value or made.body, corrections=structured.corrections(page))
    evidence["body"] = stated.evidence if stated.value else _body_evidence(made, column)
    return replace(made, evidence=_told(evidence, page), notes=_notes(made))


def _body_evidence(made: Article, column: body.Column | None) -> Evidence:
    if not made.body or column is None:
        return Evidence("absent", note="The page holds no text.")
    first = next((b for b in column.blocks if b.text), None)
    return Evidence(
        "stated", text=first.text[:200] if first else None, line=first.owner.sourceline if first else None, path="body"
    )


def _told(evidence: Mapping[str, Evidence], page: Page) -> dict[str, Evidence]:
    """Return the evidence of what is there, with its lines, and of what every article should have and this one has not."""
    starts = spans.line_starts(page.text)
    told = {name: one for name, one in evidence.items() if one.basis != "absent" or name in _WANTED}
    return {name: spans.located(one, page.text, starts) for name, one in told.items()}


def _notes(made: Article) -> tuple[str, ...]:
    """Return what wants a person's eye: one sentence each."""
    notes = []
    if made.published is None:
        notes.append("The page states no date of publication; the article stays undated until one is confirmed.")
    if not made.body:
        notes.append("The page holds no text; the article's text may be loaded by a script.")
    return tuple(notes)


def _type(page: Page) -> str:
    """Return the subtype of NewsArticle that the page states."""
    stated = [name for item in page.articles for name in item.types if name in _TYPES]
    return stated[0] if stated else "NewsArticle"


def _properties(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in page.articles[:2]:
        for name in _PROPERTIES:
            if (value := _plain(item.data.get(name))) is not None:
                found.setdefault(name, value)
    free = found.get("isAccessibleForFree")
    if isinstance(free, str):
        found["isAccessibleForFree"] = free.strip().lower() in {
            "true",
            "yes",
            "1",
            "https://schema.org/true",
            "http://schema.org/true",
        }
    return found


def _plain(value: Any) -> str | int | bool | None:
    if isinstance(value, bool | int):
        return value
    text = linked.text(value)
    return text[:500] if text else None


def _dateline(made: Article, column: body.Column, evidence: dict[str, Evidence]) -> tuple[Article, body.Column]:
    """Return the article with the dateline that heads its text, and the text without it."""
    found = dateline.take(column.blocks, made.language)
    evidence["dateline"], evidence["place"] = found.dateline.evidence, found.place.evidence
    wires = made.agencies or found.agencies
    if found.agencies and not made.agencies:
        evidence["agency"] = Evidence("stated", text=found.span, line=found.dateline.evidence.line, path="body")
    made = replace(made, dateline=found.dateline.value, place=found.place.value, agencies=wires)
    return made, replace(column, blocks=found.blocks)


def _pictures(made: Article, page: Page, evidence: dict[str, Evidence]) -> Article:
    found = images.lead(page)
    if found is None:
        return made
    image, path, line = found
    image = images.completed(image, page.root, page.base)
    evidence["image"] = Evidence("stated", text=image.url, path=path, line=line)
    return replace(made, images=(image,))
