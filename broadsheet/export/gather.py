"""One walk over the records: the files that articles fill one by one are written, all else is put aside.

What stays in memory is one row an author, agency, place, section or tag, counts, and the length of each piece.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from broadsheet.export import changes
from broadsheet.export.changes import Placed
from broadsheet.export.laid import Sums, packed
from broadsheet.export.plan import WHOLE, Plan
from broadsheet.export.record import Record, Recorded
from broadsheet.export.shelf import Distinct, Shelf
from broadsheet.export.sink import Sink, Written
from broadsheet.export.slot import Slot
from broadsheet.export.tally import PREVIEW_KEPT, Tally
from broadsheet.fields import CHANGES, PROBLEMS, Row, Table
from broadsheet.model import Problem

#: Changes that are remembered; the table holds all.
MOST_CHANGES = 1_000
_AT_ONCE = 64  # records whose pieces are put into the files together
_PIECES = Recorded._fields.index("pieces")


class Laying:
    """The file of one slot as it is filled."""

    def __init__(self, slot: Slot, folder: Path) -> None:
        self.slot = slot
        self.sink = Sink(folder / slot.name)
        self.lengths = array("I")
        self._before = b""
        self.shared: Counter[bytes] = Counter()  # what articles share there → how many do
        self.sink.add(slot.frame.head)

    def take(self, pieces: Sequence[bytes]) -> None:
        """Take what each of some articles puts there."""
        self.lengths.extend(map(len, pieces))
        if any(pieces):
            self._put(self.slot.frame.between.join(filter(None, pieces)))

    def share(self, pieces: Iterable[bytes]) -> None:
        """Take what one article shares with others."""
        self.shared.update(set(pieces))

    def finish(self) -> Written:
        """Put the file in its place."""
        for piece in sorted(self.shared):
            self._put(piece)
        self.sink.add(self.slot.frame.tail)
        return self.sink.finish()

    def _put(self, piece: bytes) -> None:
        if self._before:
            self.sink.add(self._before)
        self._before = self.slot.frame.between
        self.sink.add(piece)


class Gathered:
    """The rows of the tables, and what is known about all of them. `gather` makes and closes it."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan = plan
        self.folder = folder
        self.tally = Tally()
        self.changes: list[Placed] = []  # the first of them
        self.changed = 0  # all of them
        self.written: dict[str, Written] = {}  # file → what is known of it
        self._distinct = {one.name: Distinct() for one in plan.distinct}
        whole = (one for one in plan.tables if one.name in WHOLE)
        self._shelves = {one.name: Shelf(one) for one in (*plan.kept, *whole)}
        self._laying: list[Laying] = []

    def close(self) -> None:
        """Let go of the rows, and of files that are not whole."""
        for shelf in self._shelves.values():
            shelf.close()
        for one in self._laying:
            one.sink.drop()

    @property
    def lengths(self) -> Iterator[bytes]:
        """Yield the lengths of the articles' pieces in each slot, as `Laid` has them."""
        return (packed(one.lengths) for one in self._laying)

    @property
    def sums(self) -> Sums:
        """Return what articles make together in distinct tables and in files of the whole paper."""
        shared = tuple(dict(one.shared) for one in self._laying if one.slot.table is None)
        return Sums(tuple(one.entries for one in self._distinct.values()), shared)

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows of a table that is distinct, kept, or made by no single article."""
        held = self._distinct.get(table.name) or self._shelves[table.name]
        return held.rows()

    def article_lines(self) -> Iterator[bytes]:
        """Yield the rows of `articles` as articles.jsonl has them. Only where there is something to compare with."""
        articles = self.plan.articles
        if articles.name in self._shelves:
            yield from changes.lines(articles, self.rows(articles))
            return
        with (self.folder / changes.FILE).open("rb") as lines:
            yield from lines

    def take(self, records: Iterable[Record]) -> None:
        """Take all records; those that are empty are of articles that stand in no list."""
        self._laying += [Laying(one, self.folder) for one in self.plan.slots]
        papers = [one for one in self._laying if one.slot.table is None]
        listed = filter(None, records)
        while some := list(islice(listed, _AT_ONCE)):
            for record in some:
                _, _, _, counts, distinct, _, shared, kept = record
                self._tell(record)
                for one, lines in zip(self._distinct.values(), distinct, strict=True):
                    if lines:
                        one.take(lines)
                for laying, pieces in zip(papers, shared, strict=True):
                    laying.share(pieces)
                if kept:
                    self._keep(counts, kept)
            for laying, column in zip(
                self._laying, zip(*(record[_PIECES] for record in some), strict=True), strict=True
            ):
                laying.take(column)
        self._finish()

    def _tell(self, record: Record) -> None:
        digest, facts, preview, counts, *_ = record
        tally = self.tally
        tally.counts.add(facts)
        tally.digests += digest
        if len(tally.preview) < PREVIEW_KEPT:
            tally.preview.append(preview)
        for table, count in zip(self.plan.ordinary, counts, strict=True):
            if count:
                tally.rows[table.name] += count

    def _keep(self, counts: Sequence[int], kept: Sequence[bytes]) -> None:
        of = dict(zip((one.name for one in self.plan.ordinary), counts, strict=True))
        for table, lines in zip(self.plan.kept, kept, strict=True):
            self._shelves[table.name].take(of[table.name], lines)

    def _finish(self) -> None:
        for one in self._laying:
            self.written[one.slot.name] = one.finish()
        for name, held in self._distinct.items():
            self.tally.rows[name] = held.count

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Take what the gate found."""
        if PROBLEMS.name in self._shelves:
            for problem in problems:
                self._put(PROBLEMS, problem, problem.file)

    def add_changes(self, found: Iterable[Placed]) -> None:
        """Take what changed since an earlier version."""
        for number, change in found:
            if len(self.changes) < MOST_CHANGES:
                self.changes.append((number, change))
            self.changed += 1
            if CHANGES.name in self._shelves:
                self._put(CHANGES, change, change.article)

    def _put(self, table: Table, one: object, key: str) -> None:
        self._shelves[table.name].put([field.read(one) for field in table.fields], key)
        self.tally.rows[table.name] += 1


@contextmanager
def gather(plan: Plan, folder: Path, records: Iterable[Record], problems: Iterable[Problem] = ()) -> Iterator[Gathered]:
    """Write the files of the plan's slots into ``folder``; give all else for a ``with``."""
    gathered = Gathered(plan, folder)
    try:
        gathered.take(records)
        gathered.add_problems(problems)
        yield gathered
    finally:
        gathered.close()
