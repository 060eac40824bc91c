"""What a worker prints: an article's page and document, or another page."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from broadsheet import urls
from broadsheet.audit import audit_listing
from broadsheet.build import frames, proof
from broadsheet.build.frames import Frame
from broadsheet.build.kit import Kit, Place
from broadsheet.build.prints import Prints
from broadsheet.press import early
from broadsheet.press.clips import Clip
from broadsheet.press.job import Job, article_sheet, document_file, values
from broadsheet.press.lane.holes import Text, as_html, as_json
from broadsheet.press.lane.stencil import AROUND
from broadsheet.press.lane.turn import Turn
from broadsheet.press.lane.values import Shape
from broadsheet.press.present import Around
from broadsheet.press.sheets import Sheet
from broadsheet.press.writer import Writer

#: Of the pages whose making is proven, one in so many is read back as thoroughly as all others are.
SAMPLE = 100
#: Listings differ in their cards alone; of the others there are few.
LISTINGS = frozenset({"section", "author", "agency", "place", "tag", "month", "undated"})
_ROOT = urls.root_of(urls.article_path("x"))

#: An article with the place of its frame, or another page; and of what it is made, where that is known.
Task = tuple[Clip, Place] | Sheet


@dataclass(slots=True)
class Heard:
    """What the printing of one page tells."""

    path: str
    stamps: list[tuple[str, int, int]]
    made_of: bytes = b""  # the page's print
    told: tuple[Any, ...] | None = None  # what was read back, where that was more than a glance
    targets: tuple[str, ...] = ()  # files that a listing leads to
    links: tuple[str, ...] = ()  # from content, into the paper
    astray: tuple[tuple[str, tuple[Any, ...]], ...] = ()  # those that seem to lead nowhere, with the problem


@dataclass
class Worker:
    """Prints tasks into one edition. ``paths`` are the pages and pictures of the edition."""

    kit: Kit
    job: Job
    writer: Writer
    prints: Prints
    paths: AbstractSet[str]
    count: int = 0  # pages of a proven kind that this process has printed
    _pages: dict[Shape, Text] = field(default_factory=dict)

    def __call__(self, task: Task) -> tuple[Any, ...]:
        """Print one task; return the fields of `Heard`."""
        heard = self.sheet(task) if isinstance(task, Sheet) else self.article(*task)
        return (heard.path, heard.stamps, heard.made_of, heard.told, heard.targets, heard.links, heard.astray)

    def sheet(self, sheet: Sheet) -> Heard:
        """Print one page."""
        path = sheet.page.path
        data = self.job.theme.render(sheet.template, path, values(sheet)).encode()
        self.writer.write(path, data)
        heard = Heard(path, self.writer.take(), self.prints.of_sheet(sheet))
        if sheet.page.kind in LISTINGS:
            others = (other for other in (sheet.page.previous_path, sheet.page.next_path) if other)
            heard.targets = (*(card.path for card in sheet.values["cards"]), *others)
        if sheet.page.kind not in LISTINGS or self._sampled():
            heard.told = proof.plain(audit_listing(data, path))
        return heard

    def article(self, clip: Clip, place: Place) -> Heard:
        """Print an article's page and document, and read the page back."""
        frame = self.kit.archive.get(place)
        around = self.job.desk.around(clip)
        plain = frame[0] == "plain"
        page, document = (self._plain if plain else self._general)(clip, frame, around)
        data = page.encode()
        self.writer.write(clip.path, data)
        self.writer.write(urls.document_path(clip.slug), document)
        heard = Heard(clip.path, self.writer.take(), self.prints.of_article(clip, around))
        html = frames.html(frame)
        heard.links = proof.inner_links(clip, html, self.kit.site)
        heard.astray = tuple(
            (link, one) for link in heard.links for one in proof.astray((link,), clip.path, self.kit.site, self.paths)
        )
        if not plain or self._sampled():
            heard.told = proof.plain(proof.read_back(clip, data, html, document))
        elif wrong := proof.glance(clip, data, html):
            heard.told = proof.plain(wrong)
        return heard

    def _plain(self, _clip: Clip, frame: Frame, around: Around) -> tuple[str, bytes]:
        shape, found = Shape(*frame[1]), frame[2]
        stencil = self.kit.stencil(shape)
        if shape not in self._pages:
            self._pages[shape] = stencil.page.bound(lambda part: early.bound(part, self.job.theme, _ROOT))
        others = [self._turn.text(name, around) for name in AROUND]
        json = as_json(found)
        page = stencil.filled_page(self._pages[shape], as_html(found), json, frame[5], others)
        return page, stencil.filled_document(json, frame[6])

    def _general(self, clip: Clip, frame: Frame, around: Around) -> tuple[str, bytes]:
        published = frames.published(self.kit, clip, frame)
        sheet = article_sheet(self.kit.site, self.kit.words, published, around)
        page = self.job.theme.render(sheet.template, clip.path, values(sheet))
        return page, document_file(published)[1]

    @cached_property
    def _turn(self) -> Turn:
        return Turn(self.job.theme, _ROOT, self.kit.site.language)

    def _sampled(self) -> bool:
        """Tell whether a page of a proven kind is read thoroughly all the same: the first, and one in `SAMPLE`."""
        self.count += 1
        return self.count % SAMPLE == 1


def names(tasks: Sequence[Task]) -> list[str]:
    """Return what each task prints, for messages."""
    return [task.page.path if isinstance(task, Sheet) else task[0].file for task in tasks]
