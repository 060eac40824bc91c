"""Our own printer: a template, a string, a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet.press.job import values

if TYPE_CHECKING:
    from broadsheet.press.job import Job
    from broadsheet.press.output import Folder
    from broadsheet.press.sheets import Run, Sheet


class FastPrinter(Struct, frozen=True):
    """Prints ``job`` into ``folder``."""

    job: Job
    folder: Folder

    def sheet(self, sheet: Sheet) -> None:
        """Print one page."""
        path = sheet.page.path
        html = self.job.theme.render(sheet.template, path, values(sheet))
        self.folder.write(path, html.encode("utf-8"))

    def run(self, run: Run) -> None:
        """Print a listing, cut into pages."""
        site = self.job.site
        size = site.build.page_size
        for number in range(1, run.count(size) + 1):
            self.sheet(run.sheet(number, size, site.url))

    def raw(self, path: str, data: bytes) -> None:
        """Write what needs no template."""
        self.folder.write(path, data)
