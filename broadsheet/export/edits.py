"""Which articles are others than they were, in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from broadsheet.export.record import Record, Recorded


class UnfitError(Exception):
    """What stands cannot be changed in single places. Never told to anyone: all is written anew."""


class Edited(Struct, frozen=True):
    """One article that is another, is gone (``new`` is None), or came before the one at its position (``old`` is None).

    Positions are those of before, among the articles that stand in lists, from 0.
    """

    position: int
    old: Recorded | None
    new: Recorded | None

    @property
    def more(self) -> int:
        """Return by how many articles the paper grows."""
        return (self.new is not None) - (self.old is not None)


def edits(replaced: Mapping[int, tuple[Record, Record]], inserted: Mapping[int, Sequence[Record]]) -> list[Edited]:
    """Return all edits in the order of the paper: at one position, what is inserted comes first."""
    found = [Edited(at, None, Recorded(*new)) for at in sorted(inserted) for new in inserted[at] if new]
    found += [
        Edited(at, Recorded(*old) if old else None, Recorded(*new) if new else None)
        for at, (old, new) in sorted(replaced.items())
        if old or new
    ]
    return sorted(found, key=lambda one: (one.position, one.old is not None))


def landed(edited: Iterable[Edited]) -> Iterator[tuple[int, Edited]]:
    """Yield each edit with the position at which its article stands now; of one that is gone, at which it would."""
    more = 0
    for one in edited:
        yield one.position + more, one
        more += one.more


def moved(position: int, edited: Iterable[Edited]) -> int:
    """Return where the article that stood at ``position`` and was not edited stands now."""
    return position + sum(one.more for one in edited if one.position <= position)


def amend(values: Any, edited: Sequence[Edited], make: Any, width: int = 1) -> None:
    """Change ``values``, a sequence with ``width`` values an article, by ``make(record)``, a sequence of as many."""
    for one in reversed(edited):
        start = one.position * width
        end = start + (width if one.old is not None else 0)
        values[start:end] = make(one.new) if one.new is not None else values[:0]
