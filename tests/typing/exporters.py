"""Read by the type checker alone: every shipped exporter fits its protocol."""

from __future__ import annotations

from broadsheet.fields import DatabaseExporter, PieceCutter, PieceExporter, RowExporter, TableExporter
from exporters import bib, csl, csv_, excel, json_, jsonl, jsonld, ninjs, nquads, parquet, sqlite

ROW_EXPORTERS: tuple[RowExporter, ...] = (csv_, excel, json_, jsonl)
TABLE_EXPORTERS: tuple[TableExporter, ...] = (parquet,)
PIECE_EXPORTERS: tuple[PieceExporter, ...] = (bib, csl, jsonld, ninjs, nquads)
PIECE_CUTTERS: tuple[PieceCutter, ...] = (jsonld,)
DATABASE_EXPORTERS: tuple[DatabaseExporter, ...] = (sqlite,)
