"""What articles make together, after an edit: rows of distinct tables, and what they share in files of the whole paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import orjson

from broadsheet.export.assembly import encoded
from broadsheet.export.edits import Edited, UnfitError
from broadsheet.export.laid import Sums
from broadsheet.export.plan import Plan
from broadsheet.export.shelf import Entry, rows_of_entries
from broadsheet.export.sink import Written, write_all
from broadsheet.export.tally import Tally


def amended(before: Sums, edited: Sequence[Edited]) -> Sums:
    """Return the sums after an edit. Raise `UnfitError` where all articles must be asked for them."""
    distinct = [
        _entries(entries, [_pair(one.old and one.old.distinct[n], one.new and one.new.distinct[n]) for one in edited])
        for n, entries in enumerate(before.distinct)
    ]
    shared = [
        _shared(counts, [_pair(one.old and one.old.shared[n], one.new and one.new.shared[n]) for one in edited])
        for n, counts in enumerate(before.shared)
    ]
    return Sums(tuple(distinct), tuple(shared))


#: What one article had, and what it has.
_Pair = tuple[frozenset[bytes], frozenset[bytes]]


def _pair(old: Iterable[bytes] | None, new: Iterable[bytes] | None) -> _Pair:
    return frozenset(old or ()), frozenset(new or ())


def _shared(counts: dict[bytes, int], pairs: Iterable[_Pair]) -> dict[bytes, int]:
    found = Counter(counts)
    for old, new in pairs:
        found.update(new - old)
        found.subtract(old - new)
    return {piece: count for piece, count in found.items() if count}


def _entries(entries: tuple[Entry, ...], pairs: Iterable[_Pair]) -> tuple[Entry, ...]:
    """Return the rows of a table after an edit; of one that articles have in several ways only all articles can tell."""
    pairs = [(old, new) for old, new in pairs if old != new]
    if not pairs:
        return entries
    counts = {line: count for line, count, alone in entries if alone}
    merged = [one for one in entries if not one[2]]
    for old, new in pairs:
        for line in old - new:
            if line not in counts:
                raise UnfitError
            counts[line] -= 1
        for line in new - old:
            counts[line] = counts.get(line, 0) + 1
    left = {line: count for line, count in counts.items() if count}
    keys = [orjson.loads(line)[0] for line in (*left, *(one[0] for one in merged))]
    if len(set(keys)) != len(keys):
        raise UnfitError
    return tuple(sorted([*((line, count, True) for line, count in left.items()), *merged]))


def rewrite(plan: Plan, tally: Tally, folder: Path, before: Sums, now: Sums) -> dict[str, Written]:
    """Write the distinct tables that are not as they were; return what was written."""
    written = {}
    for table, old, new in zip(plan.distinct, before.distinct, now.distinct, strict=True):
        if old == new:
            continue
        tally.rows[table.name] = len(new)
        for form in plan.forms:
            if form.by_row and form.wants(table):
                name = form.file_name(table)
                written[name] = write_all(folder / name, encoded(form, table, rows_of_entries(new)))
    return written
