"""RSS, Atom and JSON Feed → articles. feedparser reads the bytes; nothing is fetched.

JSON Feed: https://www.jsonfeed.org/version/1.1/ (2020).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from broadsheet.importers import Options, fragment, sources
from broadsheet.importers.gathered import Gathered, is_markup, squeeze
from broadsheet.importers.html.page import address
from broadsheet.model import Article, Problem, Source

_TAGS = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_MARKS = (b"<rss", b"<feed", b"<rdf:RDF")


def recognise(head: bytes, name: str) -> bool:
    """Tell whether a source that begins with ``head`` is a feed."""
    del name
    start = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return b"https://jsonfeed.org/version/" in start
    return start.startswith(b"<") and any(mark in start for mark in _MARKS) and b"wordpress.org/export/" not in start


def read(source: Path, options: Options) -> Iterator[Article | Problem]:
    """Yield the entries of a feed, in its order."""
    raw = sources.load(source, options.max_bytes)
    if isinstance(raw, Problem):
        yield raw
        return
    entries = _json_feed(raw, source) if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else _xml_feed(raw, source)
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, Problem):
            yield entry
            continue
        article = entry.article()
        yield article or sources.problem(source, "feed-title", f"Entry {number} has no title; it is left out.")


def _xml_feed(raw: bytes, source: Path) -> Iterator[Gathered | Problem]:
    import feedparser

    parsed = feedparser.parse(raw, sanitize_html=False, resolve_relative_uris=False)
    if parsed.bozo and not parsed.entries:
        yield sources.problem(source, "feed-syntax", f"This is not a feed that can be read: {parsed.bozo_exception}.")
        return
    if parsed.bozo and not isinstance(parsed.bozo_exception, feedparser.CharacterEncodingOverride):
        message = f"The feed is not well-formed ({parsed.bozo_exception}); the entries that could be read are read."
        yield replace(sources.problem(source, "feed-syntax", message), severity="warning")
    for entry in parsed.entries:
        yield _entry(entry, parsed.feed)


def _entry(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Gathered:
    found = Gathered()
    link = address(str(entry.get("link") or ""), str(feed.get("link") or "") or None)
    found.source = Source(url=link)
    found.put("title", _plain(entry.get("title_detail"), entry.get("title")), squeeze(entry.get("title")), "feed/title")
    found.moment("date", entry.get("published"), "feed/published")
    # feedparser answers "updated" with "published" where a feed states no update; ask for what was really there.
    updated = entry["updated"] if dict.__contains__(entry, "updated") else None
    found.moment("modified" if "date" in found.values else "date", updated, "feed/updated")
    names = [one.get("name") for one in entry.get("authors", []) if isinstance(one, Mapping)]
    found.names([name for name in names or [entry.get("author")] if name], "feed/author")
    terms = [squeeze(tag.get("label") or tag.get("term")) for tag in entry.get("tags", [])]
    found.put("category", tuple(terms[:1]), terms[0] if terms else "", "feed/category")
    found.many("tags", terms[1:], "feed/category")
    contents = [one.get("value", "") for one in entry.get("content", [])]
    summary = str(entry.get("summary") or "")
    found.body(fragment.to_markdown(max(contents, key=len), link) if contents else "", "feed/content")
    if not found.values.get("body"):
        found.body(fragment.to_markdown(summary, link), "feed/summary")
    elif summary and summary not in contents:
        found.words("summary", _text_of(summary), "feed/summary")
    found.words("lang", entry.get("language") or feed.get("language"), "feed/language")
    found.publisher(feed.get("title"), "feed/title", address(str(feed.get("link") or ""), None))
    for one in [*entry.get("media_content", []), *entry.get("enclosures", [])]:
        if str(one.get("type", "")).startswith("image/") or one.get("medium") == "image":
            found.picture(address(str(one.get("url") or one.get("href") or ""), link), "feed/enclosure")
    return found


def _plain(detail: Any, text: Any) -> str:
    """Return a title: HTML titles lose their markup, plain ones keep every character."""
    written = squeeze(text)
    marked = isinstance(detail, Mapping) and detail.get("type") == "text/html" and is_markup(written)
    return (
        _text_of(written) if marked and "&" not in written and written.count("<") < 20 and _safe(written) else written
    )


def _safe(written: str) -> bool:
    """Tell whether the markup of a title is only emphasis, so that taking it out loses no words."""
    import re

    return all(
        tag in {"b", "i", "em", "strong", "sub", "sup", "span"}
        for tag in re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", written)
    )


def _text_of(markup: str) -> str:
    if not is_markup(markup):
        return squeeze(markup)
    from lxml import html

    return squeeze(html.fromstring(f"<div>{markup}</div>").text_content())


def _json_feed(raw: bytes, source: Path) -> Iterator[Gathered | Problem]:
    try:
        feed = json.loads(raw)
        items = list(feed["items"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        yield sources.problem(source, "feed-syntax", f"This is not a JSON Feed that can be read: {error}.")
        return
    for item in items:
        if isinstance(item, dict):
            yield _item(item, feed)


def _item(item: Mapping[str, Any], feed: Mapping[str, Any]) -> Gathered:
    found = Gathered()
    link = address(str(item.get("url") or item.get("external_url") or ""), None)
    found.source = Source(url=link)
    found.words("title", item.get("title"), "feed/title")
    found.moment("date", item.get("date_published"), "feed/date_published")
    found.moment("modified", item.get("date_modified"), "feed/date_modified")
    authors = item.get("authors") or feed.get("authors") or [item.get("author") or {}]
    found.names([one.get("name") for one in authors if isinstance(one, Mapping)], "feed/authors")
    found.many("tags", item.get("tags") or (), "feed/tags")
    found.words("summary", item.get("summary"), "feed/summary")
    found.words("lang", item.get("language") or feed.get("language"), "feed/language")
    found.picture(address(str(item.get("image") or item.get("banner_image") or ""), link), "feed/image")
    found.publisher(feed.get("title"), "feed/title", address(str(feed.get("home_page_url") or ""), None))
    html = item.get("content_html")
    text = item.get("content_text")
    if isinstance(html, str):
        found.body(fragment.from_html(html, link), "feed/content_html")
    elif isinstance(text, str):
        found.body(fragment.from_text(text), "feed/content_text")
    return found
