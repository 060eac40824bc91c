"""One printing job: every file of the paper, in order, for whichever printer prints it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import orjson
from markupsafe import Markup
from msgspec import Struct

from broadsheet import urls
from broadsheet.press import feeds, sitemap
from broadsheet.press.present import article_page, article_view
from broadsheet.press.sheets import Leaf, Run, Sheet, Sheets
from broadsheet.press.templates import ROOT, TemplateFault
from broadsheet.press.views import PageView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from broadsheet.config import Site
    from broadsheet.model import Published
    from broadsheet.press.clips import Clip
    from broadsheet.press.desk import Desk
    from broadsheet.press.present import Around
    from broadsheet.press.standing import Standing
    from broadsheet.press.templates import Theme
    from broadsheet.press.words import Words

__all__ = ["ROOT", "Job", "Printer", "TemplateFault", "article_sheet", "document_file", "values"]

#: Every name of the theme contract, so that a template may ask for any of them.
_NOTHING: dict[str, Any] = {
    "about": None,
    "article": None,
    "blocks": (),
    "body": None,
    "cards": (),
    "children": (),
    "dataset": None,
    "lead": None,
    "links": (),
    "months": (),
    "total": 0,
    "years": (),
}


class Printer(Protocol):
    """What prints: ours, or Pelican's own writer."""

    def sheet(self, sheet: Sheet) -> None:
        """Print one page."""

    def run(self, run: Run) -> None:
        """Print a listing, cut into pages."""

    def raw(self, path: str, data: bytes) -> None:
        """Write what needs no template."""


class Job(Struct, frozen=True, dict=True):
    """A paper ready to be printed."""

    site: Site
    words: Words
    desk: Desk
    standing: Sequence[Standing]
    theme: Theme

    @cached_property
    def sheets(self) -> Sheets:
        """Return the maker of pages that are not articles."""
        return Sheets(self.site, self.desk, self.words)

    def article(self, clip: Clip, published: Published) -> Sheet:
        """Return the page of an article."""
        return article_sheet(self.site, self.words, published, self.desk.around(clip))

    def standing_sheets(self) -> Iterator[Sheet]:
        """Yield the standing pages."""
        for one in self.standing:
            page = PageView(
                kind="page",
                title=one.title,
                path=one.path,
                canonical=f"{self.site.url}/{one.path}",
                head_title=f"{one.title} | {self.site.name}",
                description=one.description,
                language=one.language,
                feed_path="feed.atom.xml",
            )
            yield Sheet("page.html", page, {"body": Markup(one.html)})  # noqa: S704  safe HTML, made by us

    def pages(self) -> Iterator[Sheet | Leaf]:
        """Yield every page that is no article's, but the one that describes the data."""
        yield from self.standing_sheets()
        yield from self.sheets.singles()
        yield from self.sheets.leaves()

    def feeds(self, html: Callable[[Clip], str]) -> Iterator[tuple[str, bytes]]:
        """Yield (path, data) of every feed. ``html`` gives the sanitised body of an article."""
        for path, clips in self.feeding():
            yield path, self.feed(path, clips, html)

    def feed(self, path: str, clips: Iterable[Clip], html: Callable[[Clip], str]) -> bytes:
        """Return the feed at ``path`` of these articles."""
        entries = [feeds.entry(clip, html(clip)) for clip in clips]
        return feeds.written(path, entries, self.feed_names.get(path), self.site)

    def feeding(self) -> Iterator[tuple[str, list[Clip]]]:
        """Yield (path, clips) of every feed."""
        newest = self._chosen(self.desk.dated)
        yield "feed.atom.xml", newest
        yield "feed.rss.xml", newest
        for group in self.desk.sections:
            yield f"{group.stem}.atom.xml", self._chosen(group.clips)

    @cached_property
    def feed_names(self) -> dict[str, str]:
        """Return the section of each feed that is a section's, by path."""
        return {f"{group.stem}.atom.xml": group.name for group in self.desk.sections}

    def _chosen(self, clips: Sequence[Clip]) -> list[Clip]:
        return [clip for clip in clips[: self.site.build.feed_size] if clip.stamp is not None]

    @cached_property
    def fed(self) -> dict[str, Clip]:
        """Return the clips that stand in a feed, by slug."""
        return {clip.slug: clip for _, clips in self.feeding() for clip in clips}

    def maps(self) -> Iterator[tuple[str, bytes]]:
        """Yield (path, data) of the sitemaps and robots.txt."""
        for path, text in sitemap.sitemaps(self._addresses(), self.site):
            yield path, text.encode()
        yield "news-sitemap.xml", sitemap.news(sitemap.fresh(self.desk), self.site).encode()
        yield "robots.txt", sitemap.robots(self.site).encode()

    def _addresses(self) -> list[sitemap.Address]:
        found: list[sitemap.Address] = [("index.html", sitemap.newest(self.desk.dated[:1]))]
        found += [(clip.path, clip.changed) for clip in self.desk.clips if clip.canonical]
        found += [(one.path, None) for one in self.standing]
        found += [(run.path(1), None) for run in self.sheets.runs()]
        found += [
            ("archive.html", None),
            ("data.html", None),
            *((link.path, None) for link in self.theme.paper.indexes),
        ]
        return found


def values(sheet: Sheet) -> dict[str, Any]:
    """Return all that the sheet's template sees."""
    return {**_NOTHING, "root": urls.root_of(sheet.page.path), "page": sheet.page, **sheet.values}


def article_sheet(site: Site, words: Words, published: Published, around: Around) -> Sheet:
    """Return the page of an article, which shows the cards of ``around``."""
    view = article_view(published, site, words, around)
    return Sheet("article.html", article_page(published, site), {"article": view})


def document_file(published: Published) -> tuple[str, bytes]:
    """Return (path, data) of the article's JSON-LD document."""
    return urls.document_path(published.slug), orjson.dumps(published.document, option=orjson.OPT_APPEND_NEWLINE)
