"""The output folder: made beside the old one, swapped in when it is whole, never mixed with strangers."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from broadsheet.model import BroadsheetError

if TYPE_CHECKING:
    from broadsheet.config import Site

#: Stands in every folder that we made; without it a folder is never replaced.
MARKER: Final = ".broadsheet-output"
_MARKER_TEXT: Final = b"Made by broadsheet build, which replaces this folder: keep nothing of your own here.\n"
_EXCHANGE: Final = 2  # RENAME_EXCHANGE of renameat2(2)
_AT_FDCWD: Final = -100


class NotOurs(BroadsheetError):
    """The output folder may not be written."""

    def __init__(self, folder: Path, message: str) -> None:
        super().__init__(folder, message)
        self.folder = folder
        self.message = message

    def __str__(self) -> str:
        return f"{self.folder}: {self.message}"


class Collision(BroadsheetError):
    """Two things want one address."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"Two pages want the address {self.path}; rename one of them."


def check(site: Site, output: Path) -> Path:
    """Return ``output`` made absolute. Raise `NotOurs` where a build must not write."""
    if output.is_symlink():
        raise NotOurs(output, "This is a symbolic link; name the folder itself.")
    folder = output.absolute()
    real, root = folder.resolve(), site.root.resolve()
    if root.is_relative_to(real):
        raise NotOurs(folder, "This folder holds the site itself; choose another with --output.")
    for name in ("content", "schema", "theme", "exporters", site.state.name, ".git"):
        if real.is_relative_to(root / name):
            raise NotOurs(folder, f"This lies in the site's own {name}/; choose another folder with --output.")
    if folder.exists() and not folder.is_dir():
        raise NotOurs(folder, "This is a file; name a folder with --output.")
    if folder.is_dir() and not (folder / MARKER).is_file() and any(folder.iterdir()):
        raise NotOurs(folder, f"This folder was not made by broadsheet (it has no {MARKER}); empty it or choose another with --output.")
    return folder


@dataclass(slots=True)
class Folder:
    """A folder of output that is being written. ``files`` holds the digest of every file by its path."""

    root: Path
    files: dict[str, bytes] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)

    def write(self, path: str, data: bytes) -> None:
        """Write a file. Raise `Collision` where the path is taken."""
        target = self._open(path)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o644)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
        finally:
            os.close(descriptor)
        self.files[path] = digest(data)

    def note(self, path: str, data: bytes) -> None:
        """Take note of a file that someone else writes here."""
        if path in self.files:
            raise Collision(path)
        self.files[path] = digest(data)

    def _open(self, path: str) -> str:
        if path in self.files:
            raise Collision(path)
        return place(self.root, path, self._made)


def place(root: Path, path: str, made: set[str]) -> str:
    """Return the file of ``path`` below ``root``, its folder made. ``made`` remembers folders."""
    folder, _, name = path.rpartition("/")
    if folder not in made or not name or name in {".", ".."}:
        parts = path.split("/")
        if path.startswith("/") or "\\" in path or any(part in {"", ".", ".."} for part in parts):
            raise NotOurs(root, f"The address {path!r} leads out of the output folder.")
        (root / folder).mkdir(parents=True, exist_ok=True)
        made.add(folder)
    return f"{root}/{path}"


def digest(data: bytes) -> bytes:
    """Return what tells one content of a file from another: 16 bytes."""
    return hashlib.blake2b(data, digest_size=16).digest()


def beside(output: Path, what: str) -> Path:
    """Return the folder beside ``output`` for the new or the old one."""
    return output.with_name(f".{output.name}.broadsheet-{what}")


def begin(output: Path) -> Folder:
    """Return a new empty folder beside ``output``, after undoing what an interrupted build left."""
    output.parent.mkdir(parents=True, exist_ok=True)
    old, new = beside(output, "old"), beside(output, "new")
    if not output.exists() and (old / MARKER).is_file():
        old.rename(output)
    for left in (old, new):
        discard(left)
    new.mkdir()
    (new / MARKER).write_bytes(_MARKER_TEXT)
    return Folder(new)


def swap(new: Path, output: Path) -> None:
    """Put ``new`` in the place of ``output`` in one step where the system can, then drop the old one."""
    if not output.exists():
        new.rename(output)
        return
    old = beside(output, "old")
    if _exchange(new, output):
        new.rename(old)
    else:
        output.rename(old)
        new.rename(output)
    discard(old)


def discard(folder: Path) -> None:
    """Remove a folder that a build made; anything else stays, with an error."""
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARKER).is_file()):
        raise NotOurs(folder, "A build needs this name, and what stands there was not made by broadsheet; move it away.")
    shutil.rmtree(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically: Linux 3.15 and later; False where it cannot be done."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0)
