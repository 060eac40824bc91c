"""JSON Lines: one object an article, UTF-8, every column on every line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import orjson

from broadsheet.fields import Row, Table, Value

SUFFIX = "jsonl"
DESCRIPTION = "JSON Lines: one object a line, for streaming and for DuckDB."
MEDIA_TYPE = "application/jsonl"
TABLES = ("articles",)


def export_table(table: Table, rows: Iterable[Row], out: BinaryIO) -> None:
    """Write one table."""
    names = table.names
    out.writelines(orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE) for row in rows)


def read(source: BinaryIO, table: Table) -> Iterator[dict[str, Value]]:
    """Yield the rows that `export_table` wrote. Raise ValueError where the columns are others."""
    for number, line in enumerate(source, 1):
        row = orjson.loads(line)
        if tuple(row) != table.names:
            message = f"Line {number} does not have the columns of {table.name}."
            raise ValueError(message)
        yield row
