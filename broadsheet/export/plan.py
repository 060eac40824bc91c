"""What an export writes, decided once: formats, tables, and the files that articles fill one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from broadsheet import fields
from broadsheet.config import Site
from broadsheet.export import browse, changes
from broadsheet.export.express import Express
from broadsheet.export.load import Format, load
from broadsheet.export.record import Maker, Record
from broadsheet.export.slot import Slot, frame
from broadsheet.fields import CHANGES, PROBLEMS, TABLES, Table
from broadsheet.fields.articles import BODY
from broadsheet.model import Published

#: Tables that no single article makes.
WHOLE = frozenset({PROBLEMS.name, CHANGES.name})


class Plan(Struct, frozen=True, dict=True):
    """Formats and tables of one site. Made before workers are forked, as exporters are loaded for it."""

    site: Site
    forms: tuple[Format, ...]
    tables: tuple[Table, ...]  # that are written, `articles` first
    compared: bool = True  # with the version published last: the dataset is whole
    browsed: bool = True  # there is a data page

    def __post_init__(self) -> None:
        _ = self.slots  # formats are asked now: what is wrong with one is told before any worker is forked

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Return the files that articles fill one by one: those of tables, then those of the whole paper."""
        return *self._of_tables(), *self._of_papers()

    @property
    def articles(self) -> Table:
        """Return the table with one row an article."""
        return self.tables[0]

    @cached_property
    def ordinary(self) -> tuple[Table, ...]:
        """Return the tables to which each article adds its rows, `articles` first."""
        return tuple(one for one in self.tables if not one.distinct and one.name not in WHOLE)

    @cached_property
    def distinct(self) -> tuple[Table, ...]:
        """Return the tables with one row an author, place …."""
        return tuple(one for one in self.tables if one.distinct)

    @cached_property
    def kept(self) -> tuple[Table, ...]:
        """Return the ordinary tables whose rows are kept until a format, or a comparison, reads them."""
        readers = [one for one in self.forms if one.whole or (one.per_table and not one.by_row)]
        compared = self.before is not None and all(one.name != changes.FILE for one in self.slots)
        return tuple(
            table
            for table in self.ordinary
            if any(one.wants(table) for one in readers) or (compared and table is self.articles)
        )

    @cached_property
    def before(self) -> Path | None:
        """Return the version published last, with which the whole dataset is compared."""
        return changes.published(self.site) if self.compared else None

    @cached_property
    def spliced(self) -> bool:
        """Return whether all files are made of pieces, or of sums that an edit may leave alone."""
        plain = all(one.by_row or one.by_piece for one in self.forms)
        return plain and not self.site.exports.compress and not self.kept

    @cached_property
    def walks(self) -> bool:
        """Return whether a format walks over the articles themselves; else their records are enough."""
        return any(one.walks for one in self.forms)

    def record(self, published: Published) -> Record:
        """Return what exports need of one article. Raise `UnexportableTextError`, `ExporterError`."""
        return self._maker.record(published)

    def line(self, published: Published) -> bytes:
        """Return the row of an article in `articles` as a JSON line. Raise `UnexportableTextError`."""
        return self._maker.ordinary[0].made(published).lines[0]

    def express(self, published: Published, document: bytes, words: int) -> Record | None:
        """Return the same for an article of the plain kind, None where only `record` can tell.

        Of the plain kind is what states nothing but headline, slug, date, authors with nothing but names, one section,
        tags, summary, dateline and pictures with nothing but addresses. ``document`` is the compact JSON of its graph
        with the text, which ``published`` need not hold; ``words`` is the wordCount in it. Whoever calls it proves the
        first article of each shape to be the same as by `record`.
        """
        return self._express.record(published, document, words)

    @cached_property
    def _maker(self) -> Maker:
        return Maker(self)

    @cached_property
    def _express(self) -> Express:
        return Express(self, self._maker)

    @cached_property
    def mark(self) -> bytes:
        """Return what tells records of this plan from those of another: code, formats, columns."""
        code = [*Path(fields.__file__).parent.glob("*.py"), *Path(__file__).parent.glob("*.py")]
        found = blake2b(repr([(one.name, one.names) for one in self.tables]).encode(), digest_size=16)
        found.update(repr([(one.name, str(one.path)) for one in self.forms]).encode())
        found.update(repr((self.site.exports, [one.name for one in self.kept])).encode())
        for file in (*sorted(code), *(one.path for one in self.forms)):
            found.update(file.read_bytes())
        return found.digest()

    def _of_tables(self) -> Iterator[Slot]:
        """Yield the slots of one table after the other, as a record has its pieces."""
        for table in self.ordinary:
            for form in self.forms:
                if form.by_row and form.wants(table):
                    yield Slot(form.file_name(table), frame(form, table), form, table)
            if self.browsed and table is self.articles:
                yield Slot(browse.NAME, browse.frame(table), None, table)

    def _of_papers(self) -> Iterator[Slot]:
        for form in self.forms:
            if form.by_piece:
                yield Slot(form.file_name(None), frame(form, None), form, None)


def plan(site: Site, formats: Sequence[str] | None = None, tables: Sequence[Table] | None = None) -> Plan:
    """Return the plan for ``formats``, default those of the configuration, and ``tables``, default all that they want.

    Raise `ExporterError` where a format is unknown or wrong.
    """
    named = site.exports.formats if formats is None else formats
    loaded = tuple(load(name, site.root) for name in dict.fromkeys(named))
    articles, *others = tables_of(site) if tables is None else tables
    wanted = (one for one in others if any(form.wants(one) for form in loaded))
    whole = tables is None
    return Plan(site, loaded, (articles, *wanted), compared=whole, browsed=whole and formats is None)


def tables_of(site: Site) -> tuple[Table, ...]:
    """Return the tables of a site, `articles` first; with the texts where ``[exports] bodies`` says so."""
    articles, *others = TABLES
    if not site.exports.bodies:
        articles = articles.only(name for name in articles.names if name != BODY.name)
    return (articles, *others)
