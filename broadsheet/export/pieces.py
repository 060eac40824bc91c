"""The files that articles fill one by one, with other pieces of single articles."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from broadsheet.export.laid import Laid, packed, unpacked
from broadsheet.export.patch import Edit, UnfitError, patch, together
from broadsheet.export.plan import Plan
from broadsheet.export.record import DIGEST, Recorded
from broadsheet.export.sink import Written
from broadsheet.export.slot import Slot


@dataclass(frozen=True, slots=True)
class Edited:
    """One article that has another record."""

    position: int
    old: Recorded
    new: Recorded


def repiece(
    plan: Plan, laid: Laid, before: Path, folder: Path, edited: Sequence[Edited]
) -> tuple[list[bytes], dict[str, Written]]:
    """Write the files that differ; return the lengths of all pieces as they are now, and what was written.

    ``edited`` is in the order of the paper. Raise `UnfitError` where a file in ``before`` is not as it was written.
    """
    lengths, tasks = _patches(plan, laid, before, folder, edited)
    sizes = laid.sizes
    largest = sorted(tasks, key=lambda name: -sizes[name])
    return lengths, dict(zip(largest, together([tasks[name] for name in largest]), strict=True))


def _patches(
    plan: Plan, laid: Laid, before: Path, folder: Path, edited: Sequence[Edited]
) -> tuple[list[bytes], dict[str, Callable[[], Written]]]:
    """Return the lengths of all pieces as they will be, and what writes each file that differs."""
    sizes = laid.sizes
    lengths: list[bytes] = []
    tasks: dict[str, Callable[[], Written]] = {}
    for number, slot in enumerate(plan.slots):
        touched = [one for one in edited if one.old.pieces[number] != one.new.pieces[number]]
        known = laid.lengths[number]
        if touched:
            now = unpacked(known, len(laid.digests) // DIGEST)
            edits = [*_edits(slot, number, now, touched)]
            tasks[slot.name] = partial(patch, before / slot.name, folder / slot.name, sizes[slot.name], edits)
            known = packed(now)
        lengths.append(known)
    return lengths, tasks


def _edits(slot: Slot, number: int, lengths: array[int], touched: Iterable[Edited]) -> Iterator[Edit]:
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
