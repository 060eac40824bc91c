"""CSV: UTF-8 without a byte order mark, RFC 4180 (CRLF, quotes doubled), one header line.

`broadsheet.fields.cells` says how a value becomes a cell, and how it is read back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from broadsheet.fields import Frame, Row, Table, Value, cells

SUFFIX = "csv"
DESCRIPTION = "Comma-separated values, UTF-8: for R, pandas, databases and spreadsheets."
MEDIA_TYPE = "text/csv"
QUOTES = "csv"

LONGEST = 2**31 - 1  # characters of a cell that are read back; Python's own limit is 131,072


def frame(table: Table) -> Frame:
    """Return the header line as the head."""
    return Frame(",".join(table.names).encode() + b"\r\n")


def encoder(table: Table) -> Callable[[Row], bytes]:
    """Return what makes a line of one row."""
    return cells.line_encoder(table)


def read(source: BinaryIO, table: Table) -> Iterator[dict[str, Value]]:
    """Yield the rows of a file. Raise ValueError where the columns are others."""
    csv.field_size_limit(LONGEST)
    lines = csv.reader(io.TextIOWrapper(source, encoding="utf-8-sig", newline=""), strict=True)
    names = tuple(next(lines, ()))
    if names != table.names:
        message = f"The columns are {', '.join(names)}; those of {table.name} are {', '.join(table.names)}."
        raise ValueError(message)
    yield from map(cells.decoder(table), lines)
