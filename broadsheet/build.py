"""A build: the six calls, in the order of the diagram in docs/architecture.md."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from broadsheet import audit, edition, export, press
from broadsheet.config import Site
from broadsheet.edition import Edition
from broadsheet.model import Problem, Published


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``seconds`` is by phase; ``written`` is False where nothing was published."""

    output: Path
    articles: int
    built: int
    reused: int
    held: dict[str, int] = field(default_factory=dict)  # error, draft, future → articles left out
    problems: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    written: bool = True

    @property
    def faulty(self) -> bool:
        """Return whether anything is wrong: a notice is not."""
        return any(one.severity != "notice" for one in self.problems)

    @property
    def errors(self) -> int:
        """Return how many problems are errors."""
        return sum(one.severity == "error" for one in self.problems)


class Progress:
    """Told how a build goes on; this one says nothing."""

    def phase(self, name: str, total: int = 0) -> None:
        """Begin a phase of ``total`` articles, 0 where that is not known."""

    def step(self, count: int = 1) -> None:
        """Count finished articles."""

    def waiting(self) -> None:
        """Say that another build of this site is running."""


class _Clock:
    """Seconds by phase, and the progress told of each."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()
        self._name = ""

    def phase(self, name: str, total: int = 0) -> None:
        now = time.perf_counter()
        if self._name:
            self.seconds[self._name] = round(now - self._last, 3)
        self._name, self._last = name, now
        if name:
            self.progress.phase(name, total)


def build(
    site: Site,
    output: Path,
    *,
    jobs: int = 0,
    fresh: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
    profile: bool = False,
    host: Any = None,
) -> BuildReport:
    """Build ``site`` into ``output``. Raise `BroadsheetError` where nothing can be built.

    With ``strict``, one error anywhere and nothing is published: the last output stays.
    ``host`` is the Pelican that the build runs in, where it does (`broadsheet.plugin`).
    """
    progress = progress or Progress()
    output = press.check(site, output)
    with press.locked(site.state, progress.waiting):
        return _build(site, output, strict, _Clock(progress), host)


def _build(site: Site, output: Path, strict: bool, clock: _Clock, host: Any) -> BuildReport:
    clock.phase("read and validate")
    read = edition.load(site)
    standing, faults = press.standing_pages(site)
    problems = [*read.problems, *faults]
    if strict and any(one.severity == "error" for one in problems):
        clock.phase("")
        return _report(output, read, problems, clock, written=False)
    folder = press.begin(output)
    told: list[Any] = []
    clock.phase("publish", len(read.published))

    def step(one: Published, page: bytes) -> None:
        told.append(audit.audit_page(page, one))
        clock.progress.step()

    made = press.publish(site, read.published, standing, folder, _read_back(folder.root, step), host)
    clock.phase("export")
    dataset = export.write(read.published, site, folder.root / "data", problems=problems)
    made.data_page(dataset)
    clock.phase("audit")
    problems += _audit(folder.root, site, told)
    clock.phase("swap in")
    press.swap(folder.root, output)
    clock.phase("")
    return _report(output, read, problems, clock)


def _read_back(root: Path, step: Callable[[Published, bytes], None]) -> Callable[[Published], None]:
    """Return a function that reads an article's page as it was written."""
    return lambda one: step(one, (root / one.path).read_bytes())


def _audit(root: Path, site: Site, told: Sequence[Any]) -> list[Problem]:
    problems = [problem for one in told for problem in one.problems]
    return [*problems, *audit.settle(root, site.url, told)]


def _report(output: Path, read: Edition, problems: Sequence[Problem], clock: _Clock, *, written: bool = True) -> BuildReport:
    held = {why: count for why in ("error", "draft", "future") if (count := read.held(why))}  # type: ignore[arg-type]
    count = len(read.published) if written else 0
    return BuildReport(output, count, count, 0, held, tuple(sorted(set(problems))), clock.seconds, written)
