"""MHTML (RFC 2557): a page that a browser saved as one file, read as its HTML part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path

from msgspec.structs import replace

from broadsheet.importers import Options, html, sources
from broadsheet.importers.html.page import UnusablePage, address
from broadsheet.model import Article, Moment, Problem, Source

MAX_PARTS = 2_000
MAX_NESTING = 50
_HEADER = re.compile(rb"^(?:mime-version|content-type):", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)


def recognise(head: bytes, name: str) -> bool:  # noqa: ARG001 - every format is asked in the same way
    """Tell whether a source begins as a saved MHTML page does: mail headers, parts that belong together."""
    start = head[:8192].replace(b"\r\n", b"\n")
    headers = start.split(b"\n\n", 1)[0]
    return bool(_HEADER.search(headers) and _RELATED.search(headers))


def read(source: Path, options: Options) -> Iterator[Article | Problem]:
    """Yield the article of one MHTML file, or the problem that keeps it from being read."""
    data = sources.load(source, options.max_bytes)
    if isinstance(data, Problem):
        yield data
        return
    if data.lower().count(b"multipart/") > MAX_NESTING:
        yield sources.problem(source, "mhtml-nested", f"More than {MAX_NESTING} parts hold parts; save the page again.")
        return
    message = message_from_bytes(data, policy=policy.compat32)
    part = _page(message)
    if part is None:
        yield sources.problem(source, "mhtml-no-page", "The file holds no HTML part; save the page again.")
        return
    try:
        yield _article(message, part, options)
    except UnusablePage as error:
        yield sources.problem(source, f"html-{error.rule}", error.message)


def _page(message: Message) -> Message | None:
    """Return the part that is the page itself: the one that ``start`` names, else the first HTML part."""
    parts = []
    for part in message.walk():
        parts.append(part)
        if len(parts) >= MAX_PARTS:
            break
    pages = [part for part in parts if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    start = message.get_param("start")
    named = [part for part in pages if start and part.get("Content-ID") == start]
    return next(iter(named or pages), None)


def _article(message: Message, part: Message, options: Options) -> Article:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    stated = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
    url = options.url or address(stated, None)
    found = html.article_of(data, replace(options, url=url), part.get_content_charset())
    source = found.source or Source()
    return replace(
        found, source=replace(source, retrieved=options.retrieved or _saved(message), media_type="multipart/related")
    )


def _saved(message: Message) -> Moment | None:
    """Return when the browser saved the page."""
    try:
        return parsedate_to_datetime(str(message.get("Date") or ""))
    except (TypeError, ValueError):
        return None
