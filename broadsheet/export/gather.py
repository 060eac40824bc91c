"""One walk over the articles: the rows of every table, put aside in files so that memory stays small.

What stays in memory is one row an author, agency, place, section or tag, and counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, Self, runtime_checkable

from broadsheet.export.counts import Counts, Facts, facts
from broadsheet.export.ledger import Ledger
from broadsheet.export.shelf import Lines, Shelf, UnexportableTextError, without_nul
from broadsheet.fields import CHANGES, PROBLEMS, Change, Row, Table, Value
from broadsheet.model import Problem, Published

__all__ = ["Gathered", "Keyed", "UnexportableTextError", "gather", "without_nul"]

#: Rows of the preview on the data page.
PREVIEW_ROWS = 25
#: Changes that CHANGES.md and the feed hold; the table holds all.
MOST_CHANGES = 200


@runtime_checkable
class Keyed(Protocol):
    """Articles that are known by a digest without being read: what builds hand over."""

    def keyed(self) -> Iterator[tuple[bytes, Callable[[], Published]]]:
        """Yield, in order, the digest of all that an article is made from, and what reads it."""


class Gathered:
    """The rows of the tables, and what is known about all of them. `gather` makes and closes it."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self.tables = tuple(tables)
        self.counts = Counts()
        self.preview: list[dict[str, Value]] = []
        self.changes: list[Change] = []  # the first of them
        self.changed = 0  # all of them
        self._shelves = {one.name: Shelf(one, hashed=not n) for n, one in enumerate(self.tables)}

    def close(self) -> None:
        """Let go of the rows."""
        for shelf in self._shelves.values():
            shelf.close()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the rows of the first table, lower-case hex."""
        rows = self._shelves[self.tables[0].name].hash
        return rows.hexdigest() if rows is not None else ""

    def count(self, table: Table) -> int:
        """Return the number of rows of one table."""
        return self._shelves[table.name].count

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows of one table."""
        return self._shelves[table.name].rows()

    def add(self, published: Published) -> None:
        """Take the rows of one article."""
        self.counts.add(facts(published))
        for shelf in self._shelves.values():
            shelf.add(published)

    def record(self, published: Published) -> tuple[Facts, list[Lines]]:
        """Return all that `take` needs of one article, as plain data."""
        return facts(published), [shelf.lines(published) for shelf in self._shelves.values()]

    def take(self, record: tuple[Facts, list[Lines]]) -> None:
        """Take the rows of one article that `record` returned, in this export or an earlier one."""
        known, lines = record
        self.counts.add(known)
        for shelf, one in zip(self._shelves.values(), lines, strict=True):
            if one[0]:
                shelf.take(one)

    def add_problem(self, problem: Problem) -> None:
        """Take one problem."""
        if PROBLEMS.name in self._shelves:
            self._shelves[PROBLEMS.name].put([one.read(problem) for one in PROBLEMS.fields], problem.file)

    def add_changes(self, changes: Iterable[Change]) -> None:
        """Take what changed since an earlier version."""
        for change in changes:
            if len(self.changes) < MOST_CHANGES:
                self.changes.append(change)
            self.changed += 1
            if CHANGES.name in self._shelves:
                self._shelves[CHANGES.name].put([one.read(change) for one in CHANGES.fields], change.article)

    def finish(self) -> Self:
        """Put the rows of the distinct tables aside, and take the preview."""
        for shelf in self._shelves.values():
            shelf.finish()
        names = self.tables[0].names
        first = zip(range(PREVIEW_ROWS), self.rows(self.tables[0]), strict=False)
        self.preview = [dict(zip(names, row, strict=True)) for _, row in first]
        return self


@contextmanager
def gather(
    published: Iterable[Published],
    tables: Iterable[Table],
    problems: Iterable[Problem] = (),
    ledger: Ledger | None = None,
) -> Iterator[Gathered]:
    """Give the rows of ``tables`` for a ``with``. Raise `UnexportableTextError`."""
    gathered = Gathered(tables)
    try:
        if ledger is not None and isinstance(published, Keyed):
            _remembered(gathered, published, ledger)
        else:
            for one in published:
                gathered.add(one)
        for problem in problems:
            gathered.add_problem(problem)
        yield gathered.finish()
    finally:
        gathered.close()


def _remembered(gathered: Gathered, published: Keyed, ledger: Ledger) -> None:
    """Read only the articles whose rows no earlier export made."""
    for key, read in published.keyed():
        record = ledger.get(key)
        if record is None:
            one = read()
            record = gathered.record(one) if one.article.status != "hidden" else ()
            ledger.put(key, record)
        if record:
            gathered.take(record)
