"""The tables that no single article makes, after an edit: what the gate found, and what changed since the last version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from broadsheet.export import changes
from broadsheet.export.assembly import encoded
from broadsheet.export.changes import Placed
from broadsheet.export.edits import Edited, landed, moved
from broadsheet.export.laid import Stands, told
from broadsheet.export.plan import Plan
from broadsheet.export.rows import liner
from broadsheet.export.sink import Written, write_all
from broadsheet.export.tally import Tally
from broadsheet.fields import CHANGES, PROBLEMS, Table
from broadsheet.model import Problem


def stands(
    plan: Plan, before: Stands, edited: Sequence[Edited], problems: Sequence[Problem] | None, count: int
) -> Stands:
    """Return what stands after an edit that leaves ``count`` articles. Raise `UnfitError`.

    Without ``problems``, they are as they were.
    """
    found = _changed(plan.before, plan, before, edited, count) if plan.before is not None else ()
    said = before.problems if problems is None else told(problems)
    return Stands(plan.mark, said, before.compared, found)


def rewrite(
    plan: Plan, tally: Tally, folder: Path, before: Stands, now: Stands, problems: Sequence[Problem]
) -> dict[str, Written]:
    """Write the tables that are not as they were; return what was written."""
    written: dict[str, Written] = {}
    if now.problems != before.problems:
        written |= _table(plan, tally, folder, PROBLEMS, [(one, one.file) for one in problems])
    if now.changes != before.changes:
        written |= _table(plan, tally, folder, CHANGES, [(one, one.article) for _, one in now.changes or ()])
    return written


def _changed(earlier: Path, plan: Plan, before: Stands, edited: Sequence[Edited], count: int) -> tuple[Placed, ...]:
    """Return the changes since the version published before, of which those of unedited articles are known."""
    slot = next(number for number, one in enumerate(plan.slots) if one.name == changes.FILE)
    version = earlier.read_bytes()
    touched = {one.position for one in edited if one.old is not None}
    known = [one for one in before.changes or () if one[1].change != "removed" and one[0] not in touched]
    found = [(moved(at, edited), one) for at, one in known]
    for at, one in landed(edited):
        line = one.new.pieces[slot] if one.new is not None else b""
        old = changes.line_of(changes.identity(line, earlier), version) if line else b""
        now = changes.compared(line, old, earlier) if line else None
        found += [(at, now)] if now is not None else []
    return (*sorted(found, key=lambda one: one[0]), *_gone(before, edited, slot, version, earlier, count))


def _gone(
    before: Stands, edited: Sequence[Edited], slot: int, version: bytes, earlier: Path, count: int
) -> Iterator[Placed]:
    """Yield the articles of the version published before that are no longer there, in its order."""
    gone = {one.article.encode() for _, one in before.changes or () if one.change == "removed"}
    gone |= {changes.identity(one.old.pieces[slot], earlier) for one in edited if one.old is not None}
    gone -= {changes.identity(one.new.pieces[slot], earlier) for one in edited if one.new is not None}
    lines = [line for line in (changes.line_of(one, version) for one in gone) if line]
    for line in sorted(lines, key=version.find):
        yield count, changes.removed(line)


def _table(
    plan: Plan, tally: Tally, folder: Path, table: Table, listed: Sequence[tuple[Any, str]]
) -> dict[str, Written]:
    """Write a table in all formats that want it. ``listed`` are its items, each with what names it in an error."""
    if table.name not in {one.name for one in plan.tables}:
        return {}
    tally.rows[table.name] = len(listed)
    make = liner(table)
    lines = [make(*one) for one in listed]
    forms = [one for one in plan.forms if one.by_row and one.wants(table)]
    names = [one.file_name(table) for one in forms]
    return {
        name: write_all(folder / name, encoded(form, table, map(orjson.loads, lines)))
        for name, form in zip(names, forms, strict=True)
    }
