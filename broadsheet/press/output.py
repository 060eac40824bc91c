"""The output folder: made apart from the old one, put in its place when it is whole, never mixed with strangers.

A whole edition takes the old one's place in one system call. A few changed files are
staged beside it, written into a journal, and renamed one by one; a build that is ended
meanwhile leaves the journal, and the next one finishes what it says.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from broadsheet.model import BroadsheetError
from broadsheet.press.spread import settle, spread, unsettle

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.config import Site

#: The file, and how it begins, by which we know a folder that we made.
MARKER: Final = "robots.txt"
MARK: Final = b"# Made by broadsheet build, which replaces this folder: keep nothing of your own here.\n"
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


class CannotWrite(BroadsheetError):
    """The system refused to write."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(folder, reason)
        self.folder = folder
        self.reason = reason

    def __str__(self) -> str:
        return f"The build cannot write {self.folder}: {self.reason}. What stood there before is unchanged."


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
    if folder.is_dir() and not is_ours(folder):
        message = "This folder was not made by broadsheet (its robots.txt does not say so); empty it or choose another with --output."
        raise NotOurs(folder, message)
    return folder


def is_ours(folder: Path) -> bool:
    """Tell whether a build made ``folder``, or it is empty."""
    if not any(folder.iterdir()):
        return True
    try:
        with (folder / MARKER).open("rb") as marker:
            return marker.read(len(MARK)) == MARK
    except OSError:
        return False


class Places(Struct, frozen=True):
    """Where an output and its next edition stand. All lie on one file system, so that they can be exchanged."""

    output: Path
    key: str  # tells this output's files in .broadsheet from those of others
    new: Path  # in no other build's way: the name is new each time
    spread: bool  # the folder that holds it is our own, so that it may be marked for `broadsheet.press.spread`
    old: Path
    journal: Path


def places(site: Site, output: Path) -> Places:
    """Return the places for builds of ``site`` into ``output``. Makes .broadsheet and the output's parent."""
    site.state.mkdir(parents=True, exist_ok=True)
    output.parent.mkdir(parents=True, exist_ok=True)
    key = digest(os.fsencode(output)).hex()[:12]
    near = site.state.stat().st_dev == output.parent.stat().st_dev
    folder, stem = (site.state, key) if near else (output.parent, f".{output.name}.broadsheet")
    new = folder / f"new-{stem}-{os.urandom(4).hex()}"
    return Places(output, key, new, near, folder / f"old-{stem}", site.state / f"journal-{key}")


class Folder(Struct):
    """A folder of output that is being written, from one process. ``files`` holds every path."""

    root: Path
    files: set[str] = field(default_factory=set)
    _made: set[str] = field(default_factory=set)

    def write(self, path: str, data: bytes) -> None:
        """Write a file. Raise `Collision` where the path is taken."""
        self.note(path)
        write_file(place(self.root, path, self._made), data)

    def note(self, path: str) -> None:
        """Take note of a file that someone else writes here."""
        if path in self.files:
            raise Collision(path)
        self.files.add(path)


def write_file(target: str, data: bytes) -> os.stat_result:
    """Write a new file; return what the system says of it. Never writes into a file that stands there."""
    return fill(create(target), data)


def create(target: str) -> int:
    """Make a new file, in the place of one that stands there; return its descriptor."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.open(target, flags, 0o644)
    except FileExistsError:
        os.unlink(target)  # noqa: PTH108  texts are quicker than paths
        return os.open(target, flags, 0o644)


def fill(descriptor: int, data: bytes, write: Callable[[int, memoryview], int] = os.write) -> os.stat_result:
    """Write ``data`` as ``write`` does, and close the file; return what the system says of it."""
    try:
        view = memoryview(data)
        while view:
            view = view[write(descriptor, view) :]
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def place(root: Path, path: str, made: set[str]) -> str:
    """Return the file of ``path`` below ``root``, its folder made. ``made`` remembers folders."""
    folder, _, name = path.rpartition("/")
    if folder not in made or not name or name in {".", ".."} or "\\" in name:
        parts = path.split("/")
        if path.startswith("/") or "\\" in path or any(part in {"", ".", ".."} for part in parts):
            raise NotOurs(root, f"The address {path!r} leads out of the output folder.")
        (root / folder).mkdir(parents=True, exist_ok=True)
        made.add(folder)
    return f"{root}/{path}"


def digest(data: bytes) -> bytes:
    """Return what tells one content from another: 16 bytes."""
    return hashlib.blake2b(data, digest_size=16).digest()


def recover(where: Places) -> None:
    """Finish or undo what an interrupted build left: at the output's place stands an edition, or nothing."""
    from broadsheet.press import journal

    if where.old.is_dir() and not where.output.exists():
        where.old.rename(where.output)
    journal.finish(where)
    stem = where.new.name.rpartition("-")[0]
    for left in (where.old, *where.new.parent.glob(f"{stem}-*")):
        discard(left)


def stage(where: Places, *, many: bool = False) -> Path:
    """Return a new empty folder for what changes in the edition that stands; with ``many`` files, where these are made quickly."""
    recover(where)
    if where.spread and spread(where.new.parent) and many:
        settle(where.new)
    else:
        where.new.mkdir()
    return where.new


def begin(where: Places, *, many: bool = False) -> Folder:
    """Return a new folder for the next edition; it holds nothing but the file that marks it as ours."""
    root = stage(where, many=many)
    write_file(f"{root}/{MARKER}", MARK)
    return Folder(root)


def swap(where: Places, fresh: Path) -> Path | None:
    """Put ``fresh`` in the place of the output in one step where the system can.

    Return where the old edition stands now, None where there was none.
    """
    unsettle(fresh)
    if not where.output.exists():
        fresh.rename(where.output)
        return None
    if exchange(fresh, where.output):
        return fresh
    discard(where.old)
    where.output.rename(where.old)
    fresh.rename(where.output)
    return where.old


def discard(folder: Path) -> None:
    """Remove a folder in a place that only builds use."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.is_dir():
        import shutil

        shutil.rmtree(folder)


def exchange(one: Path | str, other: Path | str) -> bool:
    """Exchange two folders, or two files, atomically: Linux 3.15 and later; False where it cannot be done."""
    import ctypes

    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0)
