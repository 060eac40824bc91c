"""DICTIONARY.md, the data dictionary, and LICENSE.txt: what people read."""

from __future__ import annotations

from broadsheet.export.datapackage import hint
from broadsheet.export.dataset import Dataset
from broadsheet.fields import Field, Table

_READING = """\
In CSV files a cell that begins with `'` has one `'` too many: it keeps spreadsheets from taking a text for a formula.
Lists are joined by a semicolon and a blank; a semicolon or backslash inside a value has a backslash before it.
Objects are JSON. An empty cell is no value."""


def dictionary(dataset: Dataset) -> str:
    """Return the data dictionary as Markdown."""
    return "\n".join(
        [
            f"# {_line(dataset.name)}",
            "",
            _line(dataset.description),
            "",
            f"Version {dataset.version}. {_line(licence(dataset)).strip()}",
            "",
            _READING,
            *(line for table in dataset.tables for line in _table(table)),
            "",
        ]
    )


def licence(dataset: Dataset) -> str:
    """Return what others may do with the data."""
    if dataset.licence is None:
        return "No licence is stated for this data; ask the publisher before you reuse it.\n"
    return f"This data may be used under {dataset.licence.name}: {dataset.licence.url}\n"


def _table(table: Table) -> list[str]:
    key = f" Key: {', '.join(f'`{column}`' for column in table.key)}." if table.key else ""
    return [
        "",
        f"## {table.name}",
        "",
        table.description + key,
        "",
        "| column | type | meaning | example | schema.org |",
        "|---|---|---|---|---|",
        *(_row(one) for one in table.fields),
    ]


def _row(field: Field) -> str:
    cells = (
        f"`{field.name}`",
        field.type,
        field.description + hint(field),
        f"`{field.example}`",
        field.term or "",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _line(text: str) -> str:
    return " ".join(text.split())
