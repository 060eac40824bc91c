"""Writes the files of a new edition; what did not change keeps its file and its times."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from msgspec import Struct, field

from broadsheet.press.nursery import Nursery
from broadsheet.press.output import place


class Writer(Struct):
    """Writes files of a new edition. One a process.

    A file that is the same in the edition ``before`` is not written, so that its times
    stay: it is linked, or left where it stands if only what differs is ``staged``.
    ``stamps`` holds (path, time of change in ns, size) of every file.
    """

    root: Path
    before: Path | None = None
    staged: bool = False
    nursery: Nursery = field(default_factory=Nursery)
    stamps: list[tuple[str, int, int]] = field(default_factory=list)
    _made: set[str] = field(default_factory=set)

    def write(self, path: str, data: bytes) -> None:
        """Write a file."""
        seen = self._same(path, data) if self.before is not None else None
        if seen is None:
            seen = self.nursery.make(place(self.root, path, self._made), data)
        self.stamps.append((path, seen.st_mtime_ns, seen.st_size))

    def adopt(self, path: str, *, other: bool = False) -> None:
        """Take a file that stands in the edition already, written by someone else; ``other``: it surely differs."""
        target = f"{self.root}/{path}"
        seen = os.stat(target)  # noqa: PTH116  texts are quicker than paths
        if not other and self.before is not None and self._size(path) == seen.st_size:
            data = Path(target).read_bytes()
            before = self._same(path, data)
            if before is not None and self.staged:
                os.unlink(target)  # noqa: PTH108  as above
            seen = before or seen
        self.stamps.append((path, seen.st_mtime_ns, seen.st_size))

    def _size(self, path: str) -> int:
        try:
            return os.lstat(f"{self.before}/{path}").st_size
        except OSError:
            return -1

    def _same(self, path: str, data: bytes) -> os.stat_result | None:
        """Return what the system says of the file of the edition before, where it holds ``data``."""
        source = f"{self.before}/{path}"
        try:
            seen = os.lstat(source)
            if seen.st_size != len(data) or not stat.S_ISREG(seen.st_mode):
                return None
            with open(source, "rb") as old:  # noqa: PTH123  the quickest way
                if old.read() != data:
                    return None
            if not self.staged:
                link(source, place(self.root, path, self._made))
        except OSError:
            return None
        return seen

    def take(self) -> list[tuple[str, int, int]]:
        """Return the stamps of what was written since the last call."""
        taken, self.stamps = self.stamps, []
        return taken


def link(source: str, target: str) -> None:
    """Give a file a second name, in the place of what has that name."""
    try:
        os.link(source, target)
    except FileExistsError:
        if os.path.samefile(source, target):  # noqa: PTH121
            return
        os.unlink(target)  # noqa: PTH108  texts are quicker than paths
        os.link(source, target)
