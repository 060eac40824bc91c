"""The sources that a command line names: files, folders and lists, in the order given."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import click
from msgspec import Struct

#: What browsers call the folder beside a page that was saved whole: frames, scripts and pictures of it.
_COMPANION = re.compile(
    r"(.+?)(?:[_-](?:files|data|Dateien|fichiers|archivos|ficheiros|arquivos|bestanden|filer|pliki|elemei)|\.files|_file)"
)
_PAGES = (".html", ".htm", ".xhtml")
#: Endings of files in which no article stands.
_OTHER = frozenset(
    ".jpg .jpeg .png .gif .webp .avif .svg .ico .bmp .tif .tiff .heic .css .scss .js .mjs .map .woff .woff2 .ttf .otf .eot "
    ".mp3 .mp4 .m4a .m4v .mov .avi .webm .ogg .wav .pdf .doc .docx .xls .xlsx .ppt .pptx .exe .dll .so .db .sqlite .pyc "
    ".tar .tgz .7z .rar .bz2 .xz .swf .tmp .part".split()
)
#: Endings of files that an importer may read; what ends otherwise is looked into.
_READ = frozenset(
    ".txt .text .html .htm .xhtml .mhtml .mht .md .markdown .xml .rss .atom .json .jsonl .ndjson .warc .wacz".split()
)
_PACKED = (b"\x1f\x8b", b"PK\x03\x04")  # a WARC may be packed whatever its name


class Listing(Struct, frozen=True):
    """Files to read, in order, and how many files of the folders were left out: pictures, scripts, parts of saved pages."""

    paths: tuple[Path, ...]
    left_out: int = 0


def listing(sources: Iterable[str], files_from: str | None) -> Listing:
    """Return every file named: as arguments, inside folders (sorted, hidden ones left out), and in the list.

    ``files_from`` is a file with one path a line, "-" is stdin. A file that is named
    itself is always taken; of folders only what can hold an article.
    """
    paths: list[Path] = []
    left_out = 0
    for name in _named(sources, files_from):
        path = Path(name)
        if not _is_folder(path):
            paths.append(path)
            continue
        for file in _inside(path):
            if file is not None and not file.is_symlink() and _may_hold_article(file):
                paths.append(file)
            else:
                left_out += 1
    return Listing(tuple(paths), left_out)


def _named(sources: Iterable[str], files_from: str | None) -> Iterator[str]:
    yield from sources
    if files_from is not None:
        with _opened(files_from) as lines:
            yield from (name for line in lines if (name := line.rstrip("\r\n")))


def _opened(name: str) -> IO[str]:
    """Return the list of paths, open; raise a usage error where it cannot be read."""
    try:
        return click.open_file(name, encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise click.UsageError(f"--files-from {name}: {error.strerror}.") from None


def _inside(path: Path) -> Iterator[Path | None]:
    """Yield the files below a folder, sorted; None for each that is part of a page saved whole."""
    for folder, folders, names in os.walk(path):
        pages = {Path(name).stem for name in names if name.lower().endswith(_PAGES)}
        seen = sorted(name for name in folders if not name.startswith("."))
        parts = {name for name in seen if (match := _COMPANION.fullmatch(name)) and match[1] in pages}
        folders[:] = [name for name in seen if name not in parts]
        yield from (None for name in sorted(parts) for _, _, inner in os.walk(Path(folder, name)) for _ in inner)
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _may_hold_article(file: Path) -> bool:
    """Tell whether a file of a folder can hold an article: by its ending, else by its first bytes."""
    ending = file.suffix.lower()
    if ending in _READ or ending in _OTHER:
        return ending in _READ
    from broadsheet.importers import sources

    try:
        with file.open("rb") as stream:
            first = stream.read(4096)
    except OSError:
        return True  # its reader says why it cannot be read
    return first.startswith(_PACKED) or not sources.is_binary(first)


def _is_folder(path: Path) -> bool:
    """Tell whether ``path`` is a folder; a name that no system can hold is none, and its reader says so."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def require(sources: Iterable[str], files_from: str | None) -> None:
    """Stop with a usage error where no source is named."""
    if not tuple(sources) and files_from is None:
        raise click.UsageError("Name at least one SOURCE, or --files-from FILE (- reads paths from stdin).")
