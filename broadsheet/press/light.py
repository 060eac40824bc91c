"""Clips of very many articles: what orders and groups them is at hand, the rest is unpacked when it is asked for."""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import Any, Final

from broadsheet.press.clips import Clip
from broadsheet.press.pack import PACKED, Packed, parts, unpack
from broadsheet.press.views import Card

_UNPACKED: Final = 4096  # clips of a process; of those near each other in the paper, pages show the same


class LightClip(Clip):
    """A clip that takes a third of the room of another. Its slots that are empty are filled by no one, but answered."""

    __slots__ = ("_packed",)
    _packed: Packed

    @property
    def whole(self) -> Clip:
        """Return the clip with all that it has at hand."""
        return _whole(self)

    __hash__ = object.__hash__  # each is itself alone: all fields would be asked for
    __eq__ = object.__eq__

    def unpacked(self) -> Clip:
        """Return what `whole` does, made anew."""
        return unpack(self._packed, self.slug, self.file)

    def __getattr__(self, name: str) -> Any:
        """Return a field that is not at hand."""
        if name == "card":
            return _LightCard(self)
        if name not in Clip.__dataclass_fields__:
            raise AttributeError(name)
        return getattr(self.whole, name)


class _LightCard(Card):
    """The card of a light clip. Lists ask for no more of it than its path, by which they know its HTML."""

    __slots__ = ("_clip",)
    _clip: LightClip

    def __init__(self, clip: LightClip) -> None:
        object.__setattr__(self, "path", clip.path)
        object.__setattr__(self, "_clip", clip)

    def __getattr__(self, name: str) -> Any:
        """Return a field that is not at hand."""
        if name not in Card.__dataclass_fields__:
            raise AttributeError(name)
        return getattr(self._clip.whole.card, name)


_whole = lru_cache(maxsize=_UNPACKED)(LightClip.unpacked)
#: What fills the slots of the fields that are packed, in the order in which they are.
_SETTERS: Final = [getattr(LightClip, name).__set__ for name in PACKED]
_AT_HAND: Final = frozenset(PACKED) - {"instant", "modified"}
_NAMES: Final = frozenset(("section", "authors", "places", "tags"))


def light(packed: Packed, slug: str, file: str) -> Clip:
    """Return the clip that `broadsheet.press.pack` packed."""
    made = LightClip.__new__(LightClip)
    for name, setter, value in zip(PACKED, _SETTERS, parts(packed)[2], strict=True):
        if name in _AT_HAND:
            setter(made, tuple(map(intern, value)) if name in _NAMES else value)
    for name, value in (("slug", slug), ("file", file), ("_packed", packed)):
        object.__setattr__(made, name, value)
    return made
