"""What is known of files that have not changed since they were last read, as git's index knows it.

A file is taken for unchanged while its size, its inode and its times of content and of
inode (which no program can set back) stay as they were. Kept in `.broadsheet`, under a
checksum; whatever is lost or damaged there is read anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

#: Raised when what is known of a file changes its meaning (hashes, or the marks of secrets).
_VERSION: Final = "1"
#: ns that a file must have rested, else it could change within one tick of the file system's clock:
#: of a fine one, and of one that counts in (two) seconds.
_FINE, _COARSE = 100_000_000, 2_100_000_000
_COARSE_STEP: Final = 1_000_000

Stamp = tuple[int, int, int, int]


class Known(NamedTuple):
    """What is known of a file."""

    sha256: str  # lower-case hex
    md5: str  # lower-case hex
    secret: str = ""  # why it looks like a secret


class Memory:
    """What is known of the files of one output folder. ``place`` is None where nothing is kept."""

    def __init__(self, place: Path | None = None) -> None:
        self.place = place
        self.began = time.time_ns()
        self._before = _load(place) if place is not None else {}
        self._now: dict[str, tuple[Stamp, Known]] = {}

    def recall(self, path: str, stamp: Stamp) -> Known | None:
        """Return what is known of ``path`` if it has not changed since."""
        found = self._before.get(path)
        if found is None or found[0] != stamp:
            return None
        self._now[path] = found
        return found[1]

    def learn(self, path: str, stamp: Stamp, known: Known) -> None:
        """Remember ``known``, which was read after ``stamp`` was taken."""
        rest = _COARSE if stamp[1] % _COARSE_STEP == 0 else _FINE
        if max(stamp[1], stamp[2]) < self.began - rest:
            self._now[path] = (stamp, known)

    def save(self) -> None:
        """Keep what was recalled or learnt. What cannot be written is read anew next time."""
        if self.place is None or self._now == self._before:
            return
        text = json.dumps({path: (*stamp, *known) for path, (stamp, known) in self._now.items()})
        draft = self.place.with_suffix(".new")
        with suppress(OSError):
            self.place.parent.mkdir(exist_ok=True)
            draft.write_text(f"{_checksum(text)}\n{text}", encoding="utf-8")
            draft.replace(self.place)


def stamp_of(status: os.stat_result) -> Stamp:
    """Return size, times of content and of inode (ns), and inode."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _load(place: Path) -> dict[str, tuple[Stamp, Known]]:
    try:
        head, _, text = place.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return {}
    if head != _checksum(text):
        return {}
    return {path: ((row[0], row[1], row[2], row[3]), Known(*row[4:])) for path, row in json.loads(text).items()}


def _checksum(text: str) -> str:
    return hashlib.sha256(f"{_VERSION}\n{text}".encode()).hexdigest()
