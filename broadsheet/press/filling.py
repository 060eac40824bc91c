"""How very many files are filled: kept in memory or not (`broadsheet.uncached`), whichever is quicker now.

To write a file that is kept takes half as long where memory is at hand, and three times as long where it must be taken
anew from a host. That changes as a build goes on, so now and then some files are filled the other way, and timed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Final

from broadsheet import uncached
from broadsheet.press.output import fill

_PERIOD: Final = 512  # files after which the two ways are compared
_TRIED: Final = 8  # the first of them, which are filled the other way
_TIMED: Final = 32  # these and those after them, which tell how long it takes
_BETTER: Final = 0.8  # of the time that a byte takes, the most that the other way may take to be preferred

Write = Callable[[int, memoryview], int]


class Filling:
    """Fills the files of one process."""

    def __init__(self) -> None:
        self._write: Write = os.write
        self._other: Write = uncached.write
        self._count = 0
        self._spent = [0, 0]  # ns, bytes
        self._tried = [0, 0]

    def fill(self, descriptor: int, data: bytes) -> os.stat_result:
        """Write ``data``, and close the file; return what the system says of it."""
        at = self._count % _PERIOD
        self._count += 1
        if at >= _TIMED:
            return fill(descriptor, data, self._write)
        write, spent = (self._other, self._tried) if at < _TRIED else (self._write, self._spent)
        began = time.perf_counter_ns()
        seen = fill(descriptor, data, write)
        spent[0] += time.perf_counter_ns() - began
        spent[1] += len(data)
        if at == _TIMED - 1:
            self._compare()
        return seen

    def _compare(self) -> None:
        (tried, some), (spent, others) = self._tried, self._spent
        if tried * others < _BETTER * spent * some:
            self._write, self._other = self._other, self._write
        self._spent, self._tried = [0, 0], [0, 0]
