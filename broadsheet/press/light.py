"""Clips of which only what orders and groups articles is at hand; the rest lies on a shelf until it is asked for."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from sys import intern
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from broadsheet import urls
from broadsheet.press import pack
from broadsheet.press.clips import Clip
from broadsheet.press.pack import PACKED, Packed, Parts
from broadsheet.press.views import Card

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Clips of a process whose parts are held; of those near each other in the paper, pages show the same.
_TAKEN: Final = 4096


class Shelf(Protocol):
    """What holds packed clips."""

    def clip(self, place: bytes) -> Packed:
        """Return the clip that was put there."""


#: The fields that a light clip holds of those that are packed.
_AT_HAND: Final = tuple(name for name in PACKED if name not in {"instant", "modified"})


class LightClip:
    """A `Clip` that takes a third of the room of another. What it does not hold are properties."""

    __slots__ = ("_place", "_shelf", "file", "slug", *_AT_HAND)
    slug: str
    stamp: float | None
    file: str
    _place: bytes
    _shelf: Shelf

    def __init__(self, slug: str, file: str, place: bytes, shelf: Shelf) -> None:
        self.slug, self.file, self._place, self._shelf = slug, file, place, shelf

    @property
    def path(self) -> str:
        """Return the path of the article's page."""
        return urls.article_path(self.slug)

    def taken(self) -> Parts:
        """Return what lies on the shelf."""
        return pack.parts(self._shelf.clip(self._place))


class LightCard:
    """The `Card` of a light clip. Lists ask for no more of it than its path, by which they know its HTML."""

    __slots__ = ("clip", "path")

    def __init__(self, clip: LightClip) -> None:
        self.path = clip.path
        self.clip = clip

    def __reduce__(self) -> tuple[type[Card], tuple[Any, ...]]:
        """Return how it is pickled: as a card like any other."""
        return Card, tuple([getattr(self, name) for name in Card.__struct_fields__])


#: What may stand for a card.
CARDS: Final = (Card, cast("type[Card]", LightCard))


def _filler(name: str) -> Callable[[object, object], None]:
    """Return what fills a slot of a light clip, quicker than by its name."""
    fill: Callable[[object, object], None] = getattr(LightClip, name).__set__
    return fill


#: What fills each field that is packed, in the order in which they are; None where one is not held.
_FILLERS: Final = [_filler(name) if name in _AT_HAND else None for name in PACKED]
_parts = lru_cache(maxsize=_TAKEN)(LightClip.taken)


def _of_clip(name: str) -> property:
    return property(lambda clip: pack.value(_parts(clip), name, clip.path))


def _of_card(name: str) -> property:
    return property(lambda card: pack.card_value(_parts(card.clip), name, card.path))


for _name in set(Clip.__struct_fields__) - {"slug", "file", *_AT_HAND}:
    setattr(LightClip, _name, _of_clip(_name) if _name != "card" else property(LightCard))
for _name in set(Card.__struct_fields__) - {"path"}:
    setattr(LightCard, _name, _of_card(_name))


def light(packed: Packed, slug: str, file: str, place: bytes, shelf: Shelf) -> Clip:
    """Return the clip that `broadsheet.press.pack` packed, and that lies at a place of the shelf."""
    made = LightClip(slug, file, place, shelf)
    for fill, value in zip(_FILLERS, pack.values(packed), strict=True):
        if fill is not None:
            fill(made, _shared(value) if type(value) is tuple and value else value)
    return cast("Clip", made)


def anew(clips: Sequence[Clip]) -> list[Clip]:
    """Return light clips made again: those that follow each other lie near each other in memory then, as pages ask for them."""
    where, values = attrgetter("file", "_place", "_shelf"), attrgetter(*_AT_HAND)
    fillers = list(map(_filler, _AT_HAND))
    found = []
    for clip in clips:
        made = LightClip(clip.slug[:1] + clip.slug[1:], *where(clip))  # the slug is made again too
        for fill, value in zip(fillers, values(clip), strict=True):
            fill(made, value)
        made.stamp = clip.stamp if clip.stamp is None else clip.stamp + 0.0
        found.append(cast("Clip", made))
    return found


@lru_cache(maxsize=_TAKEN)
def _shared(names: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return one tuple for all that are equal: names of authors, sections, places and tags."""
    return tuple([intern(name) if type(name) is str else _shared(name) for name in names])
