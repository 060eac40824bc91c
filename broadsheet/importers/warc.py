"""WARC and WACZ → articles: the HTML responses, one record in memory at a time (warcio).

WARC 1.1, ISO 28500:2017; WACZ 1.1.1 (Webrecorder, 2021), a ZIP with WARCs in ``archive/``.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.importers import Options, crew, sources
from broadsheet.importers.html import article_of, moments, page
from broadsheet.model import Article, Problem, Source

_HTML = ("text/html", "application/xhtml+xml")
_WARC = re.compile(r"\.warc(\.gz)?$", re.IGNORECASE)
_MAX_FILES = 1000
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def recognise(head: bytes, name: str) -> bool:
    """Tell whether a source is a WARC, plain or compressed, or a WACZ."""
    if head.startswith(b"WARC/"):
        return True
    if head.startswith(b"\x1f\x8b"):
        return _gzipped(head)
    return head.startswith(b"PK\x03\x04") and name.lower().endswith((".wacz", ".zip"))


def _gzipped(head: bytes) -> bool:
    import zlib

    try:
        return zlib.decompressobj(31).decompress(head, 64).startswith(b"WARC/")
    except zlib.error:
        return False


class _Page(Struct, frozen=True):
    """One archived page, as its server sent it."""

    url: str
    data: bytes
    charset: str | None  # that the server named
    retrieved: str


def read(source: Path, options: Options) -> Iterator[Article | Problem]:
    """Yield the articles of an archive, in its order; a page that is archived twice comes once."""
    pages = _pages(source, options)
    yield from crew.in_order(partial(_article, source=source, options=replace(options, jobs=1)), pages, options.jobs)


def _pages(source: Path, options: Options) -> Iterator[_Page | Problem]:
    seen: set[bytes] = set()
    for stream in _streams(source):
        if isinstance(stream, Problem):
            yield stream
        else:
            yield from _records(stream, source, options, seen)


def _streams(source: Path) -> Iterator[IO[bytes] | Problem]:
    with source.open("rb") as stream:
        if not stream.read(4).startswith(b"PK"):
            stream.seek(0)
            yield stream
            return
    try:
        with zipfile.ZipFile(source) as archive:
            names = [one for one in archive.namelist()[:_MAX_FILES] if one.startswith("archive/") and _WARC.search(one)]
            if not names:
                yield sources.problem(source, "wacz-empty", "This ZIP holds no archive/*.warc.gz; it is no WACZ.")
            for name in names:
                with archive.open(name) as member:
                    yield member
    except zipfile.BadZipFile as error:
        yield sources.problem(source, "wacz-damaged", f"This is not a ZIP that can be read: {error}.")


def _records(stream: IO[bytes], source: Path, options: Options, seen: set[bytes]) -> Iterator[_Page | Problem]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(stream, check_digests=True):
            if record.rec_type in {"response", "resource"} and _is_page(record):
                yield from _page(record, source, options, seen)
    except (ArchiveLoadFailed, EOFError, ValueError, OSError) as error:
        reason = " ".join(str(error).split())[:80].encode("ascii", "replace").decode()
        message = f"The archive breaks off here ({reason}). What stood before is read; fetch a sound copy for the rest."
        yield sources.problem(source, "warc-damaged", message)


def _damaged(record: Any) -> bool:
    """Tell whether a record that was read to its end is shorter than it says, or does not match its digest."""
    checker = record.digest_checker
    return getattr(record.raw_stream, "limit", 0) > 0 or (checker is not None and checker.passed is False)


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if record.rec_type == "resource":
        return str(record.rec_headers.get_header("Content-Type", "")).startswith(_HTML)
    if headers is None or headers.get_statuscode() not in {"200", "203"}:
        return False
    return str(headers.get_header("Content-Type", "")).lower().startswith(_HTML)


def _page(record: Any, source: Path, options: Options, seen: set[bytes]) -> Iterator[_Page | Problem]:
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    data = record.content_stream().read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        message = f"The page {url[:200]} is larger than {options.max_bytes:,} bytes; it is left out."
        yield sources.problem(source, "warc-record-size", message)
        return
    if _damaged(record):
        message = f"The page {url[:200]} is cut off or does not match its digest; it is left out."
        yield sources.problem(source, "warc-damaged", message)
        return
    digest = hashlib.sha256(data).digest()
    if digest in seen or not data.strip():
        return
    seen.add(digest)
    kind = record.http_headers.get_header("Content-Type") if record.http_headers else None
    charset = _CHARSET.search(str(kind or ""))
    yield _Page(url, data, charset[1] if charset else None, str(record.rec_headers.get_header("WARC-Date") or ""))


def _article(found: _Page | Problem, source: Path, options: Options) -> Article | Problem:
    """Return the article of an archived page: the work of one process."""
    if isinstance(found, Problem):
        return found
    url = page.address(found.url, None)
    try:
        article = article_of(found.data, replace(options, url=url), found.charset)
    except page.UnusablePage as error:
        message = f"{found.url[:200]}: {error.message}"
        return replace(sources.problem(source, f"html-{error.rule}", message), severity="notice")
    stated = article.source.url if article.source else None
    retrieved = moments.read(found.retrieved)
    return replace(article, source=Source(url=stated or url, retrieved=retrieved, media_type="text/html"))
