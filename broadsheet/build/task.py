"""What a worker prints: an article's page from its skeleton, or another page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from broadsheet import urls
from broadsheet.build import proof
from broadsheet.build.kit import Kit, Place
from broadsheet.build.piece import unspool
from broadsheet.press import early
from broadsheet.press.clips import Clip
from broadsheet.press.job import Job, article_sheet, values
from broadsheet.press.sheets import Sheet
from broadsheet.press.writer import Writer

#: Of the pages of the fast lane, one in so many is read back as thoroughly as all others are.
SAMPLE = 50
#: Pages whose first is read back; the others hold further cards.
LISTINGS = frozenset({"section", "author", "agency", "place", "tag", "month", "undated"})

#: What a page tells the audit, as plain data, and the links in it that come from content.
Heard = tuple[tuple[Any, ...], tuple[str, ...]]
#: An article with the places of its skeleton and of its document, or another page.
Task = tuple[Clip, Place, Place] | Sheet


@dataclass(frozen=True, slots=True)
class Worker:
    """Prints tasks into one edition."""

    kit: Kit
    job: Job
    writer: Writer
    count: list[int] = field(default_factory=lambda: [0])  # pages of the fast lane, in this process

    def __call__(self, task: Task) -> tuple[Any, ...]:
        """Print one task; return the stamps of what was written, and what it tells the audit."""
        told = self.sheet(task) if isinstance(task, Sheet) else self.article(*task)
        return self.writer.take(), told

    def sheet(self, sheet: Sheet) -> Heard | None:
        """Print one page; return what it tells where that need not be read back."""
        path = sheet.page.path
        self.writer.write(path, self.job.theme.render(sheet.template, path, values(sheet)).encode())
        if sheet.page.kind not in LISTINGS or sheet.page.number == 1:
            return None
        return proof.plain(proof.listing(sheet, urls.root_of(path))), ()

    def article(self, clip: Clip, place: Place, kept_at: Place) -> Heard:
        """Print an article's page and document; read the page back and return what it tells."""
        skeleton, html = self.kit.spool.get(place)
        parts = self.kit.archive.get(kept_at)
        document, _, plain = parts
        around = self.job.desk.around(clip)
        root = urls.root_of(clip.path)
        theme = self.job.theme
        if skeleton is None:
            sheet = article_sheet(self.kit.site, self.kit.words, unspool(self.kit, clip, parts), around)
            page = theme.render(sheet.template, clip.path, values(sheet))
        else:
            page = early.finish(skeleton, self.kit.theme.mark, theme, root, clip.card.language, around)
        data = page.encode()
        self.writer.write(clip.path, data)
        self.writer.write(urls.document_path(clip.slug), document)
        told = proof.glance(clip, page) if plain and self._proven() else proof.read_back(clip, data, html, document)
        return proof.plain(told), proof.content_links(clip, html)

    def _proven(self) -> bool:
        """Tell whether a page of the fast lane need not be read thoroughly: all but one in `SAMPLE`."""
        self.count[0] += 1
        return self.count[0] % SAMPLE != 1


def names(tasks: Sequence[Task]) -> list[str]:
    """Return what each task prints, for messages."""
    return [task.page.path if isinstance(task, Sheet) else task[0].file for task in tasks]
