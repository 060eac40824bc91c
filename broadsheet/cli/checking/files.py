"""Which files a path on the command line stands for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from broadsheet import config

CONTENT = frozenset({".md", ".markdown"})
DOCUMENTS = frozenset({".json", ".jsonld", ".ldjson"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
STDIN = "-"
_OUR_CONTEXT = re.compile(rb"""\"@context\"\s*:\s*\[?\s*\"https?://(?:www\.)?schema\.org""")
_FRONT_MATTER = re.compile(rb"\xef?\xbb?\xbf?(?:---\s*\n|[Tt]itle:)")


def root(site: Path | None, paths: Sequence[str]) -> Path | None:
    """Return the site folder: as stated, else the nearest one above the first path."""
    if site is not None:
        return site.resolve()
    first = next((Path(one) for one in paths if one != STDIN), Path())
    return config.find_root(first if first.is_dir() else first.parent)


def found(paths: Iterable[str]) -> Iterator[Path | None]:
    """Yield every file and every site folder; None is standard input.

    A site folder, or its content folder, stands for the whole paper.
    """
    for name in paths:
        path = Path(name)
        if name == STDIN:
            yield None
        elif path.is_dir():
            site = path.parent if path.name == "content" else path
            if (site / config.FILE).is_file():
                yield site
            else:
                yield from _below(path)
        elif path.is_file():
            yield path
        else:
            raise click.UsageError(f"There is no file or folder {name}.")


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder that can be judged; links are not followed."""
    for where, names, files in os.walk(folder):
        names[:] = sorted(one for one in names if not one.startswith("."))
        for name in sorted(files):
            path = Path(where, name)
            if not path.is_symlink() and path.suffix.lower() in CONTENT | DOCUMENTS | PAGES and _is_ours(path):
                yield path


def _is_ours(path: Path) -> bool:
    """Return whether a .json or .md file is meant: data exports and handbooks lie beside documents and articles.

    A description of data in another vocabulary (CSV on the Web, Croissant) is no document of news either.
    """
    suffix = path.suffix.lower()
    with path.open("rb") as stream:
        head = stream.read(4096).lstrip()
    if suffix == ".json":
        return head.startswith((b"{", b"[")) and bool(_OUR_CONTEXT.search(head))
    return suffix not in CONTENT or bool(_FRONT_MATTER.match(head))
