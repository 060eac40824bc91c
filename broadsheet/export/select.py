"""Choose a part of the articles: ``--where``, ``--since`` and ``--columns``.

The condition is SQL, judged by the SQLite of Python's standard library over the columns of
the table `articles`; nothing but reading that table is allowed to it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from msgspec import Struct

from broadsheet.export.changes import compare, earlier_file, lines
from broadsheet.export.rows import rows_of
from broadsheet.fields import Change, Table, Value, cells
from broadsheet.model import BroadsheetError, Published
from broadsheet.nearest import nearest

#: Words that people write for a column: the front matter's.
ALIASES = {
    "date": "published",
    "title": "headline",
    "author": "authors",
    "agency": "agencies",
    "category": "section",
    "lang": "language",
    "tag": "tags",
    "slug": "id",
}
_MOST_STEPS = 200_000_000  # virtual machine instructions; a condition that needs more does not end
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


class SelectionError(BroadsheetError):
    """A condition, a date or a column that cannot be used."""


class Selected(Struct, frozen=True):
    """The articles whose id is in ``ids``; each walk reads them again."""

    published: Iterable[Published]
    ids: frozenset[str]

    def __iter__(self) -> Iterator[Published]:
        return (one for one in self.published if one.slug in self.ids)


def columns(table: Table, names: Sequence[str]) -> Table:
    """Return ``table`` with these columns. Raise `SelectionError` with a did-you-mean."""
    wanted = [ALIASES.get(name, name) if name not in table.names else name for name in names]
    for name in wanted:
        if name not in table.names:
            raise SelectionError(f"There is no column {name!r} in {table.name}; {_hint(name, table)}")
    return table.only(dict.fromkeys(wanted))


def since(published: Iterable[Published], day: str) -> Selected:
    """Return the articles published or changed on or after ``day``, ISO 8601. Undated ones are left out."""
    try:
        first = date.fromisoformat(day)
    except ValueError:
        raise SelectionError(
            f"--since needs a day such as 2026-03-01, or a folder of earlier exports, not {day!r}."
        ) from None
    ids = (one.slug for one in published if (latest := _latest(one)) is not None and latest >= first)
    return Selected(published, frozenset(ids))


def changed(published: Iterable[Published], table: Table, earlier: Path) -> tuple[Selected, list[Change]]:
    """Return the articles that an ``earlier`` export lacks or has otherwise, and every change since."""
    now = lines(table, rows_of(table, published))
    found = [one for _, one in compare(now, earlier_file(earlier))]
    ids = frozenset(one.article for one in found if one.change != "removed")
    return Selected(published, ids), found


def _latest(published: Published) -> date | None:
    moments = (published.article.published, published.article.modified)
    days = [date.fromisoformat(moment.isoformat()[:10]) for moment in moments if moment is not None]
    return max(days, default=None)


def where(published: Iterable[Published], table: Table, condition: str) -> Selected:
    """Return the articles that the SQL ``condition`` holds for. Raise `SelectionError`."""
    with closing(sqlite3.connect("")) as base:  # "": a file that SQLite deletes, so memory stays small
        _fill(base, published, table)
        try:
            base.set_authorizer(_authorize)
            base.set_progress_handler(_Limit(), 1_000_000)
            found = base.execute(f"SELECT id FROM articles WHERE ({condition}\n)")  # noqa: S608 - only reading is allowed
            ids = frozenset(row[0] for row in found)
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise SelectionError(_explain(str(error), condition, table)) from None
    return Selected(published, ids)


class _Limit:
    """Tells SQLite to stop after `_MOST_STEPS`; it is asked every million."""

    def __init__(self) -> None:
        self.left = _MOST_STEPS // 1_000_000

    def __call__(self) -> int:
        self.left -= 1
        return self.left < 0


def _authorize(action: int, first: str | None, second: str | None, base: str | None, inner: str | None) -> int:
    del second, base, inner
    if action == sqlite3.SQLITE_READ and first not in {"articles", "rows"}:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _fill(base: sqlite3.Connection, published: Iterable[Published], table: Table) -> None:
    """Make the view ``articles``: each column by its name and by its other word; lists are joined texts."""
    names = ", ".join(f'"{one.name}" {sql_type(one.type)}' for one in table.fields)
    base.execute(f"CREATE TABLE rows ({names})")
    marks = ", ".join("?" * len(table.fields))
    rows = (_plain(row) for one in published for row in table.rows(one))
    try:
        base.executemany(f"INSERT INTO rows VALUES ({marks})", rows)  # noqa: S608 - names of our own
    except UnicodeEncodeError as error:
        raise SelectionError(f"An article holds what is not text ({error.reason}); run `broadsheet check`.") from None
    others = (f'"{column}" AS "{word}"' for word, column in ALIASES.items() if column in table.names)
    base.execute(f"CREATE VIEW articles AS SELECT *, {', '.join(others)} FROM rows")  # noqa: S608 - names of our own


def sql_type(kind: str) -> str:
    """Return the SQLite type of a field type."""
    return {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}.get(kind, "TEXT")


def _plain(row: Sequence[Value]) -> list[object]:
    return [cells.join(one) if isinstance(one, list) else str(one) if isinstance(one, dict) else one for one in row]


def _explain(error: str, condition: str, table: Table) -> str:
    missing = re.fullmatch(r"no such column: (\S+)", error)
    if missing:
        return f"--where names {missing[1]!r}, which is no column of {table.name}; {_hint(missing[1], table)}"
    if error == "not authorized" or "prohibited" in error:
        return f"--where may only compare columns of {table.name}: {condition!r} does more."
    if error == "interrupted":
        return f"--where does not come to an end: {condition!r}; write a simpler condition."
    return f"--where is not a condition in SQL: {condition!r} ({error}); write such as: section = 'News' and date >= '2016'"


def _hint(name: str, table: Table) -> str:
    near = nearest(name, [*table.names, *ALIASES])
    return f"did you mean {near}?" if near else f"known are {', '.join(table.names)}."
