"""Markdown files of other generators → articles: YAML, TOML or ``Key: value`` headers; Ghost's export.

Pelican, Hugo (TOML between ``+++``), Jekyll and Eleventy (YAML between ``---``).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from broadsheet import content
from broadsheet.importers import Options, fragment, sources
from broadsheet.importers.gathered import Gathered
from broadsheet.model import Article, Evidence, Problem, Source

_HEADER = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:---\r?\n|\+\+\+\r?\n|(?:title|date|slug|author|authors|category|tags|summary):[ \t]\S)",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(r"\{\{[<%]\s*/?[\w./-]+[^{}]{0,500}[>%]\}\}|\{%[^{}]{0,500}%\}")
#: Hugo's and Jekyll's words that are not also ours.
_WORDS = {
    "lastmod": "modified",
    "categories": "category",
    "last_modified_at": "modified",
    "subtitle": "summary",
    "publishdate": "date",
}


def recognise(head: bytes, name: str) -> bool:
    """Tell whether a source is a text with front matter, or Ghost's export."""
    del name
    return bool(_HEADER.match(head)) or _ghost(head)


def _ghost(head: bytes) -> bool:
    start = head[:4096].lstrip()
    return start.startswith(b"{") and b'"db"' in start[:200] and b'"exported_on"' in head


def read(source: Path, options: Options) -> Iterator[Article | Problem]:
    """Yield the article of a Markdown file, or the posts of Ghost's export."""
    raw = sources.load(source, options.max_bytes)
    if isinstance(raw, Problem):
        yield raw
        return
    if _ghost(raw[: sources.HEAD_BYTES]):
        yield from _posts(raw, source)
        return
    decoded = sources.decode(raw)
    if decoded.sure:
        yield from _file(decoded.text, source, options)
    else:
        yield sources.problem(
            source, "source-encoding", "The file is not UTF-8 and names no other encoding; save it as UTF-8."
        )


def _file(text: str, source: Path, options: Options) -> Iterator[Article | Problem]:
    header = _toml(text, source) if text.startswith("+++") else content.split(text)
    if isinstance(header, Problem):
        yield header
        return
    data = {_WORDS.get(key.lower(), key): _flat(value) for key, value in header.data.items()}
    if "draft" in data:
        data.setdefault("status", "draft" if data.pop("draft") is True else "published")
    article, problems = content.article(replace(header, data=data), str(source), options.site)
    yield from problems
    if article is not None:
        known = {
            "title": article.headline,
            "date": article.published,
            "authors": article.authors,
            "category": article.section,
        }
        stated = {
            key: Evidence("stated", text=str(header.data.get(key, "")), line=header.line(f"/{key}"))
            for key, value in known.items()
            if value
        }
        body = _SHORTCODE.sub("", header.body)
        yield replace(article, body=body, evidence={**stated, **article.evidence}, file=None)


def _toml(text: str, source: Path) -> content.Header | Problem:
    rows = text.split("\n")
    end = next((number for number, row in enumerate(rows[1:], 1) if row.strip() == "+++"), None)
    if end is None:
        return sources.problem(source, "front-matter", "The front matter that begins with +++ has no closing +++.", 1)
    try:
        data = tomllib.loads("\n".join(rows[1:end]))
    except tomllib.TOMLDecodeError as error:
        return sources.problem(source, "front-matter", f"The front matter is not TOML: {error}.", 2)
    lines = {f"/{row.partition('=')[0].strip()}": number for number, row in enumerate(rows[1:end], 2) if "=" in row}
    return content.Header(data, lines, "\n".join(rows[end + 1 :]).lstrip("\n"), end + 2)


def _flat(value: Any) -> Any:
    """Return TOML's dates as text; one category of a list as the section."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return [_flat(one) for one in value] if isinstance(value, list) else value


def _posts(raw: bytes, source: Path) -> Iterator[Article | Problem]:
    try:
        data = json.loads(raw)["db"][0]["data"]
        posts = data["posts"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        yield sources.problem(source, "ghost-syntax", f"This is not a Ghost export that can be read: {error}.")
        return
    names = {one.get("id"): one.get("name") for one in data.get("users", [])}
    labels = {one.get("id"): one.get("name") for one in data.get("tags", [])}
    for post in posts:
        if post.get("type", "post") == "post":
            yield _post(post, data, names, labels).article() or sources.problem(
                source, "ghost-title", "A post has no title; it is left out."
            )


def _post(
    post: Mapping[str, Any], data: Mapping[str, Any], names: Mapping[Any, Any], labels: Mapping[Any, Any]
) -> Gathered:
    found = Gathered(source=Source(url=post.get("canonical_url")))
    found.words("title", post.get("title"), "ghost/title")
    found.words("slug", post.get("slug"), "ghost/slug")
    found.moment("date", post.get("published_at"), "ghost/published_at")
    found.values["status"] = "published" if post.get("status") == "published" else "draft"
    writers = [one for one in data.get("posts_authors", []) if one.get("post_id") == post.get("id")]
    found.names(
        [names.get(one.get("author_id")) for one in writers] or [names.get(post.get("author_id"))], "ghost/authors"
    )
    terms = [
        labels.get(one.get("tag_id")) for one in data.get("posts_tags", []) if one.get("post_id") == post.get("id")
    ]
    section = next((str(one) for one in terms if one), "")
    found.put("category", (section,) if section else (), section, "ghost/tags")
    found.many("tags", terms[1:], "ghost/tags")
    found.words("summary", post.get("custom_excerpt"), "ghost/custom_excerpt")
    found.body(fragment.from_html(str(post.get("html") or "")), "ghost/html")
    return found
