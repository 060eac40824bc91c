"""Clips of which only what orders and groups articles is at hand; the rest lies on a shelf until it is asked for."""

from __future__ import annotations

from functools import lru_cache, partial
from operator import attrgetter
from sys import intern
from typing import TYPE_CHECKING, Any, Final, Protocol

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


class LightClip(Clip):
    """A clip that takes a third of the room of another. What it does not hold are properties in the place of slots."""

    __slots__ = ("_place", "_shelf")
    _place: bytes
    _shelf: Shelf

    __hash__ = object.__hash__  # each is itself alone: all fields would be asked for
    __eq__ = object.__eq__

    def taken(self) -> Parts:
        """Return what lies on the shelf."""
        return pack.parts(self._shelf.clip(self._place))


class LightCard(Card):
    """The card of a light clip. Lists ask for no more of it than its path, by which they know its HTML."""

    __slots__ = ("clip",)
    clip: LightClip

    def __reduce__(self) -> tuple[type[Card], tuple[Any, ...]]:
        """Return how it is pickled: as a card like any other."""
        return Card, tuple([getattr(self, name) for name in Card.__dataclass_fields__])


def _filler(of: type, name: str) -> Callable[[object, object], None]:
    """Return what fills a slot of a frozen object."""
    fill: Callable[[object, object], None] = getattr(of, name).__set__
    return fill


_parts = lru_cache(maxsize=_TAKEN)(LightClip.taken)
_NEW_CLIP, _NEW_CARD = partial(LightClip.__new__, LightClip), partial(LightCard.__new__, LightCard)
_PATH, _OF = (_filler(LightCard, name) for name in ("path", "clip"))
_SLUG, _STAMP, _FILE, _PLACE, _SHELF = (
    _filler(LightClip, name) for name in ("slug", "stamp", "file", "_place", "_shelf")
)
_AT_HAND: Final = tuple(name for name in PACKED if name not in {"instant", "modified"})
#: What fills each field that is packed, in the order in which they are; None where one is not held.
_FILLERS: Final = [_filler(LightClip, name) if name in _AT_HAND else None for name in PACKED]


def _card(clip: LightClip) -> Card:
    card: Card = _NEW_CARD()
    _PATH(card, urls.article_path(clip.slug))
    _OF(card, clip)
    return card


def _of_clip(name: str) -> property:
    return property(lambda clip: pack.value(_parts(clip), name, clip.path))


def _of_card(name: str) -> property:
    return property(lambda card: pack.card_value(_parts(card.clip), name, card.path))


for _name in Clip.__dataclass_fields__.keys() - {"slug", "file", *_AT_HAND}:
    setattr(LightClip, _name, _of_clip(_name) if _name != "card" else property(_card))
for _name in Card.__dataclass_fields__.keys() - {"path"}:
    setattr(LightCard, _name, _of_card(_name))


def light(packed: Packed, slug: str, file: str, place: bytes, shelf: Shelf) -> Clip:
    """Return the clip that `broadsheet.press.pack` packed, and that lies at a place of the shelf."""
    made: Clip = _NEW_CLIP()
    for fill, value in zip(_FILLERS, pack.values(packed), strict=True):
        if fill is not None:
            fill(made, _shared(value) if type(value) is tuple and value else value)
    _SLUG(made, slug)
    _FILE(made, file)
    _PLACE(made, place)
    _SHELF(made, shelf)
    return made


def anew(clips: Sequence[Clip]) -> list[Clip]:
    """Return light clips made again: those that follow each other lie near each other in memory then, as pages ask for them."""
    held = ("file", "_place", "_shelf", *_AT_HAND)
    get, fillers = attrgetter(*held), [_filler(LightClip, name) for name in held]
    found = []
    for clip in clips:
        made: Clip = _NEW_CLIP()
        for fill, value in zip(fillers, get(clip), strict=True):
            fill(made, value)
        _SLUG(made, clip.slug[:1] + clip.slug[1:])  # made again too
        _STAMP(made, clip.stamp if clip.stamp is None else clip.stamp + 0.0)
        found.append(made)
    return found


@lru_cache(maxsize=_TAKEN)
def _shared(names: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return one tuple for all that are equal: names of authors, sections, places and tags."""
    return tuple([intern(name) if type(name) is str else _shared(name) for name in names])
