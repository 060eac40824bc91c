"""Find an exporter by name, load it by path, and name the line of a mistake in it."""

from __future__ import annotations

import errno
import importlib.util
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from msgspec import Struct

from broadsheet import parts
from broadsheet.fields import Frame, Table
from broadsheet.model import BroadsheetError
from broadsheet.nearest import hint

_NEEDS = ("SUFFIX", "DESCRIPTION", "MEDIA_TYPE")
#: What no exporter is to blame for: the reader of a pipe is gone, the disk is full or broken.
_MACHINE = frozenset({errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
_FUNCTIONS = {
    "export": "export(articles, out)",
    "piece": "piece(article)",
    "encoder": "encoder(table)",
    "export_table": "export_table(table, rows, out)",
    "export_tables": "export_tables(tables, rows, out)",
}


class ExporterError(BroadsheetError):
    """A module in exporters/ is missing, wrong or failed. ``line`` is 1-based, 0 where unknown."""

    def __init__(self, file: Path | str, line: int, message: str) -> None:
        super().__init__(file, line, message)
        self.file = file
        self.line = line
        self.message = message

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{where}: {self.message}"


class Format(Struct, frozen=True):
    """An exporter that was loaded."""

    name: str
    path: Path
    module: ModuleType

    @property
    def suffix(self) -> str:
        """Return the file name's end without its dot."""
        return str(self.module.SUFFIX)

    @property
    def description(self) -> str:
        """Return what the format is for, one sentence."""
        return str(self.module.DESCRIPTION)

    @property
    def by_row(self) -> bool:
        """Return whether the format writes one file a table, and what a row becomes depends on the row alone."""
        return hasattr(self.module, "encoder")

    @property
    def by_piece(self) -> bool:
        """Return whether the format writes the whole paper, and what an article becomes depends on the article alone."""
        return hasattr(self.module, "piece") and not self.per_table and not self.whole

    @property
    def walks(self) -> bool:
        """Return whether the format walks over the articles themselves."""
        return not (self.by_piece or self.per_table or self.whole)

    @property
    def per_table(self) -> bool:
        """Return whether the format writes one file a table."""
        return self.by_row or hasattr(self.module, "export_table")

    @property
    def whole(self) -> bool:
        """Return whether the format writes all tables into one file."""
        return hasattr(self.module, "export_tables")

    def frame(self, table: Table | None) -> Frame:
        """Return what stands around the rows of a table, or around the articles of the whole paper."""
        if table is None:
            stated = getattr(self.module, "FRAME", Frame())
        else:
            stated = self.module.frame(table) if hasattr(self.module, "frame") else Frame()
        return Frame(*stated)

    def file_name(self, table: Table | None) -> str:
        """Return "authors.csv" for a table, "paper.jsonld" for the whole paper."""
        name = table.name if table is not None else str(getattr(self.module, "NAME", "articles"))
        return f"{name}.{self.suffix}"

    def wants(self, table: Table) -> bool:
        """Return whether the format writes this table."""
        wanted = getattr(self.module, "TABLES", None)
        return (self.per_table or self.whole) and (wanted is None or table.name in wanted)


def names(site_root: Path | None) -> list[str]:
    """Return the names of every format of a site: its own and ours."""
    return sorted({Path(file).stem.rstrip("_") for file in parts.available("exporters", "[a-z]*.py", site_root)})


def load(name: str, site_root: Path | None = None) -> Format:
    """Return the format ``name``: the site's, else ours. Raise `ExporterError`."""
    path = _find(name, site_root)
    spec = importlib.util.spec_from_file_location(f"broadsheet_exporter_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ExporterError(path, 0, "Python cannot load this file.")
    module = importlib.util.module_from_spec(spec)
    run(path, lambda: spec.loader.exec_module(module))  # type: ignore[union-attr]
    return _checked(Format(name, path, module))


def _find(name: str, site_root: Path | None) -> Path:
    for folder in parts.folders("exporters", site_root):
        for file in (f"{name}.py", f"{name}_.py"):
            path = folder / file
            if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                return path
    known = names(site_root)
    raise ExporterError("exporters", 0, f"There is no export format {name!r}; {hint(name, known)}")


def _checked(loaded: Format) -> Format:
    for name in _NEEDS:
        if not isinstance(getattr(loaded.module, name, None), str):
            example = {"SUFFIX": '"csv"', "MEDIA_TYPE": '"text/csv"'}.get(name, '"One sentence."')
            raise ExporterError(loaded.path, 1, f"An exporter needs the text {name}: write {name} = {example}.")
    if any(mark in loaded.suffix for mark in '/\\:*?"<>|\0') or not loaded.suffix.strip("."):
        raise ExporterError(loaded.path, 1, f"SUFFIX {loaded.suffix!r} cannot end a file name.")
    if not any(callable(getattr(loaded.module, name, None)) for name in _FUNCTIONS):
        message = f"An exporter needs a function {' or '.join(_FUNCTIONS.values())}."
        raise ExporterError(loaded.path, 1, message)
    return loaded


def run(path: Path, work: Callable[[], object]) -> None:
    """Call ``work``, code of the file ``path``. Raise `ExporterError` at the line where it fails."""
    try:
        work()
    except Exception as error:
        raise blamed(path, error) from error


def blamed(path: Path, error: Exception) -> Exception:
    """Return what to raise for ``error``, which the file ``path`` raised: an `ExporterError`, unless it is not to blame."""
    if isinstance(error, BroadsheetError) or (isinstance(error, OSError) and error.errno in _MACHINE):
        return error
    return ExporterError(path, _line(path, error), f"{type(error).__name__}: {error}")


def _line(path: Path, error: Exception) -> int:
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno or 0
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 0 for frame in reversed(frames) if frame.filename == str(path)), 0)
