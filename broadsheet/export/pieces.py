"""The files that articles fill one by one, with other pieces of single articles."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from broadsheet.export.edits import Edited, UnfitError, amend
from broadsheet.export.laid import Laid, Sums, packed, unpacked
from broadsheet.export.patch import Edit, patch, together
from broadsheet.export.plan import Plan
from broadsheet.export.record import DIGEST
from broadsheet.export.sink import Written
from broadsheet.export.slot import Slot


def repiece(
    plan: Plan, laid: Laid, now: Sums, before: Path, folder: Path, edited: Sequence[Edited]
) -> tuple[list[bytes], dict[str, Written]]:
    """Write the files that differ; return the lengths of all pieces as they are now, and what was written.

    ``edited`` is in the order of the paper, ``now`` are the sums after it. Raise `UnfitError` where a file in ``before`` is not as it was written.
    """
    lengths, tasks = _patches(plan, laid, now, before, folder, edited)
    sizes = laid.sizes
    largest = sorted(tasks, key=lambda name: -sizes[name])
    return lengths, dict(zip(largest, together([tasks[name] for name in largest]), strict=True))


def _patches(
    plan: Plan, laid: Laid, now: Sums, before: Path, folder: Path, edited: Sequence[Edited]
) -> tuple[list[bytes], dict[str, Callable[[], Written]]]:
    """Return the lengths of all pieces as they will be, and what writes each file that differs."""
    sizes, first = laid.sizes, len(plan.slots) - len(now.shared)
    lengths: list[bytes] = []
    tasks: dict[str, Callable[[], Written]] = {}
    for number, slot in enumerate(plan.slots):
        known = unpacked(laid.lengths[number], len(laid.digests) // DIGEST)
        changes = [*_edits(slot, number, known, edited)]
        if slot.table is None:
            changes += _tail(slot, known, laid.sums.shared[number - first], now.shared[number - first])
        if changes:
            tasks[slot.name] = partial(patch, before / slot.name, folder / slot.name, sizes[slot.name], changes)
        amend(known, edited, lambda one, at=number: array("I", [len(one.pieces[at])]))
        lengths.append(packed(known))
    return lengths, tasks


def _edits(slot: Slot, number: int, lengths: array[int], edited: Iterable[Edited]) -> Iterator[Edit]:
    """Yield what changes in the file of a slot. Raise `UnfitError` where no piece stays.

    The first piece that stays has nothing before and nothing behind it to change: those before it
    bring what stands behind a piece, those after it what stands before one.
    """
    touched = [
        (one.position, one.old.pieces[number] if one.old else b"", one.new.pieces[number] if one.new else b"")
        for one in edited
    ]
    touched = [one for one in touched if one[1] != one[2]]
    between, stays = slot.frame.between, _stays(lengths, {at for at, old, _ in touched if old})
    if between and touched and stays < 0:
        raise UnfitError
    at, total, there = 0, len(slot.frame.head), 0  # position, bytes and pieces before it
    for position, old, new in touched:
        some = lengths[at:position]
        at, total, there = position, total + sum(some), there + len(some) - some.count(0)
        early = position <= stays
        offset = total + len(between) * (there if early or not there else there - 1)
        yield Edit(offset, _unit(old, between, early=early), _unit(new, between, early=early))


def _stays(lengths: array[int], gone: set[int]) -> int:
    """Return the position of the first piece that is not edited, -1 where there is none."""
    return next((at for at, length in enumerate(lengths) if length and at not in gone), -1)


def _unit(piece: bytes, between: bytes, *, early: bool) -> bytes:
    return (piece + between if early else between + piece) if piece else b""


def _tail(slot: Slot, lengths: array[int], before: Iterable[bytes], now: Iterable[bytes]) -> Iterator[Edit]:
    """Yield the change of what stands behind all articles. Raise `UnfitError` where no article stands before it."""
    old, new = sorted(before), sorted(now)
    if old == new:
        return
    there = len(lengths) - lengths.count(0)
    if not there:
        raise UnfitError
    between = slot.frame.between
    end = len(slot.frame.head) + sum(lengths) + len(between) * (there - 1)
    yield Edit(end, b"".join(between + one for one in old), b"".join(between + one for one in new))
