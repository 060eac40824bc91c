"""A progress bar about a list of inputs, on stderr where that is a terminal and the work lasts over a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

QUIET = 1.0  # seconds before the bar appears

T = TypeVar("T")


def counted(inputs: Iterable[T], what: str, total: int) -> Iterator[T]:
    """Yield ``inputs``, showing how many of ``total`` are done."""
    if not sys.stderr.isatty():
        yield from inputs
        return
    started, bar, task = time.monotonic(), None, None
    try:
        for number, one in enumerate(inputs):
            if bar is None and time.monotonic() - started > QUIET:
                bar, task = _bar(what, total)
            if bar is not None:
                bar.update(task, completed=number)
            yield one
    finally:
        if bar is not None:
            bar.stop()


def _bar(what: str, total: int) -> tuple[Any, Any]:
    from rich import progress as rich
    from rich.console import Console

    columns = (
        rich.TextColumn("{task.description}"),
        rich.BarColumn(),
        rich.MofNCompleteColumn(),
        rich.TimeRemainingColumn(),
    )
    bar = rich.Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=total)
    bar.start()
    return bar, task
