"""What was made of articles, put aside on disk by the processes of a build: for its pages and exports, and for later builds."""

from __future__ import annotations

import marshal
import os
import struct
import zlib
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from broadsheet.press.crew import Handed

#: Where a process put what it made of an article: process, offset, length, checksum, and the lengths of the plain data that it
#: begins with and of what it ends with: card, brief, packed clip.
Place = bytes
_PLACE: Final = struct.Struct("<IQIIIIII")
PLACE: Final = _PLACE.size
_SUM: Final = struct.Struct("<I")  # the checksum of a clip, before it: clips are read alone


class Lost(Handed):
    """What was put aside cannot be read again. Not an error: it is made anew."""


class _Out:
    """The file that one process writes."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("ab", buffering=0)
        self.end = self.file.tell()
        self.waiting = b""  # for what is written next, as its last part


class Archive(Struct):
    """Files, one a process, that hold what was made of articles. What an earlier build wrote is checked."""

    folder: Path
    trusted: bool = False  # nothing in it is of an earlier build
    name: int = 0  # of the file that is written; 0: of this process
    _writing: dict[int, _Out] = field(default_factory=dict)
    _reading: dict[int, int] = field(default_factory=dict)

    def put(
        self,
        made: Any,
        bodies: tuple[bytes, bytes] = (b"", b""),
        cards: tuple[bytes, bytes] = (b"", b""),
        clip: bytes = b"",
        *,
        more: bool = False,
    ) -> Place:
        """Put plain data aside, and behind it what `whole`, `cards` and `clip` give.

        With ``more``, it is written with what is put aside next, and not there before that.
        """
        pid = self.name or os.getpid()
        out = self._writing.get(pid)
        if out is None:
            out = self._writing[pid] = _Out(self.folder / str(pid))
        head = marshal.dumps(made)
        card, brief = cards
        tail = _SUM.pack(zlib.adler32(clip)) + clip if clip else b""
        data = b"".join((head, *bodies, card, brief, tail))
        out.waiting += data
        if not more:
            out.file.write(out.waiting)
            out.waiting = b""
        lengths = len(head), len(card), len(brief), len(tail)
        place = _PLACE.pack(pid, out.end, len(data), zlib.adler32(data), *lengths)
        out.end += len(data)
        return place

    def get(self, place: Place) -> Any:
        """Return the plain data that was put aside. Raise `Lost` where it is not there any more, or not as it was."""
        pid, offset, _, _, head, *_ = _PLACE.unpack(place)
        data = os.pread(self._file(pid), head, offset) if self.trusted else self._read(place)
        return marshal.loads(data)  # noqa: S302  our own bytes, as their checksum proves; it leaves what lies behind

    def whole(self, place: Place) -> tuple[Any, bytes, bytes]:
        """Return the plain data, the two bodies in one, and the packed clip, read at once. Raise `Lost`."""
        data = self._read(place)
        *_, head, card, brief, tail = _PLACE.unpack(place)
        end = len(data) - tail
        return marshal.loads(data), data[head : end - card - brief], data[end + _SUM.size :]  # noqa: S302  as above

    def cards(self, place: Place) -> tuple[bytes, bytes]:
        """Return card and brief of an article; both are empty where none were put aside. Raise `Lost`."""
        *_, card, brief, tail = _PLACE.unpack(place)
        if not card + brief:
            return b"", b""
        last = card + brief + tail
        found = self._end(place, last) if self.trusted else self._read(place)[-last:]
        return found[:card], found[card : card + brief]

    def clip(self, place: Place) -> bytes:
        """Return the packed clip of an article. Raise `Lost`."""
        data = self._end(place, _PLACE.unpack(place)[-1])
        clip = data[_SUM.size :]
        if len(data) < _SUM.size or zlib.adler32(clip) != _SUM.unpack_from(data)[0]:
            raise Lost
        return clip

    def _read(self, place: Place) -> bytes:
        pid, offset, length, checksum, *_ = _PLACE.unpack(place)
        data = os.pread(self._file(pid), length, offset)
        if not self.trusted and zlib.adler32(data) != checksum:
            raise Lost
        return data

    def _end(self, place: Place, last: int) -> bytes:
        """Return the ``last`` bytes of a place; nothing proves them."""
        pid, offset, length, *_ = _PLACE.unpack(place)
        return os.pread(self._file(pid), last, offset + length - last)

    def _file(self, pid: int) -> int:
        """Return what the file of a process is read by."""
        descriptor = self._reading.get(pid)
        if descriptor is None:
            try:
                descriptor = self._reading[pid] = os.open(self.folder / str(pid), os.O_RDONLY)
            except OSError:
                raise Lost from None
        return descriptor

    def close(self) -> None:
        """Let go of the files."""
        for out in self._writing.values():
            out.file.close()
        for descriptor in self._reading.values():
            os.close(descriptor)
