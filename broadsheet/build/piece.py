"""What is known of a content file, kept from build to build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import astuple

from broadsheet.build.archive import Place
from broadsheet.model import Problem
from broadsheet.press import pack

if TYPE_CHECKING:
    from broadsheet.edition import Held


class Piece(Struct):
    """What is known of a content file once it has been judged. All fields are plain data."""

    file: str
    wish: str | None  # the slug that it would like, None where there is no article
    stated: bool  # the wish stands in the front matter
    slug: str  # under which it was made
    held: Held
    problems: tuple[tuple[Any, ...], ...]  # of the fields of Problem
    clip: pack.Packed | None = None  # empty once it is held otherwise: it lies in the archive behind the frame
    kept: tuple[str, str] | None = None  # (path below the output, file) of the kept original
    digest: bytes = b""  # of all that its page, document and rows are made from
    place: Place | None = None  # of its frame in the archive
    record: Place | None = None  # of what the exports need of it, there; empty where it is made of its frame
    print: bytes = b""  # of its clip
    aliases: tuple[tuple[str, int], ...] = ()  # earlier addresses as stated, each with its line
    wake: float | None = None  # time (s) at which it must be judged again: it is of the future
    cards: tuple[bytes, bytes] | None = None  # HTML of its card and its brief, within the build that made it

    @property
    def told(self) -> list[Problem]:
        """Return the problems."""
        return [Problem(*one) for one in self.problems]


#: Where each field stands among the others: they are asked for by number where a piece an article would take too long.
NUMBERS: Final = {name: number for number, name in enumerate(Piece.__struct_fields__)}


def lasting(piece: Piece) -> tuple[Any, ...]:
    """Return the fields that later builds need."""
    return astuple(piece)[:-1]


class Lasting(Mapping[str, tuple[Any, ...]]):
    """The lasting fields of pieces, by file, made as they are asked for."""

    def __init__(self, of: Mapping[str, Piece]) -> None:
        self.of = of

    def __getitem__(self, file: str) -> tuple[Any, ...]:
        return lasting(self.of[file])

    def __iter__(self) -> Iterator[str]:
        return iter(self.of)

    def __len__(self) -> int:
        return len(self.of)
