"""`Published` → what article.html shows."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct

from broadsheet import urls
from broadsheet.jsonld import script_text, without_body
from broadsheet.model import Article, Evidence, Moment, Person, Published, Source
from broadsheet.press.clips import byline, image, image_view, label, node
from broadsheet.press.views import (
    AgencyView,
    ArticleView,
    Byline,
    Card,
    CorrectionView,
    EvidenceRow,
    Link,
    PageView,
    SourceView,
)
from broadsheet.press.words import direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.config import Site
    from broadsheet.press.words import Words

WORDS_A_MINUTE = 230
MAX_KEPT = 64 * 1024 * 1024  # bytes of a kept original
_LABELS = {
    "title": "Headline",
    "date": "Published",
    "modified": "Modified",
    "authors": "Byline",
    "agency": "Agency",
    "publisher": "Publisher",
    "category": "Section",
    "dateline": "Dateline",
    "place": "Place",
    "summary": "Summary",
    "tags": "Tags",
    "image": "Picture",
    "images": "Pictures",
    "lang": "Language",
    "type": "Kind",
    "kicker": "Kicker",
    "correction": "Correction",
}


class Around(Struct, frozen=True):
    """The cards that an article page shows of others."""

    previous: Card | None = None
    next: Card | None = None
    related: tuple[Card, ...] = ()
    translations: tuple[Link, ...] = ()


def article_page(published: Published, site: Site) -> PageView:
    """Return ``page`` of an article."""
    article = published.article
    language = article.language or site.language
    return PageView(
        kind="article",
        title=article.headline,
        head_title=f"{article.headline} | {site.name}",
        path=published.path,
        canonical=article.canonical or published.url,
        description=article.summary or opening(published.text),
        language=language,
        dir=direction(language),
        og_type="article",
        feed_path=section_feed(article.section),
        trail=trail(article.section),
        image=image(article, site),
        noindex=article.status == "hidden",
    )


def article_view(published: Published, site: Site, words: Words, around: Around) -> ArticleView:
    """Return ``article`` of an article page."""
    article = published.article
    language = article.language or site.language
    stated = node(published)
    count = length(published.text)
    return ArticleView(
        headline=article.headline,
        path=published.path,
        document_path=urls.document_path(published.slug),
        body=Markup(published.html),  # noqa: S704  safe HTML, made by us
        jsonld=Markup(script_text(without_body(published.document))),  # noqa: S704  safe HTML, made by us
        byline=byline(article),
        words=count,
        minutes=minutes(count),
        language=language,
        dir=direction(language),
        cite=cite(article, site, words),
        section_name=article.section[-1] if article.section else "",
        kicker=article.kicker,
        label=label(article),
        summary=article.summary,
        authors=tuple(_byline(author) for author in article.authors),
        agencies=tuple(AgencyView(one.name, urls.agency_path(one.name), one.code) for one in article.agencies),
        dateline=article.dateline,
        place=Link(article.place.name, urls.place_path(article.place.name)) if article.place else None,
        published=words.when(article.published, stated.get("datePublished")),
        modified=words.when(article.modified, stated.get("dateModified")),
        section=trail(article.section),
        tags=tuple(Link(tag, urls.tag_path(tag)) for tag in article.tags),
        images=tuple(image_view(picture, site) for picture in article.images),
        corrections=tuple(CorrectionView(one.kind, one.text, words.when(one.date)) for one in article.corrections),
        evidence=tuple(_evidence(article, words)) if site.build.evidence else (),
        source=_source(article, article.source, site, words) if article.source else None,
        canonical_other=Link(article.canonical, url=article.canonical) if article.canonical else None,
        previous=around.previous,
        next=around.next,
        related=around.related,
        translations=around.translations,
        backstory=_text(article.properties.get("backstory")),
        notes=article.notes,
    )


def trail(section: tuple[str, ...]) -> tuple[Link, ...]:
    """Return links from the general to the special section."""
    return tuple(Link(name, urls.section_path(section[: depth + 1])) for depth, name in enumerate(section))


def section_feed(section: tuple[str, ...]) -> str:
    """Return the feed of the article's most general section, else the paper's."""
    return urls.section_path(section[:1]).removesuffix(".html") + ".atom.xml" if section else "feed.atom.xml"


def source_path(source: Source) -> str | None:
    """Return where the kept original is published: always as plain text."""
    name = source.file
    if not name or "/" in name or "\\" in name or name.startswith("."):
        return None
    return f"sources/{name}" if name.endswith(".txt") else f"sources/{name}.txt"


def kept(site: Site, source: Source, file: str) -> Path | None:
    """Return the kept original; a scrape that lies in content/ as ``file`` is its own."""
    if source_path(source) is None:
        return None
    for path in (f"{site.sources}/{source.file}", f"{site.root}/{file}"):
        if path.endswith(f"/{source.file}") and _is_kept(path):
            return Path(path)
    return None


def _is_kept(path: str) -> bool:
    try:
        seen = os.lstat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(seen.st_mode) and seen.st_size <= MAX_KEPT


def cite(article: Article, site: Site, words: Words) -> str:
    """Return one line that cites the article."""
    paper = article.publisher.name if article.publisher and article.publisher.name else site.name
    day = words.day(article.published) if article.published else "undated"
    who = byline(article)
    return f"{who + ', ' if who else ''}\N{LEFT DOUBLE QUOTATION MARK}{article.headline},\N{RIGHT DOUBLE QUOTATION MARK} {paper}, {day}."


def _byline(author: object) -> Byline:
    name = str(getattr(author, "name", ""))
    path = urls.author_path(name)
    return (
        Byline(name, path, author.job_title, author.affiliation) if isinstance(author, Person) else Byline(name, path)
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def length(text: str) -> int:
    """Return how many words a plain text has, about."""
    return text.count(" ") + text.count("\n\n") + 1 if text else 0


def minutes(words: int) -> int:
    """Return how long a reader takes, at least a minute."""
    return max(1, round(words / WORDS_A_MINUTE))


def opening(text: str) -> str:
    """Return the first words of a text, for a description where none is stated."""
    first = text[:400].partition("\n\n")[0]
    return first if len(first) <= 200 else first[:200].rpartition(" ")[0] + " \N{HORIZONTAL ELLIPSIS}"


def _source(article: Article, source: Source, site: Site, words: Words) -> SourceView:
    return SourceView(
        name=source.file or source.url or "original",
        path=source_path(source) if kept(site, source, article.file or "") else None,
        url=source.url,
        sha256=source.sha256,
        retrieved=words.when(source.retrieved),
    )


def _evidence(article: Article, words: Words) -> Iterator[EvidenceRow]:
    for key, evidence in article.evidence.items():
        yield EvidenceRow(
            label=_LABELS.get(key, key),
            value=_value(article, key, words),
            basis=evidence.basis,
            text=evidence.text,
            where=_where(evidence),
            rule=evidence.rule,
            note=evidence.note,
            confirmed=", ".join(part for part in (evidence.by, evidence.at) if part) or None,
        )


def _where(evidence: Evidence) -> str:
    return evidence.path or (f"line {evidence.line}" if evidence.line else "")


def _value(article: Article, key: str, words: Words) -> str:
    """Return the value of a front-matter key as text."""
    moments: dict[str, Moment | None] = {"date": article.published, "modified": article.modified}
    if key in moments:
        moment = moments[key]
        return words.moment(moment) if moment else ""
    texts = {
        "title": article.headline,
        "authors": ", ".join(author.name for author in article.authors),
        "agency": ", ".join(agency.name for agency in article.agencies),
        "publisher": article.publisher.name if article.publisher else "",
        "category": " > ".join(article.section),
        "dateline": article.dateline,
        "place": article.place.name if article.place else "",
        "summary": article.summary,
        "tags": ", ".join(article.tags),
        "lang": article.language,
        "type": article.type,
        "kicker": article.kicker,
        "image": article.images[0].url if article.images else "",
        "images": ", ".join(picture.url for picture in article.images),
        "body": "",
    }
    return texts.get(key) or ""
