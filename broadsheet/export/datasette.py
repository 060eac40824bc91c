"""datasette.json: what Datasette shows beside paper.sqlite (docs.datasette.io, metadata, 0.65)."""

from __future__ import annotations

from typing import Any

from broadsheet.export.dataset import Dataset
from broadsheet.fields import Table

#: Columns of the articles that are worth a facet.
_FACETS = ("section", "type", "published_basis")
_ARRAYS = ("agencies", "tags")


def descriptor(dataset: Dataset) -> dict[str, Any]:
    """Return the metadata file: ``datasette paper.sqlite --metadata datasette.json``."""
    found: dict[str, Any] = {
        "title": dataset.name,
        "description": dataset.description,
        "source": dataset.publisher,
        "source_url": dataset.home,
        "about": f"Version {dataset.version}",
        "about_url": dataset.url,
        "databases": {"paper": {"tables": {table.name: _table(table) for table in dataset.tables}}},
    }
    if dataset.licence:
        found |= {"license": dataset.licence.name, "license_url": dataset.licence.url}
    return found


def _table(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": table.title,
        "description": table.description,
        "columns": {one.name: one.description for one in table.fields},
    }
    if table.name == "articles":
        found["facets"] = [name for name in _FACETS if name in table.names]
        found["facets"] += [{"array": name} for name in _ARRAYS if name in table.names]
        if "headline" in table.names:
            found["label_column"] = "headline"
        if "published" in table.names:
            found["sort_desc"] = "published"
    return found
