"""A build in one process: the six calls, in the order of the diagram in docs/architecture.md.

This is the reference: the swift build must give the same bytes. It serves where
Pelican itself prints ("stock") or a site's pelicanconf.py has its say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import astuple

from broadsheet import audit, edition, export, press, validate
from broadsheet.build import proof
from broadsheet.build.near import OnDisk
from broadsheet.build.profile import TimedPrinter
from broadsheet.build.report import BuildReport, Clock, fold
from broadsheet.config import Site
from broadsheet.edition import Edition
from broadsheet.model import Problem, Published
from broadsheet.press import clips, moved
from broadsheet.press.job import Printer
from broadsheet.press.output import Folder
from broadsheet.press.publish import publish
from broadsheet.press.words import Words


def build(site: Site, output: Path, *, strict: bool, clock: Clock, host: Any) -> BuildReport:
    """Build everything anew."""
    validate.forget()
    clock.phase("read and validate")
    read = edition.load(site, each=clock.each)
    standing, faults = press.standing_pages(site)
    problems = sorted({*read.problems, *faults})
    if strict and any(one.severity == "error" for one in problems):
        clock.phase("")
        return _report(output, read, problems, clock, written=False)
    where = press.places(site, output)
    folder = press.begin(where)
    told: list[Any] = []
    clock.phase("publish", len(read.published))

    def step(one: Published) -> None:
        told.append(audit.audit_page((folder.root / one.path).read_bytes(), one))
        clock.progress.step()

    made = publish(site, read.published, standing, folder, step, host, partial(_watched, clock, site, read))
    clock.phase("export")
    dataset = export.write(read.published, site, folder.root / "data", problems=problems)
    made.data_page(dataset)
    problems += _lead_on(folder, site, read)
    clock.phase("audit")
    problems += _audit(folder.root, site, told, read.published)
    clock.phase("swap in")
    _swap(where, folder.root)
    clock.phase("")
    return _report(output, read, problems, clock)


def _lead_on(folder: Folder, site: Site, read: Edition) -> list[Problem]:
    """Write the pages at old addresses; return what is wrong with such addresses."""
    articles = ((one.file, one.published.path, one.aliases) for one in read.judged if one.published is not None)
    pages, misled = moved.lead_on(articles, OnDisk(folder.root), site)
    for path, page in pages.items():
        folder.write(path, page)
    return misled


def _watched(clock: Clock, site: Site, read: Edition, printer: Printer) -> Printer:
    if clock.profile is None:
        return printer
    files = {one.path: one.article.file or one.path for one in read.published}
    return TimedPrinter(printer, clock.profile, files, site.build.page_size)


def _swap(where: Any, fresh: Path) -> None:
    old = press.swap(where, fresh)
    if old is not None:
        press.discard(old)


def _audit(root: Path, site: Site, told: Sequence[Any], published: Sequence[Published]) -> list[Problem]:
    """Read the edition back. A link from content that leads nowhere is a warning, as it withholds nothing."""
    problems = [problem for one in told for problem in one.problems]
    found = [one for one in audit.settle(root, site.url, told) if one.rule != "audit-link-broken"]
    return [*problems, *found, *_astray(root, site, published)]


def _astray(root: Path, site: Site, published: Sequence[Published]) -> Iterator[Problem]:
    words, paths = Words(site.language, site.timezone), OnDisk(root)
    for one in published:
        clip = clips.clip(one, site, words)
        links = proof.inner_links(clip, one.html.encode(), site)
        yield from (Problem(*fields) for fields in proof.astray(links, clip.path, site, paths))


def _report(
    output: Path, read: Edition, problems: Sequence[Problem], clock: Clock, *, written: bool = True
) -> BuildReport:
    held = {why: count for why in ("error", "draft", "future") if (count := read.held(why))}
    count = len(read.published) if written else 0
    told = tuple(sorted(set(problems)))
    return BuildReport(output, count, count, 0, held, fold(map(astuple, told)), lambda: told, clock.seconds, written)
