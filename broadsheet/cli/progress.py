"""How a build goes on, on stderr: a bar with articles a second where stderr is a terminal."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from broadsheet.build import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

QUIET = 1.0  # seconds before the bar appears


class Plain(Progress):
    """Says only that it waits."""

    def waiting(self) -> None:
        """Say that another build of this site is running."""
        click.echo("Another build of this site is running; waiting for it to end.", err=True)


class Bar(Plain):
    """A bar that appears when the work has lasted over a second."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._bar: Any = None
        self._task: Any = None
        self._phase = ("", 0)
        self._done = 0
        self._since = self._started

    def phase(self, name: str, total: int = 0) -> None:
        """Begin a phase of ``total`` articles, 0 where that is not known."""
        self._phase, self._done, self._since = (name, total), 0, time.monotonic()
        if self._bar is not None:
            self._bar.reset(self._task, description=name, total=total or None)
        self._show()

    def step(self, count: int = 1) -> None:
        """Count finished articles."""
        self._done += count
        self._show()
        if self._bar is not None:
            spent = time.monotonic() - self._since
            self._bar.update(
                self._task, completed=self._done, rate=f"{self._done / spent:,.0f} a second" if spent else ""
            )

    def _show(self) -> None:
        if self._bar is not None or time.monotonic() - self._started < QUIET:
            return
        from rich import progress as rich
        from rich.console import Console

        columns = (
            rich.TextColumn("{task.description}"),
            rich.BarColumn(),
            rich.MofNCompleteColumn(),
            rich.TextColumn("{task.fields[rate]}"),
            rich.TimeElapsedColumn(),
        )
        self._bar = rich.Progress(*columns, console=Console(stderr=True), transient=True)
        name, total = self._phase
        self._task = self._bar.add_task(name, total=total or None, rate="")
        self._bar.start()

    def close(self) -> None:
        """Remove the bar."""
        if self._bar is not None:
            self._bar.stop()


@contextmanager
def shown_progress(*, quiet: bool = False) -> Iterator[Progress]:
    """Give a progress bar where stderr is a terminal and the work lasts over a second."""
    if quiet:
        yield Progress()
        return
    if not sys.stderr.isatty():
        yield Plain()
        return
    bar = Bar()
    try:
        yield bar
    finally:
        bar.close()
