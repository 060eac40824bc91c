"""Files are made where that is quick, and then take their place.

`broadsheet.press.spread` puts a new edition where nothing was deleted, as far as chance
goes: no one tells where other programs deleted files a minute ago, and a file system that
looks at each of those for every file that is made there is forty times slower. So it is
timed how long each takes. Where it takes long again and again, the next files are made in
a folder of their own, elsewhere on the disk, and renamed to where they belong.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final

from msgspec import Struct

from broadsheet.press.output import create, fill

SLOW: Final = 200_000  # ns that a system which has no such trouble does not take to make a file: mostly it is 25,000
_OFTEN: Final = 8  # slow ones before others are made elsewhere
_MOST: Final = 6  # folders that are tried


class Nursery(Struct):
    """Makes the files of one process. ``stem`` is how the names of its folders begin; without one, all are made in place."""

    stem: Path | None = None
    _folder: str = ""  # where files are made now; "" is in place
    _slow: int = 0
    _tried: int = 0
    _count: int = 0

    def make(self, target: str, data: bytes) -> os.stat_result:
        """Write a new file; return what the system says of it. Never writes into a file that stands there."""
        self._count += 1
        made = f"{self._folder}/{os.getpid()}-{self._count}" if self._folder else target  # a fork may go on here
        began = time.perf_counter_ns()
        descriptor = create(made)
        took = time.perf_counter_ns() - began
        seen = fill(descriptor, data)
        if self._folder:
            os.rename(made, target)  # noqa: PTH104  texts are quicker than paths
        if took > SLOW:
            self._go_elsewhere()
        elif self._slow:
            self._slow -= 1
        return seen

    def _go_elsewhere(self) -> None:
        self._slow += 1
        if self.stem is None or self._slow < _OFTEN:
            return
        self._slow, self._folder = 0, ""
        if self._tried < _MOST:  # else it is slow everywhere, and a rename too much
            self._folder = f"{self.stem}-{os.getpid()}-{self._tried}"
            self._tried += 1
            os.mkdir(self._folder)  # noqa: PTH102  as above


def close(stem: Path) -> None:
    """Remove the folders of all processes, which are empty when all files have their place."""
    for folder in stem.parent.glob(f"{stem.name}-*"):
        folder.rmdir()
