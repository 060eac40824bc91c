"""JSON Lines: one object an article, UTF-8, every column on every line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

import orjson

from broadsheet.fields import Row, Table, Value

SUFFIX = "jsonl"
DESCRIPTION = "JSON Lines: one object a line, for streaming and for DuckDB."
MEDIA_TYPE = "application/jsonl"
QUOTES = "json"
TABLES = ("articles",)


def encoder(table: Table) -> Callable[[Row], bytes]:
    """Return what makes the line of one row."""
    names = table.names
    return lambda row: orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE)


def read(source: BinaryIO, table: Table) -> Iterator[dict[str, Value]]:
    """Yield the rows of a file. Raise ValueError where the columns are others."""
    for number, line in enumerate(source, 1):
        row = orjson.loads(line)
        if tuple(row) != table.names:
            message = f"Line {number} does not have the columns of {table.name}."
            raise ValueError(message)
        yield row
