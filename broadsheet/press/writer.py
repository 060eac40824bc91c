"""Writes the files of a new edition; what did not change keeps its file and its times."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from broadsheet.press.output import place, write_file


@dataclass(slots=True)
class Writer:
    """Writes files of a new edition, each also into its twin where there is one. One a process.

    A file that is the same in the edition ``before`` is not written but linked, so that
    its times stay. ``stamps`` holds (path, time of change in ns, size) of what was written.
    """

    root: Path
    twin: Path | None = None
    before: Path | None = None
    stamps: list[tuple[str, int, int]] = field(default_factory=list)
    _made: set[str] = field(default_factory=set)
    _made_twin: set[str] = field(default_factory=set)

    def write(self, path: str, data: bytes) -> None:
        """Write a file."""
        target = place(self.root, path, self._made)
        seen = self._same(path, target, data) or write_file(target, data)
        self._done(path, target, seen)

    def move(self, root: Path) -> None:
        """Write below ``root`` from now on, and to no twin."""
        self.root, self.twin = root, None
        self._made.clear()

    def take_file(self, path: str, file: Path) -> None:
        """Move a file of the same file system into the edition."""
        target = place(self.root, path, self._made)
        seen = self._same(path, target, file.read_bytes()) if self.before is not None else None
        if seen is None:
            file.replace(target)
            seen = os.stat(target)  # noqa: PTH116
        self._done(path, target, seen)

    def _done(self, path: str, target: str, seen: os.stat_result) -> None:
        self.stamps.append((path, seen.st_mtime_ns, seen.st_size))
        if self.twin is not None:
            link(target, place(self.twin, path, self._made_twin))

    def _same(self, path: str, target: str, data: bytes) -> os.stat_result | None:
        """Link the file of the edition before where it holds ``data``; return what the system says of it."""
        if self.before is None:
            return None
        source = f"{self.before}/{path}"
        try:
            seen = os.lstat(source)
            if seen.st_size != len(data) or not stat.S_ISREG(seen.st_mode):
                return None
            with open(source, "rb") as old:  # noqa: PTH123  the quickest way
                if old.read() != data:
                    return None
            link(source, target)
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
