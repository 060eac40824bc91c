"""CSV for Excel: as csv_, with the byte order mark that makes Excel read it as UTF-8."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from broadsheet.fields import Frame, Row, Table, cells

SUFFIX = "excel.csv"
DESCRIPTION = "Comma-separated values with a byte order mark: opens in Excel by a double click."
MEDIA_TYPE = "text/csv"
TABLES = ("articles",)
CELL_MAX = 32_767  # characters; Excel's limit of a cell


def frame(table: Table) -> Frame:
    """Return the mark and the header line as the head."""
    return Frame(codecs.BOM_UTF8 + ",".join(table.names).encode() + b"\r\n")


def encoder(table: Table) -> Callable[[Row], bytes]:
    """Return what makes a line of one row. A text longer than Excel holds in a cell is cut there."""
    return cells.line_encoder(table, CELL_MAX)
