"""Read the feeds and sitemaps back: what each entry says of its article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet.audit.facts import squeeze

if TYPE_CHECKING:
    from lxml.etree import _Element

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
#: Bytes of one feed or sitemap; sitemaps.org (2016-11-21) allows 50 MiB.
MAX_BYTES = 52_428_800


class UnreadableXml(ValueError):
    """The file is not XML, or too large."""


class Entry(Struct, frozen=True):
    """What a feed or sitemap says of one address. None: it does not say."""

    url: str
    headline: str | None = None
    authors: tuple[str, ...] | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None


def entries(path: Path) -> Iterator[Entry]:
    """Yield the entries of an Atom feed, RSS feed, sitemap or news sitemap, in order.

    A sitemap index yields its sitemaps' addresses. Raise `UnreadableXml`.
    """
    from lxml import etree

    if path.stat().st_size > MAX_BYTES:
        raise UnreadableXml(f"it is larger than {MAX_BYTES} bytes")
    quick = _glanced(path.read_bytes()) if path.name.startswith("sitemap") else None
    if quick is not None:
        yield from quick
        return
    readers = {
        f"{ATOM}entry": _atom,
        "item": _rss,
        f"{SITEMAP}url": _sitemap,
        f"{SITEMAP}sitemap": _sitemap,
    }
    try:
        reading = etree.iterparse(path, tag=tuple(readers), resolve_entities=False, no_network=True, load_dtd=False)
        for _, element in reading:
            yield readers[element.tag](element)
            element.clear()
    except etree.XMLSyntaxError as error:
        raise UnreadableXml(str(error)) from error


_PLAIN_HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
_PLAIN_TAIL = b"</urlset>\n"
_PLAIN_URL = re.compile(r"<url><loc>([^<>&\s]+)</loc>(?:<lastmod>([^<>&\s]+)</lastmod>)?</url>\n")


def _glanced(raw: bytes) -> list[Entry] | None:
    """Return the entries of a sitemap written just as we write them, None for any other."""
    if not raw.startswith(_PLAIN_HEAD) or not raw.endswith(_PLAIN_TAIL) or not raw.isascii():
        return None
    body = raw[len(_PLAIN_HEAD) : -len(_PLAIN_TAIL)].decode("ascii")
    found = _PLAIN_URL.findall(body)
    if len(found) != body.count("<url>") or _PLAIN_URL.sub("", body):
        return None
    return [Entry(url=url, modified=changed or None) for url, changed in found]


def _texts(element: _Element, path: str) -> tuple[str, ...]:
    return tuple(squeeze("".join(one.itertext())) for one in element.iterfind(path))


def _one(element: _Element, path: str) -> str | None:
    return next(iter(_texts(element, path)), None)


def _atom(entry: _Element) -> Entry:
    pages = [
        one.get("href", "")
        for one in entry.iterfind(f"{ATOM}link")
        if one.get("rel", "alternate") == "alternate" and one.get("type", "text/html") == "text/html"
    ]
    return Entry(
        url=next(iter(pages), ""),
        headline=_one(entry, f"{ATOM}title"),
        authors=_texts(entry, f"{ATOM}author/{ATOM}name"),
        published=_one(entry, f"{ATOM}published"),
        modified=_one(entry, f"{ATOM}updated"),
    )


def _rss(item: _Element) -> Entry:
    stated = _one(item, "pubDate")
    return Entry(
        url=_one(item, "link") or "",
        headline=_one(item, "title"),
        authors=_texts(item, f"{DC}creator"),
        published=_rfc822(stated) if stated else None,
    )


def _rfc822(text: str) -> str:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).isoformat()
    except ValueError:
        return text


def _sitemap(url: _Element) -> Entry:
    news = url.find(f"{NEWS}news")
    if news is None:
        return Entry(url=_one(url, f"{SITEMAP}loc") or "", modified=_one(url, f"{SITEMAP}lastmod"))
    return Entry(
        url=_one(url, f"{SITEMAP}loc") or "",
        headline=_one(news, f"{NEWS}title"),
        published=_one(news, f"{NEWS}publication_date"),
        language=_one(news, f"{NEWS}publication/{NEWS}language"),
    )
