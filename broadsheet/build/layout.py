"""How a paper is laid out: what an edit of a few articles needs to know of all others, and no more.

Articles are numbered in the order of the paper. A layout is made when the whole paper
is laid out, and holds for as long as no article comes, goes or moves.
"""

from __future__ import annotations

import pickle
import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from broadsheet import urls
from broadsheet.build.archive import PLACE, Place
from broadsheet.build.store import Moves
from broadsheet.press.clips import Clip
from broadsheet.press.job import Job
from broadsheet.press.lane.stencil import Stencil
from broadsheet.press.lane.values import Shape
from broadsheet.press.light import CARDS
from broadsheet.press.sheets import Run, Sheet
from broadsheet.press.views import Block, Card

#: Numbers of the articles that a page shows, as `near` packs them: earlier, later, related; -1 where there is none.
Near = bytes
NONE: Final = -1
_NEAR: Final = struct.Struct("=5i")
_WIDTH: Final = 5


def near(numbers: Sequence[int]) -> Near:
    """Return at most five numbers as a `Near`."""
    return _NEAR.pack(*numbers, *[NONE] * (_WIDTH - len(numbers)))


#: Of a page that shows no others.
ALONE: Final = near(())


class Layout(Struct):
    """A layout, as plain data."""

    mark: str  # of the whole build
    files: tuple[str, ...]
    slugs: tuple[str, ...]
    shown: int  # the first so many stand in lists
    places: bytes  # of the articles' frames, one after the other
    near: bytes  # five numbers each
    runs: tuple[tuple[bytes, bytes], ...]  # listings: a pickled `Run` without its clips, and the numbers of these
    front: bytes  # the front page, pickled
    on_front: bytes  # the numbers of its cards
    feeds: tuple[tuple[str, str | None, bytes], ...]  # path, section, numbers of the entries
    news: bytes  # numbers of the articles in the news sitemap
    paper: bytes  # the pickled `PaperView`
    stencils: tuple[Any, ...]  # of the lane
    laid: tuple[Any, ...]  # how the exports are laid out

    def learnt(self) -> dict[Shape, Stencil | None]:
        """Return the stencils that were proven, by shape."""
        return {Shape(*of): Stencil.unpacked(packed) for of, (packed, _) in self.stencils[0].items()}

    @classmethod
    def of(cls, values: tuple[Any, ...], moves: Moves) -> Layout:
        """Return a layout of its fields, and of what edits changed since."""
        made = cls(*values)
        if moves.mark:
            made.front, made.laid = moves.front, moves.laid
            made.move(moves.places)
        return made

    def place(self, number: int) -> Place:
        """Return where the frame of an article is."""
        return self.places[PLACE * number : PLACE * (number + 1)]

    def move(self, places: Mapping[int, Place]) -> None:
        """Take note of the new frames of articles, by number."""
        moved = bytearray(self.places)
        for number, place in places.items():
            moved[PLACE * number : PLACE * (number + 1)] = place
        self.places = bytes(moved)

    def around(self, number: int) -> tuple[int, ...]:
        """Return the numbers of the articles that the page of one shows."""
        return _NEAR.unpack_from(self.near, _NEAR.size * number)

    def showing(self, number: int) -> set[int]:
        """Return the numbers of the articles whose pages show this one."""
        return {at // _WIDTH for at in _places(_numbers(self.near), number)}

    def pages(self, number: int, size: int) -> Iterator[tuple[Run, int, Sequence[int]]]:
        """Yield the listings, of ``size`` cards a page, on which an article stands: listing, page, numbers there."""
        for pickled, raw in self.runs:
            held = _numbers(raw)
            for at in _places(held, number):
                run: Run = pickle.loads(pickled)  # noqa: S301  ours, as the checksum of the state proves
                page = at // size + 1
                yield replace(run, clips=_Blank(len(held))), page, held[(page - 1) * size : page * size]


class _Blank(Sequence[Any]):
    """So many clips that no one looks at."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, _: Any) -> Any:
        return ()


def numbers(raw: bytes) -> list[int]:
    """Return the numbers that a layout keeps as bytes."""
    return _numbers(raw).tolist()


def _numbers(raw: bytes) -> array[int]:
    return array("i", raw)


def packed(found: Iterable[int]) -> bytes:
    """Return numbers as a layout keeps them."""
    return array("i", found).tobytes()


def _places(held: array[int], number: int) -> Iterator[int]:
    at = -1
    while True:
        try:
            at = held.index(number, at + 1)
        except ValueError:
            return
        yield at


def lay_out(
    job: Job,
    order: Sequence[Clip],
    places: Mapping[str, Place],
    near: Mapping[str, Near],
    news: Iterable[Clip],
    stencils: tuple[Any, ...],
    laid: tuple[Any, ...],
) -> Layout | None:
    """Return the layout of a job whose articles stand in ``order``; None where articles have translations.

    ``places`` and ``near`` are by slug.
    """
    if any(clip.translation_of for clip in order):
        return None
    number = {clip.slug: at for at, clip in enumerate(order)}
    front = job.sheets.front()
    return Layout(
        mark="",
        files=tuple(clip.file for clip in order),
        slugs=tuple(number),
        shown=len(job.desk.clips),
        places=b"".join([places[clip.slug] for clip in order]),
        near=b"".join([near[clip.slug] for clip in order]),
        runs=tuple(
            (pickle.dumps(replace(run, clips=()), 5), packed([number[clip.slug] for clip in run.clips]))
            for run in job.sheets.runs()
        ),
        front=pickle.dumps(front, 5),
        on_front=packed(number[urls.article_slug(card.path)] for card in cards_of(front)),
        feeds=tuple(
            (path, job.feed_names.get(path), packed([number[clip.slug] for clip in clips]))
            for path, clips in job.feeding()
        ),
        news=packed([number[clip.slug] for clip in news]),
        paper=pickle.dumps(job.theme.paper, 5),
        stencils=stencils,
        laid=laid,
    )


def cards_of(sheet: Sheet) -> list[Card]:
    """Return the cards that a page shows."""
    found: list[Card] = []
    for value in sheet.values.values():
        for one in value if isinstance(value, tuple) else (value,):
            found += one.cards if isinstance(one, Block) else [one] if isinstance(one, CARDS) else []
    return found


def with_cards(sheet: Sheet, cards: Mapping[str, Card]) -> Sheet:
    """Return a page with other cards in the places of those of the same path."""

    def changed(value: Any) -> Any:
        if isinstance(value, CARDS):
            return cards.get(value.path, value)
        if isinstance(value, Block):
            return replace(value, cards=changed(value.cards))
        if isinstance(value, tuple):
            return tuple(map(changed, value))
        return value

    return replace(sheet, values={name: changed(value) for name, value in sheet.values.items()})
