"""The data exports: every format of a site written, and the dataset that they make described.

`write` is the whole. Bytes depend on the articles and the configuration alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from broadsheet import fields, jsonld
from broadsheet.config import Site
from broadsheet.export import browse, changes, compress, counts, describing, files, shelf
from broadsheet.export.charts import Chart, charts
from broadsheet.export.dataset import Dataset, Licence, describe
from broadsheet.export.files import File
from broadsheet.export.gather import Gathered, Keyed, UnexportableTextError, gather
from broadsheet.export.ledger import Ledger
from broadsheet.export.load import ExporterError, Format, load, names, run
from broadsheet.fields import TABLES, Change, Table
from broadsheet.fields.articles import BODY
from broadsheet.model import Problem, Published

__all__ = [
    "Chart",
    "Dataset",
    "ExporterError",
    "File",
    "Format",
    "Keyed",
    "Licence",
    "UnexportableTextError",
    "load",
    "names",
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
    shown = _Shown(published)
    loaded = [load(name, site.root) for name in dict.fromkeys(site.exports.formats if formats is None else formats)]
    articles, *others = tables_of(site) if tables is None else tables
    wanted = [one for one in others if any(form.wants(one) for form in loaded)]
    chosen = (articles, *wanted)
    walked = published if isinstance(published, Keyed) else shown
    with _ledger(published, site, chosen) as ledger, gather(walked, chosen, problems, ledger) as gathered:
        before = changes.published(site) if tables is None else None
        if before is not None:
            changed = changes.compare(articles, gathered.rows(articles), before)
        gathered.add_changes(changed or ())
        drawn = charts(gathered.counts)
        dataset = describe(site, gathered, articles, drawn)
        written = [*_tables(loaded, gathered, folder), *_papers(loaded, _Articles(shown, site), folder)]
        written = [*compress.compress(written, folder, site.exports.compress)]
        for chart in drawn:
            files.write_text(folder / "charts" / chart.file, chart.source)
        browsed = _browsed(articles, gathered, folder) if formats is None and tables is None else None
        dataset = replace(dataset, files=tuple(written), browse=browsed)
        if ledger is not None:
            ledger.save()
        told = describing.Told(tuple(gathered.changes), gathered.changed, first=changed is None)
    return describing.describe_files(dataset, site, folder, told)


def _ledger(
    published: Iterable[Published], site: Site, tables: Sequence[Table]
) -> AbstractContextManager[Ledger | None]:
    """Open what earlier exports remember of articles, where these are known by a digest."""
    if not isinstance(published, Keyed):
        return nullcontext()
    code = [*sorted(Path(fields.__file__).parent.glob("*.py")), Path(shelf.__file__), Path(counts.__file__)]
    mark = blake2b(repr([(one.name, one.names) for one in tables]).encode(), digest_size=16)
    for file in code:
        mark.update(file.read_bytes())
    return Ledger(site.state, mark.digest())


def stream(published: Iterable[Published], site: Site, name: str, table: Table, out: BinaryIO) -> None:
    """Write one format to ``out``: the rows of ``table``, or the whole paper where the format has no tables."""
    published = _Shown(published)
    form = load(name, site.root)
    if not form.per_table and not form.whole:
        _run_paper(form, _Articles(published, site), out)
        return
    tables = (table,) if form.per_table else (table, *tables_of(site)[1:])
    with gather(published, tables) as gathered:
        if form.per_table:
            _run_table(form, table, gathered, out)
        else:
            _run_tables(form, tables, gathered, out)


def tables_of(site: Site) -> tuple[Table, ...]:
    """Return the tables of a site, `articles` first; with the texts where ``[exports] bodies`` says so."""
    articles, *others = TABLES
    if not site.exports.bodies:
        articles = articles.only(name for name in articles.names if name != BODY.name)
    return (articles, *others)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The articles that stand in lists: a hidden one has a page and no row."""

    published: Iterable[Published]

    def __iter__(self) -> Iterator[Published]:
        return (one for one in self.published if one.article.status != "hidden")


@dataclass(frozen=True, slots=True)
class _Articles:
    """The articles as formats of the whole paper see them; each walk reads them again."""

    published: Iterable[Published]
    site: Site

    def __iter__(self) -> Iterator[Published]:
        if self.site.exports.bodies:
            return iter(self.published)
        return (replace(one, document=jsonld.without_body(one.document)) for one in self.published)


def _tables(loaded: Iterable[Format], gathered: Gathered, folder: Path) -> Iterator[File]:
    for form in loaded:
        wanted = [table for table in gathered.tables if form.wants(table)]
        for table in wanted if form.per_table else ():
            path = folder / form.file_name(table)
            files.write(path, partial(_run_table, form, table, gathered))
            yield _file(form, path, gathered.count(table), table)
        if form.whole:
            path = folder / form.file_name(None)
            files.write(path, partial(_run_tables, form, wanted, gathered))
            yield _file(form, path, gathered.count(wanted[0]), None)


def _browsed(articles: Table, gathered: Gathered, folder: Path) -> File:
    path = folder / browse.NAME
    files.write(path, lambda out: browse.write(articles, gathered.rows(articles), out))
    rows, size, digest = gathered.count(articles), path.stat().st_size, files.sha256(path)
    about = "What the data page searches."
    return File(f"data/{path.name}", path.name, "js", "text/javascript", about, size, rows, digest, articles.name)


def _run_table(form: Format, table: Table, gathered: Gathered, out: BinaryIO) -> None:
    run(form.path, lambda: form.module.export_table(table, gathered.rows(table), out))


def _run_tables(form: Format, tables: Sequence[Table], gathered: Gathered, out: BinaryIO) -> None:
    run(form.path, lambda: form.module.export_tables(tables, gathered.rows, out))


def _papers(loaded: Iterable[Format], articles: _Articles, folder: Path) -> Iterator[File]:
    for form in loaded:
        if not form.per_table and not form.whole:
            path = folder / form.file_name(None)
            files.write(path, partial(_run_paper, form, articles))
            yield _file(form, path, None, None)


def _run_paper(form: Format, articles: _Articles, out: BinaryIO) -> None:
    run(form.path, lambda: form.module.export(articles, out))


def _file(form: Format, path: Path, rows: int | None, table: Table | None) -> File:
    about = str(form.module.DESCRIPTION)
    return File(
        path=f"data/{path.name}",
        name=path.name,
        format=form.name,
        media_type=str(form.module.MEDIA_TYPE),
        description=f"{table.title}. {about}" if table is not None else about,
        bytes=path.stat().st_size,
        rows=rows,
        sha256=files.sha256(path),
        table=table.name if table is not None else None,
    )
