"""Parquet: typed columns, zstd; lists are lists, days are dates, objects are JSON texts.

`articles.parquet` has ``published_year`` to part a large paper by (docs/data.md). Needs pyarrow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

import orjson

from broadsheet.fields import Field, Row, Table, Value, require

SUFFIX = "parquet"
DESCRIPTION = "Parquet: typed columns for DuckDB, pandas, Polars and R."
MEDIA_TYPE = "application/vnd.apache.parquet"
ROWS = 20_000  # of a row group; what is held in memory


def export_table(table: Table, rows: Iterable[Row], out: BinaryIO) -> None:
    """Write one table."""
    pyarrow, parquet = require("pyarrow", "parquet"), require("pyarrow.parquet", "parquet")
    schema = pyarrow.schema(
        [
            pyarrow.field(
                one.name, _type(pyarrow, one), nullable=not one.required, metadata={"description": one.description}
            )
            for one in table.fields
        ]
    )
    packers = [_PACKERS.get(one.type, _same) for one in table.fields]
    waiting = iter(rows)
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := list(islice(waiting, ROWS)):
            columns = zip(*group, strict=True)
            arrays = [
                pyarrow.array(map(pack, column), one.type)
                for pack, column, one in zip(packers, columns, schema, strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


def read(source: BinaryIO, table: Table) -> Iterator[dict[str, Value]]:
    """Yield the rows that `export_table` wrote."""
    parquet = require("pyarrow.parquet", "parquet")
    unpackers = {one.name: _UNPACKERS.get(one.type, _same) for one in table.fields}
    for group in parquet.ParquetFile(source).iter_batches():
        for row in group.to_pylist():
            yield {name: unpackers[name](value) for name, value in row.items()}


def _type(pyarrow: Any, field: Field) -> Any:
    return {
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "list": pyarrow.list_(pyarrow.string()),
    }.get(field.type, pyarrow.string())


def _same(value: Any) -> Any:
    return value


_PACKERS: dict[str, Callable[[Any], Any]] = {
    "date": lambda day: date.fromisoformat(day) if day else None,
    "object": lambda value: orjson.dumps(value).decode() if value is not None else None,
    "number": lambda value: float(value) if value is not None else None,
}
_UNPACKERS: dict[str, Callable[[Any], Any]] = {
    "date": lambda day: day.isoformat() if day else None,
    "object": lambda text: orjson.loads(text) if text is not None else None,
}
