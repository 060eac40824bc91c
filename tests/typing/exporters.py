"""Read by the type checker alone: every shipped exporter fits its protocol."""

from __future__ import annotations

from broadsheet.fields import DatabaseExporter, Exporter, TableExporter
from exporters import bib, csl, csv_, excel, json_, jsonl, jsonld, ninjs, nquads, parquet, sqlite

TABLE_EXPORTERS: tuple[TableExporter, ...] = (csv_, excel, json_, jsonl, parquet)
EXPORTERS: tuple[Exporter, ...] = (bib, csl, jsonld, ninjs, nquads)
DATABASE_EXPORTERS: tuple[DatabaseExporter, ...] = (sqlite,)
