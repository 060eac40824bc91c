"""What a worker prints: an article's page and document, or another page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import astuple

from broadsheet import urls
from broadsheet.audit import audit_listing
from broadsheet.build import frames, layout, proof
from broadsheet.build.archive import Place
from broadsheet.build.exporting import READ_BACK, Exporting
from broadsheet.build.frames import Frame
from broadsheet.build.kit import Kit
from broadsheet.build.layout import ALONE, NONE, Near
from broadsheet.build.listing import Listing
from broadsheet.build.prints import Prints
from broadsheet.press import data, early
from broadsheet.press.clips import Clip
from broadsheet.press.job import Job, article_sheet, document_file, values
from broadsheet.press.lane.holes import Text, Written
from broadsheet.press.lane.leaves import Leaves
from broadsheet.press.lane.stencil import AROUND
from broadsheet.press.lane.turn import Turn
from broadsheet.press.lane.values import Shape
from broadsheet.press.present import Around
from broadsheet.press.sheets import Leaf, Sheet
from broadsheet.press.writer import Writer

#: Of the pages whose making is proven, one in so many is read back as thoroughly as all others are.
SAMPLE = 100
#: Listings differ in their cards alone; of the others there are few.
LISTINGS = frozenset({"section", "author", "agency", "place", "tag", "month", "undated"})
_ROOT = urls.root_of(urls.article_path("x"))

#: An article with the place of its frame, or another page; and of what it is made, where that is known.
Task = tuple[Clip, Place] | Sheet | Leaf | Exporting | Listing


class Heard(Struct):
    """What the printing of one page tells."""

    path: str
    stamps: list[tuple[str, int, int]]
    made_of: bytes = b""  # the page's print
    prints: dict[str, bytes] = field(default_factory=dict)  # of the feeds and sitemaps, by path
    told: tuple[Any, ...] | None = None  # what was read back, where that was more than a glance
    shown: bytes = b""  # numbers of the articles to which a listing leads, as a layout keeps them
    targets: tuple[str, ...] = ()  # other files to which it does
    links: tuple[str, ...] = ()  # from content, into the paper
    laid: tuple[Any, ...] = ()  # of the exports
    whole: bool = True  # else the exports that are not among the stamps stand as they were
    wrong: tuple[tuple[Any, ...], ...] = ()  # problems of exports, feeds and sitemaps
    near: Near = ALONE  # numbers of the articles that an article's page shows
    astray: tuple[str, ...] = ()  # of the links, those that seem to lead nowhere


class Worker(Struct, dict=True):
    """Prints tasks into one edition. ``paths`` are the pages and pictures of the edition."""

    kit: Kit
    job: Job
    writer: Writer
    prints: Prints | None  # None where no later build asks for them
    paths: AbstractSet[str]
    count: int = 0  # pages of a proven kind that this process has printed
    pages: dict[Shape, Text] = field(default_factory=dict)  # of the lane, as the paper has them

    def __call__(self, task: Task) -> tuple[Any, ...]:
        """Print one task; return the fields of `Heard`."""
        if isinstance(task, Exporting):
            heard = self.exports(task)
        elif isinstance(task, Listing):
            heard = self.lists(task)
        elif isinstance(task, tuple):
            heard = self.article(*task)
        else:
            heard = self.sheet(task.sheet(self.kit.site))
        return astuple(heard)

    def sheet(self, sheet: Sheet) -> Heard:
        """Print one page."""
        path = sheet.page.path
        theme = self.job.theme
        ours = theme.shipped and sheet.page.kind in LISTINGS
        page = self.leaves.page(sheet) if ours else theme.page(sheet.template, path, values(sheet))
        self.writer.write(path, page)
        heard = Heard(path, self.writer.take(), self.prints.of_sheet(sheet) if self.prints else b"")
        if sheet.page.kind in LISTINGS:
            ranks = self.job.desk.ranks
            heard.shown = layout.packed(ranks[urls.article_slug(card.path)] for card in sheet.values["cards"])
            heard.targets = tuple(other for other in (sheet.page.previous_path, sheet.page.next_path) if other)
        if sheet.page.kind not in LISTINGS or self._sampled():
            heard.told = proof.plain(audit_listing(page, path))
        return heard

    def exports(self, exporting: Exporting) -> Heard:
        """Write the exports and the page that describes them; read one of them back where all are new."""
        dataset, laid, whole = exporting.write(self.writer)
        stamps = self.writer.take()
        file = exporting.root / READ_BACK
        wrong = exporting.differences(file) if whole and file.is_file() else []
        heard = self.sheet(data.sheet(dataset, self.kit.site))
        heard.stamps, heard.laid, heard.whole = [*stamps, *heard.stamps], laid, whole
        heard.wrong = tuple(map(astuple, wrong))
        return heard

    def lists(self, listing: Listing) -> Heard:
        """Write feeds and sitemaps, and read them back."""
        prints = listing.write(self.writer)
        stamps = self.writer.take()
        wrong = listing.differences(prints.keys(), {path for path, _, _ in stamps}, self.paths)
        return Heard("", stamps, prints=prints, wrong=tuple(map(astuple, wrong)))

    def article(self, clip: Clip, place: Place) -> Heard:
        """Print an article's page and document, and read the page back."""
        frame = frames.frame(self.kit.archive, place)
        around = self.job.desk.around(clip)
        plain = frame.kind == "plain"
        page, document, html = (self._plain if plain else self._general)(clip, frame, around)
        path = clip.path  # one text for all that is told of it
        self.writer.write(path, page)
        self.writer.write(urls.document_path(clip.slug), document)
        heard = Heard(path, self.writer.take(), self.prints.of_article(clip, around) if self.prints else b"")
        heard.near = near(around, self.job.desk.ranks)
        heard.links = proof.inner_links(clip, html, self.kit.site)
        heard.astray = tuple(proof.lost(heard.links, path, self.kit.site, self.paths))
        if not plain or self._sampled():
            heard.told = proof.plain(proof.read_back(clip, page, html, document))
        elif wrong := proof.glance(clip, page, html):
            heard.told = proof.plain(wrong)
        return heard

    def _plain(self, _clip: Clip, frame: Frame, around: Around) -> tuple[bytes, bytes, bytes]:
        """Return page, document and body."""
        held, values_, *_ = frame.more
        shape, found = Shape(*held), Written(values_)
        stencil = self.kit.stencil(shape)
        others = [self.turn.text(name, around) for name in AROUND]
        json = found.json()
        page = stencil.filled_page(self.page(shape), found, json, frame.first, others)
        return page, stencil.filled_document(json, frame.second), frame.first

    def _general(self, clip: Clip, frame: Frame, around: Around) -> tuple[bytes, bytes, bytes]:
        published = frames.published(self.kit, clip, frame)
        sheet = article_sheet(self.kit.site, self.kit.words, published, around)
        page = self.job.theme.page(sheet.template, clip.path, values(sheet))
        return page, document_file(published)[1], published.html.encode()

    @cached_property
    def turn(self) -> Turn:
        """Return what prints the partials about other articles."""
        return Turn(self.job.theme, _ROOT, self.kit.site.language)

    @cached_property
    def leaves(self) -> Leaves:
        """Return what prints the pages of listings."""
        return Leaves(self.job.theme)

    def page(self, shape: Shape) -> Text:
        """Return the page of a shape as the paper has it."""
        if shape not in self.pages:
            theme = self.job.theme
            self.pages[shape] = self.kit.stencil(shape).page.bound(lambda part: early.bound(part, theme, _ROOT))
        return self.pages[shape]

    def _sampled(self) -> bool:
        """Tell whether a page of a proven kind is read thoroughly all the same: the first, and one in `SAMPLE`."""
        self.count += 1
        return self.count % SAMPLE == 1


def near(around: Around, ranks: Mapping[str, int]) -> Near:
    """Return the numbers of the articles ``around`` one; ``ranks`` are by slug."""
    cards = [around.previous, around.next, *around.related]
    return layout.near([ranks[urls.article_slug(card.path)] if card is not None else NONE for card in cards])


class Names(Sequence[str]):
    """What each task prints, for messages."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.tasks = tasks

    def __len__(self) -> int:
        return len(self.tasks)

    def __getitem__(self, number: Any) -> Any:
        """Return what one task prints."""
        return _name(self.tasks[number])


def templates(tasks: Iterable[Task]) -> dict[str, str]:
    """Return the template of each page that is no article's, by path."""
    return {task.path: task.template for task in tasks if isinstance(task, Sheet | Leaf)}


#: What the two heavy tasks are called, and stand for among the templates.
_EXPORTS, _LISTS = "data/", "feeds and sitemaps"
TEMPLATES: Mapping[str, str] = {_EXPORTS: "exports and data.html", _LISTS: _LISTS}


def _name(task: Task) -> str:
    if isinstance(task, Exporting):
        return _EXPORTS
    if isinstance(task, Listing):
        return _LISTS
    return task[0].file if isinstance(task, tuple) else task.path
