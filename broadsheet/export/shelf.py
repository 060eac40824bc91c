"""The rows of one table while an export is made: in a file, or in memory where a table keeps one row a key."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from broadsheet.export.rows import line
from broadsheet.fields import Row, Table, Value

_BUFFER = 1 << 16  # bytes of a table in memory


class Shelf:
    """Rows in a file, as JSON lines."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.count = 0
        self._file = tempfile.TemporaryFile(buffering=_BUFFER)  # noqa: SIM115 - closed by close()

    def close(self) -> None:
        """Let go of the rows."""
        self._file.close()

    def take(self, count: int, lines: bytes) -> None:
        """Take ``count`` rows."""
        self._file.write(lines)
        self.count += count

    def put(self, row: list[Value], key: str) -> None:
        """Take one row. ``key`` names it in an `UnexportableTextError`."""
        self.take(1, line(self.table, row, key))

    def rows(self) -> Iterator[Row]:
        """Yield the rows."""
        self._file.seek(0)
        return map(orjson.loads, self._file)


#: A row of a distinct table as a JSON line, its articles, and whether all of them have it in just these bytes.
Entry = tuple[bytes, int, bool]


def rows_of_entries(entries: Iterable[Entry]) -> Iterator[Row]:
    """Yield the rows in the order of their keys."""
    return in_order([*orjson.loads(line)[:-1], count] for line, count, _ in entries)


def in_order(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows in the order of their keys."""
    return iter(sorted(rows, key=lambda row: str(row[0])))


class Distinct:
    """One row a key: the first value of each column that is not empty; the last column counts articles."""

    def __init__(self) -> None:
        self._rows: dict[Value, list[Value]] = {}
        self._known: dict[bytes, list[Value]] = {}  # a row as articles have it → the one of its key

    @property
    def count(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def take(self, lines: Iterable[bytes]) -> None:
        """Take the rows of one article, and count it once on each, even where it names an author twice."""
        met = [self._known.get(one) or self._merged(one) for one in lines]
        for row in met if len(met) == 1 else {id(row): row for row in met}.values():
            row[-1] += 1  # type: ignore[operator]

    def rows(self) -> Iterator[Row]:
        """Yield the rows in the order of their keys."""
        return in_order(self._rows.values())

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the rows so that articles can be counted on them later."""
        said = Counter(map(id, self._known.values()))
        found: dict[bytes, tuple[Any, bool]] = {}
        for stated, row in self._known.items():
            alone = said[id(row)] == 1
            found[stated if alone else orjson.dumps(row)] = (row[-1], alone)
        return tuple(sorted((row, count, alone) for row, (count, alone) in found.items()))

    def _merged(self, line: bytes) -> list[Value]:
        row: list[Value] = orjson.loads(line)
        kept = self._rows.get(row[0])
        if kept is None:
            row[-1] = 0
            kept = self._rows[row[0]] = row
        else:
            kept[:-1] = [old if old not in (None, []) else new for old, new in zip(kept[:-1], row[:-1], strict=True)]
        self._known[line] = kept
        return kept
