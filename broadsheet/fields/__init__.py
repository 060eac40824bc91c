"""The one definition of what the exports hold: every table, column and descriptor comes from here.

A column is a `Field`: name, type, description, example, schema.org term, whose
evidence it has, and how it is read. To add a column, add one `Field`.
"""

from __future__ import annotations

from broadsheet.fields import cells
from broadsheet.fields.articles import ARTICLES, BASES
from broadsheet.fields.exporters import (
    DatabaseExporter,
    Exporter,
    Frame,
    MissingExtra,
    Piece,
    PieceCutter,
    PieceExporter,
    RowExporter,
    TableExporter,
    require,
)
from broadsheet.fields.record import Field, Row, Table, Type, Value
from broadsheet.fields.tables import TABLES, Part
from broadsheet.fields.whole import CHANGES, PROBLEMS, Change

__all__ = [
    "ARTICLES",
    "BASES",
    "CHANGES",
    "PROBLEMS",
    "TABLES",
    "Change",
    "DatabaseExporter",
    "Exporter",
    "Field",
    "Frame",
    "MissingExtra",
    "Part",
    "Piece",
    "PieceCutter",
    "PieceExporter",
    "Row",
    "RowExporter",
    "Table",
    "TableExporter",
    "Type",
    "Value",
    "cells",
    "require",
]
