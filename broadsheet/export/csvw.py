"""csvw-metadata.json: W3C CSV on the Web, Metadata Vocabulary for Tabular Data (2015-12-17)."""

from __future__ import annotations

from typing import Any

from broadsheet.export.dataset import Dataset
from broadsheet.fields import Field, Table
from broadsheet.fields.cells import SEPARATOR

_TYPES = {
    "integer": "integer",
    "number": "double",
    "boolean": "boolean",
    "date": {"base": "date", "format": "yyyy-MM-dd"},
    "object": "json",
}


def descriptor(dataset: Dataset) -> dict[str, Any]:
    """Return the table group of the CSV files."""
    written = {one.table: one.name for one in dataset.files if one.format == "csv" and one.table}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "@type": "TableGroup",
        "dc:title": dataset.name,
        "dc:description": dataset.description,
        "dc:identifier": dataset.url,
        "dc:publisher": dataset.publisher,
        **({"dc:license": {"@id": dataset.licence.url}} if dataset.licence else {}),
        "dialect": {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "tables": [_table(one, written) for one in dataset.tables if one.name in written],
    }


def _table(table: Table, written: dict[str, str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(one) for one in table.fields]}
    if table.key and set(table.key) <= set(table.names):
        schema["primaryKey"] = list(table.key)
    required = {one.name for one in table.fields if one.required}  # validators refuse an empty foreign key
    links = [link for link in table.links if link[1] in written and link[0] in required]
    if links:
        schema["foreignKeys"] = [
            {"columnReference": column, "reference": {"resource": written[other], "columnReference": key}}
            for column, other, key in links
        ]
    return {
        "url": written[table.name],
        "dc:title": table.title,
        "dc:description": table.description,
        "tableSchema": schema,
    }


def _column(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": field.name,
        "titles": field.name,
        "dc:description": field.description,
        "datatype": _TYPES.get(field.type, "string"),
    }
    if field.type == "list":
        found["separator"] = SEPARATOR
    if field.term:
        found["propertyUrl"] = f"https://schema.org/{field.term}"
    if field.required:
        found["required"] = True
    return found
