"""Rows as JSON lines: the form in which every format gets the same values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson

from broadsheet.fields import Row, Table, Value
from broadsheet.model import BroadsheetError, Published


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


def liner(table: Table) -> Callable[[Any, str], bytes]:
    """Return what makes the line of one of the table's items. A key names it in an `UnexportableTextError`."""
    readers = tuple(one.read for one in table.fields)
    return lambda one, key: line(table, [read(one) for read in readers], key)


def line(table: Table, row: list[Value], key: str) -> bytes:
    """Return a row as JSON on a line. Raise `UnexportableTextError`."""
    try:
        found = orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError as error:
        raise _unexportable(table, row, key) or error from None
    if b"\\u0000" in found:  # NUL ends a text in too many formats; U+FFFD stands for it, as in HTML
        found = orjson.dumps(without_nul(orjson.loads(found)), option=orjson.OPT_APPEND_NEWLINE)
    return found


def rows_of(table: Table, published: Iterable[Published]) -> Iterator[Row]:
    """Yield the rows that articles have in a table that is not distinct. Raise `UnexportableTextError`."""
    make = liner(table)
    for one in published:
        for item in table.items(one):
            yield orjson.loads(make(item, one.slug))


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
