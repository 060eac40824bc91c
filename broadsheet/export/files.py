"""Write files whole or not at all, and say what was written."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

_BUFFER = 1 << 18  # bytes

#: What writes into an open file.
Work = Callable[[BinaryIO], object]


class File(Struct, frozen=True):
    """A file of the dataset."""

    path: str  # below the output folder: "data/articles.csv"
    name: str  # "articles.csv"
    format: str  # "csv"
    media_type: str
    description: str
    bytes: int
    rows: int | None  # of a table; None where the file has no rows
    sha256: str  # lower-case hex
    table: str | None = None

    @property
    def size_text(self) -> str:
        """Return the size for people: "1.4 MB"."""
        return size_text(self.bytes)


def size_text(size: int) -> str:
    """Return bytes for people, in powers of 1000: "812 B", "1.4 MB"."""
    amount = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 100 else f"{amount:.1f} {unit}"
        amount /= 1000
    raise AssertionError


def write(path: Path, work: Work) -> None:
    """Write the file ``path`` by ``work``: whole, or what stood there stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb", _BUFFER) as out:
            work(out)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Write the file ``path`` as UTF-8: whole, or what stood there stays."""
    write(path, lambda out: out.write(text.encode()))


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, lower-case hex."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
