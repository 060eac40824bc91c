"""Read by the type checker alone: every shipped exporter fits its protocol."""

from __future__ import annotations

from broadsheet.fields import Exporter, TableExporter
from exporters import csv_, excel, json_, jsonl, jsonld

TABLE_EXPORTERS: tuple[TableExporter, ...] = (csv_, excel, json_, jsonl)
EXPORTERS: tuple[Exporter, ...] = (jsonld,)
