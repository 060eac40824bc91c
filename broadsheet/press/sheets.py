"""Sheets: everything the paper prints besides article pages, from the desk.

A `Sheet` is one page; a `Run` is a listing that is cut into pages as it is printed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from broadsheet import urls
from broadsheet.press.desk import Kind as GroupKind
from broadsheet.press.views import AboutView, Block, Card, Kind, Link, Month, PageView, Year
from broadsheet.press.words import direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.config import Site
    from broadsheet.press.clips import Clip
    from broadsheet.press.desk import Desk, Group
    from broadsheet.press.words import Words

NEWEST = 6  # cards beside the lead
BLOCK = 4  # cards of a section on the front page
WIDE = 6  # cards of its first section, where the theme sets that two columns wide: no full row of four
_PLURALS: Final[dict[GroupKind, str]] = {
    "section": "Sections",
    "author": "Authors",
    "agency": "Agencies",
    "place": "Places",
    "tag": "Topics",
}
_INDEXES: Final[dict[GroupKind, str]] = {
    "section": "sections.html",
    "author": "authors.html",
    "agency": "agencies.html",
    "place": "places.html",
    "tag": "tags.html",
}


class Sheet(Struct, frozen=True):
    """One page: the template, ``page`` and the template's further values."""

    template: str
    page: PageView
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Return the path of the page."""
        return self.page.path

    def sheet(self, _site: Site) -> Sheet:
        """Return the page, as a `Leaf` does."""
        return self


class Run(Struct, frozen=True):
    """A listing of ``clips``: ``stem``.html, ``stem``.p2.html and so on."""

    stem: str
    page: PageView
    clips: Sequence[Clip]
    values: dict[str, Any]
    template: str = "listing.html"

    def count(self, size: int) -> int:
        """Return the number of pages of ``size`` cards."""
        return max(1, -(-len(self.clips) // size))

    def path(self, number: int) -> str:
        """Return the path of page ``number``, from 1."""
        return f"{self.stem}.html" if number == 1 else f"{self.stem}.p{number}.html"

    def sheet(self, number: int, size: int, site_url: str) -> Sheet:
        """Return page ``number``, from 1."""
        pages = self.count(size)
        path = self.path(number)
        page = replace(
            self.page,
            path=path,
            canonical=f"{site_url}/{path}",
            number=number,
            pages=pages,
            previous_path=self.path(number - 1) if number > 1 else None,
            next_path=self.path(number + 1) if number < pages else None,
        )
        cards = tuple(clip.card for clip in self.clips[(number - 1) * size : number * size])
        return Sheet(self.template, page, {**self.values, "cards": cards})


class Leaf(Struct, frozen=True):
    """One page of a run that is not made yet: there are many, and each holds its cards."""

    run: Run
    number: int  # from 1

    @property
    def path(self) -> str:
        """Return the path of the page."""
        return self.run.path(self.number)

    @property
    def template(self) -> str:
        """Return the template of the page."""
        return self.run.template

    def first(self, site: Site) -> Clip | None:
        """Return the first article that it shows, None where it shows none."""
        at = (self.number - 1) * site.build.page_size
        return self.run.clips[at] if at < len(self.run.clips) else None

    def sheet(self, site: Site) -> Sheet:
        """Return the page."""
        return self.run.sheet(self.number, site.build.page_size, site.url)


class Sheets(Struct, frozen=True):
    """Makes the sheets of one paper."""

    site: Site
    desk: Desk
    words: Words

    def singles(self) -> Iterator[Sheet]:
        """Yield the pages that stand alone."""
        yield self.front()
        yield self.archive()
        yield self.missing()
        for kind, path in _INDEXES.items():
            if self.desk.groups[kind]:
                yield self.index(kind, path)

    def runs(self) -> Iterator[Run]:
        """Yield the listings."""
        for groups in self.desk.groups.values():
            for group in groups.values():
                yield self.group(group)
        for (year, month), clips in self.desk.months.items():
            title = self.words.month(year, month)
            page = self._page("month", title, "", trail=(Link("Archive", "archive.html"),))
            yield Run(
                urls.month_path(year, month).removesuffix(".html"), page, clips, _listing(title, "month", len(clips))
            )
        page = self._page("undated", "Undated", "Articles whose date is not known.")
        yield Run("undated", page, self.desk.undated, {"total": len(self.desk.undated)}, "undated.html")

    def leaves(self) -> Iterator[Leaf]:
        """Yield every page of every listing."""
        for run in self.runs():
            for number in range(1, run.count(self.site.build.page_size) + 1):
                yield Leaf(run, number)

    def group(self, group: Group) -> Run:
        """Return the listing of a section, author, agency, place or tag."""
        name = group.name
        if group.kind == "section":
            trail, feed = self._section_trail(group), f"{group.stem}.atom.xml" if group.stem.count("/") == 1 else None
        else:
            trail, feed = (Link(_PLURALS[group.kind], _INDEXES[group.kind]),), None
        page = self._page(group.kind, name, "", trail=trail, feed=feed)
        children = (
            tuple(Link(one.name, one.path, count=len(one.clips)) for one in self.desk.children(group))
            if group.kind == "section"
            else ()
        )
        values = _listing(name, group.kind, len(group.clips), _facts(group), children)
        return Run(group.stem, page, group.clips, values)

    def _section_trail(self, group: Group) -> tuple[Link, ...]:
        parts = group.stem.split("/")
        stems = ["/".join(parts[:depth]) for depth in range(2, len(parts))]
        sections = self.desk.groups["section"]
        return tuple(Link(sections[stem].name, f"{stem}.html") for stem in stems if stem in sections)

    def front(self) -> Sheet:
        """Return the front page: a lead, the newest, and a block for each section."""
        clips = (self.desk.dated or self.desk.undated)[: 1 + NEWEST]
        cards = [clip.card for clip in clips]
        shown = {card.path for card in cards}
        blocks = tuple(self._blocks(set(shown), BLOCK))
        if len(blocks) % 4:
            blocks = tuple(self._blocks(shown, WIDE))
        title = self.site.name
        description = self.site.description or ""
        head = f"{title}: {description}" if description else title
        page = replace(
            self._page("front", title, description), path="index.html", canonical=f"{self.site.url}/", head_title=head
        )
        return Sheet(
            "index.html", page, {"lead": cards[0] if cards else None, "cards": tuple(cards[1:]), "blocks": blocks}
        )

    def _blocks(self, shown: set[str], most: int) -> Iterator[Block]:
        """Yield a block a section while there is room; the first holds ``most`` cards, the others `BLOCK`."""
        left = self.site.build.front_size
        for group in self.desk.sections:
            cards: list[Card] = []
            for clip in group.clips:
                if len(cards) == min(most, left):
                    break
                if clip.path not in shown:
                    cards.append(clip.card)
            if cards:
                left -= len(cards)
                most = BLOCK
                shown.update(card.path for card in cards)
                yield Block(Link(group.name, group.path, count=len(group.clips)), tuple(cards))

    def archive(self) -> Sheet:
        """Return the index of all months."""
        years: dict[int, list[Month]] = defaultdict(list)
        for (year, month), clips in self.desk.months.items():
            years[year].append(Month(self.words.month_name(year, month), urls.month_path(year, month), len(clips)))
        listed = tuple(Year(f"{year:04d}", tuple(months)) for year, months in years.items())
        return Sheet("archive.html", self._at("archive.html", self._page("archive", "Archive", "")), {"years": listed})

    def missing(self) -> Sheet:
        """Return 404.html. It is served at any depth, so its links begin at the site's own path."""
        page = replace(self._at("404.html", self._page("missing", "Page not found", "")), noindex=True)
        return Sheet("404.html", page, {"root": f"{self.site.base_path}/"})

    def index(self, kind: GroupKind, path: str) -> Sheet:
        """Return the index of all sections, authors, agencies, places or tags."""
        groups = self.desk.groups[kind].values()
        links = [Link(self._full_name(group), group.path, count=len(group.clips)) for group in groups]
        page = self._at(path, self._page("listings", _PLURALS[kind], ""))
        return Sheet(
            "listings.html", page, {"links": tuple(sorted(links, key=lambda link: (link.name.casefold(), link.path)))}
        )

    def _full_name(self, group: Group) -> str:
        """Return a name that stands alone: a part of a section tells of which, for several may have a part "World"."""
        if group.kind != "section":
            return group.name
        return " › ".join([*(link.name for link in self._section_trail(group)), group.name])

    def _at(self, path: str, page: PageView) -> PageView:
        return replace(page, path=path, canonical=f"{self.site.url}/{path}")

    def _page(
        self, kind: Kind, title: str, description: str, *, trail: tuple[Link, ...] = (), feed: str | None = None
    ) -> PageView:
        return PageView(
            kind=kind,
            title=title,
            path="",
            canonical="",
            head_title=f"{title} | {self.site.name}",
            description=description,
            language=self.site.language,
            dir=direction(self.site.language),
            og_type="profile" if kind == "author" else "website",
            feed_path=feed or "feed.atom.xml",
            trail=trail,
        )


def indexes(desk: Desk) -> tuple[Link, ...]:
    """Return links to the indexes that exist."""
    links = [
        Link(_PLURALS[kind], path, count=len(desk.groups[kind])) for kind, path in _INDEXES.items() if desk.groups[kind]
    ]
    return tuple(links)


def _listing(
    name: str, kind: str, total: int, facts: tuple[tuple[str, str], ...] = (), children: tuple[Link, ...] = ()
) -> dict[str, Any]:
    return {"about": AboutView(name, kind, facts, children), "children": children, "total": total}


def _facts(group: Group) -> tuple[tuple[str, str], ...]:
    """Return what the newest articles state of an author or agency."""
    if group.kind == "agency":
        codes = sorted({code for clip in group.clips for name, code in clip.agencies if name in group.names and code})
        return (("Code", ", ".join(codes)),) if codes else ()
    if group.kind != "author":
        return ()
    for clip in group.clips:
        for name, title, affiliation in clip.facts:
            if name in group.names:
                return tuple((term, text) for term, text in (("Role", title), ("Works for", affiliation)) if text)
    return ()
