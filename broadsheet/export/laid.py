"""What a later export needs to know of the files of this one to change single articles in them."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, NamedTuple, Self

from msgspec import Struct
from msgspec.structs import astuple

from broadsheet.export.changes import Placed
from broadsheet.export.counts import Counts
from broadsheet.export.dataset import Dataset
from broadsheet.export.files import File
from broadsheet.export.shelf import Entry
from broadsheet.export.tally import Tally
from broadsheet.fields import Change
from broadsheet.model import Problem


class Stands(NamedTuple):
    """What the files were made for, besides the articles."""

    mark: bytes  # of the plan
    problems: bytes  # `told` of the problems
    compared: tuple[int, ...]  # the stamp of the version published before, nothing where there was none
    changes: tuple[Placed, ...] | None  # since then; None where they are too many to be remembered


class Sums(NamedTuple):
    """What several articles make together."""

    distinct: tuple[tuple[Entry, ...], ...]  # the rows of each distinct table
    shared: tuple[dict[bytes, int], ...]  # for each slot of the whole paper, what articles share there → how many do


class Laid(Struct, frozen=True):
    """Plain data: about 60 bytes an article, and a row an author, place, section and tag."""

    stands: Stands
    sums: Sums
    lengths: tuple[bytes, ...]  # of the articles' pieces in each slot: an array of type "I", or nothing where all are 0
    files: tuple[File, ...]
    browse: File | None
    digests: bytes
    preview: tuple[bytes, ...]
    rows: dict[str, int]
    counts: tuple[Any, ...]

    @property
    def tally(self) -> Tally:
        """Return what was known of all articles; it may be changed."""
        return Tally(Counts().restore(self.counts), bytearray(self.digests), list(self.preview), Counter(self.rows))

    @property
    def sizes(self) -> dict[str, int]:
        """Return the bytes of each file by its name."""
        return {one.name: one.bytes for one in (*self.files, *([self.browse] if self.browse is not None else []))}

    def plain(self) -> tuple[Any, ...]:
        """Return a plain tuple, which `marshal` takes, for `of`."""
        *stands, changes = self.stands
        listed = tuple((number, astuple(one)) for number, one in changes) if changes is not None else None
        files = tuple(map(astuple, self.files))
        browse = astuple(self.browse) if self.browse is not None else None
        known = (self.digests, self.preview, self.rows, self.counts)
        return (*stands, listed), tuple(self.sums), self.lengths, files, browse, *known

    @classmethod
    def of(cls, plain: tuple[Any, ...]) -> Self:
        """Return what `plain` was made of."""
        (mark, problems, compared, listed), sums, lengths, files, browse, *known = plain
        changes = tuple((number, Change(*one)) for number, one in listed) if listed is not None else None
        stands = Stands(mark, problems, compared, changes)
        found = tuple(File(*one) for one in files)
        return cls(stands, Sums(*sums), lengths, found, File(*browse) if browse is not None else None, *known)


def remember(stands: Stands, sums: Sums, lengths: Iterable[bytes], dataset: Dataset, tally: Tally) -> Laid:
    """Return what is to be remembered."""
    rows = {table: count for table, count in tally.rows.items() if count}
    known = (bytes(tally.digests), tuple(tally.preview), rows, tally.counts.plain())
    return Laid(stands, sums, tuple(lengths), dataset.files, dataset.browse, *known)


def packed(lengths: array[int]) -> bytes:
    """Return lengths as they are remembered."""
    return lengths.tobytes() if any(lengths) else b""


def unpacked(lengths: bytes, count: int) -> array[int]:
    """Return the lengths of ``count`` pieces."""
    return array("I", lengths) if lengths else array("I", bytes(count * array("I").itemsize))


def told(problems: Iterable[Problem]) -> bytes:
    """Return the fingerprint of problems."""
    found = blake2b(digest_size=16)
    for one in problems:
        found.update(repr(one).encode(errors="replace"))
    return found.digest()
