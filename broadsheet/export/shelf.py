"""The rows of one table while an export is made: in a file, or in memory where a table keeps one row a key."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

import orjson

from broadsheet.fields import Part, Row, Table, Value
from broadsheet.model import BroadsheetError, Published

_BUFFER = 1 << 16  # bytes of a table in memory

#: The rows of one article in one table: how many, and as JSON lines.
Lines = tuple[int, bytes]


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


class Shelf:
    """The rows of one table. `add` takes an article; `lines` and `take` are its two halves."""

    def __init__(self, table: Table, *, hashed: bool) -> None:
        self.table = table
        self.count = 0
        self.hash = hashlib.sha256() if hashed else None
        self.file = tempfile.TemporaryFile(buffering=_BUFFER)  # noqa: SIM115 - closed by close()
        self._readers = tuple(one.read for one in table.fields)
        self._distinct: dict[Value, list[Value]] = {}  # key → row; its last column counts articles
        self._known: dict[Hashable, list[Value]] = {}  # author, place … → its row

    def close(self) -> None:
        """Let go of the rows."""
        self.file.close()

    def add(self, published: Published) -> None:
        """Take the rows of one article."""
        if self.table.distinct:
            _count([self._row_of(one) for one in self.table.items(published)])
        else:
            self._write(*self.lines(published))

    def lines(self, published: Published) -> Lines:
        """Return the rows of one article. Raise `UnexportableTextError`."""
        readers, slug = self._readers, published.slug
        found = [self._line([read(one) for read in readers], slug) for one in self.table.items(published)]
        return len(found), b"".join(found)

    def take(self, lines: Lines) -> None:
        """Take what `lines` returned, in this export or an earlier one."""
        if self.table.distinct:
            _count([self._merged(orjson.loads(line)) for line in lines[1].splitlines()])
        else:
            self._write(*lines)

    def put(self, row: list[Value], key: str) -> None:
        """Take one row. ``key`` names it in an error."""
        self._write(1, self._line(row, key))

    def finish(self) -> None:
        """Write the rows that were kept in memory, in the order of their keys."""
        for key, row in sorted(self._distinct.items(), key=lambda pair: str(pair[0])):
            self.put(row, str(key))
        self._distinct.clear()
        self._known.clear()

    def rows(self) -> Iterator[Row]:
        """Yield the rows."""
        self.file.seek(0)
        return map(orjson.loads, self.file)

    def _write(self, count: int, lines: bytes) -> None:
        self.file.write(lines)
        if self.hash is not None:
            self.hash.update(lines)
        self.count += count

    def _line(self, row: list[Value], key: str) -> bytes:
        try:
            line = orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
        except TypeError as error:
            raise _unexportable(self.table, row, key) or error from None
        if b"\\u0000" in line:  # NUL ends a text in too many formats; U+FFFD stands for it, as in HTML
            line = orjson.dumps(without_nul(orjson.loads(line)), option=orjson.OPT_APPEND_NEWLINE)
        return line

    def _row_of(self, one: Any) -> list[Value]:
        what = one.what if isinstance(one, Part) else one
        known = self._known.get(what)
        if known is None:
            known = self._known[what] = self._merged([read(one) for read in self._readers])
        return known

    def _merged(self, row: list[Value]) -> list[Value]:
        """Return the one row of an author, place …: of each column the first value that is not empty."""
        kept = self._distinct.get(row[0])
        if kept is None:
            row[-1] = 0
            kept = self._distinct[row[0]] = row
        elif kept[:-1] != row[:-1]:
            kept[:-1] = [old if old not in (None, []) else new for old, new in zip(kept[:-1], row[:-1], strict=True)]
        return kept


def _count(met: Iterable[list[Value]]) -> None:
    """Count one article on each row, once even where it names an author twice."""
    for row in {id(row): row for row in met}.values():
        row[-1] += 1  # type: ignore[operator]


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
