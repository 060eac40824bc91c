"""What tells whether files are as they were, and a quick look at very many of them.

A stamp is (time of change in ns, time of any change of the file's record in ns, size).
Stamps of a tree are kept folder by folder in the order in which the system lists it, so
that one comparison tells of a whole folder, and several processes look at once.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

Stamp = tuple[int, int, int]
#: folder → names in it, and their stamps as 64-bit numbers, one after the other
Listing = dict[str, tuple[tuple[str, ...], bytes]]

#: A file changed so shortly before it is read may change again without its times telling so.
RACY_NS: Final = 100_000_000
UNSURE: Final = (0, 0, -1)
_MANY: Final = 4000  # files from which a second process pays
_MOST: Final = 4  # processes
_HERE: Final = 6  # of so many parts, this process looks at one: it has the content to look at too
_PART: Final = 1024  # files of one folder that are looked at together


def stamp(status: os.stat_result) -> Stamp:
    """Return what tells whether a file is the same."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size


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
    inside: dict[str, dict[str, Stamp]] = {}
    for path, one in stamps.items():
        place, _, name = path.rpartition("/")
        inside.setdefault(place, {})[name] = one
    return {place: _listed(folder / place, held) for place, held in inside.items()}


def _listed(folder: Path, held: dict[str, Stamp]) -> tuple[tuple[str, ...], bytes]:
    names = tuple(name for name in os.listdir(folder) if name in held)  # noqa: PTH208  names alone are wanted
    names += tuple(held.keys() - set(names))
    return names, array("q", [number for name in names for number in held[name]]).tobytes()


def stamps(of: Listing) -> dict[str, Stamp]:
    """Return every stamp of a listing by path."""
    found: dict[str, Stamp] = {}
    for place, (names, raw) in of.items():
        numbers = array("q", raw)
        before = f"{place}/" if place else ""
        for name, one in zip(names, zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True), strict=True):
            found[before + name] = one
    return found


def update(of: Listing, seen: Mapping[str, Stamp]) -> None:
    """Put other stamps of files that it holds into a listing. Raise ValueError where it does not hold one."""
    for path, one in seen.items():
        place, _, name = path.rpartition("/")
        names, raw = of[place]
        at = 24 * names.index(name)
        of[place] = names, raw[:at] + array("q", one).tobytes() + raw[at + 24 :]


def sure(tree: Mapping[str, Stamp], now_ns: int) -> dict[str, Stamp]:
    """Return ``tree`` as it is remembered: files changed just before ``now_ns`` are looked at again."""
    return {path: seen if seen[1] < now_ns - RACY_NS else UNSURE for path, seen in tree.items()}


@dataclass(frozen=True, slots=True)
class Tree:
    """The files below ``root`` as they are remembered. Those that a build renames (not ``whole``) have no second time."""

    root: Path
    listed: Listing
    whole: bool


#: Folder, names in it, their numbers, and whether they have a second time.
_Task = tuple[str, tuple[str, ...], bytes, bool]


class Looking:
    """A look at one tree, part of it in other processes meanwhile."""

    def __init__(self, tree: Tree) -> None:
        tasks = list(_tasks(tree))
        count = sum(len(task[1]) for task in tasks)
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
        others = min(_MOST, processors) - 1 if count >= _MANY and hasattr(os, "fork") else 0
        here = len(tasks) // _HERE if others else len(tasks)
        self._here, rest = tasks[:here], tasks[here:]
        self._others = [_fork(rest[number::others]) for number in range(others)]

    def same(self) -> bool:
        """Tell whether every file is as it was."""
        return all(map(_is_same, self._here)) and not any(self.leave())

    def leave(self) -> list[int]:
        """Wait for the others; return how each of them ended: 0 where it saw no difference."""
        ends = [os.waitpid(pid, 0)[1] for pid in self._others]
        self._others = []
        return ends


def _fork(tasks: list[_Task]) -> int:
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            status = 0 if all(map(_is_same, tasks)) else 1
        finally:
            os._exit(status)
    return pid


def _tasks(tree: Tree) -> Iterator[_Task]:
    for place, (names, raw) in tree.listed.items():
        for start in range(0, len(names), _PART):
            part = names[start : start + _PART]
            inside = f"{tree.root}/{place}" if place else str(tree.root)
            yield inside, part, raw[24 * start : 24 * (start + len(part))], tree.whole


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


def changed(tree: Tree) -> set[str] | None:
    """Return the paths of files that are not as they were; None where files came or went."""
    if not complete(tree.root, tree.listed):
        return None
    found: set[str] = set()
    for task in _tasks(tree):
        if not _is_same(task):
            place = os.path.relpath(task[0], tree.root)
            before = "" if place == "." else f"{place}/"
            for number, name in enumerate(task[1]):
                one = task[0], (name,), task[2][24 * number : 24 * (number + 1)], task[3]
                if not _is_same(one):
                    if not os.path.lexists(f"{task[0]}/{name}"):
                        return None
                    found.add(before + name)
    return found


def complete(folder: Path, listed: Listing) -> bool:
    """Tell whether no file or folder stands below ``folder`` that ``listed`` does not know."""
    known = {place: frozenset(names) for place, (names, _) in listed.items()}
    stack = [""]
    while stack:
        inside = stack.pop()
        names = known.get(inside, frozenset())
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
        if left.get(path) == (seen[0], 0, seen[2]):
            del left[path]
    return set(left)
