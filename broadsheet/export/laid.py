"""What a later export needs to know of the files of this one to change single articles in them."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from hashlib import blake2b
from typing import Any, Self

from broadsheet.export.counts import Counts
from broadsheet.export.files import File
from broadsheet.export.tally import Tally
from broadsheet.model import Problem


@dataclass(frozen=True, slots=True)
class Laid:
    """Plain data: about 60 bytes an article."""

    mark: bytes  # of the plan
    problems: bytes  # `told` of the problems
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

    def plain(self) -> tuple[Any, ...]:
        """Return a plain tuple, which `marshal` takes, for `of`."""
        files = tuple(map(astuple, self.files))
        browse = astuple(self.browse) if self.browse is not None else None
        return self.mark, self.problems, self.lengths, files, browse, self.digests, self.preview, self.rows, self.counts

    @classmethod
    def of(cls, plain: tuple[Any, ...]) -> Self:
        """Return what `plain` was made of."""
        mark, problems, lengths, files, browse, *rest = plain
        found = tuple(File(*one) for one in files)
        return cls(mark, problems, lengths, found, File(*browse) if browse is not None else None, *rest)


def remember(
    mark: bytes, problems: bytes, lengths: Iterable[bytes], files: Sequence[File], browse: File | None, tally: Tally
) -> Laid:
    """Return what is to be remembered."""
    return Laid(
        mark,
        problems,
        tuple(lengths),
        tuple(files),
        browse,
        bytes(tally.digests),
        tuple(tally.preview),
        {table: count for table, count in tally.rows.items() if count},
        tally.counts.plain(),
    )


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
