"""What a module in exporters/ offers, and how it asks for a library that may be missing."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import BinaryIO, Protocol

from broadsheet.fields.record import Row, Table
from broadsheet.model import BroadsheetError, Published


class Exporter(Protocol):
    """A format that holds the whole paper in one file.

    The file is named ``NAME.SUFFIX`` where the module has a ``NAME``, else ``articles.SUFFIX``.
    ``articles`` may be walked more than once; each walk reads the articles again.
    """

    SUFFIX: str  # without the dot: "bib"
    DESCRIPTION: str  # one sentence for the data page
    MEDIA_TYPE: str

    def export(self, articles: Iterable[Published], out: BinaryIO) -> None:
        """Write the articles to ``out``, the same bytes for the same articles."""


class TableExporter(Protocol):
    """A format that holds one table a file: articles.csv, authors.csv and so on.

    A module with a ``TABLES`` tuple of table names is given these tables only.
    """

    SUFFIX: str
    DESCRIPTION: str
    MEDIA_TYPE: str

    def export_table(self, table: Table, rows: Iterable[Row], out: BinaryIO) -> None:
        """Write ``rows``, which are in the order of ``table.fields``, to ``out``."""


class DatabaseExporter(Protocol):
    """A format that holds all tables in one file, ``NAME.SUFFIX``."""

    SUFFIX: str
    DESCRIPTION: str
    MEDIA_TYPE: str

    def export_tables(self, tables: Iterable[Table], rows: Callable[[Table], Iterable[Row]], out: BinaryIO) -> None:
        """Write ``tables``, each with its ``rows(table)``, to ``out``."""


class MissingExtra(BroadsheetError):
    """A library that an optional format needs is not installed."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(library, extra)
        self.library = library
        self.extra = extra

    def __str__(self) -> str:
        return f"{self.library} is not installed; run: pip install 'broadsheet[{self.extra}]'"


def require(library: str, extra: str) -> ModuleType:
    """Return the module ``library``. Raise `MissingExtra` with the command that installs it."""
    try:
        return importlib.import_module(library)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != library.partition(".")[0]:
            raise
        raise MissingExtra(library, extra) from None
