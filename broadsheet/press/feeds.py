"""Atom (RFC 4287) and RSS 2.0, written without a clock.

An article without a date is left out of the feeds: both would need a date that no
one stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import format_datetime
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from markupsafe import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.config import Site
    from broadsheet.model import Published
    from broadsheet.press.words import Words

_ADDRESS = re.compile(r'( (?:href|src|cite)=")([^"]*)"')
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a feed. Texts are plain; ``html`` is sanitised, its addresses absolute."""

    title: str
    url: str
    published: str  # RFC 3339
    updated: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    summary: str
    html: str


def entry(published: Published, words: Words) -> Entry | None:
    """Return the article for a feed; None for an undated one."""
    article = published.article
    if article.published is None:
        return None
    stated = words.instant(article.published)
    return Entry(
        title=article.headline,
        url=published.url,
        published=stated,
        updated=words.instant(article.modified) if article.modified else stated,
        authors=tuple(author.name for author in article.authors),
        categories=(*article.section[-1:], *article.tags),
        summary=article.summary or "",
        html=absolute(published.html, published.url),
    )


def absolute(html: str, base: str) -> str:
    """Return sanitised ``html`` with every address absolute."""
    return _ADDRESS.sub(lambda match: f'{match[1]}{_joined(base, match[2])}"', html)


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def atom(entries: Sequence[Entry], title: str, path: str, page: str, site: Site) -> str:
    """Return the Atom feed at ``path`` of the listing at ``page``."""
    updated = max((one.updated for one in entries), default="1970-01-01T00:00:00+00:00", key=datetime.fromisoformat)
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_x(site.language)}">\n'
        f"<title>{_x(title)}</title>\n<id>{_x(f'{site.url}/{path}')}</id>\n<updated>{updated}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href="{_x(f"{site.url}/{path}")}"/>\n'
        f'<link rel="alternate" type="text/html" href="{_x(f"{site.url}/{page}")}"/>\n'
    )
    head += f"<author><name>{_x(site.name)}</name></author>\n"  # RFC 4287, 4.1.1: entries without a byline need one
    if site.description:
        head += f"<subtitle>{_x(site.description)}</subtitle>\n"
    return head + "".join(_atom_entry(one) for one in entries) + "</feed>\n"


def _atom_entry(one: Entry) -> str:
    authors = "".join(f"<author><name>{_x(name)}</name></author>\n" for name in one.authors)
    categories = "".join(f'<category term="{_x(name)}"/>\n' for name in one.categories)
    summary = f"<summary>{_x(one.summary)}</summary>\n" if one.summary else ""
    return (
        f"<entry>\n<title>{_x(one.title)}</title>\n<id>{_x(one.url)}</id>\n"
        f'<link rel="alternate" type="text/html" href="{_x(one.url)}"/>\n'
        f"<published>{one.published}</published>\n<updated>{one.updated}</updated>\n"
        f'{authors}{categories}{summary}<content type="html">{_x(one.html)}</content>\n</entry>\n'
    )


def rss(entries: Sequence[Entry], title: str, path: str, page: str, site: Site) -> str:
    """Return the RSS 2.0 feed at ``path`` of the listing at ``page``."""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">\n<channel>\n'
        f"<title>{_x(title)}</title>\n<link>{_x(f'{site.url}/{page}')}</link>\n"
        f"<description>{_x(site.description or title)}</description>\n<language>{_x(site.language)}</language>\n"
        f'<atom:link rel="self" type="application/rss+xml" href="{_x(f"{site.url}/{path}")}"/>\n'
    )
    return head + "".join(_rss_item(one) for one in entries) + "</channel>\n</rss>\n"


def _rss_item(one: Entry) -> str:
    creators = "".join(f"<dc:creator>{_x(name)}</dc:creator>\n" for name in one.authors)
    categories = "".join(f"<category>{_x(name)}</category>\n" for name in one.categories)
    date = format_datetime(datetime.fromisoformat(one.published))
    return (
        f'<item>\n<title>{_x(one.title)}</title>\n<link>{_x(one.url)}</link>\n<guid isPermaLink="true">{_x(one.url)}</guid>\n'
        f"<pubDate>{date}</pubDate>\n{creators}{categories}<description>{_x(one.summary)}</description>\n"
        f"<content:encoded>{_x(one.html)}</content:encoded>\n</item>\n"
    )


def _x(text: str) -> str:
    """Escape for XML; what XML cannot hold is replaced."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", str(escape(text)))
