"""JSON: one object with a header (what the columns mean) and the list of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import orjson

from broadsheet.fields import Row, Table, Value

SUFFIX = "json"
DESCRIPTION = "JSON: a header that explains the columns, then the articles."
MEDIA_TYPE = "application/json"
TABLES = ("articles",)


def header(table: Table) -> dict[str, Any]:
    """Return what the file says about itself."""
    return {
        "table": table.name,
        "title": table.title,
        "description": table.description,
        "key": list(table.key),
        "describedby": "datapackage.json",
        "fields": [
            {"name": one.name, "type": one.type, "description": one.description, "term": one.term}
            for one in table.fields
        ],
    }


def export_table(table: Table, rows: Iterable[Row], out: BinaryIO) -> None:
    """Write ``{"header": …, "articles": [ … ]}``, one article a line."""
    names = table.names
    out.write(b'{"header":' + orjson.dumps(header(table)) + b',\n"' + table.name.encode() + b'":[')
    before = b"\n"
    for row in rows:
        out.write(before + orjson.dumps(dict(zip(names, row, strict=True))))
        before = b",\n"
    out.write(b"\n]}\n")


def read(source: BinaryIO, table: Table) -> Iterator[dict[str, Value]]:
    """Yield the rows that `export_table` wrote. Holds the file in memory."""
    yield from orjson.loads(source.read())[table.name]
