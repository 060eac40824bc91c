"""``[exports] compress``: large files once more, as .gz or .zst; the same bytes for the same file."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from broadsheet.export import files
from broadsheet.export.files import File
from broadsheet.fields import require
from broadsheet.model import BroadsheetError

#: Bytes from which a file is compressed: a smaller one is not worth a second file.
LARGE = 1_000_000
_CHUNK = 1 << 20


class UnknownCompressionError(BroadsheetError):
    """``[exports] compress`` names what we do not write."""


def compress(written: Iterable[File], folder: Path, ways: Iterable[str]) -> Iterator[File]:
    """Yield each file, and behind a large one its compressed copies."""
    chosen = [_way(name) for name in dict.fromkeys(ways)]
    for one in written:
        yield one
        if one.bytes >= LARGE:
            for suffix, media_type, squeeze in chosen:
                yield _copy(one, folder, suffix, media_type, squeeze)


def _copy(one: File, folder: Path, suffix: str, media_type: str, squeeze: _Squeeze) -> File:
    name = f"{one.name}.{suffix}"
    path = folder / name
    with (folder / one.name).open("rb") as source:
        files.write(path, partial(squeeze, source))
    return replace(
        one,
        path=f"{one.path}.{suffix}",
        name=name,
        format=f"{one.format}.{suffix}",
        media_type=media_type,
        bytes=path.stat().st_size,
        sha256=files.sha256(path),
        table=None,
    )


def _gzip(source: BinaryIO, out: BinaryIO) -> None:
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=out, mtime=0) as packed:
        shutil.copyfileobj(source, packed, _CHUNK)


def _zstd(source: BinaryIO, out: BinaryIO) -> None:
    require("zstandard", "zst").ZstdCompressor(level=10).copy_stream(source, out)


_Squeeze = Callable[[BinaryIO, BinaryIO], None]
_WAYS: dict[str, tuple[str, _Squeeze]] = {"gz": ("application/gzip", _gzip), "zst": ("application/zstd", _zstd)}


def _way(name: str) -> tuple[str, str, _Squeeze]:
    if name not in _WAYS:
        raise UnknownCompressionError(f'[exports] compress knows "gz" and "zst", not {name!r}.')
    media_type, squeeze = _WAYS[name]
    return name, media_type, squeeze
