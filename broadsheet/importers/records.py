"""JSON Lines, or a JSON list, of scraped articles → articles, by a map of field names.

Each of our fields is looked for under the names that scrapers use; ``--field
title=kop`` puts one before them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from broadsheet.importers import Options, fragment, sources
from broadsheet.importers.gathered import Gathered
from broadsheet.importers.html.page import address
from broadsheet.model import Article, Problem, Source

MAX_LINE: Final = 8 * 1024 * 1024

#: Our field → the names that scrapers give it, the likeliest first.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "title": ("headline", "title", "heading", "name"),
    "date": (
        "datePublished",
        "date_published",
        "published",
        "published_at",
        "publish_date",
        "pub_date",
        "date",
        "created_at",
    ),
    "modified": ("dateModified", "date_modified", "modified", "updated", "updated_at"),
    "authors": ("authors", "author", "byline", "creator"),
    "category": ("articleSection", "section", "category", "channel"),
    "tags": ("tags", "keywords", "topics"),
    "summary": ("summary", "description", "standfirst", "excerpt", "abstract", "lead"),
    "body": (
        "articleBody",
        "body",
        "text",
        "content",
        "maintext",
        "full_text",
        "article",
        "body_html",
        "content_html",
        "html",
    ),
    "lang": ("inLanguage", "language", "lang"),
    "dateline": ("dateline",),
    "url": ("url", "link", "source_url", "canonical_url", "permalink"),
    "image": ("image", "image_url", "top_image", "thumbnail"),
    "publisher": ("publisher", "source_name", "site_name", "outlet", "sitename"),
    "slug": ("slug",),
}


def recognise(head: bytes, name: str) -> bool:
    """Tell whether a source is JSON Lines or a JSON list of objects."""
    start = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"["):
        return start[1:].lstrip().startswith((b"{", b"]"))
    return start.startswith(b'{"') or (start.startswith(b"{") and name.lower().endswith((".json", ".jsonl", ".ndjson")))


def read(source: Path, options: Options) -> Iterator[Article | Problem]:
    """Yield the articles of a file, one line at a time where it has lines."""
    names = {key: (*filter(None, [options.fields.get(key)]), *found) for key, found in NAMES.items()}
    for number, record in _records(source, options):
        if isinstance(record, Problem):
            yield record
            continue
        article = _gather(record, names).article()
        message = f"Record {number} has no title; name its field with --field title=…"
        yield article or sources.problem(source, "record-title", message, number)


def _records(source: Path, options: Options) -> Iterator[tuple[int, Mapping[str, Any] | Problem]]:
    with source.open("rb") as stream:
        first = stream.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n")
    if first.startswith(b"["):
        yield from _list(source, options)
        return
    with source.open("rb") as stream:
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                yield (
                    number,
                    sources.problem(source, "record-size", f"The line is longer than {MAX_LINE:,} bytes.", number),
                )
                return
            if line.strip():
                yield number, _object(line, source, number)


def _list(source: Path, options: Options) -> Iterator[tuple[int, Mapping[str, Any] | Problem]]:
    raw = sources.load(source, options.max_bytes)
    if isinstance(raw, Problem):
        yield 0, raw
        return
    try:
        found = json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        yield 0, sources.problem(source, "record-syntax", f"This is not JSON: {error}.", getattr(error, "lineno", 0))
        return
    for number, one in enumerate(found, 1):
        wrong = sources.problem(source, "record-shape", f"Record {number} is not an object; it is left out.", number)
        yield number, one if isinstance(one, dict) else wrong


def _object(line: bytes, source: Path, number: int) -> Mapping[str, Any] | Problem:
    try:
        found = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        return sources.problem(source, "record-syntax", f"The line is not JSON: {error}.", number)
    if not isinstance(found, dict):
        return sources.problem(source, "record-shape", "The line is not a JSON object; it is left out.", number)
    return found


def _no_constant(name: str) -> None:
    message = f"{name} is no JSON value"
    raise ValueError(message)


def _gather(record: Mapping[str, Any], names: Mapping[str, tuple[str, ...]]) -> Gathered:
    found = Gathered()
    picked = {key: _pick(record, options) for key, options in names.items()}
    link = address(str(picked["url"][1] or ""), None)
    found.source = Source(url=link)
    for key in ("title", "summary", "lang", "dateline", "slug"):
        name, value = picked[key]
        found.words(key, _word(value), f"record/{name}")
    for key in ("date", "modified"):
        name, value = picked[key]
        found.moment(key, _word(value), f"record/{name}")
    name, value = picked["authors"]
    found.names(_words(value), f"record/{name}")
    name, value = picked["category"]
    sections = tuple(str(one).strip() for one in _words(value) if str(one).strip())
    found.put("category", sections[:1], sections[0] if sections else "", f"record/{name}")
    name, value = picked["tags"]
    tags = value.split(",") if isinstance(value, str) else _words(value)
    found.many("tags", tags, f"record/{name}")
    name, value = picked["publisher"]
    found.publisher(_word(value), f"record/{name}")
    name, value = picked["image"]
    found.picture(address(str(_word(value) or ""), link), f"record/{name}")
    name, value = picked["body"]
    text = "\n\n".join(map(str, value)) if isinstance(value, list) else value
    if isinstance(text, str):
        markup = name in {"html", "body_html", "content_html"}
        found.body(fragment.from_html(text, link) if markup else fragment.to_markdown(text, link), f"record/{name}")
    return found


def _pick(record: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, Any]:
    return next(
        ((name, value) for name in names if (value := _at(record, name)) not in (None, "", [])), (names[0], None)
    )


def _at(record: Mapping[str, Any], name: str) -> Any:
    """Return the value of a field; "meta.kop" is the field kop of the object meta, where no field has that whole name."""
    if name in record or "." not in name:
        return record.get(name)
    first, _, rest = name.partition(".")
    inner = record.get(first)
    return _at(inner, rest) if isinstance(inner, dict) else None


def _words(value: Any) -> list[Any]:
    values = value if isinstance(value, list) else [value]
    return [word for one in values if (word := _word(one)) not in (None, "")]


def _word(value: Any) -> Any:
    """Return the text of a value that may be a list or an object with a name."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("name") or value.get("url") or value.get("@value") if isinstance(value, dict) else value
