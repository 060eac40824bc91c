"""CSV for Excel: as csv_, with the byte order mark that makes Excel read it as UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from broadsheet.fields import Row, Table, cells

SUFFIX = "excel.csv"
DESCRIPTION = "Comma-separated values with a byte order mark: opens in Excel by a double click."
MEDIA_TYPE = "text/csv"
TABLES = ("articles",)
CELL_MAX = 32_767  # characters; Excel's limit of a cell


def export_table(table: Table, rows: Iterable[Row], out: BinaryIO) -> None:
    """Write one table. A text longer than Excel holds in a cell is cut there."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    encode = cells.encoder(table)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(table.names)
        writer.writerows([cell[:CELL_MAX] for cell in encode(row)] for row in rows)
    finally:
        text.detach()
