"""The tables that no single article makes, after an edit: what the gate found, and what changed since the last version."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from broadsheet.export import changes
from broadsheet.export.assembly import encoded
from broadsheet.export.changes import Placed
from broadsheet.export.laid import Stands, told
from broadsheet.export.patch import UnfitError
from broadsheet.export.pieces import Edited
from broadsheet.export.plan import Plan
from broadsheet.export.rows import liner
from broadsheet.export.sink import Written, write_all
from broadsheet.export.tally import Tally
from broadsheet.fields import CHANGES, PROBLEMS, Table
from broadsheet.model import Problem


def stands(plan: Plan, before: Stands, edited: Sequence[Edited], problems: Sequence[Problem] | None) -> Stands:
    """Return what stands after an edit. Raise `UnfitError` where all articles must be compared for it.

    Without ``problems``, they are as they were.
    """
    found = _changed(plan.before, plan, before, edited) if plan.before is not None else ()
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


def _changed(earlier: Path, plan: Plan, before: Stands, edited: Sequence[Edited]) -> tuple[Placed, ...]:
    """Return the changes since the version published before, of which those of unedited articles are known."""
    slot = next(number for number, one in enumerate(plan.slots) if one.name == changes.FILE)
    version = earlier.read_bytes()
    edits = {one.position: (one.old.pieces[slot], one.new.pieces[slot]) for one in edited}
    gone = [one for one in before.changes or () if one[1].change == "removed"]
    kept = [one for one in before.changes or () if one[1].change != "removed" and one[0] not in edits]
    for position, (old, new) in edits.items():
        identity = changes.identity(new, earlier)
        if changes.identity(old, earlier) != identity:
            raise UnfitError
        found = changes.compared(new, changes.line_of(identity, version), earlier)
        if found is not None:
            kept.append((position, found))
    return (*sorted(kept, key=lambda one: one[0]), *gone)


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
