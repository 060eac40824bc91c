"""Files of plain data with a checksum: written part by part, and believed only where it agrees."""

from __future__ import annotations

import marshal
import mmap
import struct
import zlib
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

_MAGIC: Final = b"broadsheet 6\n"
_PART: Final = struct.Struct("<IQ")  # number and length of a part
_ITEMS: Final = 4096  # of a dict, in one part
_SUM: Final = struct.Struct("<I")  # CRC-32 (RFC 1952): against mishaps, and five times as quick as a hash
_HEAD: Final = len(_MAGIC) + _SUM.size


def load(file: Path) -> Any:
    """Return what `save` wrote, None where the file is not there, or not as it was written."""
    try:
        with file.open("rb") as opened:  # as the system holds it: of a large paper it is many megabytes
            raw = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # not there, or empty
        return None
    data = memoryview(raw)[_HEAD:]
    if raw[: len(_MAGIC)] != _MAGIC or raw[len(_MAGIC) : _HEAD] != _SUM.pack(zlib.crc32(data)):
        return None
    return _joined(data)


def save(file: Path, values: tuple[Any, ...]) -> None:
    """Write a tuple, its parts one by one: as bytes all of them at once would take as much room again.

    A mapping may make its values as they are asked for.
    """
    fresh, seen = file.with_name(f"{file.name}.new"), 0
    with fresh.open("wb") as out:
        out.write(_MAGIC + bytes(_SUM.size))
        for part in _parts(values):
            seen = zlib.crc32(part, seen)
            out.write(part)
        out.seek(len(_MAGIC))
        out.write(_SUM.pack(seen))
    fresh.replace(file)


def _parts(values: tuple[Any, ...]) -> Iterator[bytes]:
    """Yield the values, each behind its number and its length; of a mapping some items at a time."""
    for number, value in enumerate(values):
        for some in _pieces(value):
            data = marshal.dumps(some)
            yield _PART.pack(number, len(data))
            yield data


def _pieces(value: Any) -> Iterator[Any]:
    if not isinstance(value, Mapping):
        yield value
        return
    items = iter(value.items())
    yield dict(islice(items, _ITEMS))
    while some := dict(islice(items, _ITEMS)):
        yield some


def _joined(raw: memoryview) -> tuple[Any, ...]:
    """Return the values that `_parts` parted."""
    found: list[Any] = []
    at = 0
    while at < len(raw):
        number, length = _PART.unpack_from(raw, at)
        at += _PART.size
        value = marshal.loads(raw[at : at + length])  # noqa: S302  our own bytes, as their checksum proves
        at += length
        if number == len(found):
            found.append(value)
        else:
            found[number] |= value
    return tuple(found)
