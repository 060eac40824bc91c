"""What a module in exporters/ offers, and how it asks for a library that may be missing."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import BinaryIO, NamedTuple, Protocol

from broadsheet.fields.record import Row, Table
from broadsheet.model import BroadsheetError, Published


class Frame(NamedTuple):
    """What stands around the pieces of a file: ``head``, piece, ``between``, piece … ``tail``.

    An empty piece is not there, and has nothing between it and the next.
    """

    head: bytes = b""
    between: bytes = b""
    tail: bytes = b""


class Piece(NamedTuple):
    """What one article puts into a file of the whole paper.

    ``shared`` may be said by several articles; each comes once, after the pieces of all articles, in the order of the bytes.
    """

    own: bytes
    shared: tuple[bytes, ...] = ()


class RowExporter(Protocol):
    """A format that holds one table a file, row by row: what a row becomes depends on nothing but the row.

    Such files are put together from the bytes of single articles, and after an edit only these are made anew. A
    module without ``frame`` has nothing around its rows; ``TABLES`` is as in `TableExporter`.
    """

    SUFFIX: str
    DESCRIPTION: str
    MEDIA_TYPE: str

    def frame(self, table: Table) -> Frame:
        """Return what stands around the rows."""

    def encoder(self, table: Table) -> Callable[[Row], bytes]:
        """Return what makes the bytes of one row, whose values are in the order of ``table.fields``."""


class PieceExporter(Protocol):
    """A format that holds the whole paper in one file, article by article, as `RowExporter` does with rows.

    A module without ``FRAME`` has nothing around its articles. One with ``cut(document, shared)`` also takes an
    article from the JSON of its graph, as ``piece`` would give it: `PieceCutter`.
    """

    SUFFIX: str
    DESCRIPTION: str
    MEDIA_TYPE: str

    def piece(self, article: Published) -> Piece:
        """Return what the article puts into the file."""


class PieceCutter(Protocol):
    """A `PieceExporter` that need not read the graph of an article, which is most of the work."""

    def cut(self, document: bytes, shared: Sequence[bytes]) -> Piece | None:
        """Return the piece of the article whose graph is ``document``, None where that cannot be told from the bytes.

        ``document`` is compact JSON, with the text only where texts are exported; ``shared`` are the nodes in it that
        other articles may have too, as they stand there one after another.
        """


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
