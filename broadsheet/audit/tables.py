"""Read the data exports back: what each row says of its article."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from broadsheet.audit.facts import from_graph, news_article, nodes, squeeze
from broadsheet.audit.xml import Entry
from broadsheet.fields import cells


class UnreadableTable(ValueError):
    """The file is not what its name says."""


def readable(name: str) -> bool:
    """Tell whether an export is one that `rows` reads."""
    return _kind(name) in _READERS


def rows(path: Path) -> Iterator[Entry]:
    """Yield what each row of an export says. Raise `UnreadableTable`."""
    reader = _READERS[_kind(path.name)]
    try:
        with _open(path) as text:
            for row in reader(text):
                yield _entry(row)
    except (ValueError, csv.Error, OSError, EOFError, RecursionError) as error:
        raise UnreadableTable(str(error)) from error


def _kind(name: str) -> str:
    return name.removesuffix(".gz").removeprefix("data/")


def _open(path: Path) -> IO[str]:
    if path.name.endswith(".gz"):
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


#: The columns that an article's row is known by and compared in, under any of the names that exports give them.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "url": ("url",),
    "headline": ("headline", "title"),
    "authors": ("authors", "author"),
    "published": ("published", "date_published", "datePublished", "date"),
    "modified": ("modified", "date_modified", "dateModified"),
}
_COMPARED = frozenset(name for names in _NAMES.values() for name in names)


def _csv(text: IO[str]) -> Iterator[Mapping[str, Any]]:
    csv.field_size_limit(2**31 - 1)
    lines = csv.reader(text, strict=True)
    names = next(lines, [])
    wanted = [(place, name) for place, name in enumerate(names) if name in _COMPARED]
    for line in lines:
        if len(line) != len(names):
            raise UnreadableTable(f"line {lines.line_num} has {len(line)} cells, not {len(names)}")
        row: dict[str, Any] = {name: cells.unguard(line[place]) for place, name in wanted}
        if "authors" in row:
            row["authors"] = cells.split(row["authors"]) if row["authors"] else []
        yield row


def _json(text: IO[str]) -> Iterator[Mapping[str, Any]]:
    whole = json.load(text)
    listed = whole.get("articles", whole.get("@graph", whole.get("data"))) if isinstance(whole, dict) else whole
    if not isinstance(listed, list):
        raise UnreadableTable("it holds no list of articles")
    yield from (one for one in listed if isinstance(one, dict))


def _jsonl(text: IO[str]) -> Iterator[Mapping[str, Any]]:
    for line in text:
        if line.strip():
            yield json.loads(line)


def _jsonld(text: IO[str]) -> Iterator[Mapping[str, Any]]:
    """Yield each article of a graph of the whole paper together with the authors it names."""
    whole = json.load(text)
    graph = [one for one in nodes(whole) if isinstance(one, dict)] if isinstance(whole, dict) else whole
    known = {one["@id"]: one for one in graph if isinstance(one.get("@id"), str)}
    for one in graph:
        if news_article(one) is not None:
            authors = one.get("author")
            named = [known.get(ref.get("@id"), ref) for ref in authors] if isinstance(authors, list) else []
            yield {"@graph": [one, *named]}


_READERS: Mapping[str, Callable[[IO[str]], Iterator[Mapping[str, Any]]]] = {
    "articles.csv": _csv,
    "articles.json": _json,
    "articles.jsonl": _jsonl,
    "articles.ndjson": _jsonl,
    "articles.jsonld": _jsonld,
    "paper.jsonld": _jsonld,
}


def _entry(row: Mapping[str, Any]) -> Entry:
    """Return what a flat row, or a NewsArticle graph, says."""
    if ("@type" in row or "@graph" in row) and news_article(row) is not None:
        facts = from_graph(row, "")
        if facts is not None:
            return Entry(facts.url, facts.headline, facts.authors, facts.published or "", facts.modified or "")
    headline = _first(row, "headline")
    return Entry(
        url=str(_first(row, "url") or ""),
        headline=None if headline is None else squeeze(headline),
        authors=_authors(_first(row, "authors")),
        published=_first(row, "published"),
        modified=_first(row, "modified"),
    )


def _first(row: Mapping[str, Any], what: str) -> Any:
    """Return the first column that says ``what``, "" where it is there and empty."""
    for name in _NAMES[what]:
        if name in row:
            return row[name] or ""
    return None


def _authors(value: object) -> tuple[str, ...] | None:
    """Return the names of a list of texts or of author nodes."""
    if value is None:
        return None
    listed = value if isinstance(value, list) else [value]
    return tuple(squeeze(one.get("name", "") if isinstance(one, Mapping) else one) for one in listed if one)
