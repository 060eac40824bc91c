"""What stands in the output folder, and how a server should send each file."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from broadsheet.deploy.memory import Stamp, stamp_of

Group = Literal["asset", "data", "article", "page", "list"]

#: The order of sending: whatever a file refers to is there before it.
ORDER: Final[tuple[Group, ...]] = ("asset", "data", "article", "page", "list")

#: Extension → media type; text is UTF-8 (RFC 9110; WHATWG MIME Sniffing, 2026).
TYPES: Final[Mapping[str, str]] = {
    "atom.xml": "application/atom+xml; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "avif": "image/avif",
    "bib": "application/x-bibtex; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "gz": "application/gzip",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "png": "image/png",
    "sqlite": "application/vnd.sqlite3",
    "svg": "image/svg+xml; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json; charset=utf-8",
    "wasm": "application/wasm",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml; charset=utf-8",
    "zip": "application/zip",
    "zst": "application/zstd",
}
ARTICLE_DOCUMENT: Final = "application/ld+json; charset=utf-8"
FALLBACK: Final = "application/octet-stream"

IMMUTABLE: Final = "public, max-age=31536000, immutable"  # RFC 8246: the name holds the hash of the content
DAY: Final = "public, max-age=86400"
SHORT: Final = "public, max-age=300, stale-while-revalidate=60"
_HASHED = re.compile(r"\.[0-9a-f]{8,64}\.[a-z0-9]+\Z")


class Item(Struct, frozen=True):
    """One file to be served. ``path`` is below the output folder, with "/"."""

    path: str
    size: int  # bytes
    sha256: str  # lower-case hex
    md5: str  # lower-case hex: what S3 calls the ETag
    media_type: str
    cache: str  # Cache-Control
    group: Group


def media_type(path: str) -> str:
    """Return the Content-Type of a path, with its charset where it is text."""
    name = path.rsplit("/", 1)[-1].lower()
    if path.startswith("articles/") and name.endswith(".json"):
        return ARTICLE_DOCUMENT
    for ending in (".".join(name.split(".")[-2:]), name.rsplit(".", 1)[-1]):
        if ending in TYPES:
            return TYPES[ending]
    return FALLBACK


def cache_policy(path: str) -> str:
    """Return the Cache-Control of a path: a name with a hash never changes, a page may at any time."""
    if path.startswith(("theme/", "images/")):
        return IMMUTABLE if _HASHED.search(path) else DAY
    return DAY if path.startswith("sources/") else SHORT


def group_of(path: str) -> Group:
    """Return when a file is sent: see `ORDER`."""
    if path.startswith(("theme/", "images/", "sources/")):
        return "asset"
    if path.startswith("data/"):
        return "data"
    if path.startswith("articles/"):
        return "article"
    return "page" if path.endswith(".html") else "list"


def paths(output: Path) -> Iterator[str]:
    """Yield the files of the output, sorted. Names that begin with a dot, and links, stay at home."""
    return (path for path, _ in stamped(output))


def stamped(output: Path) -> Iterator[tuple[str, Stamp]]:
    """Yield what `paths` yields, each with the stamp of the file."""
    return iter(sorted(_walk(str(output), "")))


def _walk(folder: str, inside: str) -> Iterator[tuple[str, Stamp]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir():
                yield from _walk(entry.path, f"{inside}{entry.name}/")
            elif entry.is_file():
                yield f"{inside}{entry.name}", stamp_of(entry.stat())


def item(path: str, content: bytes) -> Item:
    """Return the record of one file."""
    return recorded(path, len(content), *hashes(content))


def hashes(content: bytes) -> tuple[str, str]:
    """Return SHA-256 and MD5 as lower-case hex."""
    return hashlib.sha256(content).hexdigest(), hashlib.md5(content, usedforsecurity=False).hexdigest()


def recorded(path: str, size: int, sha256: str, md5: str) -> Item:
    """Return the record of a file whose hashes are known."""
    return Item(
        path=path,
        size=size,
        sha256=sha256,
        md5=md5,
        media_type=media_type(path),
        cache=cache_policy(path),
        group=group_of(path),
    )


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items in the order of sending: assets, data, articles, other pages, feeds and sitemaps."""
    return tuple(sorted(items, key=lambda one: (ORDER.index(one.group), one.path)))
