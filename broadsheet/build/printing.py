"""Printing, in workers, when all articles are known: article pages from their skeletons, and listings."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from broadsheet import audit, urls
from broadsheet.build.kit import Kit, Place
from broadsheet.model import Article, Published
from broadsheet.press import early
from broadsheet.press.clips import Clip
from broadsheet.press.job import Job, article_sheet, values
from broadsheet.press.output import Writer
from broadsheet.press.sheets import Run, Sheet

#: What is printed: an article with the place of its parts, one page, or a page of a listing.
Task = tuple[Clip, Place] | Sheet | tuple[Run, int]


@dataclass(frozen=True, slots=True)
class Printing:
    """One edition as it is printed."""

    kit: Kit
    job: Job
    writer: Writer

    def __call__(self, task: Task) -> tuple[Any, ...]:
        """Print one task; return the stamps of what was written and, of an article, what the audit read."""
        told = None
        if isinstance(task, Sheet):
            self.sheet(task)
        elif isinstance(task[0], Run):
            site = self.kit.site
            self.sheet(task[0].sheet(int(task[1]), site.build.page_size, site.url))  # type: ignore[arg-type]
        else:
            told = self.article(*task)  # type: ignore[arg-type]
        return self.writer.take(), told

    def sheet(self, sheet: Sheet) -> None:
        """Print one page."""
        path = sheet.page.path
        self.writer.write(path, self.job.theme.render(sheet.template, path, values(sheet)).encode())

    def article(self, clip: Clip, place: Place) -> bytes:
        """Print an article's page and document; read the page back and return what it tells."""
        skeleton, html, document, pickled = self.kit.spool.get(place)
        around = self.job.desk.around(clip)
        root = urls.root_of(clip.path)
        theme = self.job.theme
        if skeleton is None:
            sheet = article_sheet(self.kit.site, self.kit.words, pickle.loads(pickled), around)  # noqa: S301  ours
            page = theme.render(sheet.template, clip.path, values(sheet))
        else:
            page = early.finish(skeleton, self.kit.theme.mark, theme, root, clip.card.language, around)
        data = page.encode()
        self.writer.write(clip.path, data)
        self.writer.write(urls.document_path(clip.slug), document)
        meant = Published(Article(clip.card.headline, file=clip.file), clip.slug, clip.path, clip.url, html, "", orjson.loads(document))
        return pickle.dumps(audit.audit_page(data, meant), 5)


def names(tasks: Sequence[Task]) -> list[str]:
    """Return what each task prints, for messages."""
    return [_name(task) for task in tasks]


def _name(task: Task) -> str:
    if isinstance(task, Sheet):
        return task.page.path
    first, second = task
    return first.path(int(second)) if isinstance(first, Run) else first.file  # type: ignore[call-overload,no-any-return]


