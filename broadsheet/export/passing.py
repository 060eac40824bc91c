"""Large files pass: what is written of them does not stay in memory, and what is read is not brought there.

700 MB of data files took 2 to 3 s of the system's time where memory is dear (`broadsheet.uncached`), and a fourth of a second where the
same memory is used again and again. So what is written is not kept, and what is not kept is read past the memory
(``RWF_NOWAIT``, preadv2(2); ``O_DIRECT``, open(2)). Where that cannot be done all of it is kept, as ever. Of the largest files, of
which the beginning alone is kept, all is read past it: what is read sooner than the disk can write takes memory anew.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from io import FileIO
from pathlib import Path
from typing import Final, Self

from broadsheet import uncached

#: Bytes from which a new file passes; smaller ones are soon read again, by the next edit or by who serves them.
LARGE: Final = 1 << 26
_DEAR: Final = 1 << 20  # bytes from which a copy passes where memory is dear
#: Where Linux tells that it gives memory back: the order of the blocks that it reports, -1 where it does not (mm/page_reporting.c).
_REPORTING: Final = Path("/sys/module/page_reporting/parameters/page_reporting_order")
_ORDERS: Final = 64  # what stands for -1 in an unsigned number is more
_CHUNK: Final = 1 << 19  # bytes; small enough to be hashed and written while the processor still has them near


@cache
def large_copy() -> int:
    """Return from how many bytes a copy passes, which takes as much memory again as what it is copied from."""
    try:
        dear = 0 <= int(_REPORTING.read_text(encoding="ascii")) < _ORDERS
    except (OSError, ValueError):
        return LARGE
    return _DEAR if dear else LARGE


def put(handle: int, data: bytes | memoryview, *, passing: bool) -> None:
    """Write all of ``data`` where an open file stands. Raise OSError."""
    left = memoryview(data)
    while left:
        left = left[uncached.write(handle, left) if passing else os.write(handle, left) :]


class Source:
    """A file that is read once, from its beginning on."""

    def __init__(self, path: Path, *, passing: bool) -> None:
        self._file = FileIO(path)
        self._past: FileIO | None = _opened(path) if passing and uncached.CAN else None
        self._kept = self.size < LARGE
        self._buffer = memoryview(mmap.mmap(-1, _CHUNK))  # begins with a page of memory, as `O_DIRECT` wants it
        self._left = self._buffer[:0]
        self._at = 0  # bytes that were read into the buffer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        if self._past is not None:
            self._past.close()

    @property
    def size(self) -> int:
        """Return how many bytes the file has."""
        return os.fstat(self._file.fileno()).st_size

    def read(self, count: int) -> Iterator[memoryview]:
        """Yield the next ``count`` bytes; a part holds until the next is asked for. Raise EOFError where there are fewer."""
        while count:
            if not self._left:
                self._left = self._buffer[: self._more()]
                if not self._left:
                    raise EOFError
                self._at += len(self._left)
            part, self._left = self._left[:count], self._left[count:]
            count -= len(part)
            yield part

    def _more(self) -> int:
        """Fill the buffer; return how many bytes there are. What is kept in memory is taken from there."""
        if self._past is None:
            return self._file.readinto(self._buffer)
        if self._kept:
            with suppress(OSError):  # it is not in memory, or this system does not tell
                return os.preadv(self._file.fileno(), [self._buffer], self._at, os.RWF_NOWAIT)
        with suppress(OSError):  # what was in memory may end where the disk cannot begin
            return os.preadv(self._past.fileno(), [self._buffer], self._at)
        return os.preadv(self._file.fileno(), [self._buffer], self._at)


def _opened(path: Path) -> FileIO | None:
    """Return a file that is read past the memory, None where that cannot be done."""
    with suppress(OSError):
        return FileIO(path, opener=lambda name, flags: os.open(name, flags | os.O_DIRECT))
    return None
