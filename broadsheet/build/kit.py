"""What every worker of a build holds: made once, before the workers are forked."""

from __future__ import annotations

import marshal
import os
import struct
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from broadsheet import export, parts
from broadsheet.build.entries import Entry, entry
from broadsheet.config import Site
from broadsheet.config.clock import clock
from broadsheet.export import Plan
from broadsheet.press.crew import Handed
from broadsheet.press.desk import Desk
from broadsheet.press.early import EarlyTheme
from broadsheet.press.lane.stencil import Stencil, Stencils
from broadsheet.press.lane.values import Shape
from broadsheet.press.paper import paper
from broadsheet.press.publish import TEMPLATES
from broadsheet.press.standing import Standing
from broadsheet.press.views import Link
from broadsheet.press.words import Words

#: Where a worker put what it made of an article: process, offset, length, checksum, and the lengths of what lies behind
#: it: its card, its brief, its packed clip.
Place = bytes
_PLACE: Final = struct.Struct("<IQIIIII")
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
        self, made: Any, cards: tuple[bytes, bytes] = (b"", b""), clip: bytes = b"", *, more: bool = False
    ) -> Place:
        """Put plain data aside, and behind it what `cards` and `clip` give alone.

        With ``more``, it is written with what is put aside next, and not there before that.
        """
        pid = self.name or os.getpid()
        out = self._writing.get(pid)
        if out is None:
            out = self._writing[pid] = _Out(self.folder / str(pid))
        card, brief = cards
        tail = _SUM.pack(zlib.adler32(clip)) + clip if clip else b""
        data = b"%b%b%b%b" % (marshal.dumps(made), card, brief, tail)
        out.waiting += data
        if not more:
            out.file.write(out.waiting)
            out.waiting = b""
        place = _PLACE.pack(pid, out.end, len(data), zlib.adler32(data), len(card), len(brief), len(tail))
        out.end += len(data)
        return place

    def get(self, place: Place) -> Any:
        """Return what was put aside. Raise `Lost` where it is not there any more, or not as it was."""
        return marshal.loads(self._read(place))  # noqa: S302  our own bytes, as their checksum proves

    def both(self, place: Place) -> tuple[Any, bytes]:
        """Return what `get` and `clip` do, read at once."""
        data = self._read(place)
        tail = _PLACE.unpack(place)[-1]
        return marshal.loads(data), data[len(data) - tail + _SUM.size :]  # noqa: S302  as above

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


class Kit(Struct, frozen=True):
    """Site and tools. ``now`` is the build's time."""

    site: Site
    words: Words
    salt: bytes  # of settings, code and parts: what is remembered of an article holds for these alone
    archive: Archive  # what pages and exports need of each article, kept for later builds
    now: datetime
    plan: Plan  # of the exports
    stencils: Stencils | None  # the fast lane; None where a site's own parts may want to see every article
    #: Of pictures, by address, as this build sees them.
    sizes: dict[str, tuple[int, int] | None] = field(default_factory=dict)
    entries: dict[Shape, Entry | None] = field(default_factory=dict)  # how records of each shape are made, where proven

    def stencil(self, shape: Shape) -> Stencil:
        """Return the stencil of a shape that some process has proven. Raise `Lost` where there is none after all."""
        if self.stencils is None:
            raise Lost
        found = self.stencils.known.get(shape) or self.stencils.cut(shape)
        if found is None:
            raise Lost
        self.stencils.known[shape] = found
        return found

    def entry(self, shape: Shape) -> Entry:
        """Return how records of a shape are made, as some process has proven. Raise `Lost` where they are not after all."""
        found = self.entries.get(shape) or entry(self.plan, self.site, shape)
        if found is None:
            raise Lost
        self.entries[shape] = found
        return found


def kit(site: Site, standing: list[Standing], archive: Archive, salt: bytes) -> Kit:
    """Return the kit of one build."""
    words = Words(site.language, site.timezone)
    links = [Link(one.title, one.path) for one in standing]
    theme = EarlyTheme(site.root, paper(site, Desk(()), words, links), site.state / TEMPLATES)
    return Kit(site, words, salt, archive, clock(), export.plan(site), stencils(site, words, theme))


def stencils(site: Site, words: Words, theme: EarlyTheme) -> Stencils | None:
    """Return the fast lane for a site that has no theme, schema, profile or Markdown extension of its own."""
    ours = theme.shipped and parts.ours_alone("schema", site.root)
    if not ours or site.build.markdown_extensions or site.build.profiles:
        return None
    return Stencils(site, words, theme)
