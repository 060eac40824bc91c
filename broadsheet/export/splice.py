"""Exports after an edit: the files that stand, with the pieces of the edited articles changed in them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import orjson

from broadsheet.export import describing
from broadsheet.export.assembly import encoded
from broadsheet.export.charts import charts
from broadsheet.export.dataset import Dataset, describe
from broadsheet.export.files import File
from broadsheet.export.laid import Laid, packed, remember, told, unpacked
from broadsheet.export.patch import Edit, UnfitError, patch, together
from broadsheet.export.plan import Plan
from broadsheet.export.record import DIGEST, Record, Recorded
from broadsheet.export.rows import liner
from broadsheet.export.sink import Written, write_all
from broadsheet.export.slot import Slot
from broadsheet.export.tally import PREVIEW_ROWS, Tally
from broadsheet.fields import PROBLEMS
from broadsheet.model import Problem

#: Position of an article among those that stand in lists, from 0 → its record as it was, and as it is.
Replaced = Mapping[int, tuple[Record, Record]]


@dataclass(frozen=True, slots=True)
class _Change:
    """One article that has another record."""

    position: int
    old: Recorded
    new: Recorded


def splice(
    plan: Plan, laid: Laid, before: Path, folder: Path, replaced: Replaced, problems: Iterable[Problem] = ()
) -> tuple[Dataset, Laid, tuple[str, ...]] | None:
    """Write into ``folder`` the files that differ from those in ``before``, which ``laid`` describes.

    Return the dataset, what to remember of it, and the names of what was written; None where that cannot be
    done and all must be assembled: another plan, a format that is not made of pieces, a version to compare with,
    other sums over the articles, or files that are not as they were.
    """
    problems = tuple(problems)
    changes = _changes(plan, laid, replaced)
    if changes is None:
        return None
    try:
        return _spliced(plan, laid, before, folder, changes, problems)
    except UnfitError:
        return None


def _changes(plan: Plan, laid: Laid, replaced: Replaced) -> list[_Change] | None:
    """Return what changes, in the order of the paper; None where other articles, or sums, are touched by it."""
    if not plan.spliced or laid.mark != plan.mark or not all(map(all, replaced.values())):
        return None
    found = [_Change(at, Recorded(*old), Recorded(*new)) for at, (old, new) in sorted(replaced.items())]
    return found if all(_alone(laid, one) for one in found) else None


def _alone(laid: Laid, one: _Change) -> bool:
    """Tell whether nothing but the pieces of the article is touched by a change."""
    start = one.position * DIGEST
    old, new = one.old, one.new
    known = laid.digests[start : start + DIGEST] == old.digest
    return known and (old.facts, old.distinct, old.shared) == (new.facts, new.distinct, new.shared)


def _spliced(
    plan: Plan, laid: Laid, before: Path, folder: Path, changes: list[_Change], problems: tuple[Problem, ...]
) -> tuple[Dataset, Laid, tuple[str, ...]]:
    tally = laid.tally
    for one in changes:
        _tell(plan, tally, one)
    sizes = {one.name: one.bytes for one in (*laid.files, *([laid.browse] if laid.browse is not None else []))}
    lengths, tasks = _patches(plan, laid, before, folder, changes, sizes)
    largest = sorted(tasks, key=lambda name: -sizes[name])
    written = dict(zip(largest, together([tasks[name] for name in largest]), strict=True))
    if told(problems) != laid.problems:
        written |= _problems(plan, tally, folder, problems)
    listed = [_file(one, written, tally) for one in laid.files]
    browse = _file(laid.browse, written, tally) if laid.browse is not None else None
    dataset = describe(plan.site, tally, plan.tables, charts(tally.counts))
    dataset = replace(dataset, files=tuple(listed), browse=browse)
    dataset, texts = describing.descriptors(dataset, plan.site, describing.Told((), 0, first=True))
    names = (*written, *describing.write_changed(texts, before, folder))
    known = remember(plan.mark, told(problems), lengths, listed, browse, tally)
    return dataset, known, tuple(sorted(names))


def _tell(plan: Plan, tally: Tally, one: _Change) -> None:
    """Put what is known of an article alone into the sums."""
    start = one.position * DIGEST
    tally.digests[start : start + DIGEST] = one.new.digest
    if one.position < PREVIEW_ROWS:
        tally.preview[one.position] = one.new.preview
    for table, was, now in zip(plan.ordinary, one.old.counts, one.new.counts, strict=True):
        if now != was:
            tally.rows[table.name] += now - was


def _patches(
    plan: Plan, laid: Laid, before: Path, folder: Path, changes: list[_Change], sizes: Mapping[str, int]
) -> tuple[list[bytes], dict[str, Callable[[], Written]]]:
    """Return the lengths of all pieces as they will be, and what writes each file that differs."""
    lengths: list[bytes] = []
    tasks: dict[str, Callable[[], Written]] = {}
    for number, slot in enumerate(plan.slots):
        touched = [one for one in changes if one.old.pieces[number] != one.new.pieces[number]]
        known = laid.lengths[number]
        if touched:
            now = unpacked(known, len(laid.digests) // DIGEST)
            edits = [*_edits(slot, number, now, touched)]
            tasks[slot.name] = partial(patch, before / slot.name, folder / slot.name, sizes[slot.name], edits)
            known = packed(now)
        lengths.append(known)
    return lengths, tasks


def _edits(slot: Slot, number: int, lengths: array[int], touched: Iterable[_Change]) -> Iterator[Edit]:
    """Yield what changes in the file of a slot; ``lengths`` become those after it. Raise `UnfitError`."""
    offset, at = len(slot.frame.head), 0
    between = len(slot.frame.between)
    there = 0  # pieces before the article
    for one in touched:
        some = lengths[at : one.position]
        there += len(some) - some.count(0)
        offset += sum(some)
        old, new = one.old.pieces[number], one.new.pieces[number]
        if between and not (old and new):
            raise UnfitError
        yield Edit(offset + between * there, old, new)
        lengths[one.position] = len(new)
        offset += len(old)
        there += bool(old)
        at = one.position + 1


def _problems(plan: Plan, tally: Tally, folder: Path, problems: tuple[Problem, ...]) -> dict[str, Written]:
    """Write the table of problems again."""
    if PROBLEMS.name not in {one.name for one in plan.tables}:
        return {}
    tally.rows[PROBLEMS.name] = len(problems)
    found = {}
    for form in plan.forms:
        if form.by_row and form.wants(PROBLEMS):
            rows = (orjson.loads(liner(PROBLEMS)(one, one.file)) for one in problems)
            name = form.file_name(PROBLEMS)
            found[name] = write_all(folder / name, encoded(form, PROBLEMS, rows))
    return found


def _file(one: File, written: Mapping[str, Written], tally: Tally) -> File:
    """Return what is told of a file, written again or not."""
    rows = tally.rows[one.table] if one.table is not None else one.rows
    known = written.get(one.name)
    if known is None:
        return one if one.rows == rows else replace(one, rows=rows)
    return replace(one, bytes=known.bytes, sha256=known.sha256, rows=rows)
