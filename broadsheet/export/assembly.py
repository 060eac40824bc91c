"""The exports put together from records: every file, and the dataset that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from broadsheet import jsonld
from broadsheet.config import Site
from broadsheet.export import browse, changes, compress, describing, files
from broadsheet.export.changes import Placed
from broadsheet.export.charts import charts
from broadsheet.export.dataset import Dataset, describe
from broadsheet.export.files import File
from broadsheet.export.gather import Gathered, gather
from broadsheet.export.laid import Laid, Stands, remember, told
from broadsheet.export.load import Format, blamed, run
from broadsheet.export.plan import Plan
from broadsheet.export.record import Record
from broadsheet.export.sink import Written, framed, write_all
from broadsheet.fields import Change, Row, Table
from broadsheet.model import Problem, Published


class Articles(Struct, frozen=True):
    """The articles as formats of the whole paper see them; each walk reads them again.

    A hidden one has a page and stands in no list.
    """

    published: Iterable[Published]
    site: Site

    def __iter__(self) -> Iterator[Published]:
        shown = (one for one in self.published if one.article.status != "hidden")
        if self.site.exports.bodies:
            return shown
        return (replace(one, document=jsonld.without_body(one.document)) for one in shown)


def assemble(
    plan: Plan,
    folder: Path,
    records: Iterable[Record],
    *,
    problems: Iterable[Problem] = (),
    published: Iterable[Published] = (),
    changed: Iterable[Change] | None = None,
) -> tuple[Dataset, Laid]:
    """Write all files of ``plan`` into ``folder``, which is ``…/data``.

    ``records`` are walked once, in the order of the paper; ``published``, which may be walked
    several times, is needed where a format walks over the articles; neither is held in memory. ``changed`` tells the
    changes of a part. Raise `ExporterError` where a format fails.
    """
    site, problems = plan.site, tuple(problems)
    with gather(plan, folder, records, problems) as gathered:
        if plan.before is not None:
            gathered.add_changes(changes.compare(gathered.article_lines(), plan.before))
        else:
            gathered.add_changes((0, one) for one in changed or ())
        drawn = charts(gathered.tally.counts)
        dataset = describe(site, gathered.tally, plan.tables, drawn)
        made = [*tables(plan, gathered), *_papers(plan, gathered, Articles(published, site))]
        made = [*compress.compress(made, folder, site.exports.compress)]
        for chart in drawn:
            files.write_text(folder / "charts" / chart.file, chart.source)
        dataset = replace(dataset, files=tuple(made), browse=_browsed(plan, gathered))
        first = plan.before is None and changed is None
        words = describing.told([one for _, one in gathered.changes], gathered.changed, first=first)
        stands = Stands(plan.mark, told(problems), changes.stamp(plan.before), _placed(gathered))
        known = remember(stands, gathered.sums, gathered.lengths, dataset, gathered.tally)
    return describing.describe_files(dataset, site, folder, words), known


def _placed(gathered: Gathered) -> tuple[Placed, ...] | None:
    """Return what changed, None where it is too much to remember."""
    return tuple(gathered.changes) if len(gathered.changes) == gathered.changed else None


def tables(plan: Plan, gathered: Gathered) -> Iterator[File]:
    """Write what the articles do not fill one by one; yield the files of all formats of tables."""
    for form in plan.forms:
        wanted = [table for table in plan.tables if form.wants(table)]
        for table in wanted if form.per_table else ():
            known = gathered.written.get(form.file_name(table)) or _table(form, table, gathered)
            yield file_of(form, known, gathered.tally.count(table), table)
        if form.whole:
            known = _write(gathered.folder / form.file_name(None), partial(run_tables, form, wanted, gathered.rows))
            yield file_of(form, known, gathered.tally.count(wanted[0]), None)


def _table(form: Format, table: Table, gathered: Gathered) -> Written:
    path = gathered.folder / form.file_name(table)
    if form.by_row:
        return write_all(path, encoded(form, table, gathered.rows(table)))
    return _write(path, partial(run_table, form, table, gathered.rows(table)))


def _papers(plan: Plan, gathered: Gathered, articles: Articles) -> Iterator[File]:
    for form in plan.forms:
        if not form.per_table and not form.whole:
            name = form.file_name(None)
            known = gathered.written.get(name) or _write(gathered.folder / name, partial(run_paper, form, articles))
            yield file_of(form, known, None, None)


def _write(path: Path, work: Callable[[BinaryIO], object]) -> Written:
    files.write(path, work)
    return Written(path.stat().st_size, files.sha256(path))


def encoded(form: Format, table: Table, rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the file of a table whose format makes it row by row. Raise `ExporterError`."""
    try:
        frame = form.frame(table)
        yield from framed(frame, map(form.module.encoder(table), rows))
    except Exception as error:
        raise blamed(form.path, error) from error


def run_table(form: Format, table: Table, rows: Iterable[Row], out: BinaryIO) -> None:
    """Let a format write one table."""
    run(form.path, lambda: form.module.export_table(table, rows, out))


def run_tables(form: Format, tables: Iterable[Table], rows: Callable[[Table], Iterable[Row]], out: BinaryIO) -> None:
    """Let a format write all tables."""
    run(form.path, lambda: form.module.export_tables(tables, rows, out))


def run_paper(form: Format, articles: Iterable[Published], out: BinaryIO) -> None:
    """Let a format write the whole paper."""
    run(form.path, lambda: form.module.export(articles, out))


def _browsed(plan: Plan, gathered: Gathered) -> File | None:
    known = gathered.written.get(browse.NAME) if plan.browsed else None
    return browse_file(plan, known, gathered.tally.count(plan.articles)) if known is not None else None


def browse_file(plan: Plan, known: Written, rows: int) -> File:
    """Return what is told of the file that the data page searches."""
    path, kind = f"data/{browse.NAME}", "js"
    return File(
        path, browse.NAME, kind, browse.MEDIA_TYPE, browse.DESCRIPTION, *(known.bytes, rows, known.sha256),
        plan.articles.name,
    )  # fmt: skip


def file_of(form: Format, known: Written, rows: int | None, table: Table | None) -> File:
    """Return what is told of a file of the dataset."""
    about = form.description
    name = form.file_name(table)
    return File(
        path=f"data/{name}",
        name=name,
        format=form.name,
        media_type=str(form.module.MEDIA_TYPE),
        description=f"{table.title}. {about}" if table is not None else about,
        bytes=known.bytes,
        rows=rows,
        sha256=known.sha256,
        table=table.name if table is not None else None,
    )
