"""SQL over exported files, by DuckDB, which sees these files and nothing else of the machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any

import orjson
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.export import sql
from broadsheet.fields import TABLES, Table, require
from broadsheet.model import BroadsheetError


class QueryError(BroadsheetError):
    """A question that cannot be answered: no data, or no SQL."""


class Answer(Struct, frozen=True):
    """The rows of a question."""

    names: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def ask(folder: Path, question: str) -> Answer:
    """Return what the exports in ``folder`` answer to the SQL ``question``. Raise `QueryError`, `MissingExtra`."""
    duckdb = require("duckdb", "query")
    with _base(duckdb, folder) as base:
        try:
            if [one.type for one in base.extract_statements(question)] != [duckdb.StatementType.SELECT]:
                raise QueryError("Ask one question: a SELECT, or FROM … with nothing before it.")
            found = base.execute(question)
            names = tuple(one[0] for one in found.description or ())
            return Answer(names, found.fetchall() if names else ())
        except duckdb.Error as error:
            raise QueryError(f"DuckDB cannot answer that: {str(error).strip()}") from None


@contextmanager
def _base(duckdb: Any, folder: Path) -> Iterator[Any]:
    tables, files = _found(folder)
    base = duckdb.connect()
    try:
        paths = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files.values())
        base.execute(f"SET allowed_paths = [{paths}]")
        base.execute("SET enable_external_access = false")
        base.execute("SET lock_configuration = true")
        base.execute(sql.views(tables, files))
        yield base
    finally:
        base.close()


def _found(folder: Path) -> tuple[list[Table], dict[tuple[str, str], PurePath]]:
    """Return the tables that lie in ``folder``, with the columns that they have there, and their files."""
    tables, files = [], {}
    for table in TABLES:
        for form in sql.READ:
            path = (folder / f"{table.name}.{form}").resolve()
            if path.is_file():
                files[table.name, form] = PurePath(path)
        if any(name == table.name for name, _ in files):
            tables.append(_as_written(table, folder))
    if not tables:
        raise QueryError(
            f"There is no articles.csv, .jsonl or .parquet in {folder}; run `broadsheet build` or `broadsheet export`."
        )
    return tables, files


def _as_written(table: Table, folder: Path) -> Table:
    """Return the table with the columns that datapackage.json names: an export may be a part."""
    path = folder / "datapackage.json"
    resources = orjson.loads(path.read_bytes())["resources"] if path.is_file() else ()
    for one in resources:
        if one["path"].partition(".")[0] == table.name and "schema" in one:
            names = [field["name"] for field in one["schema"]["fields"]]
            return table.only(name for name in names if name in table.names)
    return replace(table, fields=tuple(one for one in table.fields if one.name != "body"))
