"""What tells whether files are as they were, and a quick look at very many of them.

A stamp is three 64-bit numbers: time of change in ns, time of any change of the file's
record in ns, size. Stamps of a tree are kept folder by folder in the order in which the
system lists it, so that one comparison tells of a whole folder, and several processes
look at once.
"""

from __future__ import annotations

import os
import struct
from array import array
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from broadsheet.press.messages import MOST, queue, taken

Stamp = bytes
#: folder → names in it, with "/" between them, and their stamps, one after the other
Listing = dict[str, tuple[str, bytes]]
_STAMP: Final = struct.Struct("=3q")
_SIZE: Final = _STAMP.size

#: A file changed so shortly before it is read may change again without its times telling so.
RACY_NS: Final = 100_000_000
UNSURE: Final = _STAMP.pack(0, 0, -1)
_MANY: Final = 4000  # files from which a second process pays
_MOST: Final = 4  # processes
_PART: Final = 1024  # files of one folder that are looked at together
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
    """Return the stamp of every file below ``folder``, links themselves and not what they lead to.

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


def listing(folder: Path, stamps: Mapping[str, Stamp]) -> Listing:
    """Return ``stamps``, by path below ``folder``, in the order in which the system lists each folder."""
    found = {place: _listed(folder, place, stamps) for place in {path.rpartition("/")[0] for path in stamps}}
    if sum(len(raw) for _, raw in found.values()) < _SIZE * len(stamps):  # some are not there: they will be missed
        known = {_below(place, name) for place, (names, _) in found.items() for name in _parted(names)}
        for path in stamps.keys() - known:
            place, _, name = path.rpartition("/")
            names, raw = found[place]
            found[place] = f"{names}/{name}" if names else name, raw + stamps[path]
    return found


def _listed(folder: Path, place: str, stamps: Mapping[str, Stamp]) -> tuple[str, bytes]:
    names = [name for name in os.listdir(folder / place) if _below(place, name) in stamps]  # noqa: PTH208  names alone are wanted
    return "/".join(names), b"".join([stamps[_below(place, name)] for name in names])


def _below(place: str, name: str) -> str:
    return f"{place}/{name}" if place else name


def _parted(names: str) -> list[str]:
    return names.split("/") if names else []


def _each(raw: bytes) -> Iterator[Stamp]:
    return (raw[at : at + _SIZE] for at in range(0, len(raw), _SIZE))


def stamps(of: Listing) -> dict[str, Stamp]:
    """Return every stamp of a listing by path."""
    found: dict[str, Stamp] = {}
    for place, (names, raw) in of.items():
        before = f"{place}/" if place else ""
        for name, one in zip(_parted(names), _each(raw), strict=True):
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
            raw[_SIZE * at : _SIZE * (at + 1)] = one
        of[place] = names, bytes(raw)


def _positions(joined: str, names: Collection[str]) -> list[int]:
    """Return where names stand among others; very many are not looked for one by one."""
    if len(names) > _FEW:
        every = _parted(joined)
        known = dict(zip(every, range(len(every)), strict=True))
        return [known[name] for name in names]
    within = f"/{joined}/"
    return [within.count("/", 0, within.index(f"/{name}/")) for name in names]


def sure(tree: Mapping[str, Stamp], now_ns: int) -> dict[str, Stamp]:
    """Return ``tree`` as it is remembered: files changed just before ``now_ns`` are looked at again."""
    return {path: seen if _STAMP.unpack(seen)[1] < now_ns - RACY_NS else UNSURE for path, seen in tree.items()}


class Tree(Struct, frozen=True):
    """The files below ``root`` as they are remembered. Those that a build renames (not ``whole``) have no second time."""

    root: Path
    listed: Listing
    whole: bool


#: Folder, names in it, their numbers, and whether they have a second time.
_Task = tuple[str, list[str], bytes, bool]


class Looking:
    """A look at what builds read, then at what the last one wrote, which other processes begin; whoever is free takes the next part."""

    def __init__(self, content: Tree, outputs: Tree) -> None:
        self._content = content
        both = list(_tasks(content)), list(_tasks(outputs))
        count = sum(len(task[1]) for tasks in both for task in tasks)
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
        shared = count >= _MANY and max(map(len, both)) <= MOST and hasattr(os, "fork")
        self._first, self._rest = (_Parts(tasks, shared=shared and processors > 1) for tasks in both)
        self._told: list[int] = []  # pipes with what the others saw of the content
        self._others: list[int] = []
        for _ in range(min(_MOST, processors) - 1 if shared else 0):
            self._fork()

    def changed(self) -> set[str] | None:
        """Return the paths of the content's files that are not as they were; None where files came or went.

        Where another process dies, something may be missing; `same` is false then.
        """
        if not complete(self._content.root, self._content.listed):
            return None
        seen = array("i", self._first.differing())
        for reader in self._told:
            with open(reader, "rb") as told:  # noqa: PTH123  a pipe
                seen.frombytes(told.read())
        self._told = []
        return _paths(self._content, [self._first.tasks[number] for number in sorted(seen)])

    def same(self) -> bool:
        """Tell whether every output is as it was written."""
        return not any(True for _ in self._rest.differing()) and not any(self._ends())

    def leave(self) -> None:
        """End the look, whatever is left of it."""
        for parts in (self._first, self._rest):
            parts.leave()
        for reader in self._told:
            os.close(reader)
        self._told = []
        self._ends()

    def _fork(self) -> None:
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                os.close(reader)
                os.write(writer, array("i", self._first.differing()).tobytes())
                os.close(writer)
                status = 1 if any(True for _ in self._rest.differing()) else 0
            finally:
                os._exit(status)
        os.close(writer)
        self._told.append(reader)
        self._others.append(pid)

    def _ends(self) -> list[int]:
        """Wait for the others; return how each of them ended: 0 where it saw no difference."""
        ends = [os.waitpid(pid, 0)[1] for pid in self._others]
        self._others = []
        return ends


class _Parts:
    """Parts of a tree that one process looks at, or several."""

    def __init__(self, tasks: list[_Task], *, shared: bool) -> None:
        self.tasks = tasks
        self._queue = queue(range(len(tasks))) if shared else None

    def differing(self) -> Iterator[int]:
        """Yield the numbers of the parts that no one else takes and that are not as they were."""
        numbers = range(len(self.tasks)) if self._queue is None else taken(self._queue)
        return (number for number in numbers if not _is_same(self.tasks[number]))

    def leave(self) -> None:
        """Leave nothing to anyone."""
        if self._queue is not None:
            deque(taken(self._queue), maxlen=0)
            os.close(self._queue)
            self._queue = None


def _tasks(tree: Tree) -> Iterator[_Task]:
    for place, (joined, raw) in tree.listed.items():
        names, inside = _parted(joined), f"{tree.root}/{place}" if place else str(tree.root)
        for start in range(0, len(names), _PART):
            part = names[start : start + _PART]
            yield inside, part, raw[_SIZE * start : _SIZE * (start + len(part))], tree.whole


def _is_same(task: _Task) -> bool:
    folder, names, raw, whole = task
    numbers = array("q")
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        for name in names:
            seen = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            numbers.extend((seen.st_mtime_ns, seen.st_ctime_ns if whole else 0, seen.st_size))
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return numbers.tobytes() == raw


def _paths(tree: Tree, tasks: Iterable[_Task]) -> set[str] | None:
    """Return the paths of files in these parts that are not as they were; None where one is gone."""
    found: set[str] = set()
    for task in tasks:
        if not _is_same(task):
            place = os.path.relpath(task[0], tree.root)
            before = "" if place == "." else f"{place}/"
            for name, seen in zip(task[1], _each(task[2]), strict=True):
                if not _is_same((task[0], [name], seen, task[3])):
                    if not os.path.lexists(f"{task[0]}/{name}"):
                        return None
                    found.add(before + name)
    return found


def complete(folder: Path, listed: Listing) -> bool:
    """Tell whether no file or folder stands below ``folder`` that ``listed`` does not know."""
    stack = [""]
    while stack:
        inside = stack.pop()
        joined, _ = listed.get(inside, ("", b""))
        if "/".join(os.listdir(folder / inside)) == joined:  # noqa: PTH208  as it was, and no folders in it
            continue
        names = frozenset(_parted(joined))
        with os.scandir(folder / inside) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    stack.append(f"{inside}/{entry.name}" if inside else entry.name)
                elif entry.name not in names:
                    return False
    return True


def altered(output: Path, known: Mapping[str, Stamp]) -> set[str]:
    """Return the paths of ``known`` that are missing below ``output`` or not as they were written."""
    left = dict(known)
    for path, seen in walk(output).items():
        if left.get(path) == written(*lasting(seen)):
            del left[path]
    return set(left)
