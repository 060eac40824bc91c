"""What tells whether files are as they were.

A stamp is three 64-bit numbers: time of change in ns, time of any change of the file's
record in ns, size. Stamps of a tree are kept folder by folder in the order in which the
system lists it, so that one comparison tells of a whole folder (`broadsheet.build.looking`), or in which they were written: what
the system knows of files that were made one after the other lies together, and a look takes a seventh less time.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

Stamp = bytes
#: folder → names in it, with "/" between them, and their stamps, one after the other
Listing = dict[str, tuple[str, bytes]]
_STAMP: Final = struct.Struct("=3q")
SIZE: Final = _STAMP.size  # bytes of a stamp

#: A file changed so shortly before it is read may change again without its times telling so.
RACY_NS: Final = 100_000_000
UNSURE: Final = _STAMP.pack(0, 0, -1)
_FEW: Final = 16  # names that are looked for one by one


def stamp(status: os.stat_result) -> Stamp:
    """Return what tells whether a file is the same."""
    return _STAMP.pack(status.st_mtime_ns, status.st_ctime_ns, status.st_size)


def written(changed: int, size: int) -> Stamp:
    """Return the stamp of a file that a build wrote and may rename, which changes its record: without a second time."""
    return _STAMP.pack(changed, 0, size)


def lasting(of: Stamp) -> tuple[int, int]:
    """Return what stays when a file is copied with its times, or renamed: time of change in ns, and size."""
    changed, _, size = _STAMP.unpack(of)
    return changed, size


def walk(folder: Path, leave: str = "") -> dict[str, Stamp]:
    """Return the stamp of every file below ``folder``, links themselves and not what they lead to, as the system lists them.

    Folders of the name ``leave`` are left out.
    """
    found: dict[str, Stamp] = {}
    for path, entry in _walk(folder, leave):
        found[path] = stamp(entry.stat(follow_symlinks=False))
    return found


def _walk(folder: Path, leave: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    stack = [""]
    while stack:
        inside = stack.pop()
        try:
            entries = os.scandir(folder / inside)
        except OSError:
            continue
        with entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != leave:
                        stack.append(f"{inside}{entry.name}/")
                else:
                    yield f"{inside}{entry.name}", entry


def listing(stamps: Mapping[str, Stamp]) -> Listing:
    """Return ``stamps`` folder by folder, in their own order."""
    found: dict[str, tuple[list[str], list[Stamp]]] = {}
    for path, one in stamps.items():
        place, _, name = path.rpartition("/")
        names, some = found.setdefault(place, ([], []))
        names.append(name)
        some.append(one)
    return {place: ("/".join(names), b"".join(some)) for place, (names, some) in found.items()}


def parted(names: str) -> list[str]:
    """Return the names that a listing joins."""
    return names.split("/") if names else []


def each(raw: bytes) -> Iterator[Stamp]:
    """Yield the stamps that a listing joins."""
    return (raw[at : at + SIZE] for at in range(0, len(raw), SIZE))


def stamps(of: Listing) -> dict[str, Stamp]:
    """Return every stamp of a listing by path."""
    found: dict[str, Stamp] = {}
    for place, (names, raw) in of.items():
        before = f"{place}/" if place else ""
        for name, one in zip(parted(names), each(raw), strict=True):
            found[before + name] = one
    return found


def update(of: Listing, seen: Mapping[str, Stamp]) -> None:
    """Put other stamps of files that it holds into a listing. Raise LookupError or ValueError where it does not hold one."""
    places: dict[str, dict[str, Stamp]] = {}
    for path, one in seen.items():
        place, _, name = path.rpartition("/")
        places.setdefault(place, {})[name] = one
    for place, some in places.items():
        names, raw = of[place][0], bytearray(of[place][1])
        for at, one in zip(_positions(names, some), some.values(), strict=True):
            raw[SIZE * at : SIZE * (at + 1)] = one
        of[place] = names, bytes(raw)


def _positions(joined: str, names: Collection[str]) -> list[int]:
    """Return where names stand among others; very many are not looked for one by one."""
    if len(names) > _FEW:
        every = parted(joined)
        known = dict(zip(every, range(len(every)), strict=True))
        return [known[name] for name in names]
    within = f"/{joined}/"
    return [within.count("/", 0, within.index(f"/{name}/")) for name in names]


def sure(tree: Mapping[str, Stamp], now_ns: int) -> dict[str, Stamp]:
    """Return ``tree`` as it is remembered: files changed just before ``now_ns`` are looked at again."""
    return {path: seen if _STAMP.unpack(seen)[1] < now_ns - RACY_NS else UNSURE for path, seen in tree.items()}


def altered(output: Path, known: Mapping[str, Stamp]) -> set[str]:
    """Return the paths of ``known`` that are missing below ``output`` or not as they were written."""
    left = dict(known)
    for path, seen in walk(output).items():
        if left.get(path) == written(*lasting(seen)):
            del left[path]
    return set(left)
