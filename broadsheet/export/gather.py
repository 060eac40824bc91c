"""One walk over the articles: the rows of every table, put aside in files so that memory stays small.

What stays in memory is one row an author, agency, place, section or tag, and counts.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import orjson

from broadsheet.fields import BASES, CHANGES, PROBLEMS, Change, Part, Row, Table, Value
from broadsheet.model import BroadsheetError, Problem, Published

#: Rows of the preview on the data page.
PREVIEW_ROWS = 25
#: Changes that CHANGES.md and the feed hold; the table holds all.
MOST_CHANGES = 200
_BUFFER = 1 << 16  # bytes of a table in memory


class UnexportableTextError(BroadsheetError):
    """A value holds what no file format can: half of a surrogate pair."""

    def __init__(self, table: str, key: str, column: str) -> None:
        super().__init__(table, key, column)
        self.table = table
        self.key = key
        self.column = column

    def __str__(self) -> str:
        return (
            f"The {self.column} of {self.key!a} in {self.table} holds half of a surrogate pair, which is not text; "
            "correct it in the content file."
        )


@dataclass(slots=True)
class Counts:
    """What the charts show. Keys are as in the articles."""

    months: Counter[str] = field(default_factory=Counter)  # "2026-03", or "" where undated
    sections: Counter[str] = field(default_factory=Counter)
    agencies: Counter[str] = field(default_factory=Counter)
    bases: dict[str, Counter[str]] = field(
        default_factory=lambda: {one: Counter() for one in BASES}
    )  # column → basis, or "" where unrecorded


class Gathered:
    """The rows of the tables, and what is known about all of them. `gather` makes and closes it."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self.tables = tuple(tables)
        self.counts = Counts()
        self.preview: list[dict[str, Value]] = []
        self.newest = ""  # day of the newest date in the articles, "" where all are undated
        self.oldest = ""
        self.changes: list[Change] = []  # the first of them
        self.changed = 0  # all of them
        self._shelves = {one.name: _Shelf(one, hashed=not n) for n, one in enumerate(self.tables)}

    def close(self) -> None:
        """Let go of the rows."""
        for shelf in self._shelves.values():
            shelf.file.close()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the rows of the first table, lower-case hex."""
        rows = self._shelves[self.tables[0].name].hash
        return rows.hexdigest() if rows is not None else ""

    def count(self, table: Table) -> int:
        """Return the number of rows of one table."""
        return self._shelves[table.name].count

    def add(self, published: Published) -> None:
        """Take the rows of one article."""
        self._count(published)
        for shelf in self._shelves.values():
            shelf.add(published)
        if len(self.preview) < PREVIEW_ROWS:
            table = self.tables[0]
            self.preview += [dict(zip(table.names, without_nul(row), strict=True)) for row in table.rows(published)]

    def add_problem(self, problem: Problem) -> None:
        """Take one problem."""
        if PROBLEMS.name in self._shelves:
            self._shelves[PROBLEMS.name].put([one.read(problem) for one in PROBLEMS.fields], problem.file)

    def add_changes(self, changes: Iterable[Change]) -> None:
        """Take what changed since an earlier version."""
        for change in changes:
            if len(self.changes) < MOST_CHANGES:
                self.changes.append(change)
            self.changed += 1
            if CHANGES.name in self._shelves:
                self._shelves[CHANGES.name].put([one.read(change) for one in CHANGES.fields], change.article)

    def finish(self) -> Self:
        """Put the rows of the distinct tables aside, in the order of their keys."""
        for shelf in self._shelves.values():
            shelf.finish()
        return self

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows of one table."""
        file = self._shelves[table.name].file
        file.seek(0)
        return map(orjson.loads, file)

    def _count(self, published: Published) -> None:
        article, counts = published.article, self.counts
        day = article.published.isoformat()[:10] if article.published else ""
        counts.months[day[:7]] += 1
        counts.sections[article.section[0] if article.section else ""] += 1
        for name in {agency.name for agency in article.agencies}:
            counts.agencies[name] += 1
        for column, key in BASES.items():
            found = article.evidence.get(key)
            counts.bases[column][found.basis if found else ""] += 1
        if day:
            changed = article.modified.isoformat()[:10] if article.modified else day
            self.newest = max(self.newest, day, changed)
            self.oldest = min(self.oldest or day, day)


class _Shelf:
    """The rows of one table, in a file; those of a distinct table in memory until `finish`."""

    def __init__(self, table: Table, *, hashed: bool) -> None:
        self.table = table
        self.readers = tuple(one.read for one in table.fields)
        self.distinct: dict[Value, list[Value]] = {}  # key → row; its last column counts articles
        self.known: dict[Hashable, list[Value]] = {}  # author, place … → its row
        self.count = 0
        self.hash = hashlib.sha256() if hashed else None
        self.file = tempfile.TemporaryFile(buffering=_BUFFER)  # noqa: SIM115 - closed by Gathered.close

    def add(self, published: Published) -> None:
        if self.table.distinct:
            met = [self.row_of(one) for one in self.table.items(published)]
            for row in {id(row): row for row in met}.values():
                row[-1] += 1  # type: ignore[operator]
            return
        readers = self.readers
        for one in self.table.items(published):
            self.put([read(one) for read in readers], published.slug)

    def row_of(self, one: Any) -> list[Value]:
        """Return the one row of an author, place …: of each column the first value that is not empty."""
        what = one.what if isinstance(one, Part) else one
        known = self.known.get(what)
        if known is not None:
            return known
        row = [*(read(one) for read in self.readers[:-1]), 0]
        kept = self.distinct.setdefault(row[0], row)
        kept[:-1] = [old if old not in (None, []) else new for old, new in zip(kept[:-1], row[:-1], strict=True)]
        self.known[what] = kept
        return kept

    def finish(self) -> None:
        for key, row in sorted(self.distinct.items(), key=lambda pair: str(pair[0])):
            self.put(row, str(key))
        self.distinct.clear()
        self.known.clear()

    def put(self, row: list[Value], key: str) -> None:
        try:
            line = orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
        except TypeError as error:
            raise _unexportable(self.table, row, key) or error from None
        if b"\\u0000" in line:  # NUL ends a text in too many formats; U+FFFD stands for it, as in HTML
            line = orjson.dumps(without_nul(orjson.loads(line)), option=orjson.OPT_APPEND_NEWLINE)
        self.file.write(line)
        if self.hash is not None:
            self.hash.update(line)
        self.count += 1


@contextmanager
def gather(
    published: Iterable[Published], tables: Iterable[Table], problems: Iterable[Problem] = ()
) -> Iterator[Gathered]:
    """Give the rows of ``tables`` for a ``with``. Raise `UnexportableTextError`."""
    gathered = Gathered(tables)
    try:
        for one in published:
            gathered.add(one)
        for problem in problems:
            gathered.add_problem(problem)
        yield gathered.finish()
    finally:
        gathered.close()


def without_nul(value: Any) -> Any:
    """Return JSON data with U+FFFD for NUL."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, list):
        return [without_nul(one) for one in value]
    if isinstance(value, dict):
        return {without_nul(key): without_nul(one) for key, one in value.items()}
    return value


def _unexportable(table: Table, row: list[Value], key: str) -> UnexportableTextError | None:
    for name, value in zip(table.names, row, strict=True):
        try:
            orjson.dumps(value)
        except TypeError:
            return UnexportableTextError(table.name, key, name)
    return None
