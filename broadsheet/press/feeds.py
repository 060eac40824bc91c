"""Atom (RFC 4287) and RSS 2.0, written without a clock.

An article without a date is left out of the feeds: both would need a date that no
one stated.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from markupsafe import escape
from msgspec import Struct

from broadsheet.press.inert import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.config import Site
    from broadsheet.press.clips import Clip

_ADDRESS = re.compile(r'( (?:href|src|cite)=")([^"]*)"')
#: A name is plain text in Atom; some readers take it for HTML, so it holds no sign of markup.
_ANGLES = str.maketrans("<>", "‹›")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Entry(Struct, frozen=True):
    """One article of a feed. Texts are plain; ``html`` is sanitised, its addresses absolute."""

    title: str
    url: str
    published: str  # RFC 3339
    updated: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    summary: str
    html: str


def entry(clip: Clip, html: str) -> Entry:
    """Return a dated article for a feed; ``html`` is its sanitised body."""
    return Entry(
        title=clip.card.headline,
        url=clip.url,
        published=clip.instant or "",
        updated=clip.updated or "",
        authors=tuple(name.translate(_ANGLES) for name in clip.authors),
        categories=tuple(term for term in (*clip.section[-1:], *clip.tags) if "<" not in term),
        summary=clip.card.summary or "",
        html=absolute(html, clip.url),
    )


def absolute(html: str, base: str) -> str:
    """Return sanitised ``html`` with every address absolute."""
    return _ADDRESS.sub(lambda match: f'{match[1]}{_joined(base, match[2])}"', html)


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def written(path: str, entries: Sequence[Entry], name: str | None, site: Site) -> bytes:
    """Return the feed at ``path``: the paper's, or that of the section ``name``."""
    if path.endswith(".rss.xml"):
        return rss(entries, site.name, path, "index.html", site).encode()
    if name is None:
        return atom(entries, site.name, path, "index.html", site).encode()
    return atom(entries, f"{site.name}: {name}", path, f"{path.removesuffix('.atom.xml')}.html", site).encode()


def atom(entries: Sequence[Entry], title: str, path: str, page: str, site: Site) -> str:
    """Return the Atom feed at ``path`` of the listing at ``page``."""
    updated = max((one.updated for one in entries), default="1970-01-01T00:00:00+00:00", key=datetime.fromisoformat)
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml_text(site.language)}">\n'
        f'<title type="html">{_html(title)}</title>\n<id>{xml_text(f"{site.url}/{path}")}</id>\n<updated>{updated}</updated>\n'
        f'<link rel="self" type="application/atom+xml" href="{xml_text(f"{site.url}/{path}")}"/>\n'
        f'<link rel="alternate" type="text/html" href="{xml_text(f"{site.url}/{page}")}"/>\n'
    )
    head += (
        f"<author><name>{xml_text(site.name)}</name></author>\n"  # RFC 4287, 4.1.1: entries without a byline need one
    )
    if site.description:
        head += f'<subtitle type="html">{_html(site.description)}</subtitle>\n'
    return head + "".join(_atom_entry(one) for one in entries) + "</feed>\n"


def _atom_entry(one: Entry) -> str:
    authors = "".join(f"<author><name>{xml_text(name)}</name></author>\n" for name in one.authors)
    categories = "".join(f'<category term="{xml_text(name)}"/>\n' for name in one.categories)
    summary = f'<summary type="html">{_html(one.summary)}</summary>\n' if one.summary else ""
    return (
        f'<entry>\n<title type="html">{_html(one.title)}</title>\n<id>{xml_text(one.url)}</id>\n'
        f'<link rel="alternate" type="text/html" href="{xml_text(one.url)}"/>\n'
        f"<published>{one.published}</published>\n<updated>{one.updated}</updated>\n"
        f'{authors}{categories}{summary}<content type="html">{xml_text(one.html)}</content>\n</entry>\n'
    )


def rss(entries: Sequence[Entry], title: str, path: str, page: str, site: Site) -> str:
    """Return the RSS 2.0 feed at ``path`` of the listing at ``page``."""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">\n<channel>\n'
        f"<title>{_guarded(title)}</title>\n<link>{xml_text(f'{site.url}/{page}')}</link>\n"
        f"<description>{xml_text(site.description or title)}</description>\n<language>{xml_text(site.language)}</language>\n"
        f'<atom:link rel="self" type="application/rss+xml" href="{xml_text(f"{site.url}/{path}")}"/>\n'
    )
    return head + "".join(_rss_item(one) for one in entries) + "</channel>\n</rss>\n"


def _rss_item(one: Entry) -> str:
    from email.utils import format_datetime

    creators = "".join(f"<dc:creator>{xml_text(name)}</dc:creator>\n" for name in one.authors)
    categories = "".join(f"<category>{xml_text(name)}</category>\n" for name in one.categories)
    date = format_datetime(datetime.fromisoformat(one.published))
    return (
        f'<item>\n<title>{_guarded(one.title)}</title>\n<link>{xml_text(one.url)}</link>\n<guid isPermaLink="true">{xml_text(one.url)}</guid>\n'
        f"<pubDate>{date}</pubDate>\n{creators}{categories}<description>{_html(one.summary)}</description>\n"
        f"<content:encoded>{xml_text(one.html)}</content:encoded>\n</item>\n"
    )


def xml_text(text: str) -> str:
    """Escape for XML; what XML cannot hold is replaced."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", str(escape(inert(text))))


def _html(text: str) -> str:
    """Return plain ``text`` as HTML, escaped for XML: what a reader of feeds shows as it stands."""
    return xml_text(str(escape(text)))


def _guarded(text: str) -> str:
    """Return plain ``text`` for an element whose kind RSS leaves open; markup in it can become live in no reader."""
    return _html(text) if "<" in text or ("&" in text and ";" in text) else xml_text(text)
