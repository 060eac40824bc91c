"""The few articles that an edit touches, and those that stand beside them, read when they are asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from broadsheet import urls
from broadsheet.build import frames
from broadsheet.build.archive import Archive, Place
from broadsheet.build.layout import NONE, Layout
from broadsheet.build.piece import Piece
from broadsheet.config import Site
from broadsheet.press import pack
from broadsheet.press.clips import Clip
from broadsheet.press.desk import Desk
from broadsheet.press.lane.article import Plain
from broadsheet.press.lane.stencil import Stencil, Stencils
from broadsheet.press.lane.values import Shape
from broadsheet.press.present import Around
from broadsheet.press.views import Card
from broadsheet.press.words import Words


class Learnt(Stencils):
    """The stencils of the last build, and no others."""

    def __init__(self, site: Site, words: Words, known: dict[Shape, Stencil | None]) -> None:
        self.site, self.words, self.known = site, words, known

    def of(self, key: Shape, _plain: Plain, _size: tuple[int, int] | None, _general: Any) -> Stencil | None:
        """Return the stencil of a shape, None where the last build had none."""
        return self.known.get(key)

    def cut(self, _of: Shape) -> Stencil | None:
        """Return None: an edit proves nothing."""
        return None


class NearDesk(Desk):
    """A desk that knows every article's place and reads its clip when that is wanted. ``edited`` are by number."""

    def __init__(self, layout: Layout, archive: Archive, edited: Mapping[int, Piece]) -> None:
        self.layout = layout
        self.archive = archive
        self.edited = edited
        self.ranks = {slug: number for number, slug in enumerate(layout.slugs)}
        self._clips: dict[int, Clip] = {}

    def place(self, number: int) -> Place:
        """Return where the frame of an article is."""
        edited = self.edited.get(number)
        return edited.place if edited is not None and edited.place is not None else self.layout.place(number)

    def html(self, number: int) -> bytes:
        """Return the body of an article. Raise `Lost`."""
        return frames.html(self.archive, self.place(number))

    def clip(self, number: int) -> Clip:
        """Return the clip of an article. Raise `Lost`."""
        found = self._clips.get(number)
        if found is None:
            found = self._clips[number] = frames.clip(self.archive, self.place(number))
        return found

    def around(self, clip: Clip) -> Around:
        """Return the cards that the page of ``clip`` shows of other articles."""
        previous, later, *related = self.layout.around(self.ranks[clip.slug])
        others = tuple(self.clip(number).card for number in related if number != NONE)
        return Around(self._card(previous), self._card(later), others)

    def _card(self, number: int) -> Card | None:
        return self.clip(number).card if number != NONE else None

    def cards(self, path: str) -> Mapping[str, bytes]:
        """Return the HTML of an article's cards that was made when it was read, by template."""
        return frames.cards(self.archive, self.place(self.ranks[urls.article_slug(path)]))


class OnDisk(AbstractSet[str]):
    """The paths of the files below a folder, looked up there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __contains__(self, path: object) -> bool:
        return os.path.isfile(f"{self.folder}/{path}")  # noqa: PTH113  texts are quicker than paths

    def __iter__(self) -> Iterator[str]:
        return (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())

    def __len__(self) -> int:
        return sum(1 for _ in self)


def stays(before: Piece, made: Piece) -> bool:
    """Tell whether an article keeps its address, its place in every list and its problems."""
    same = ("wish", "stated", "slug", "held", "problems", "kept", "aliases", "wake")
    if any(getattr(before, name) != getattr(made, name) for name in same) or before.clip is None or made.clip is None:
        return False
    return _kept(before.clip) == _kept(made.clip)


def _kept(packed: pack.Packed) -> tuple[Any, ...]:
    """Return all of a clip but headline, summary, byline and picture."""
    base, times, values, head, when, _ = pack.parts(packed)
    return base, times, values, head[5:], when
