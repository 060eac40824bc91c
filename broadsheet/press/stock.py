"""The stock path: Pelican runs, our generators give its own Writer and Paginator our records.

Pelican's generators for articles, pages and static files are replaced, so that
nothing in content can name a template, a path or a status to Pelican.
"""

from __future__ import annotations

import locale
import logging
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, field
from pelican import Pelican
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.plugins import signals

from broadsheet import parts
from broadsheet.press import settings as pelican_settings
from broadsheet.press.fast import FastPrinter
from broadsheet.press.job import values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pelican.writers import Writer

    from broadsheet.config import Site
    from broadsheet.press.job import Job, Printer
    from broadsheet.press.output import Folder
    from broadsheet.press.sheets import Run, Sheet

_KEY = "BROADSHEET_WORK"
T = TypeVar("T")


class StockPrinter(Struct):
    """Prints through Pelican's Writer."""

    job: Job
    folder: Folder
    writer: Writer
    context: dict[str, Any] = field(default_factory=dict)

    def sheet(self, sheet: Sheet) -> None:
        """Print one page."""
        template = _Template(self, lambda _context: sheet)
        self.writer.write_file(sheet.page.path, template, self.context, url=sheet.page.path)

    def run(self, run: Run) -> None:
        """Print a listing: Pelican's Paginator cuts it, our pattern names its pages."""
        site = self.job.site
        template = _Template(
            self, lambda context: run.sheet(context["clips_page"].number, site.build.page_size, site.url)
        )
        name = run.template.removesuffix(".html")
        self.writer.write_file(
            run.path(1),
            template,
            self.context,
            paginated={"clips": list(run.clips)},
            template_name=name,
            url=run.path(1),
        )

    def raw(self, path: str, data: bytes) -> None:
        """Write what needs no template."""
        self.folder.write(path, data)


class _Template(Struct, frozen=True):
    """What Pelican's Writer takes for a template: shows ours the values of its contract, and no more."""

    printer: StockPrinter
    sheet_of: Callable[[dict[str, Any]], Sheet]

    def render(self, context: dict[str, Any]) -> str:
        """Return the page, and take note of its bytes."""
        job = self.printer.job
        sheet = self.sheet_of(context)
        page = sheet.page.path
        html = job.theme.render(sheet.template, page, values(sheet))
        self.printer.folder.note(page)
        return html


class Articles(ArticlesGenerator):  # type: ignore[misc]
    """Takes the place of Pelican's generator of articles; reads nothing itself."""

    def generate_context(self) -> None:
        """Read nothing: the articles were read, judged and ordered before Pelican ran."""
        self._update_context(("articles", "drafts", "hidden_articles", "tags", "categories", "authors"))

    def generate_output(self, writer: Writer) -> None:
        """Print the job."""
        self.settings[_KEY](Host(writer, self.context, self.settings))


class Pages(PagesGenerator):  # type: ignore[misc]
    """Takes the place of Pelican's generator of pages: they are part of the job."""

    def generate_context(self) -> None:
        """Read nothing."""

    def generate_output(self, writer: Writer) -> None:
        """Write nothing."""


class Static(StaticGenerator):  # type: ignore[misc]
    """Takes the place of Pelican's copier of static files, which follows links out of content."""

    def generate_context(self) -> None:
        """Look for nothing."""

    def generate_output(self, writer: Writer) -> None:
        """Copy nothing."""


def replace_generators(pelican: Pelican) -> None:
    """Put our generators in the place of Pelican's; those of plugins stay."""
    stock = pelican._get_generator_classes  # noqa: SLF001  the one hook that can take a built-in generator away
    ours = {ArticlesGenerator: Articles, PagesGenerator: Pages, StaticGenerator: Static}

    def classes() -> list[type]:
        return [ours.get(cls, cls) for cls in stock()]

    pelican._get_generator_classes = classes  # noqa: SLF001


class Host(Struct, frozen=True):
    """A Pelican that is running and has come to writing."""

    writer: Writer
    context: dict[str, Any]
    settings: dict[str, Any]

    def print_into(self, folder: Folder, job: Job, work: Callable[[Printer], None]) -> None:
        """Call ``work`` with a printer: Pelican's own writer where the site asks for it, else ours."""
        job.theme.extend(self.settings)
        if job.site.build.press != "stock":
            work(FastPrinter(job, folder))
            return
        self.writer.output_path = str(folder.root)
        work(StockPrinter(job, folder, self.writer, self.context))


def run_pelican(job: Job, folder: Folder, work: Callable[[Printer], None]) -> None:
    """Run Pelican over ``job``: ``work`` is called with a printer when Pelican comes to writing."""
    within(job.site, folder.root, lambda host: host.print_into(folder, job, work))


def within(site: Site, root: Path, work: Callable[[Host], T]) -> T:
    """Run Pelican with the site's settings; return what ``work`` gives when Pelican comes to writing into ``root``."""
    with _own_locale():
        return _within(site, root, work)


def _within(site: Site, root: Path, work: Callable[[Host], T]) -> T:
    _quiet()
    settings = pelican_settings.merged(site, root, _theme(site.root))
    results: list[T] = []
    settings[_KEY] = lambda host: results.append(work(host))
    wanted = list(settings.get("PLUGINS") or ())
    pelican = Pelican(settings)
    pelican_settings.require_plugins(site, wanted, pelican.settings["PLUGINS"])
    replace_generators(pelican)
    pelican.run()
    return results[0]


@contextmanager
def _own_locale() -> Iterator[None]:
    """Give the process its locale back: Pelican sets one for good, and others read files by it."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        yield
    finally:
        locale.setlocale(locale.LC_ALL, before)


def on_initialized(build: Callable[[Path, Path, Host], None]) -> None:
    """Make every Pelican that starts print a paper: ``build`` gets its content folder, output folder and host."""
    signals.initialized.connect(lambda pelican: _take_over(pelican, build), weak=False)


def _take_over(pelican: Pelican, build: Callable[[Path, Path, Host], None]) -> None:
    if _KEY in pelican.settings:  # we started this Pelican ourselves
        return
    pelican.settings[_KEY] = lambda host: build(Path(pelican.path), Path(pelican.output_path), host)
    replace_generators(pelican)


def _theme(site_root: Path) -> Path:
    return parts.find("theme", "templates/base.html", site_root).parent.parent


def _quiet() -> None:
    """Let Pelican log warnings only; its "Done" line is for its own command."""
    from pelican.log import console

    console.quiet = True
    logging.getLogger("pelican").setLevel(logging.WARNING)
