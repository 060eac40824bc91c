"""Pipes between forked processes: a queue of numbers for all, and messages to the parent that no one waits for."""

from __future__ import annotations

import os
import struct
from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD: Final = struct.Struct("<BQ")  # kind and length of a message
_NUMBER: Final = struct.Struct("<i")  # in a queue
MOST: Final = 60_000 // _NUMBER.size  # numbers that a pipe surely holds before anyone reads
_PIECE: Final = 1 << 20  # bytes


class Closed(Exception):
    """The other end of the pipe is closed: its process has ended."""


class Listener:
    """What the parent hears of one process."""

    def __init__(self, reader: int) -> None:
        self.reader = reader
        self._heard = bytearray()

    def messages(self, *, wait: bool) -> Iterator[tuple[int, bytes]]:
        """Yield kind and text of every message that has come whole; with ``wait``, until no one asks for more.

        Raise `Closed` where nothing more can come.
        """
        os.set_blocking(self.reader, wait)
        while True:
            try:
                piece = os.read(self.reader, _PIECE)
            except BlockingIOError:
                return
            if not piece:
                raise Closed
            self._heard += piece
            yield from self._whole()

    def _whole(self) -> Iterator[tuple[int, bytes]]:
        at, heard = 0, self._heard
        while len(heard) - at >= _HEAD.size:
            kind, length = _HEAD.unpack_from(heard, at)
            end = at + _HEAD.size + length
            if end > len(heard):
                break
            yield kind, bytes(memoryview(heard)[at + _HEAD.size : end])
            at = end
        del heard[:at]


class Teller:
    """Sends messages to the parent as it listens; what it does not take yet waits here, and the work goes on."""

    def __init__(self, writer: int) -> None:
        self.writer = writer
        self._waiting: deque[memoryview] = deque()
        os.set_blocking(writer, False)

    def tell(self, kind: int, message: bytes) -> None:
        """Send a message, or keep it for the next call."""
        self._waiting += (memoryview(_HEAD.pack(kind, len(message))), memoryview(message))
        try:
            self._write()
        except BlockingIOError:
            return

    def finish(self) -> None:
        """Send what waits."""
        os.set_blocking(self.writer, True)
        self._write()

    def _write(self) -> None:
        while self._waiting:
            first = self._waiting[0]
            while first:
                first = self._waiting[0] = first[os.write(self.writer, first) :]
            self._waiting.popleft()


def queue(numbers: Iterable[int]) -> int:
    """Return the reading end of a pipe that holds ``numbers``, at most `MOST`: whoever reads it takes the next."""
    reader, writer = os.pipe()
    os.write(writer, b"".join(map(_NUMBER.pack, numbers)))
    os.close(writer)
    return reader


def taken(queue: int) -> Iterator[int]:
    """Yield the numbers that no one else takes from a `queue`."""
    while number := os.read(queue, _NUMBER.size):
        yield _NUMBER.unpack(number)[0]


def pipe() -> tuple[int, int]:
    """Return a pipe that holds as much as the system grants, so that few who write to it have to keep anything."""
    reader, writer = os.pipe()
    try:
        import fcntl

        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, _PIECE)
    except (ImportError, AttributeError, OSError):  # one of 64 KB then, or of what the system makes
        pass
    return reader, writer
