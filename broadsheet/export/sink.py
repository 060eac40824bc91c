"""A file that is written piece by piece and hashed on the way: whole, or what stood there stays."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from broadsheet.export.passing import LARGE, put
from broadsheet.fields import Frame

_BUFFER: Final = 1 << 17  # bytes; a dozen files are open at once


class Written(NamedTuple):
    """What is known of a file that was written."""

    bytes: int
    sha256: str  # lower-case hex


class Sink:
    """One file. Either `finish` or `drop` ends it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle, self._name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        self._hash = hashlib.sha256()
        self._waiting: list[bytes] = []
        self._held = 0  # bytes that wait
        self._size = 0

    def add(self, piece: bytes) -> None:
        """Write a piece."""
        self._waiting.append(piece)
        self._held += len(piece)
        if self._held > _BUFFER:
            self._flush()

    def finish(self) -> Written:
        """Put the file in its place."""
        self._flush()
        os.fchmod(self._handle, 0o644)
        os.close(self._handle)
        self._handle = -1
        Path(self._name).replace(self._path)
        return Written(self._size, self._hash.hexdigest())

    def drop(self) -> None:
        """Leave what stood there, unless the file is finished."""
        if self._handle >= 0:
            os.close(self._handle)
            Path(self._name).unlink(missing_ok=True)

    def _flush(self) -> None:
        data = b"".join(self._waiting)
        self._hash.update(data)
        self._size += len(data)
        put(self._handle, data, passing=self._size >= LARGE)
        self._waiting.clear()
        self._held = 0


def write_all(path: Path, pieces: Iterable[bytes]) -> Written:
    """Write a file of ``pieces``."""
    sink = Sink(path)
    try:
        for piece in pieces:
            sink.add(piece)
        return sink.finish()
    finally:
        sink.drop()


def framed(frame: Frame, pieces: Iterable[bytes]) -> Iterable[bytes]:
    """Yield ``pieces`` and what stands around them."""
    yield frame.head
    before = b""
    for piece in pieces:
        if piece:
            yield before + piece
            before = frame.between
    yield frame.tail
