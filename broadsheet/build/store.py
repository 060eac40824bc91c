"""What a build remembers in .broadsheet/: whole, checked, and never believed when in doubt.

``index``: what stood where (content files, outputs), read first and alone where nothing
changed. ``records``: what was made of each content file. ``layout``: what an edit needs. An edit
leaves the three as they are and writes ``edits`` and ``moves``, which tell what is other since. Each is sealed
(`broadsheet.build.sealed`): what does not agree with its checksum is as if it were not there.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct, field
from msgspec.structs import astuple, replace

from broadsheet.build import sealed
from broadsheet.build.stamps import Listing, Stamp, lasting, update, walk
from broadsheet.config import Site
from broadsheet.model import Problem
from broadsheet.press.aside import aside

MOST_ARCHIVES: Final = 60  # files
_CACHE: Final = "__pycache__"


class Index(Struct):
    """What stood where after the last build."""

    key: str = ""  # of settings, code, theme, schema, exporters
    output: int = 0  # inode of the output folder
    wake: float = float("inf")  # time (s) at which an article of the future must be judged again
    content: Listing = field(default_factory=dict)
    outputs: Listing = field(default_factory=dict)
    mark: str = ""  # of the edits since, or of the whole build
    base: str = ""  # of the whole build: of its records and its layout
    report: tuple[Any, ...] = ()  # articles, held, and the problems as `broadsheet.build.report` folds them


class Records(Struct):
    """What was made of each content file."""

    pieces: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)  # file → fields of `Piece`
    prints: dict[str, bytes] = field(default_factory=dict)  # path → of what it was made from
    standing: tuple[Any, ...] = ()  # standing pages and their problems
    problems: tuple[tuple[Any, ...], ...] = ()  # all that were told, but of links that are `lost`
    mark: str = ""  # tells these records from others
    data: tuple[str, ...] = ()  # paths of the exports and of their page
    laid: tuple[Any, ...] = ()  # how they are laid out
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)  # page → its links that come from content
    faults: dict[str, tuple[Any, ...]] = field(default_factory=dict)  # path → what the audit found there
    lost: dict[str, tuple[str, ...]] = field(default_factory=dict)  # page → its links from content that lead nowhere


#: What an edit changed: content file, fields of its `Piece`, path of its page, links from content there.
Edit = tuple[str, tuple[Any, ...], str, tuple[str, ...]]


class Edits(Struct):
    """What edits changed since the last build of the whole paper."""

    base: str = ""  # of that build's records
    mark: str = ""  # of the moves that go with it
    files: dict[str, Edit] = field(default_factory=dict)  # by content file
    content: dict[str, Stamp] = field(default_factory=dict)
    outputs: dict[str, Stamp] = field(default_factory=dict)


class Moves(Struct):
    """What edits changed of the layout."""

    mark: str = ""
    places: dict[int, bytes] = field(default_factory=dict)  # of the frames of articles, by number
    front: bytes = b""
    laid: tuple[Any, ...] = ()


class Store:
    """The files of one output."""

    def __init__(self, folder: Path, name: str) -> None:
        self.index_file = folder / f"index-{name}"
        self.records_file = folder / f"records-{name}"
        self.layout_file = folder / f"layout-{name}"
        self.edits_file = folder / f"edits-{name}"
        self.moves_file = folder / f"moves-{name}"
        self.archive = folder / f"archive-{name}"

    def index(self) -> Index | None:
        """Return the index, with what edits changed in it; None where there is none to be believed."""
        values = sealed.load(self.index_file)
        if values is None:
            return None
        index = Index(*values)
        edits = self.edits(index.base)
        update(index.content, edits.content)
        update(index.outputs, edits.outputs)
        index.mark = edits.mark
        return index

    def records(self, mark: str | None = None) -> Records | None:
        """Return the records of this ``mark``, or any, None where there are none to be believed.

        Edits since they were made are in them.
        """
        values = sealed.load(self.records_file)
        if values is None:
            return None
        records = Records(*values)
        if mark is not None and records.mark != mark:
            return None
        edits = self.edits(records.mark).files.values()
        for _, _, path, links in edits:
            records.prints.pop(path, None)
            records.links[path] = links
        records.pieces = {**records.pieces, **{file: piece for file, piece, _, _ in edits}}
        return records

    def edits(self, base: str) -> Edits:
        """Return the edits since the records of this mark were made."""
        values = sealed.load(self.edits_file)
        return Edits(*values) if values is not None and values[0] == base else Edits(base, base)

    def layout(self, index: Index) -> tuple[tuple[Any, ...], Moves] | None:
        """Return the fields of the layout that goes with an index, and what edits changed of it.

        None where there is none to be believed.
        """
        values: tuple[Any, ...] | None = sealed.load(self.layout_file)
        if values is None or values[0] != index.base:
            return None
        if index.mark == index.base:
            return values, Moves()
        changed = sealed.load(self.moves_file)
        return (values, Moves(*changed)) if changed is not None and changed[0] == index.mark else None

    @contextmanager
    def saving(self, records: Records, *, apart: bool) -> Iterator[None]:
        """Write the records while the ``with`` makes the index: in a process of its own if ``apart``, else before it.

        Until the index is written that names their mark, neither they nor the edits before them are believed.
        """
        with aside(lambda: sealed.save(self.records_file, astuple(records)), apart=apart):
            yield

    @contextmanager
    def saving_layout(self, layout: Callable[[], tuple[Any, ...] | None], *, apart: bool) -> Iterator[None]:
        """Make and write the layout likewise; without one, remove the last one."""
        with aside(lambda: self._save_layout(layout()), apart=apart):
            yield

    def save(self, index: Index) -> None:
        """Write the index of a build of the whole paper, last of all: what it does not name is not believed."""
        sealed.save(self.index_file, astuple(index))
        for file in (self.edits_file, self.moves_file):
            file.unlink(missing_ok=True)

    def problems(self, site: Site) -> tuple[Problem, ...]:
        """Return the problems that the last build told, in order."""
        from broadsheet.build import proof  # hardly anyone asks

        records = self.records()
        return proof.all_told(records.problems, records.lost, site) if records is not None else ()

    def save_edit(self, edits: Edits, moves: Moves) -> None:
        """Write what edits changed; the moves are believed when the edits name their mark."""
        sealed.save(self.moves_file, astuple(moves))
        sealed.save(self.edits_file, astuple(edits))

    def _save_layout(self, layout: tuple[Any, ...] | None) -> None:
        if layout is None:
            self.layout_file.unlink(missing_ok=True)
        else:
            sealed.save(self.layout_file, layout)

    def clear_archive(self) -> None:
        """Empty the archive: a folder with one file a process that wrote to it."""
        _remove(self.archive)
        self.archive.mkdir(parents=True)

    def worn(self) -> bool:
        """Tell whether the archive has grown so that it is better made anew."""
        return not self.archive.is_dir() or len(os.listdir(self.archive)) > MOST_ARCHIVES  # noqa: PTH208

    def forget(self) -> None:
        """Remove everything."""
        _remove(self.archive)
        for file in (self.index_file, self.records_file, self.layout_file, self.edits_file, self.moves_file):
            file.unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def packages() -> list[str]:
    """Return the packages that are installed where ours are, each with its version: pages may depend on any of them."""
    beside = Path(msgspec.__file__).parent.parent
    return sorted(name for name in os.listdir(beside) if name.endswith(".dist-info"))  # noqa: PTH208  names alone


def key(site: Site, folders: list[Path]) -> str:
    """Return the fingerprint of all that pages depend on besides content: settings, code, parts, build time if stated.

    Where the paper is sent to is no matter of the pages.
    """
    found = hashlib.blake2b(digest_size=16)
    told = replace(site, deploy={}), sys.version, packages(), os.environ.get("SOURCE_DATE_EPOCH", "")
    found.update(repr(told).encode())
    for folder in folders:
        for path, seen in sorted(walk(folder, leave=_CACHE).items()):
            changed, size = lasting(seen)
            found.update(f"{folder}/{path}\0{changed} {size}\n".encode())
    return found.hexdigest()
