"""A clip: the little that the rest of the paper needs to know of an article.

Clips are what workers send back and what a build remembers; everything but
article pages is made from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from msgspec import Struct

from broadsheet import urls
from broadsheet.model import Article, Person, Published
from broadsheet.press.views import Card, ImageView, Link
from broadsheet.press.words import direction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.config import Site
    from broadsheet.press.words import Words

_LABELS = {
    "AdvertiserContentArticle": "Advertisement",
    "AnalysisNewsArticle": "Analysis",
    "AskPublicNewsArticle": "Ask the public",
    "BackgroundNewsArticle": "Background",
    "OpinionNewsArticle": "Opinion",
    "ReportageNewsArticle": None,
    "ReviewNewsArticle": "Review",
    "SatiricalArticle": "Satire",
}
_NOT_NEWS = frozenset({"AdvertiserContentArticle", "SatiricalArticle"})


class Clip(Struct, frozen=True):
    """What listings, feeds and sitemaps know of an article."""

    slug: str
    card: Card
    url: str  # absolute
    stamp: float | None  # seconds since 1970; None where undated
    year: int = 0  # as printed, in the article's own offset
    month: int = 0
    instant: str | None = None  # publication, RFC 3339
    updated: str | None = None  # last stated change, else publication, RFC 3339
    modified: str | None = None  # last stated change, as stated
    changed: str | None = None  # last stated change, else publication, as precise as stated
    section: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    agencies: tuple[tuple[str, str], ...] = ()  # name, code
    places: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    facts: tuple[tuple[str, str, str], ...] = ()  # author, job title, affiliation
    canonical: bool = True  # False for the copy of another article
    news: bool = True  # may stand in the news sitemap
    hidden: bool = False  # has a page, but stands in no list
    file: str = ""  # the content file
    translation_of: str | None = None  # slug, as stated, of the article that this one translates

    @property
    def path(self) -> str:
        """Return the path of the article's page."""
        return urls.article_path(self.slug)


def clip(published: Published, site: Site, words: Words) -> Clip:
    """Return the clip of ``published``."""
    article = published.article
    moment = article.published
    people = [author for author in article.authors if isinstance(author, Person)]
    return Clip(
        slug=published.slug,
        card=card(published, site, words),
        url=published.url,
        stamp=words.stamp(moment) if moment else None,
        year=moment.year if moment else 0,
        month=moment.month if moment else 0,
        instant=words.instant(moment) if moment else None,
        updated=words.instant(article.modified or moment) if moment else None,
        modified=node(published).get("dateModified"),
        changed=_changed(article),
        section=article.section,
        authors=tuple(author.name for author in article.authors),
        agencies=tuple((agency.name, agency.code or "") for agency in article.agencies),
        places=place_names(article),
        tags=article.tags,
        facts=tuple(
            (one.name, one.job_title or "", one.affiliation or "") for one in people if one.job_title or one.affiliation
        ),
        canonical=article.canonical is None,
        news=article.type not in _NOT_NEWS,
        hidden=article.status == "hidden",
        file=article.file or "",
        translation_of=article.translation_of,
    )


def _changed(article: Article) -> str | None:
    moment = article.modified or article.published
    return moment.isoformat() if moment is not None else None


def card(published: Published, site: Site, words: Words) -> Card:
    """Return the article as lists show it."""
    article = published.article
    language = article.language or site.language
    evidence = article.evidence.get("date") if article.published is None else None
    return Card(
        path=published.path,
        headline=article.headline,
        kicker=article.kicker,
        label=label(article),
        summary=article.summary,
        byline=byline(article),
        published=words.when(article.published, node(published).get("datePublished")),
        image=image(article, site),
        section=section_link(article.section),
        language=language,
        dir=direction(language),
        clues=evidence.note if evidence else None,
    )


def node(published: Published) -> Mapping[str, Any]:
    """Return the article's own node of its document's graph."""
    graph = published.document.get("@graph") or [published.document]
    return next((one for one in graph if "headline" in one), {})


def label(article: Article) -> str | None:
    """Return what kind of piece it is, where the paper must say so."""
    return _LABELS.get(article.type)


def byline(article: Article) -> str:
    """Return "A. Writer and B. Writer, Associated Press"; "" where no one is named."""
    names = [author.name for author in article.authors]
    line = " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
    agencies = ", ".join(agency.name for agency in article.agencies if agency.name not in names)
    return ", ".join(part for part in (line, agencies) if part)


def section_link(section: tuple[str, ...]) -> Link | None:
    """Return a link to the most special section."""
    return Link(section[-1], urls.section_path(section)) if section else None


def place_names(article: Article) -> tuple[str, ...]:
    """Return the places that the article was written in."""
    return (article.place.name,) if article.place else ()


def image(article: Article, site: Site) -> ImageView | None:
    """Return the first picture."""
    shown = (image_view(picture, site) for picture in article.images)
    return next((one for one in shown if not one.host), None)


def image_view(picture: Any, site: Site) -> ImageView:
    """Return ``picture`` with an address that a template can use."""
    local = "://" not in picture.url and not picture.url.startswith("//")
    src = picture.url.lstrip("/") if local else picture.url
    elsewhere = not local and not site.build.remote_images
    return ImageView(
        host=(urlsplit(src).hostname or "") if elsewhere else "",
        src=src,
        local=local,
        url=f"{site.url}/{src}" if local else src,
        alt=picture.alt or "",
        caption=picture.caption,
        credit=picture.credit,
        width=picture.width,
        height=picture.height,
    )
