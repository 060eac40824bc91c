"""Very large files pass: what is read and written of them does not stay in memory.

Memory that was in no one's hands is dear where a virtual machine gives it back to its host: 700 MB of data files then take 2 to 3 s
of the system's time, and a fourth of a second where the same memory is used again and again. So Linux is asked
not to keep what is written (``RWF_DONTCACHE``, pwritev2(2), from 6.14) and to read past what it keeps (``O_DIRECT``, open(2)). Where it
cannot, it keeps all of it, as ever.
"""

from __future__ import annotations

import errno
import mmap
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Final, Self

#: Bytes from which a file passes; smaller ones are soon read again, by the next edit or by who serves them.
LARGE: Final = 1 << 26
_CHUNK: Final = 1 << 19  # bytes; small enough to be hashed and written while the processor still has them near
_DONTCACHE: Final = 0x80  # RWF_DONTCACHE
_CAN: Final = sys.platform == "linux"
_REFUSED: Final = frozenset({errno.EOPNOTSUPP, errno.EINVAL})


def put(handle: int, data: bytes | memoryview, *, passing: bool) -> None:
    """Write all of ``data`` where an open file stands. Raise OSError."""
    left = memoryview(data)
    while left:
        left = left[_write(handle, left, passing=passing) :]


def _write(handle: int, data: memoryview, *, passing: bool) -> int:
    if passing and _CAN:
        try:
            return os.pwritev(handle, [data], -1, _DONTCACHE)
        except OSError as error:
            if error.errno not in _REFUSED:
                raise
    return os.write(handle, data)


class Source:
    """A file that is read once, from its beginning on."""

    def __init__(self, path: Path, *, passing: bool) -> None:
        self._file = _opened(path) if passing and _CAN else FileIO(path)
        self._buffer = memoryview(mmap.mmap(-1, _CHUNK))  # begins with a page of memory, as `O_DIRECT` wants it
        self._left = self._buffer[:0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def size(self) -> int:
        """Return how many bytes the file has."""
        return os.fstat(self._file.fileno()).st_size

    def read(self, count: int) -> Iterator[memoryview]:
        """Yield the next ``count`` bytes; a part holds until the next is asked for. Raise EOFError where there are fewer."""
        while count:
            if not self._left:
                self._left = self._buffer[: self._file.readinto(self._buffer)]
                if not self._left:
                    raise EOFError
            part, self._left = self._left[:count], self._left[count:]
            count -= len(part)
            yield part


def _opened(path: Path) -> FileIO:
    """Return a file that is read past the memory, where that can be done."""
    with suppress(OSError):
        file = FileIO(path, opener=lambda name, flags: os.open(name, flags | os.O_DIRECT))
        try:
            file.readinto(mmap.mmap(-1, mmap.PAGESIZE))
            file.seek(0)
        except OSError:
            file.close()
        else:
            return file
    return FileIO(path)
