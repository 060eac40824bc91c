"""The sources that a command line names: files, folders and lists, in the order given."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import click


def files(sources: Iterable[str], files_from: str | None, *, suffixes: frozenset[str] | None = None) -> Iterator[Path]:
    """Yield every file named: as arguments, inside folders (sorted, hidden ones left out), and in the list.

    ``files_from`` is a file with one path a line, "-" is stdin. Of folders only files
    with one of ``suffixes`` are taken, where given.
    """
    for source in sources:
        yield from _expand(Path(source), suffixes)
    if files_from is not None:
        with _opened(files_from) as lines:
            for line in lines:
                name = line.rstrip("\r\n")
                if name:
                    yield from _expand(Path(name), suffixes)


def _opened(name: str) -> IO[str]:
    """Return the list of paths, open; raise a usage error where it cannot be read."""
    try:
        return click.open_file(name, encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise click.UsageError(f"--files-from {name}: {error.strerror}.") from None


def _expand(path: Path, suffixes: frozenset[str] | None) -> Iterator[Path]:
    if not _is_folder(path):
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if (
                not name.startswith(".")
                and not file.is_symlink()
                and (suffixes is None or file.suffix.lower() in suffixes)
            ):
                yield file


def _is_folder(path: Path) -> bool:
    """Tell whether ``path`` is a folder; a name that no system can hold is none, and its reader says so."""
    try:
        return path.is_dir()
    except OSError:
        return False


def require(sources: Iterable[str], files_from: str | None) -> None:
    """Stop with a usage error where no source is named."""
    if not tuple(sources) and files_from is None:
        raise click.UsageError("Name at least one SOURCE, or --files-from FILE (- reads paths from stdin).")
