"""A parsed page → `Article`, each value with its evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from broadsheet.importers.html import about, authors, body, dates, headline, images, language, linked, trim, write
from broadsheet.importers.html.candidates import Choice
from broadsheet.importers.html.page import Page
from broadsheet.importers.html.zones import Zones
from broadsheet.model import Article, Evidence, Source

#: schema.org properties taken over where the page states them.
_PROPERTIES = ("isAccessibleForFree", "alternativeHeadline", "copyrightHolder", "copyrightYear", "license", "dateCreated")
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
    bylines = authors.visible(page, zones, tongue)
    published = keep("date", dates.published(page, dates.shown(page, zones, tongue)))
    made = Article(
        headline=title,
        language=tongue,
        published=published,
        modified=keep("modified", dates.modified(page, published)),
        authors=keep("authors", authors.choose(page, bylines)) or (),
        publisher=keep("publisher", about.publisher(page)),
        section=keep("category", about.section(page)) or (),
        tags=keep("tags", about.tags(page)) or (),
        summary=keep("summary", about.summary(page)),
        properties=_properties(page),
        source=Source(url=page.canonical, media_type="text/html"),
    )
    made = _pictures(made, page, evidence)
    made = replace(made, body=write.body(column, page, made) if column else "", type=_type(page))
    evidence["body"] = Evidence("stated", path="body", line=column.element.sourceline) if made.body else Evidence("absent", note="The page holds no text.")
    return replace(made, evidence={name: one for name, one in evidence.items() if one.basis != "absent" or name in {"date", "authors", "title", "body"}})


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
        found["isAccessibleForFree"] = free.strip().lower() in {"true", "yes", "1", "https://schema.org/true", "http://schema.org/true"}
    return found


def _plain(value: Any) -> str | int | bool | None:
    if isinstance(value, bool | int):
        return value
    text = linked.text(value)
    return text[:500] if text else None


def _pictures(made: Article, page: Page, evidence: dict[str, Evidence]) -> Article:
    found = images.lead(page)
    if found is None:
        return made
    image, path, line = found
    evidence["image"] = Evidence("stated", text=image.url, path=path, line=line)
    return replace(made, images=(image,))
