"""What was added, changed and removed since an earlier version: a table, CHANGES.md and a feed.

The earlier version is an ``articles.jsonl`` that an export wrote. `remember` keeps the one that
was published, so that builds before the next publication all compare with it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

import orjson

from broadsheet.config import Site
from broadsheet.export.dataset import Dataset
from broadsheet.fields import Change, Row, Table
from broadsheet.model import BroadsheetError

FILE = "articles.jsonl"
_FIRST = b'{"id":"'
#: Position among the articles that stand in lists, and what became of the article there.
Placed = tuple[int, Change]


class NoEarlierVersionError(BroadsheetError):
    """The earlier version cannot be read."""


def remember(folder: Path, site: Site) -> None:
    """Keep the articles.jsonl of ``folder`` as the published version; call it after a deploy."""
    if (folder / FILE).is_file():
        kept = site.state / "published" / FILE
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / FILE, kept)


def published(site: Site) -> Path | None:
    """Return the version that was published last, if one is remembered."""
    kept = site.state / "published" / FILE
    return kept if kept.is_file() else None


def earlier_file(stated: Path) -> Path:
    """Return the articles.jsonl that a path names: itself, or the one in the folder. Raise `NoEarlierVersionError`."""
    found = stated / FILE if stated.is_dir() else stated
    if not found.is_file():
        raise NoEarlierVersionError(f"There is no {FILE} at {stated}; name a folder of earlier exports, or a day.")
    return found


def lines(table: Table, rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield rows as articles.jsonl has them."""
    names = table.names
    return (orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE) for row in rows)


def compare(now: Iterable[bytes], earlier: Path) -> Iterator[Placed]:
    """Yield what changed, in the order of ``now``, the lines of an articles.jsonl; removed articles last.

    With each comes the number of its line from 0, and with what was removed the number of lines. Of the earlier version only the places of its lines are kept in memory. Raise `NoEarlierVersionError`.
    """
    with earlier.open("rb") as source:
        places = {identity(line, earlier, number): place for number, place, line in _numbered(source)}
        number = -1
        for number, line in enumerate(now):
            place = places.pop(identity(line, earlier), None)
            if place is not None:
                source.seek(place)
            found = compared(line, source.readline() if place is not None else b"", earlier)
            if found is not None:
                yield number, found
        for place in places.values():
            source.seek(place)
            yield number + 1, removed(source.readline())


def removed(line: bytes) -> Change:
    """Return that the article of a line of the earlier version is gone."""
    return _change(orjson.loads(line), "removed")


def stamp(earlier: Path | None) -> tuple[int, ...]:
    """Return what tells one earlier version from another without reading it: size, time of change in ns."""
    status = earlier.stat() if earlier is not None else None
    return (status.st_size, status.st_mtime_ns) if status is not None else ()


def line_of(article: bytes, earlier: bytes) -> bytes:
    """Return the line of an article in an articles.jsonl, nothing where there is none."""
    begin = _FIRST + article + b'"'
    start = 0 if earlier.startswith(begin) else earlier.find(b"\n" + begin) + 1
    return earlier[start : earlier.find(b"\n", start) + 1] if earlier.startswith(begin, start) else b""


def compared(now: bytes, before: bytes, earlier: Path) -> Change | None:
    """Return what became of an article whose line was ``before``, nothing where it is new; most are as they were."""
    if now == before:
        return None
    row = orjson.loads(now)
    if not before:
        return _change(row, "added")
    try:
        old = orjson.loads(before)
    except ValueError:
        raise _no_article(earlier, 0) from None
    columns = tuple(name for name in row if name in old and old[name] != row[name])
    return _change(row, "changed", columns) if columns else None


def _numbered(source: Iterable[bytes]) -> Iterator[tuple[int, int, bytes]]:
    """Yield (number from 1, offset, line)."""
    place = 0
    for number, line in enumerate(source, 1):
        yield number, place, line
        place += len(line)


def identity(line: bytes, file: Path, number: int = 0) -> bytes:
    """Return the id that a line names first, which no escape can be in, or anywhere."""
    start = len(_FIRST)
    end = line.find(b'"', start) if line.startswith(_FIRST) else -1
    if end > start:
        return line[start:end]
    try:
        return str(orjson.loads(line)["id"]).encode()
    except (ValueError, TypeError, KeyError):
        raise _no_article(file, number) from None


def _no_article(file: Path, number: int) -> NoEarlierVersionError:
    where = f"{file}:{number}" if number else str(file)
    return NoEarlierVersionError(
        f"{where}: This line is no article of an export; name an articles.jsonl that broadsheet wrote."
    )


def _change(row: Mapping[str, object], change: str, columns: tuple[str, ...] = ()) -> Change:
    headline, url = row.get("headline"), row.get("url")
    return Change(str(row["id"]), change, str(headline) if headline else None, str(url) if url else None, columns)


def text(dataset: Dataset, changes: Sequence[Change], total: int, *, first: bool) -> str:
    """Return CHANGES.md."""
    head = [f"# Changes in version {dataset.version}", ""]
    if first:
        return "\n".join([*head, "No version was published before this one.", ""])
    if not changes:
        return "\n".join([*head, "Nothing changed since the version published before.", ""])
    rows = [f"| {one.change} | {_cell(one.headline or one.article)} | {', '.join(one.columns)} |" for one in changes]
    more = [f"{total - len(changes):,} more are in the table `changes`.", ""] if total > len(changes) else []
    return "\n".join([*head, "| change | article | columns |", "|---|---|---|", *rows, "", *more])


def _cell(value: str) -> str:
    plain = "".join(mark if mark.isprintable() else " " for mark in value)
    return escape(" ".join(plain.split()), quote=False).replace("|", "\\|").replace("[", "\\[")


def feed(dataset: Dataset, changes: Sequence[Change]) -> str:
    """Return the changes as an Atom feed (RFC 4287). Its time is the newest date of the data."""
    updated = f"{dataset.newest or '1970-01-01'}T00:00:00Z"
    address = f"{dataset.home}/data/changes.atom.xml"
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom">',
            f"<title>{_xml(dataset.name)}: changes</title>",
            f"<id>{_xml(address)}</id>",
            f'<link rel="self" type="application/atom+xml" href="{_xml(address)}"/>',
            f'<link rel="alternate" type="text/html" href="{_xml(dataset.url)}"/>',
            f"<updated>{updated}</updated>",
            f"<author><name>{_xml(dataset.publisher)}</name></author>",
            *(_entry(one, dataset, updated) for one in changes),
            "</feed>",
            "",
        ]
    )


def _entry(one: Change, dataset: Dataset, updated: str) -> str:
    told = f"{one.change}: {', '.join(one.columns)}" if one.columns else one.change
    link = f'<link href="{_xml(one.url)}"/>' if one.url else ""
    return (
        f"<entry><title>{_xml(one.headline or one.article)}</title>"
        f"<id>{_xml(f'{one.url or dataset.url}#{dataset.version}')}</id>{link}"
        f"<updated>{updated}</updated><summary>{_xml(told)}</summary></entry>"
    )


def _xml(value: str) -> str:
    """Return text for XML; readers that take it for HTML find no tag in it either."""
    plain = "".join(mark if mark.isprintable() else " " for mark in value)
    return escape(plain.replace("<", "\u2039").replace(">", "\u203a"))
