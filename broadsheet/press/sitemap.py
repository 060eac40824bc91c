"""sitemap.xml, news-sitemap.xml and robots.txt (sitemaps.org, 2016; Google, "News sitemaps", 2025)."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from broadsheet.press.feeds import xml_text as _x
from broadsheet.press.output import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.config import Site
    from broadsheet.press.clips import Clip
    from broadsheet.press.desk import Desk

MOST = 50_000  # addresses in one sitemap
MOST_NEWS = 1_000
NEWS_AGE = 2 * 24 * 3600  # seconds
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

#: Some readers take titles for HTML; news:title is plain text, so its signs are others.
_ANGLES = str.maketrans("<>", "‹›")

#: (path, last stated change or None)
Address = tuple[str, str | None]


def sitemaps(addresses: Sequence[Address], site: Site) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of sitemap.xml and, past `MOST` addresses, of those it lists."""
    if len(addresses) <= MOST:
        yield "sitemap.xml", _urlset(addresses, site)
        return
    parts = [addresses[start : start + MOST] for start in range(0, len(addresses), MOST)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    listed = "".join(f"<sitemap><loc>{_x(f'{site.url}/{name}')}</loc></sitemap>\n" for name in names)
    yield "sitemap.xml", f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{listed}</sitemapindex>\n'
    for name, part in zip(names, parts, strict=True):
        yield name, _urlset(part, site)


def _urlset(addresses: Sequence[Address], site: Site) -> str:
    return f'{_HEAD}<urlset xmlns="{_SPACE}">\n{"".join(_url(one, site) for one in addresses)}</urlset>\n'


def _url(address: Address, site: Site) -> str:
    path, changed = address
    where = f"{site.url}/{'' if path == 'index.html' else path}"
    stamp = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{_x(where)}</loc>{stamp}</url>\n"


def newest(clips: Sequence[Clip]) -> str | None:
    """Return the last stated change of any of ``clips``, which is the last change of their listing."""
    return max((clip.changed for clip in clips if clip.changed), key=_when, default=None)


def _when(text: str) -> float:
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def fresh(desk: Desk) -> list[Clip]:
    """Return what the news sitemap holds: dated articles of the last two days.

    The clock is SOURCE_DATE_EPOCH where it is set, else the newest article's date: the
    same content gives the same bytes whenever it is built.
    """
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = float(stated) if stated.isdigit() else (desk.dated[0].stamp or 0.0 if desk.dated else 0.0)
    found = [
        clip for clip in desk.dated if clip.news and clip.canonical and now - NEWS_AGE <= (clip.stamp or 0.0) <= now
    ]
    return found[:MOST_NEWS]


def news(clips: Sequence[Clip], site: Site) -> str:
    """Return the news sitemap of `fresh` articles."""
    body = "".join(_story(clip, site) for clip in clips)
    return f'{_HEAD}<urlset xmlns="{_SPACE}" xmlns:news="{_NEWS}">\n{body}</urlset>\n'


def _story(clip: Clip, site: Site) -> str:
    paper = f"<news:publication><news:name>{_x(site.name)}</news:name><news:language>{_x(clip.card.language)}</news:language></news:publication>"
    return (
        f"<url><loc>{_x(clip.url)}</loc><news:news>{paper}"
        f"<news:publication_date>{clip.instant}</news:publication_date><news:title>{_x(clip.card.headline.translate(_ANGLES))}</news:title></news:news></url>\n"
    )


def robots(site: Site) -> str:
    """Return robots.txt: everything may be read; where the sitemaps are. Its first line marks the folder as ours."""
    return f"{MARK.decode()}User-agent: *\nAllow: /\n\nSitemap: {site.url}/sitemap.xml\nSitemap: {site.url}/news-sitemap.xml\n"
