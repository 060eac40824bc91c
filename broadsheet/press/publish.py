"""Print a whole paper into a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from broadsheet import urls
from broadsheet.press import copies, data
from broadsheet.press.clips import clip
from broadsheet.press.desk import Desk
from broadsheet.press.fast import FastPrinter
from broadsheet.press.job import Job, document_file
from broadsheet.press.paper import paper
from broadsheet.press.settings import FILE as PELICANCONF
from broadsheet.press.standing import read as standing_pages
from broadsheet.press.templates import Theme
from broadsheet.press.views import Link
from broadsheet.press.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from broadsheet.config import Site
    from broadsheet.model import Published
    from broadsheet.press.clips import Clip
    from broadsheet.press.job import Printer
    from broadsheet.press.output import Folder
    from broadsheet.press.standing import Standing
    from broadsheet.press.stock import Host


TEMPLATES = "templates"  # below .broadsheet: the theme's templates as they are compiled


class Press(Struct, frozen=True):
    """A job that has been printed into ``folder``."""

    job: Job
    folder: Folder

    def data_page(self, dataset: Any) -> None:
        """Print data.html from what `broadsheet.export.write` returned."""
        FastPrinter(self.job, self.folder).sheet(data.sheet(dataset, self.job.site))


def prepare(site: Site, clips: Sequence[Clip], standing: Sequence[Standing]) -> Job:
    """Return the job of printing ``clips`` and ``standing``."""
    words = Words(site.language, site.timezone)
    desk = Desk(clips)
    links = [Link(one.title, one.path) for one in standing]
    theme = Theme(site.root, paper(site, desk, words, links), site.state / TEMPLATES)
    return Job(site, words, desk, standing, theme)


def publish(
    site: Site,
    published: Sequence[Published],
    standing: Sequence[Standing],
    folder: Folder,
    step: Callable[[Published], None],
    host: Host | None = None,
    watched: Callable[[Printer], Printer] | None = None,
) -> Press:
    """Print everything but the data page; ``step`` is called after each article.

    ``watched`` may put a printer of its own before the one that prints.
    """
    words = Words(site.language, site.timezone)
    clips = [clip(one, site, words) for one in published]
    job = prepare(site, clips, standing)

    def work(printer: Printer) -> None:
        if watched is not None:
            printer = watched(printer)
        print_all(job, printer, clips, published, step)
        copy_all(job, printer, published)

    if host is not None:
        host.print_into(folder, job, work)
    elif site.build.press == "stock" or needs_pelican(site):
        from broadsheet.press.stock import run_pelican

        run_pelican(job, folder, work)
    else:
        work(FastPrinter(job, folder))
    return Press(job, folder)


def needs_pelican(site: Site) -> bool:
    """Tell whether the site states settings of Pelican's own: then its plugins and globals must have their say."""
    return (site.root / PELICANCONF).is_file()


def print_all(
    job: Job, printer: Printer, clips: Sequence[Clip], published: Sequence[Published], step: Callable[[Published], None]
) -> None:
    """Print articles, listings, feeds and sitemaps."""
    bodies: dict[str, str] = {}
    for one, its_clip in zip(published, clips, strict=True):
        printer.sheet(job.article(its_clip, one))
        printer.raw(*document_file(one))
        if one.slug in job.fed:
            bodies[one.slug] = one.html
        step(one)
    for sheet in (*job.standing_sheets(), *job.sheets.singles()):
        printer.sheet(sheet)
    for run in job.sheets.runs():
        printer.run(run)
    for path, written in (*job.feeds(lambda one: bodies[one.slug]), *job.maps()):
        printer.raw(path, written)


def paths(site: Site, published: Sequence[Published]) -> Iterator[str]:
    """Yield the path of every file that is published besides exports and pages at old addresses; nothing is printed."""
    words = Words(site.language, site.timezone)
    job = prepare(site, [clip(one, site, words) for one in published], standing_pages(site)[0])
    for one in published:
        yield one.path
        yield urls.document_path(one.slug)
    yield from (page.path for page in job.pages())
    yield from (path for path, _ in (*job.feeding(), *job.maps(), *_copies(site, published)))
    yield data.PATH


def copy_all(job: Job, printer: Printer, published: Sequence[Published]) -> None:
    """Copy static files, pictures and kept originals."""
    for path, file in _copies(job.site, published):
        printer.raw(path, file.read_bytes())


def _copies(site: Site, published: Sequence[Published]) -> Iterator[copies.Copy]:
    yield from copies.static(site)
    yield from copies.pictures(site)
    yield from copies.sources(site, ((one.article.source, one.article.file or "") for one in published))
