"""Read a page just written with a few string searches, and thoroughly where they do not settle it.

A glance can only find a page right when the plain shape that our theme writes is
there: no comment, each hook once, attributes in double quotes. In every other case,
and before any problem is told, the page is read as `broadsheet audit` reads it. So a
glance saves time and decides nothing: tests/audit/test_audit_glance.py.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from html import unescape
from typing import NamedTuple

import orjson
from msgspec.structs import replace

from broadsheet.audit import differences, walk
from broadsheet.audit.differences import problem
from broadsheet.audit.facts import Facts, squeeze
from broadsheet.audit.seen import Seen, UnreadablePage, read
from broadsheet.audit.walk import Told
from broadsheet.model import Published

_SCRIPT = re.compile(r'<script type="application/ld\+json">([^<>]*)</script>')
_TAG = re.compile(r"<[^<>]*>")
_BODY = re.compile(rb'<[a-z0-9]+ class="(?:[a-z -]+ )?article-body(?: [a-z -]+)?">\s*')
_LINK = re.compile(r'<(?:a|link|img|script|source|area)\s[^<>]*?\b(?:href|src)="([^"]*)"')
#: A tag as our templates and the sanitiser write it: small letters, every value in double quotes.
_WELL_FORMED = re.compile(r'<(?:/[a-z0-9]+|[a-z0-9]+(?:\s+[a-z-]+(?:="[^"<>]*")?)*\s*/?)>')
_ONCE = ("main", "h1", "title", "body")  # how the names of elements begin that a page has one of
#: Of elements that hold text which a browser does not read as markup, and of others that we never write.
_FOREIGN = ("template", "textarea", "noscript", "style", "xmp", "plaintext", "iframe", "object", "base", "svg", "math")
_COUNTED = (*_ONCE, "script", *_FOREIGN)
#: Elements that have no end (HTML Standard, "Void elements", 2026).
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
#: A script of the theme's own, which a page loads.
_LOADED = re.compile(r'<script(?: defer| type="module")* src="[^"<>]*"(?: defer| type="module")*></script>')
#: A drawing within a page. Where it leads nowhere and runs nothing, it need not be read.
_DRAWING = re.compile(r"<svg[ >].*?</svg>", re.DOTALL)
_HEADLINE = re.compile(r"<h1[^<>]*>(.*?)</h1>", re.DOTALL)
_TITLE = re.compile(r"<title>[^<]*</title>")
_BYLINE = re.compile(r'<p class="byline">(.*?)</p>', re.DOTALL)
_AUTHOR = re.compile(r'<a rel="author" href="[^"]*">(.*?)</a>', re.DOTALL)
_TIME = re.compile(r'<time class="(published|modified)" datetime="([^"]*)"')
_DATELINE = re.compile(r'<p class="dateline">(.*?)</p>', re.DOTALL)
_TRAIL = re.compile(r'<nav class="breadcrumb"[^<>]*>(.*?)</nav>', re.DOTALL)
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
#: A tag with a hook, however it is written: as many as of the plain shapes, or the page is read thoroughly.
_HOOK = re.compile(r'<[^<>]*(?:class|rel)="[^"]*\b(?:byline|author|published|modified|dateline|breadcrumb)\b')
_NAME = re.compile(r"<(/?)([a-z0-9]+)")
_DOCTYPE = "<!DOCTYPE html>"
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
_META = re.compile(r'<meta (?:property|name)="(og:title|og:url|robots)" content="([^"]*)">')


class Tags(NamedTuple):
    """What the tags of a page, or of a part of it, tell."""

    hooks: int
    links: tuple[str, ...]  # as they are written
    named: Counter[str]  # how many begin as each of `_COUNTED`
    open: Counter[str]  # how many more elements of each name begin than end


def audit_page(raw: bytes, meant: Published) -> Told:
    """Read back the page of one article as it was written, and compare it with its record.

    The `Told` holds the problems, what was found and every link; `audit.settle` takes
    those of all pages together. Costs some tens of microseconds where nothing is wrong.
    """
    name = f"the record of {meant.article.file or meant.slug}"
    seen = glance(raw)
    if seen is not None and _holds(raw, meant.html.encode()):
        facts, found = differences.page(seen, meant.path, meant.document, name)
        if not found:
            return _told(meant.path, seen, facts)
    return _thoroughly(raw, meant, name)


def _holds(raw: bytes, html: bytes) -> bool:
    """Tell whether a body stands where readers look for it."""
    at = raw.find(html) if html else raw.find(b"</", raw.find(b"article-body"))
    return at > 0 and _BODY.fullmatch(raw, raw.rfind(b"<", 0, at), at) is not None


def _thoroughly(raw: bytes, meant: Published, name: str) -> Told:
    try:
        seen = read(raw)
    except UnreadablePage as error:
        return Told(meant.path, (problem(meant.path, "page-unreadable", f"{meant.path} cannot be read: {error}."),))
    facts, found = differences.page(seen, meant.path, meant.document, name)
    return replace(_told(meant.path, seen, facts), problems=tuple(found))


def _told(path: str, seen: Seen, facts: Facts | None) -> Told:
    return Told(path, (), facts, seen.links, seen.canonical, seen.noindex)


def audit_listing(raw: bytes, path: str) -> Told:
    """Read back a page that is no article's, at a glance where its shape is plain.

    Only what the audit of the whole needs is looked at: links, canonical address, robots.
    """
    forwarding = walk.tell_forward(raw, path)
    if forwarding is not None:
        return forwarding
    page = _DRAWING.sub(_without_drawing, raw.decode("utf-8", "replace"))
    scripts = _SCRIPT.findall(page)
    tags = _read(page, len(scripts) + len(_LOADED.findall(page)))
    if tags is None or not all(map(_is_json, scripts)):
        return walk.tell_page(raw, path)
    head, canonical = dict(_META.findall(page)), _CANONICAL.search(page)
    return Told(
        path,
        links=_links(page, tags),
        canonical=unescape(canonical[1]) if canonical else None,
        noindex="noindex" in head.get("robots", ""),
    )


def _without_drawing(match: re.Match[str]) -> str:
    drawing = match[0]
    quiet = drawing.count("<svg") == 1 and not any(mark in drawing for mark in ("href", "src", "<script", "<!", " id="))
    return "" if quiet else drawing


def _is_json(text: str) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _links(page: str, tags: Tags) -> tuple[str, ...]:
    """Return every address of a plain page, each once; a "#…" of its own that is there is settled at once."""
    found = dict.fromkeys(unescape(link).strip() for link in tags.links)
    return tuple(one for one in found if not (one.startswith("#") and f' id="{one[1:]}"' in page))


def glance(raw: bytes) -> Seen | None:
    """Return what a page of the plain shape shows, else None. Ids and main are not looked at."""
    try:
        page = raw.decode()
    except UnicodeDecodeError:
        return None
    scripts = _SCRIPT.findall(page)
    tags = _read(page, 1) if len(scripts) == 1 else None
    if tags is None:
        return None
    try:
        graph = orjson.loads(scripts[0])
    except orjson.JSONDecodeError:
        return None
    main = page[page.find("<main") : page.find("</main>")]  # there is one of each
    if not main.startswith(("<main>", "<main ")):
        return None
    times, bylines = _TIME.findall(main), _BYLINE.findall(main)
    trails, datelines = _TRAIL.findall(main), _DATELINE.findall(main)
    authors = _AUTHOR.findall(bylines[0]) if bylines else []
    once = max(len(bylines), len(trails), len(datelines)) <= 1 and len(times) == len(dict(times))
    if not once or tags.hooks != len(times) + len(bylines) + len(authors) + len(trails) + len(datelines):
        return None
    dates, head, canonical = dict(times), dict(_META.findall(page)), _CANONICAL.search(page)
    headline = _HEADLINE.search(page)  # there is one h1
    return Seen(
        graphs=(graph,) if isinstance(graph, dict) else (),
        canonical=unescape(canonical[1]) if canonical else None,
        noindex="noindex" in head.get("robots", ""),
        og_title=_plain(head["og:title"]) if "og:title" in head else None,
        og_url=_plain(head["og:url"]) if "og:url" in head else None,
        headlines=(_plain(headline[1]),) if headline else (),
        authors=tuple(map(_plain, authors)),
        published=dates.get("published"),
        modified=dates.get("modified"),
        dateline=_plain(datelines[0]) if datelines else None,
        trail=tuple(map(_plain, _ITEM.findall(trails[0]))) if trails else (),
        links=_links(page, tags),
    )


def _read(page: str, scripts: int) -> Tags | None:
    """Return what the tags tell of a page that string searches read as a browser does, None of any other page."""
    if not page.startswith(_DOCTYPE) or not _TITLE.search(page) or "\x00" in page or " srcset=" in page:
        return None
    parts = [_framed(part) if number % 2 else _tags(part) for number, part in enumerate(_parts(page[len(_DOCTYPE) :]))]
    found = [tags for tags in parts if tags is not None]
    named, left = Counter[str](), Counter[str]()
    for tags in found:
        named.update(tags.named)
        left.update(tags.open)
    right = len(found) == len(parts) and named == Counter((*_ONCE, *["script"] * scripts)) and not any(left.values())
    links = tuple(link for tags in found for link in tags.links)
    return Tags(sum(tags.hooks for tags in found), links, named, left) if right else None


def _parts(page: str) -> tuple[str, ...]:
    """Return head, masthead, main and footer; masthead and footer are the same on very many pages."""
    head = page.find("</head>")
    main = page.find("<main", head)
    end = page.rfind("</main>", main)
    return (page[:head], page[head:main], page[main:end], page[end:]) if 0 < head < main < end else (page,)


def _tags(part: str) -> Tags | None:
    """Return what the tags of a part of a page tell, None where one is not well formed."""
    tags = Counter(_WELL_FORMED.findall(part))
    if tags.total() != part.count("<"):
        return None
    hooks = 0
    links: list[str] = []
    named, left = Counter[str](), Counter[str]()
    for tag, count in tags.items():
        element, begins, name, hook, link = _kind(tag)
        left[element] += begins * count
        if name:
            named[name] += count
        if hook:
            hooks += count
        if link is not None:
            links.append(link)
    return Tags(hooks, tuple(links), named, left)


_framed = lru_cache(maxsize=32)(_tags)


@lru_cache(maxsize=4096)
def _kind(tag: str) -> tuple[str, int, str, bool, str | None]:
    """Return what a well-formed tag says.

    Its element; 1 where that begins, -1 where it ends, 0 of an element that has no end; which of `_COUNTED` begins there, "" where
    none does; whether the tag is a hook; and where it leads.
    """
    match, link = _NAME.match(tag), _LINK.match(tag)
    ends, element = match.groups() if match is not None else ("", "")
    begins = 0 if element in _VOID else -1 if ends else 1
    counted = "" if ends else next((one for one in _COUNTED if element.startswith(one)), "")
    return element, begins, counted, _HOOK.match(tag) is not None, link[1] if link is not None else None


@lru_cache(maxsize=4096)
def _plain(markup: str) -> str:
    """Return the text of a piece of HTML, as a reader sees it."""
    return squeeze("".join(map(unescape, _TAG.split(markup))))
