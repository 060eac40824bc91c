"""The next edition's folder: new, or the one before last brought up to date, so that little is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from broadsheet import press
from broadsheet.build.store import Index
from broadsheet.press.output import MARKER, Places, place
from broadsheet.press.writer import Writer, link


class Next:
    """Made from nothing where ``index`` is None, else from the output that stands."""

    def __init__(self, where: Places, index: Index | None) -> None:
        self.where = where
        self.index = index
        self.stamps: dict[str, tuple[int, int]] = {}
        self._folders: set[str] = set()
        self._made: set[str] = set()
        self._made_twin: set[str] = set()
        self.fresh_twin = index is None and where.twin is not None
        if index is None:
            self.root = press.begin(where).root
            if where.twin is not None:
                press.discard(where.twin)
        elif index.twin and where.twin is not None and _inode(where.twin) == index.twin:
            self.root = where.twin
            self._catch_up(index)
        else:
            self.root = self._linked(index)

    def writer(self) -> Writer:
        """Return a writer into the edition; where the edition is new, each file also goes to its twin."""
        return Writer(self.root, self.where.twin if self.fresh_twin else None, before=self._before())

    def _before(self) -> Path | None:
        """Return the output that stands: a file that is the same there is not written again."""
        return self.where.output if self.where.output.is_dir() else None

    def wrote(self, stamps: Iterable[tuple[str, int, int]]) -> None:
        """Take note of what was written."""
        for path, changed, size in stamps:
            self.stamps[path] = (changed, size)

    def bring(self, stamps: Iterable[tuple[str, int, int]], folder: str) -> None:
        """Take note of what was written; move it here where a worker wrote it into its own ``folder``."""
        if folder != str(self.root):
            self._folders.add(folder)
            for path, _, _ in stamps:
                target = place(self.root, path, self._made)
                os.replace(f"{folder}/{path}", target)  # noqa: PTH105  texts are quicker than paths
                if self.fresh_twin and self.where.twin is not None:
                    link(target, place(self.where.twin, path, self._made_twin))
        self.wrote(stamps)

    def drop_folders(self) -> None:
        """Remove the workers' own folders."""
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)
        self._folders.clear()

    def take_folder(self, folder: Path, name: str) -> tuple[str, ...]:
        """Put a folder of files that someone else wrote into the edition; return their paths."""
        shutil.rmtree(self.root / name, ignore_errors=True)
        writer = self.writer()
        found = []
        for inside, _, files in os.walk(folder):
            for file in sorted(files):
                path = f"{name}/{(Path(inside) / file).relative_to(folder).as_posix()}"
                writer.take_file(path, Path(inside) / file)
                found.append(path)
        shutil.rmtree(folder)
        self.wrote(writer.take())
        return tuple(sorted(found))

    def swap(self, paths: set[str]) -> Index:
        """Put the edition in the place of the output; return its index. ``paths`` are all its files."""
        before = self.index.outputs if self.index is not None else {}
        gone = before.keys() - paths
        for path in gone:
            _remove(self.root, path)
        outputs = {path: self.stamps.get(path) or before[path] for path in paths}
        changed = sorted({*self.stamps, *gone})
        if not changed and self.index is not None:
            return self._index(outputs, ())
        old = press.swap(self.where, self.root)
        if self.index is None:
            if old is not None:
                press.discard(old)
            return self._index(outputs, ())
        self._keep(old)
        return self._index(outputs, tuple(changed))

    def _keep(self, old: Path | None) -> None:
        """Keep the edition before for the next build, where it can be kept."""
        if old is None:
            return
        if self.where.twin is None:
            press.discard(old)
        elif old != self.where.twin:
            press.discard(self.where.twin)
            old.rename(self.where.twin)

    def _index(self, outputs: dict[str, tuple[int, int]], lag: tuple[str, ...]) -> Index:
        twin = _inode(self.where.twin) if self.where.twin is not None else 0
        return Index(output=_inode(self.where.output), twin=twin, lag=lag, outputs=outputs)

    def _catch_up(self, index: Index) -> None:
        """Bring the edition before last up to the last one."""
        made: set[str] = set()
        for path in index.lag:
            if path in index.outputs and (self.where.output / path).is_file():
                link(f"{self.where.output}/{path}", place(self.root, path, made))
            else:
                _remove(self.root, path)

    def _linked(self, index: Index) -> Path:
        """Return a new folder that holds the files of the output."""
        root = press.begin(self.where).root
        made: set[str] = set()
        for path in index.outputs:
            if path == MARKER:
                (root / MARKER).unlink()
            source = f"{self.where.output}/{path}"
            if os.path.exists(source):  # noqa: PTH110
                link(source, place(root, path, made))
        return root


def _inode(folder: Path) -> int:
    try:
        return folder.stat().st_ino
    except OSError:
        return 0


def _remove(root: Path, path: str) -> None:
    """Remove a file, and the folders that it leaves empty."""
    file = root / path
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == root:
            return
        try:
            folder.rmdir()
        except OSError:
            return
