"""What is copied, not printed: the theme's static files, the site's pictures, kept originals."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from broadsheet import parts
from broadsheet.press.present import kept, source_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from broadsheet.config import Site
    from broadsheet.model import Source

PICTURES: Final = frozenset({".avif", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
#: Kinds that a theme may ship. Scripts come from a theme only, never from content; no page needs one to be read.
STATIC: Final = PICTURES | {".css", ".js", ".txt", ".wasm", ".webmanifest", ".woff", ".woff2"}
MAX_BYTES: Final = 64 * 1024 * 1024
_LIVE: Final = (
    b"<script",
    b"javascript:",
    b"<foreignobject",
    b"<iframe",
    b"<embed",
    b"<object",
    b"<!entity",
    b"<handler",
    b"<set",
    b"<animate",
)

#: An event handler of an SVG: onload= and the like.
_HANDLER: Final = re.compile(rb"[\s\"'/]on[a-z]{3,30}\s*=")

#: (path below the output folder, the file to copy)
Copy = tuple[str, "Path"]


def static(site: Site) -> Iterator[Copy]:
    """Yield the theme's static files, the site's own before ours; as Pelican does, they are published as theme/."""
    for name, path in parts.available("theme", "static/**/*", site.root).items():
        if path.suffix.lower() in STATIC and not path.is_symlink() and not _hidden(name):
            yield f"theme/{name.removeprefix('static/')}", path


def pictures(site: Site) -> Iterator[Copy]:
    """Yield the pictures below content/images. Links and anything that could run are left out."""
    root = site.content / "images"
    for path in sorted(_walk(root)):
        name = path.relative_to(root).as_posix()
        if path.suffix.lower() in PICTURES and safe(path):
            yield f"images/{name}", path


def sources(site: Site, wanted: Iterable[tuple[Source | None, str]]) -> Iterator[Copy]:
    """Yield the kept originals that articles link to, each as plain text.

    ``wanted`` are (source, content file). A scrape that lies in content/ is its own original.
    """
    found: dict[str, Path] = {}
    for source, file in wanted:
        if source is not None and (original := kept(site, source, file)) is not None:
            found[str(source_path(source))] = original
    yield from sorted(found.items())


def safe(path: Path) -> bool:
    """Tell whether a picture may be published: of bounded size, and no SVG with anything live in it."""
    if path.stat().st_size > MAX_BYTES:
        return False
    if path.suffix.lower() != ".svg":
        return True
    text = path.read_bytes().lower()
    return not any(mark in text for mark in _LIVE) and not _HANDLER.search(text)


def _walk(folder: Path) -> Iterator[Path]:
    if folder.is_symlink() or not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir():
                yield from _walk(folder / entry.name)
            elif entry.is_file():
                yield folder / entry.name


def _hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))
