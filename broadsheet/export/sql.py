"""duckdb.sql: views that read each file with the types of the columns, so that all formats compare equal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from broadsheet.fields import Field, Table

#: Formats that DuckDB reads, the best first.
READ = ("parquet", "jsonl", "csv")
_TYPES = {
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "list": "VARCHAR[]",
    "object": "JSON",
}
_LINE = 64 * 1024 * 1024  # bytes; DuckDB's own limit of a line is two megabytes


def views(tables: Iterable[Table], files: Mapping[tuple[str, str], PurePath]) -> str:
    """Return SQL that makes a view a file, ``articles_csv``, and one a table, ``articles``.

    ``files`` maps (table, format) to the path that the view shall read.
    """
    lines = ["-- Views over the files beside this one: duckdb -init duckdb.sql"]
    for table in tables:
        found = [form for form in READ if (table.name, form) in files]
        lines += [
            f"CREATE VIEW {table.name}_{form} AS {_READERS[form](table, files[table.name, form])};" for form in found
        ]
        if found:
            lines.append(f"CREATE VIEW {table.name} AS FROM {table.name}_{found[0]};")
    return "\n".join([*lines, ""])


def _parquet(table: Table, path: PurePath) -> str:
    columns = ", ".join(f'"{one.name}"::{_type(one)} AS "{one.name}"' for one in table.fields)
    return f"SELECT {columns} FROM read_parquet({_quoted(path)})"  # noqa: S608 - names of our own


def _jsonl(table: Table, path: PurePath) -> str:
    columns = ", ".join(f"'{one.name}': '{_type(one)}'" for one in table.fields)
    options = f"format = 'newline_delimited', maximum_object_size = {_LINE}, columns = {{{columns}}}"
    return f"FROM read_json({_quoted(path)}, {options})"


def _csv(table: Table, path: PurePath) -> str:
    names = ", ".join(f"'{one.name}': 'VARCHAR'" for one in table.fields)
    columns = ", ".join(f'{_cell(one)} AS "{one.name}"' for one in table.fields)
    options = (
        "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', "
        f"max_line_size = {_LINE}, columns = {{{names}}}"
    )
    return f"SELECT {columns} FROM read_csv({_quoted(path)}, {options})"  # noqa: S608 - names of our own


_READERS = {"parquet": _parquet, "jsonl": _jsonl, "csv": _csv}


def _type(field: Field) -> str:
    return _TYPES.get(field.type, "VARCHAR")


def _cell(field: Field) -> str:
    """Return SQL that undoes what `broadsheet.fields.cells` does to a value."""
    name = f'"{field.name}"'
    if field.type in {"integer", "number", "boolean", "date", "object"}:
        return f"{name}::{_type(field)}"
    text = f"CASE WHEN starts_with({name}, '''') THEN substr({name}, 2) ELSE {name} END"
    if field.type != "list":
        return text
    hidden = rf"replace(replace({text}, '\\', chr(1)), '\;', chr(2))"
    shown = r"replace(replace(one, chr(2), ';'), chr(1), '\')"
    return f"coalesce(list_transform(string_split({hidden}, '; '), lambda one: {shown}), [])"


def _quoted(path: PurePath) -> str:
    return "'" + str(path).replace("'", "''") + "'"
