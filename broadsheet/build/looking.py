"""A quick look at very many files: are they as they are remembered? Several processes look at once."""

from __future__ import annotations

import os
from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from broadsheet.build.stamps import SIZE, Listing, each, parted
from broadsheet.press.messages import MOST, queue, taken

_MANY: Final = 4000  # files from which a second process pays
_MOST: Final = 4  # processes
_PART: Final = 1024  # files of one folder that are looked at together


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
        others = min(_MOST, processors) - 1 if shared else 0
        self._first, self._rest = (_Parts(tasks, shared=others > 0) for tasks in both)
        self._told: list[int] = []  # pipes with what the others saw of the content
        self._others: list[int] = []
        for _ in range(others):
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
        return self._rest.same() and not any(self._ends())

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
                status = 0 if self._rest.same() else 1
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

    def same(self) -> bool:
        """Tell whether no part that no one else takes differs; after the first that does, the rest is left to others."""
        return not any(True for _ in self.differing())

    def leave(self) -> None:
        """Leave nothing to anyone."""
        if self._queue is not None:
            deque(taken(self._queue), maxlen=0)
            os.close(self._queue)
            self._queue = None


def _tasks(tree: Tree) -> Iterator[_Task]:
    for place, (joined, raw) in tree.listed.items():
        names, inside = parted(joined), f"{tree.root}/{place}" if place else str(tree.root)
        for start in range(0, len(names), _PART):
            part = names[start : start + _PART]
            yield inside, part, raw[SIZE * start : SIZE * (start + len(part))], tree.whole


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
            for name, seen in zip(task[1], each(task[2]), strict=True):
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
        names = frozenset(parted(joined))
        with os.scandir(folder / inside) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    stack.append(f"{inside}/{entry.name}" if inside else entry.name)
                elif entry.name not in names:
                    return False
    return True
