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
_LINK = re.compile(r'<(?:a|link|img|script|source|area)\s[^<>]*?\b(?:href|src)="([^"]*)"')
#: A tag as our templates and the sanitiser write it: small letters, every value in double quotes.
_WELL_FORMED = re.compile(r'<(?:/[a-z0-9]+|[a-z0-9]+(?:\s+[a-z-]+(?:="[^"<>]*")?)*\s*/?)>')
_ONCE = ("main", "h1", "title", "body")  # how the names of elements begin that a page has one of
#: Of elements that hold text which a browser does not read as markup, and of others that we never write.
_FOREIGN = ("template", "textarea", "noscript", "style", "xmp", "plaintext", "iframe", "object", "base", "svg", "math")
_COUNTED = (*_ONCE, "script", *_FOREIGN)
#: A script of the theme's own, which a page loads.
_LOADED = re.compile(r'<script(?: defer| type="module")* src="[^"<>]*"(?: defer| type="module")*></script>')
#: A drawing within a page. Where it leads nowhere and runs nothing, it need not be read.
_DRAWING = re.compile(r"<svg[ >].*?</svg>", re.DOTALL)
_HEADLINE = re.compile(r"<h1[^<>]*>(.*?)</h1>", re.DOTALL)
_TITLE = re.compile(r"<title>[^<]*</title>")
_MAIN = re.compile(r"<main[ >].*</main>", re.DOTALL)
_BYLINE = re.compile(r'<p class="byline">(.*?)</p>', re.DOTALL)
_AUTHOR = re.compile(r'<a rel="author" href="[^"]*">(.*?)</a>', re.DOTALL)
_TIME = re.compile(r'<time class="(published|modified)" datetime="([^"]*)"')
_DATELINE = re.compile(r'<p class="dateline">(.*?)</p>', re.DOTALL)
_TRAIL = re.compile(r'<nav class="breadcrumb"[^<>]*>(.*?)</nav>', re.DOTALL)
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
#: A tag with a hook, however it is written: as many as of the plain shapes, or the page is read thoroughly.
_HOOK = re.compile(r'<[^<>]*(?:class|rel)="[^"]*\b(?:byline|author|published|modified|dateline|breadcrumb)\b')
_NAME = re.compile(r"<([a-z0-9]+)")
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
_META = re.compile(r'<meta (?:property|name)="(og:title|og:url|robots)" content="([^"]*)">')


def audit_page(raw: bytes, meant: Published) -> Told:
    """Read back the page of one article as it was written, and compare it with its record.

    The `Told` holds the problems, what was found and every link; `audit.settle` takes
    those of all pages together. Costs some tens of microseconds where nothing is wrong.
    """
    name = f"the record of {meant.article.file or meant.slug}"
    seen = glance(raw)
    if seen is not None and meant.html.encode() in raw:
        facts, found = differences.page(seen, meant.path, meant.document, name)
        if not found:
            return _told(meant.path, seen, facts)
    return _thoroughly(raw, meant, name)


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
    if _hooks(page, len(scripts) + len(_LOADED.findall(page))) is None or not all(map(_is_json, scripts)):
        return walk.tell_page(raw, path)
    head, canonical = dict(_META.findall(page)), _CANONICAL.search(page)
    return Told(
        path,
        links=_links(page),
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


def _links(page: str) -> tuple[str, ...]:
    """Return every address of a plain page, each once; a "#…" of its own that is there is settled at once."""
    found = dict.fromkeys(unescape(link).strip() for link in _LINK.findall(page))
    return tuple(one for one in found if not (one.startswith("#") and f' id="{one[1:]}"' in page))


def glance(raw: bytes) -> Seen | None:
    """Return what a page of the plain shape shows, else None. Ids and main are not looked at."""
    try:
        page = raw.decode()
    except UnicodeDecodeError:
        return None
    scripts = _SCRIPT.findall(page)
    hooks = _hooks(page, 1) if len(scripts) == 1 else None
    if hooks is None:
        return None
    try:
        graph = orjson.loads(scripts[0])
    except orjson.JSONDecodeError:
        return None
    main = _MAIN.findall(page)
    if len(main) != 1:
        return None
    times, bylines = _TIME.findall(main[0]), _BYLINE.findall(main[0])
    trails, datelines = _TRAIL.findall(main[0]), _DATELINE.findall(main[0])
    authors = _AUTHOR.findall(bylines[0]) if bylines else []
    once = max(len(bylines), len(trails), len(datelines)) <= 1 and len(times) == len(dict(times))
    if not once or hooks != len(times) + len(bylines) + len(authors) + len(trails) + len(datelines):
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
        links=_links(page),
    )


def _hooks(page: str, scripts: int) -> int | None:
    """Return how many hooks stand in a page that string searches read as a browser does, None of any other page."""
    if not page.startswith("<!DOCTYPE html>") or not _TITLE.search(page) or "\x00" in page or " srcset=" in page:
        return None
    tags = Counter(_WELL_FORMED.findall(page))
    if tags.total() + 1 != page.count("<"):  # the first is the doctype's
        return None
    hooks, named = 0, dict.fromkeys((*_ONCE, "script"), 0)
    for tag, count in tags.items():
        name, hook = _kind(tag)
        if name:
            named[name] = named.get(name, 0) + count
        if hook:
            hooks += count
    return hooks if named == {**dict.fromkeys(_ONCE, 1), "script": scripts} else None


@lru_cache(maxsize=4096)
def _kind(tag: str) -> tuple[str, bool]:
    """Return which of `_COUNTED` a well-formed tag begins, "" where none, and whether it is a hook."""
    match = _NAME.match(tag)
    name = match[1] if match is not None else ""
    return next((one for one in _COUNTED if name.startswith(one)), ""), _HOOK.match(tag) is not None


@lru_cache(maxsize=4096)
def _plain(markup: str) -> str:
    """Return the text of a piece of HTML, as a reader sees it."""
    return squeeze(unescape(_TAG.sub("", markup) if "<" in markup else markup))
