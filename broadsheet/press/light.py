"""Clips of very many articles: what orders and groups them is at hand, the rest is unpacked when it is asked for."""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import Any, Final

from broadsheet.press.clips import Clip
from broadsheet.press.pack import Packed, parts, unpack

_UNPACKED: Final = 4096  # clips of a process; of those near each other in the paper, pages show the same


class LightClip(Clip):
    """A clip that takes a third of the room of another. It looks like any other, and cannot be told from it by its values."""

    __slots__ = ("_packed",)
    _packed: Packed

    def __getattr__(self, name: str) -> Any:
        """Return a field that is not at hand: its slot is empty."""
        if name not in Clip.__dataclass_fields__:
            raise AttributeError(name)
        return getattr(_whole(self._packed), name)


_whole = lru_cache(maxsize=_UNPACKED)(unpack)
_SETTERS: Final = {
    name: getattr(LightClip, name).__set__
    for name in (
        *("slug", "stamp", "year", "month", "section", "authors", "agencies", "places", "tags", "facts"),
        *("canonical", "news", "hidden", "translation_of", "_packed"),
    )
}


def light(packed: Packed, slug: str) -> Clip:
    """Return the clip that was packed; ``slug`` is its own, which others hold too."""
    _, stamp, year, month, _, _, section, authors, agencies, places, tags, facts, *flags, _, original = parts(packed)[2]
    canonical, news, hidden = flags
    names = (tuple(map(intern, some)) for some in (section, authors, places, tags))
    section, authors, places, tags = names
    made = LightClip.__new__(LightClip)
    known = (
        slug,
        stamp,
        year,
        month,
        section,
        authors,
        agencies,
        places,
        tags,
        facts,
        canonical,
        news,
        hidden,
        original,
        packed,
    )
    for setter, value in zip(_SETTERS.values(), known, strict=True):
        setter(made, value)
    return made
