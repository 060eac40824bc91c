"""Many sources read in their order: small ones whole, by several processes; archives page by page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from broadsheet import importers
from broadsheet.importers import Options, crew
from broadsheet.model import Article, Problem

PARALLEL = 48  # small sources from which processes are worth their start
WHOLE = 4 * 1024 * 1024  # bytes; a larger source is read piece by piece
_MANY = (".warc", ".gz", ".wacz", ".zip", ".jsonl", ".ndjson")


class Found(Struct, frozen=True):
    """What one source gave. ``held`` names the content file where the site holds its article already."""

    path: Path
    found: Iterable[Article | Problem] = ()
    held: str | None = None


def sources(paths: Sequence[Path], options: Options, jobs: int, held: Callable[[Path], str | None]) -> Iterator[Found]:
    """Yield what each source gives, in their order; ``jobs`` 0 is one process a processor.

    The articles of an archive are read while they are asked for, so take them before the next source.
    """
    for many, group in runs(paths):
        if many:
            for path in group:
                yield Found(path, importers.read(path, replace(options, jobs=workers(jobs))))
        else:
            known = ((path, held(path)) for path in group)
            yield from crew.in_order(partial(_small, options=options), known, workers(jobs, len(group)))


def runs(paths: Sequence[Path]) -> Iterator[tuple[bool, list[Path]]]:
    """Yield the paths in runs of their kind: archives and large files (True), small files."""
    for many, group in groupby(paths, holds_many):
        yield many, list(group)


def holds_many(path: Path) -> bool:
    """Tell whether a source may hold more than can stand in memory at once."""
    try:
        return path.suffix.lower() in _MANY or path.stat().st_size > WHOLE
    except (OSError, ValueError):
        return False


def workers(jobs: int, small: int | None = None) -> int:
    """Return how many processes to use: as asked, else one a processor; one for a few ``small`` sources."""
    if small is not None and (small < 2 or (jobs == 0 and small < PARALLEL)):
        return 1
    return jobs or os.cpu_count() or 1


def _small(known: tuple[Path, str | None], options: Options) -> Found:
    """Return all of a small source: the work of one process."""
    path, held = known
    return Found(path, held=held) if held else Found(path, list(importers.read(path, options)))
