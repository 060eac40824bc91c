"""SQLite: every table in one database, with keys, links and a full-text index; opens in Datasette.

Lists and objects are JSON texts, which SQLite's json functions and Datasette's array facets read.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from broadsheet.fields import Row, Table, Value

NAME = "paper"
SUFFIX = "sqlite"
DESCRIPTION = "SQLite: all tables linked, with full-text search; for SQL and Datasette."
MEDIA_TYPE = "application/vnd.sqlite3"
SEARCHED = ("headline", "kicker", "summary", "authors", "tags", "body")
_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
_JSON = ("list", "object")


def export_tables(tables: Iterable[Table], rows: Callable[[Table], Iterable[Row]], out: BinaryIO) -> None:
    """Write all tables to one database."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            _fill(base, tuple(tables), rows)
        with path.open("rb") as made:
            shutil.copyfileobj(made, out, 1 << 20)


def _fill(base: sqlite3.Connection, tables: tuple[Table, ...], rows: Callable[[Table], Iterable[Row]]) -> None:
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    base.execute("PRAGMA page_size = 4096")
    base.execute("BEGIN")
    for table in tables:
        base.execute(_create(table, {one.name for one in tables}))
        marks = ", ".join("?" * len(table.fields))
        packed = map(_packer(table), rows(table))
        base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', packed)  # noqa: S608 - names of our own
    for table in tables:
        for column, _, _ in table.links:
            if column in table.names and table.key[:1] != (column,):
                base.execute(f'CREATE INDEX "{table.name}_{column}" ON "{table.name}" ("{column}")')
    _index(base, tables[0])
    base.execute("COMMIT")
    base.execute("ANALYZE")
    base.execute("VACUUM")


def _create(table: Table, known: set[str]) -> str:
    parts = [
        f'"{one.name}" {_TYPES.get(one.type, "TEXT")}{" NOT NULL" if one.required else ""}' for one in table.fields
    ]
    if table.key and set(table.key) <= set(table.names):
        parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    parts += [
        f'FOREIGN KEY ("{column}") REFERENCES "{other}" ("{key}")'
        for column, other, key in table.links
        if column in table.names and other in known
    ]
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(parts) + "\n)"


def _index(base: sqlite3.Connection, articles: Table) -> None:
    """Make the full-text index ``articles_fts``, which reads its texts from ``articles``."""
    names = ", ".join(f'"{one}"' for one in SEARCHED if one in articles.names)
    if not names:
        return
    tokens = 'tokenize=unicode61 "remove_diacritics=2"'  # FTS4, for browsers: sql.js is built without FTS5
    base.execute(f'CREATE VIRTUAL TABLE articles_fts USING fts4({names}, content="articles", {tokens})')
    base.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")


def _packer(table: Table) -> Callable[[Row], list[Any]]:
    nested = [number for number, one in enumerate(table.fields) if one.type in _JSON]

    def pack(row: Row) -> list[Any]:
        packed: list[Any] = list(row)
        for number in nested:
            if packed[number] is not None:
                packed[number] = orjson.dumps(packed[number]).decode()
        return packed

    return pack


def read(source: BinaryIO, table: Table) -> Iterator[dict[str, Value]]:
    """Yield the rows of one table as they were written, in their order."""
    nested = {one.name for one in table.fields if one.type in _JSON}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.sqlite"
        with path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        with closing(sqlite3.connect(path)) as base:
            names = ", ".join(f'"{one}"' for one in table.names)
            for row in base.execute(f'SELECT {names} FROM "{table.name}" ORDER BY rowid'):  # noqa: S608 - names of our own
                pairs = zip(table.names, row, strict=True)
                yield {
                    name: orjson.loads(value) if name in nested and value is not None else value
                    for name, value in pairs
                }
