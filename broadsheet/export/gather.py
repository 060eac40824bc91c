"""One walk over the articles: the rows of every table, put aside in files so that memory stays small.

What stays in memory is one row an author, agency, place, section or tag, and counts.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any, Self

import orjson

from broadsheet.fields import ARTICLES, BASES, PROBLEMS, Row, Table, Value
from broadsheet.model import BroadsheetError, Problem, Published

#: Rows of the preview on the data page.
PREVIEW_ROWS = 25
#: Bytes of a table that are kept in memory before they go to a file.
_IN_MEMORY = 1 << 20


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
    bases: dict[str, Counter[str]] = field(default_factory=dict)  # column → basis, or "" where unrecorded


class Gathered:
    """The rows of the tables, and what is known about all of them. `gather` makes and closes it."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self.tables = tuple(tables)
        self.rows_of: dict[str, int] = dict.fromkeys((one.name for one in self.tables), 0)
        self.counts = Counts()
        self.preview: list[dict[str, Value]] = []
        self.newest = ""  # day of the newest date in the articles, "" where all are undated
        self.oldest = ""
        self._spools: dict[str, IO[bytes]] = {
            one.name: tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by close()
            for one in self.tables
        }
        self._distinct: dict[str, dict[Value, list[Value]]] = {one.name: {} for one in self.tables if one.distinct}
        self._hash = hashlib.sha256()

    def close(self) -> None:
        """Let go of the rows."""
        for spool in self._spools.values():
            spool.close()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the rows of the articles, lower-case hex."""
        return self._hash.hexdigest()

    def add(self, published: Published) -> None:
        """Take the rows of one article."""
        self._count(published)
        for table in self.tables:
            if table.distinct:
                _merge(self._distinct[table.name], table.rows(published))
            else:
                for row in table.rows(published):
                    self._put(table, row, published.slug)

    def add_problem(self, problem: Problem) -> None:
        """Take one problem."""
        if PROBLEMS.name in self._spools:
            self._put(PROBLEMS, [one.read(problem) for one in PROBLEMS.fields], problem.file)

    def finish(self) -> Self:
        """Put the rows of the distinct tables aside, in the order of their keys."""
        for table in self.tables:
            for key, row in sorted(self._distinct.pop(table.name, {}).items(), key=lambda pair: str(pair[0])):
                self._put(table, row, str(key))
        return self

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows of one table."""
        spool = self._spools[table.name]
        spool.seek(0)
        for line in spool:
            yield orjson.loads(line)

    def _put(self, table: Table, row: list[Value], key: str) -> None:
        try:
            line = orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
        except TypeError as error:
            raise _unexportable(table, row, key) or error from None
        if b"\\u0000" in line:  # NUL ends a text in too many formats; U+FFFD stands for it, as in HTML
            line = orjson.dumps(without_nul(orjson.loads(line)), option=orjson.OPT_APPEND_NEWLINE)
        self._spools[table.name].write(line)
        self.rows_of[table.name] += 1
        if table.name == ARTICLES.name:
            self._hash.update(line)
            if len(self.preview) < PREVIEW_ROWS:
                self.preview.append(dict(zip(table.names, orjson.loads(line), strict=True)))

    def _count(self, published: Published) -> None:
        article, counts = published.article, self.counts
        day = article.published.isoformat()[:10] if article.published else ""
        counts.months[day[:7]] += 1
        counts.sections[article.section[0] if article.section else ""] += 1
        counts.agencies.update({agency.name for agency in article.agencies})
        for column, key in BASES.items():
            found = article.evidence.get(key)
            counts.bases.setdefault(column, Counter())[found.basis if found else ""] += 1
        if day:
            changed = article.modified.isoformat()[:10] if article.modified else day
            self.newest = max(self.newest, day, changed)
            self.oldest = min(self.oldest or day, day)


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


def _merge(rows: dict[Value, list[Value]], found: Iterable[list[Value]]) -> None:
    """Keep one row a key, the first value that is not empty; the last column counts articles."""
    met: set[Value] = set()
    for row in found:
        key = row[0]
        kept = rows.setdefault(key, [*row[:-1], 0])
        for column, value in enumerate(row[:-1]):
            if kept[column] in (None, []):
                kept[column] = value
        if key not in met:
            met.add(key)
            kept[-1] += 1  # type: ignore[operator]


def _unexportable(table: Table, row: list[Value], key: str) -> UnexportableTextError | None:
    for name, value in zip(table.names, row, strict=True):
        try:
            orjson.dumps(value)
        except TypeError:
            return UnexportableTextError(table.name, key, name)
    return None
