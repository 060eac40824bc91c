"""The next edition: whole in a folder of its own, or the few files that differ from the edition that stands."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from broadsheet import press
from broadsheet.build import stamps
from broadsheet.build.stamps import Stamp
from broadsheet.build.store import Index
from broadsheet.press import journal
from broadsheet.press import output as outputs
from broadsheet.press.nursery import Nursery
from broadsheet.press.output import Places
from broadsheet.press.writer import Writer

MANY: Final = 200  # articles from which it is worth the while to look for a place where their files are made quickly


class Next:
    """Whole where ``index`` is None: nothing of an earlier build can be believed. ``articles`` are as many as it will hold, about."""

    def __init__(self, where: Places, index: Index | None, articles: int = 0) -> None:
        self.where = where
        self.index = index
        self.stamps: dict[str, Stamp] = {}  # of what was written
        self.root: Path = press.begin(where, many=articles > MANY).root if index is None else outputs.stage(where)
        self.nursery = Nursery(self.root if where.spread and index is None else None)

    def writer(self) -> Writer:
        """Return a writer. A file that is the same in the edition that stands keeps its times."""
        before = self.where.output if self.where.output.is_dir() else None
        return Writer(self.root, before, staged=self.index is not None, nursery=self.nursery)

    def file(self, path: str) -> Path:
        """Return where a file of the next edition is now."""
        staged = self.root / path
        return staged if self.index is None or staged.is_file() else self.where.output / path

    def wrote(self, written: Iterable[tuple[str, int, int]]) -> None:
        """Take note of what was written: paths, times of change in ns and sizes."""
        for path, changed, size in written:
            self.stamps[path] = stamps.written(changed, size)

    def swap(self, paths: AbstractSet[str]) -> Index:
        """Put the edition in the place of the output; return its index. ``paths`` are all its files."""
        if self.index is None:
            old = press.swap(self.where, self.root)
            if old is not None:
                press.discard(old)
            for path in paths:
                self.stamps[path]  # all are there, or this is a bug
            return self._index(self.stamps)
        before = stamps.stamps(self.index.outputs)
        with self.patched([path for path in before if path not in paths]):
            return self._index({path: self.stamps.get(path) or before[path] for path in paths})

    def patched(self, gone: Iterable[str] = ()) -> AbstractContextManager[None]:
        """Put what is staged into the edition that stands, and take the ``gone`` files away.

        While the ``with`` goes on, what stood there is let go of.
        """
        fresh = [path for path in self.stamps if (self.root / path).is_file()]
        return journal.patched(self.where, fresh, gone)

    def _index(self, written: dict[str, Stamp]) -> Index:
        output = self.where.output
        return Index(output=output.stat().st_ino, outputs=stamps.listing(written))
