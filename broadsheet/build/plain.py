"""A build in one process: the six calls, in the order of the diagram in docs/architecture.md.

This is the reference: the swift build must give the same bytes. It serves where
Pelican itself prints ("stock") or a site's pelicanconf.py has its say.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from broadsheet import audit, edition, export, press
from broadsheet.build.report import BuildReport, Clock, fold
from broadsheet.config import Site
from broadsheet.edition import Edition
from broadsheet.model import Problem, Published
from broadsheet.press.publish import publish


def build(site: Site, output: Path, *, strict: bool, clock: Clock, host: Any) -> BuildReport:
    """Build everything anew."""
    clock.phase("read and validate")
    read = edition.load(site)
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

    made = publish(site, read.published, standing, folder, step, host)
    clock.phase("export")
    dataset = export.write(read.published, site, folder.root / "data", problems=problems)
    made.data_page(dataset)
    clock.phase("audit")
    problems += _audit(folder.root, site, told)
    clock.phase("swap in")
    _swap(where, folder.root)
    clock.phase("")
    return _report(output, read, problems, clock)


def _swap(where: Any, fresh: Path) -> None:
    old = press.swap(where, fresh)
    if old is not None:
        press.discard(old)


def _audit(root: Path, site: Site, told: Sequence[Any]) -> list[Problem]:
    problems = [problem for one in told for problem in one.problems]
    return [*problems, *audit.settle(root, site.url, told)]


def _report(
    output: Path, read: Edition, problems: Sequence[Problem], clock: Clock, *, written: bool = True
) -> BuildReport:
    held = {why: count for why in ("error", "draft", "future") if (count := read.held(why))}
    count = len(read.published) if written else 0
    told = tuple(sorted(set(problems)))
    return BuildReport(output, count, count, 0, held, fold(told), lambda: told, clock.seconds, written)
