"""The audit within a build: what was written is read back, and what stands between pages is compared.

Pages of the fast lane differ from a page that was read thoroughly by their values
alone, so most are only glanced at; `broadsheet audit` reads every page as a crawler would.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from heapq import nsmallest
from html import unescape
from typing import Any

import orjson
from markupsafe import escape
from msgspec.structs import astuple, replace

from broadsheet import audit
from broadsheet.audit import Told
from broadsheet.audit.differences import problem
from broadsheet.audit.facts import Facts, squeeze
from broadsheet.audit.links import check
from broadsheet.config import Site
from broadsheet.model import Article, Problem, Published
from broadsheet.press.clips import Clip

_LINK = re.compile(rb' (?:href|src)="([^"]*)"')
_SCRIPT = b'<script type="application/ld+json">{"@context":'
_ENDS = 60  # bytes of a body at each end


def read_back(clip: Clip, data: bytes, html: bytes, document: bytes) -> Told:
    """Read an article's page as it was written; compare it with its document and with what lists will say of it."""
    meant = Published(
        Article(clip.card.headline, file=clip.file),
        *(clip.slug, clip.path, clip.url, html.decode(), "", orjson.loads(document)),
    )
    told = audit.audit_page(data, meant)
    found, wanted = told.facts, facts_of(clip)
    wrong = [name for name in _SAID if found is not None and getattr(found, name) != getattr(wanted, name)]
    more = [problem(clip.path, "page-differs", f"{clip.path} has another {name} than lists have.") for name in wrong]
    content = frozenset(_links(clip, html))
    others = tuple(one for one in told.links if one not in content)
    return replace(told, problems=(*told.problems, *more), facts=None, links=others)


_SAID = ("url", "headline", "authors", "published", "modified")


def glance(clip: Clip, page: bytes, html: bytes) -> Told | None:
    """Look whether a page of the fast lane shows its address, its document, its headline and its body, in this order.

    Return what is wrong, else None.
    """
    at = 0
    for mark in (
        f'<link rel="canonical" href="{escape(clip.url)}">'.encode(),
        _SCRIPT,
        f"<h1>{escape(clip.card.headline)}</h1>".encode(),
        html[:_ENDS],
        html[-_ENDS:],
    ):
        at = page.find(mark, at)
        if at < 0:
            shown = mark.decode(errors="replace")
            wrong = problem(clip.path, "page-differs", f"{clip.path} does not hold {shown} where it should.")
            return Told(clip.path, (wrong,), canonical=clip.url)
    return None


def facts_of(clip: Clip) -> Facts:
    """Return what other files repeat of an article."""
    card = clip.card
    when = card.published
    return Facts(
        card.path,
        clip.url,
        squeeze(card.headline),
        tuple(map(squeeze, clip.authors)),
        when.iso if when else None,
        clip.modified,
        section=clip.section,
        language=card.language,
        listed=clip.canonical and not clip.hidden,
        hidden=clip.hidden,
    )


def _links(clip: Clip, html: bytes) -> tuple[str, ...]:
    """Return the links that come from content: those of the body, and the picture."""
    found = _LINK.findall(html) if b' src="' in html else [one.partition(b'"')[0] for one in html.split(b' href="')[1:]]
    links = tuple(dict.fromkeys([unescape(one.decode()) for one in found]))
    picture = clip.card.image
    return (*links, f"../{picture.src}") if picture is not None and picture.local else links


def inner_links(clip: Clip, html: bytes, site: Site) -> tuple[str, ...]:
    """Return the links from content that should lead somewhere in the paper."""
    return tuple(link for link in _links(clip, html) if not link.startswith(_ELSEWHERE) or link.startswith(site.url))


def lost(links: Iterable[str], page: str, site: Site, paths: AbstractSet[str]) -> Iterator[str]:
    """Yield the links of an article's page that `astray` would tell."""
    rooted = "" if site.base_path else "/"
    for link in links:
        path = _simple(link, rooted)
        if path not in paths if path else check((link,), page, site.url, paths):
            yield link


def _simple(link: str, rooted: str) -> str:
    """Return the path that a link in an article's page leads to, where that can be seen at a glance, else ""."""
    path = link[3:] if link[:3] == "../" else link[1:] if rooted and link[:1] == rooted else ""
    return path if path and _SIMPLE.fullmatch(path) else ""


def astray(links: Iterable[str], page: str, site: Site, paths: AbstractSet[str]) -> list[tuple[Any, ...]]:
    """Return a problem, as plain data, for each link of an article's page that leads to none of ``paths``.

    They are warnings, for they withhold nothing.
    """
    rooted = "" if site.base_path else "/"
    found = []
    for link in links:
        path = _simple(link, rooted)
        if path:
            if path not in paths:
                message = f"{page} links to “{link}” but there is no {path} in the output."
                found.append((page, 0, "", "audit-link-broken", "warning", message, ""))
        else:
            found += [astuple(replace(one, severity="warning")) for one in check((link,), page, site.url, paths)]
    return found


#: Links from content that lead nowhere, by the path of their page.
Lost = Mapping[str, tuple[str, ...]]


def told(lost: Lost, site: Site) -> Iterator[tuple[Any, ...]]:
    """Yield what `astray` tells of links that are known to lead nowhere."""
    for page, links in lost.items():
        yield from astray(links, page, site, frozenset())


def all_told(problems: Iterable[tuple[Any, ...]], lost: Lost, site: Site) -> tuple[Problem, ...]:
    """Return these problems and those of links that are known to lead nowhere, in order."""
    return tuple(Problem(*one) for one in sorted((*problems, *told(lost, site))))


def first_told(lost: Lost, site: Site, most: int) -> list[tuple[Any, ...]]:
    """Return the first so many of them, in order."""
    return sorted(told({page: lost[page] for page in nsmallest(most, lost)}, site))[:most]


_ELSEWHERE = ("https://", "http://", "mailto:", "tel:")
_SIMPLE = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*\.[a-z]+")


def leading(targets: AbstractSet[str], paths: AbstractSet[str]) -> Iterator[Problem]:
    """Yield the files that listings lead to and that are not there."""
    for path in sorted(targets - paths):
        yield problem(path, "link-broken", f"A listing leads to {path}, which is not in the output.")


def plain(told: Told) -> tuple[Any, ...]:
    """Return ``told`` as plain data."""
    return told.path, tuple(map(astuple, told.problems)), told.links, told.canonical, told.noindex


def from_plain(values: tuple[Any, ...]) -> Told:
    """Return what `plain` made plain."""
    path, problems, links, canonical, noindex = values
    return Told(path, tuple(Problem(*one) for one in problems), None, links, canonical, noindex)
