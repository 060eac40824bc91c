"""What exports need of one article, as plain data: made once, in any process, and remembered."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from msgspec.structs import replace

from broadsheet import jsonld
from broadsheet.export.counts import Facts, facts
from broadsheet.export.load import blamed
from broadsheet.export.rows import liner
from broadsheet.export.slot import Slot
from broadsheet.fields import Part, Piece, Row, Table
from broadsheet.model import Published

if TYPE_CHECKING:
    from broadsheet.export.plan import Plan

#: Columns of the preview on the data page.
PREVIEW = ("published_date", "headline", "section", "authors", "agencies", "place", "published_basis")
DIGEST = 16  # bytes


class Recorded(NamedTuple):
    """The fields of a record."""

    digest: bytes  # of its row in `articles`
    facts: Facts
    preview: bytes  # JSON: its values in the columns of `PREVIEW`
    counts: tuple[int, ...]  # of its rows in each ordinary table of the plan
    distinct: tuple[tuple[bytes, ...], ...]  # its rows in each distinct table, as JSON lines
    pieces: tuple[bytes, ...]  # what it puts into the file of each slot
    shared: tuple[tuple[bytes, ...], ...]  # what it shares with others there, for each slot of the whole paper
    kept: tuple[bytes, ...]  # its rows in each kept table, as JSON lines


#: A `Recorded` as a plain tuple, which `marshal` takes; empty of an article that stands in no list.
Record = tuple[Any, ...]


class Made(NamedTuple):
    """What one article has in one ordinary table."""

    rows: list[Row]
    lines: list[bytes]  # the same as JSON lines
    pieces: list[bytes]  # the same in the files of the slots


class Ordinary:
    """How articles fill one ordinary table."""

    def __init__(self, table: Table, plan: Plan) -> None:
        self.table = table
        self.kept = table in plan.kept
        self.slots = tuple((one, one.encoder()) for one in plan.slots if one.table == table)
        self.nothing = Made([], [], [b""] * len(self.slots))
        self._line = liner(table)

    def made(self, published: Published) -> Made:
        """Return what an article has. Raise `UnexportableTextError`, `ExporterError`."""
        lines = [self._line(one, published.slug) for one in self.table.items(published)]
        rows: list[Row] = list(map(orjson.loads, lines))
        return Made(rows, lines, self.pieces(rows))

    def pieces(self, rows: list[Row]) -> list[bytes]:
        """Return the bytes of rows in the files of the slots. Raise `ExporterError`."""
        if not rows:
            return self.nothing.pieces
        found = []
        for slot, encode in self.slots:
            try:
                found.append(slot.frame.between.join([encode(row) for row in rows]))
            except Exception as error:
                raise blamed(slot.path, error) from error
        return found


class Distinct:
    """The lines of authors, sections …, which are few, made once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._line = liner(table)
        # 1 and 1.0 are the same to a dictionary, and other texts.
        self._known: dict[Hashable, bytes] | None = {} if all(one.type != "number" for one in table.fields) else None

    def lines(self, published: Published) -> tuple[bytes, ...]:
        """Return the rows of an article as JSON lines. Raise `UnexportableTextError`."""
        return tuple([self._of(one, published.slug) for one in self.table.items(published)])

    def _of(self, one: Any, slug: str) -> bytes:
        if self._known is None:
            return self._line(one, slug)
        what = one.what if isinstance(one, Part) else one
        known = self._known.get(what)
        if known is None:
            known = self._known[what] = self._line(one, slug)
        return known


class Maker:
    """Makes the records of one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.ordinary = tuple(Ordinary(table, plan) for table in plan.ordinary)
        self.distinct = tuple(Distinct(table) for table in plan.distinct)
        self.papers = tuple(one for one in plan.slots if one.table is None)
        names = plan.articles.names
        self._keeps = bool(plan.kept)
        self._preview = tuple(names.index(column) for column in PREVIEW if column in names)

    def record(self, published: Published) -> Record:
        """Return what exports need of an article. Raise `UnexportableTextError`, `ExporterError`."""
        if published.article.status == "hidden":
            return ()
        made = [one.made(published) for one in self.ordinary]
        shown = published
        if self.papers and not self.plan.site.exports.bodies:
            shown = replace(published, document=jsonld.without_body(published.document))
        distinct = [one.lines(published) for one in self.distinct]
        return self.whole(published, made, distinct, [_piece(one, shown) for one in self.papers])

    def whole(
        self, published: Published, made: Sequence[Made], distinct: Iterable[tuple[bytes, ...]], papers: Sequence[Piece]
    ) -> Record:
        """Return the record of an article with what it has in each table and in each file of the whole paper."""
        kept = (
            [b"".join(one.lines) for table, one in zip(self.ordinary, made, strict=True) if table.kept]
            if self._keeps
            else ()
        )
        return (
            blake2b(made[0].lines[0], digest_size=DIGEST).digest(),
            facts(published),
            orjson.dumps([made[0].rows[0][column] for column in self._preview]),
            tuple([len(one.rows) for one in made]),
            tuple(distinct),
            _once([*[piece for one in made for piece in one.pieces], *[one.own for one in papers]]),
            tuple([one.shared for one in papers]),
            tuple(kept),
        )


def _once(pieces: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return pieces, those that are alike as one object: `marshal` writes it once."""
    known: dict[bytes, bytes] = {}
    return tuple([known.setdefault(one, one) for one in pieces])


def _piece(slot: Slot, published: Published) -> Piece:
    try:
        return Piece(*slot.form.module.piece(published))  # type: ignore[union-attr]
    except Exception as error:
        raise blamed(slot.path, error) from error
