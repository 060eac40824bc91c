"""Clips of very many articles: what orders and groups them is at hand, the rest is unpacked when it is asked for."""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import Any, Final

from broadsheet.press.clips import Clip
from broadsheet.press.pack import PACKED, Packed, parts, unpack

_UNPACKED: Final = 4096  # clips of a process; of those near each other in the paper, pages show the same


class LightClip(Clip):
    """A clip that takes a third of the room of another. It looks like any other, and cannot be told from it by its values."""

    __slots__ = ("_packed",)
    _packed: Packed

    def __getattr__(self, name: str) -> Any:
        """Return a field that is not at hand: its slot is empty."""
        if name not in Clip.__dataclass_fields__:
            raise AttributeError(name)
        return getattr(_whole(self._packed, self.slug, self.file), name)


_whole = lru_cache(maxsize=_UNPACKED)(unpack)
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
