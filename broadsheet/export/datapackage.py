"""datapackage.json: Frictionless Data Package v2 with Table Schema (datapackage.org, 2024-06-26)."""

from __future__ import annotations

from typing import Any

from broadsheet.export.dataset import Dataset
from broadsheet.export.files import File
from broadsheet.fields import Field, Table

_PROFILE = "https://datapackage.org/profiles/2.0/"
_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "date": "date", "object": "object"}


def descriptor(dataset: Dataset, name: str) -> dict[str, Any]:
    """Return the Data Package. ``name`` is its short name: [a-z0-9-]."""
    tables = {one.name: one for one in dataset.tables}
    foreign = {one.table for one in dataset.files if one.format == "csv"}
    return {
        "$schema": f"{_PROFILE}datapackage.json",
        "name": name,
        "id": dataset.url,
        "title": dataset.name,
        "description": dataset.description,
        "homepage": dataset.url,
        "version": dataset.version,
        **({"licenses": [{"path": dataset.licence.url, "title": dataset.licence.name}]} if dataset.licence else {}),
        "contributors": [{"title": dataset.publisher, "path": dataset.home, "roles": ["publisher"]}],
        "resources": [
            _plain(one) | (_table(one, tables[one.table], foreign) if one.table else {}) for one in dataset.files
        ],
    }


def _plain(file: File) -> dict[str, Any]:
    """Describe a file that is no table to readers: its format in capitals keeps frictionless from opening it as one."""
    return {
        "name": file.name.lower().replace(".", "-"),
        "path": file.name,
        "title": file.name,
        "description": file.description,
        "format": file.format.upper(),
        "mediatype": file.media_type,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }


def _table(file: File, table: Table, foreign: set[str | None]) -> dict[str, Any]:
    if file.format != "csv":
        return {"schema": {key: value for key, value in schema(table, foreign).items() if key == "fields"}}
    return {
        "name": table.name,
        "type": "table",
        "format": file.format,
        "title": table.title,
        "description": table.description,
        "encoding": "utf-8",
        "schema": schema(table, foreign),
    }


def schema(table: Table, known: set[str | None]) -> dict[str, Any]:
    """Return the Table Schema. ``known`` are the tables of the package: foreign keys lead only there."""
    found: dict[str, Any] = {
        "$schema": f"{_PROFILE}tableschema.json",
        "fields": [_field(one) for one in table.fields],
        "missingValues": [""],
    }
    if table.key and set(table.key) <= set(table.names):
        found["primaryKey"] = list(table.key)
    links = [link for link in table.links if link[1] in known and link[0] in table.names]
    if links:
        found["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": "" if other == table.name else other, "fields": [key]}}
            for column, other, key in links
        ]
    return found


def _field(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": field.name,
        "type": _TYPES.get(field.type, "string"),
        "title": field.name.replace("_", " "),
        "description": field.description + hint(field),
        "example": field.example,
    }
    if field.term:
        found["rdfType"] = f"https://schema.org/{field.term}"
    if field.required:
        found["constraints"] = {"required": True}
    return found


def hint(field: Field) -> str:
    """Return how a cell of a list is read, or ""."""
    return " Several values are parted by a semicolon and a blank." if field.type == "list" else ""
