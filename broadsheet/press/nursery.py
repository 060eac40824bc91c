"""Files are made where that is quick, and then take their place.

`broadsheet.press.spread` puts a new edition where nothing was deleted, as far as it can
see: where other programs deleted files a minute ago no one tells, and a file system that
looks at each of those for every file that is made there is forty times slower. So it is
timed how long each takes. Where it takes long again and again, and more was lost than it
costs to look for another place, the next files are made in a folder of their own,
elsewhere on the disk, and renamed to where they belong.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from broadsheet.press.filling import Filling
from broadsheet.press.output import create, fill
from broadsheet.press.spread import settle

SLOW: Final = 50_000  # ns that a system which has no such trouble does not take to make a file: mostly it is 15,000
_OFTEN: Final = 8  # slow ones, more than quick ones, before the next are made elsewhere


class Nursery(Struct):
    """Makes the files of one process. ``stem`` is how the names of its folders begin; without one, all are made in place."""

    stem: Path | None = None
    _folder: str = ""  # where files are made now; "" is in place
    _slow: int = 0  # files here that took long, less those that did not
    _lost: int = 0  # ns that were spent on slow ones
    _price: int = 0  # ns to spend on them before another place is looked for
    _looked: int = 0  # times that one was
    _count: int = 0
    _filling: Filling = field(default_factory=Filling)

    def make(self, target: str, data: bytes) -> os.stat_result:
        """Write a new file; return what the system says of it. Never writes into a file that stands there."""
        self._count += 1
        made = f"{self._folder}/{os.getpid()}-{self._count}" if self._folder else target  # a fork may go on here
        began = time.perf_counter_ns()
        descriptor = create(made)
        took = time.perf_counter_ns() - began
        seen = self._filling.fill(descriptor, data) if self.stem is not None else fill(descriptor, data)
        if self._folder:
            os.rename(made, target)  # noqa: PTH104  texts are quicker than paths
        if took > SLOW:
            self._slow += 1
            self._lost += took
            if self._slow >= _OFTEN and self._lost > self._price and self.stem is not None:
                self._go_elsewhere(self.stem)
        elif self._slow:
            self._slow -= 1
        return seen

    def _go_elsewhere(self, stem: Path) -> None:
        began = time.perf_counter_ns()
        folder = stem.with_name(f"{stem.name}-{os.getpid()}-{self._looked}")
        quick = settle(folder)
        took = time.perf_counter_ns() - began
        self._folder = str(folder)
        self._price = took if quick else 2 * max(took, self._price)  # where it is slow everywhere it pays ever less
        self._slow = self._lost = 0
        self._looked += 1
