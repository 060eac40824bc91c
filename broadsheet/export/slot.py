"""A file that articles fill one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from broadsheet.export import browse
from broadsheet.export.load import Format, run
from broadsheet.fields import Frame, Row, Table


class Slot(Struct, frozen=True):
    """One file: a format with one of its tables, a format of the whole paper, or what the data page searches."""

    name: str  # of the file
    frame: Frame
    form: Format | None  # None: what the data page searches
    table: Table | None  # None: the format is one of the whole paper

    @property
    def path(self) -> Path:
        """Return the module that makes the bytes."""
        return self.form.path if self.form is not None else Path(browse.__file__)

    @property
    def quotes(self) -> str:
        """Return how values stand in the bytes: "json", "csv", "" where the module does not say."""
        return str(getattr(self.form.module, "QUOTES", "")) if self.form is not None else "json"

    def encoder(self) -> Callable[[Row], bytes]:
        """Return what makes the bytes of a row; of a slot with a table."""
        module = self.form.module if self.form is not None else browse
        found: list[Callable[[Row], bytes]] = []
        run(self.path, lambda: found.append(module.encoder(self.table)))
        return found[0]


def frame(form: Format, table: Table | None) -> Frame:
    """Return what stands around the rows of a table, or around the articles of the whole paper."""
    found: list[Frame] = []
    run(form.path, lambda: found.append(form.frame(table)))
    return found[0]
