"""Rows of articles, remembered between exports by the digest of what they are made from.

`.broadsheet/rows.bin` holds them, one frame an article, appended; `.broadsheet/rows.index` says
where. A frame or index whose checksum does not agree is as if it were not there.
"""

from __future__ import annotations

import marshal
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

from broadsheet.export import files

_CHECK = 8  # bytes of a checksum
#: The file is begun anew where less than this part of it is in use.
_WORTH_KEEPING = 0.5


class Ledger:
    """What earlier exports made of articles. ``mark`` tells the code and tables that made it."""

    def __init__(self, folder: Path, mark: bytes) -> None:
        self._file = folder / "rows.bin"
        self._index_file = folder / "rows.index"
        self._mark = mark
        folder.mkdir(parents=True, exist_ok=True)
        end, self._old = self._load()
        self._new: dict[bytes, tuple[int, int]] = {}
        self._out = self._file.open("r+b" if end else "w+b")
        self._end = end
        self._out.truncate(end)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._out.close()

    def get(self, key: bytes) -> Any:
        """Return what was remembered under ``key``, None where nothing was."""
        place = self._old.get(key)
        if place is None:
            return None
        self._out.seek(place[0])
        frame = self._out.read(place[1])
        if blake2b(frame[_CHECK:], digest_size=_CHECK).digest() != frame[:_CHECK]:
            return None
        self._new[key] = place
        return marshal.loads(frame[_CHECK:])  # noqa: S302 - our own bytes, as their checksum proves

    def put(self, key: bytes, record: Any) -> None:
        """Remember plain data under ``key``."""
        data = marshal.dumps(record)
        frame = blake2b(data, digest_size=_CHECK).digest() + data
        self._out.seek(self._end)
        self._out.write(frame)
        self._new[key] = (self._end, len(frame))
        self._end += len(frame)

    def save(self) -> None:
        """Keep what this export used or made. Call it when the export is whole."""
        self._out.flush()
        used = sum(length for _, length in self._new.values())
        end, places = (self._end, self._new) if used >= self._end * _WORTH_KEEPING else (0, {})
        data = marshal.dumps((self._mark, end, places))
        files.write(self._index_file, lambda out: out.write(blake2b(data, digest_size=_CHECK).digest() + data))

    def _load(self) -> tuple[int, dict[bytes, tuple[int, int]]]:
        try:
            raw = self._index_file.read_bytes()
            size = self._file.stat().st_size
        except OSError:
            return 0, {}
        if blake2b(raw[_CHECK:], digest_size=_CHECK).digest() != raw[:_CHECK]:
            return 0, {}
        mark, end, places = marshal.loads(raw[_CHECK:])  # noqa: S302 - our own bytes, as their checksum proves
        return (end, places) if mark == self._mark and end <= size else (0, {})
