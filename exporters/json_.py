"""JSON: one object with a header (what the columns mean) and the list of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import orjson

from broadsheet.fields import Frame, Row, Table, Value

SUFFIX = "json"
DESCRIPTION = "JSON: a header that explains the columns, then the articles."
MEDIA_TYPE = "application/json"
QUOTES = "json"
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


def frame(table: Table) -> Frame:
    """Return ``{"header": …, "articles": [ … ]}``, one article a line."""
    head = b'{"header":' + orjson.dumps(header(table)) + b',\n"' + table.name.encode() + b'":['
    return Frame(head, b",", b"\n]}\n")


def encoder(table: Table) -> Callable[[Row], bytes]:
    """Return what makes the object of one row, on a line of its own."""
    names = table.names
    return lambda row: b"\n" + orjson.dumps(dict(zip(names, row, strict=True)))


def read(source: BinaryIO, table: Table) -> Iterator[dict[str, Value]]:
    """Yield the rows of a file. Holds the file in memory."""
    yield from orjson.loads(source.read())[table.name]
