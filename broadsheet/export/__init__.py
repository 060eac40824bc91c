"""The data exports: every format of a site written, and the dataset that they make described.

`write` is the whole. A build makes it of its parts: `plan` once, a record of each article in any process,
`assemble` of all records, or `splice` where only single articles are not as they were. Bytes depend on the articles and
the configuration alone, never on which way they came.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from broadsheet.config import Site
from broadsheet.export.assembly import Articles, assemble, encoded, run_paper, run_table, run_tables
from broadsheet.export.charts import Chart
from broadsheet.export.dataset import Dataset, Licence
from broadsheet.export.files import File
from broadsheet.export.gather import gather
from broadsheet.export.laid import Laid
from broadsheet.export.load import ExporterError, Format, load, names
from broadsheet.export.plan import Plan, plan, tables_of
from broadsheet.export.record import Record, Recorded
from broadsheet.export.rows import UnexportableTextError, rows_of
from broadsheet.export.splice import splice
from broadsheet.fields import Change, Table
from broadsheet.model import Problem, Published

__all__ = [
    "Chart",
    "Dataset",
    "ExporterError",
    "File",
    "Format",
    "Laid",
    "Licence",
    "Plan",
    "Record",
    "Recorded",
    "UnexportableTextError",
    "assemble",
    "load",
    "names",
    "plan",
    "splice",
    "stream",
    "tables_of",
    "write",
]


def write(
    published: Iterable[Published],
    site: Site,
    folder: Path,
    formats: Sequence[str] | None = None,
    *,
    problems: Iterable[Problem] = (),
    tables: Sequence[Table] | None = None,
    changed: Iterable[Change] | None = None,
) -> Dataset:
    """Write ``formats`` (default: those of the configuration) into ``folder``, which is ``…/data``.

    ``published`` may be a tuple, or anything that can be walked several times: it is never
    held in memory. ``tables`` is a part of the tables; ``changed`` tells the changes of a part, while
    a whole dataset is compared with the one published last. Raise `ExporterError` where a format is
    unknown or fails.
    """
    made = plan(site, formats, tables)
    records = map(made.record, published)
    dataset, _ = assemble(made, folder, records, problems=problems, published=published, changed=changed)
    return dataset


def stream(published: Iterable[Published], site: Site, name: str, table: Table, out: BinaryIO) -> None:
    """Write one format to ``out``: the rows of ``table``, or the whole paper where the format has no tables."""
    articles = Articles(published, site)
    form = load(name, site.root)
    if form.by_row:
        out.writelines(encoded(form, table, rows_of(table, articles)))
    elif form.per_table:
        run_table(form, table, rows_of(table, articles), out)
    elif not form.whole and not form.by_piece:
        run_paper(form, articles, out)
    else:
        _stream_by_records(
            Plan(site, (form,), (table, *tables_of(site)[1:]), compared=False, browsed=False), published, out
        )


def _stream_by_records(made: Plan, published: Iterable[Published], out: BinaryIO) -> None:
    form = made.forms[0]
    with (
        tempfile.TemporaryDirectory() as folder,
        gather(made, Path(folder), map(made.record, published)) as gathered,
    ):
        if form.whole:
            run_tables(form, made.tables, gathered.rows, out)
            return
        with (Path(folder) / form.file_name(None)).open("rb") as whole:
            while data := whole.read(1 << 20):
                out.write(data)
