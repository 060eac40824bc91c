"""The desk: clips in their order and groups, and what stands around each article."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct, field

from broadsheet import urls
from broadsheet.press.present import Around
from broadsheet.press.views import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from broadsheet.press.clips import Clip
    from broadsheet.press.views import Card

Kind = Literal["section", "author", "agency", "place", "tag"]
RELATED = 3


class Group(Struct):
    """The articles of one section, author, agency, place or tag, newest first.

    Names whose addresses are equal ("A. Writer", "A Writer") share one group, under
    the name that is used most.
    """

    kind: Kind
    stem: str  # path without ".html"
    names: dict[str, int] = field(default_factory=dict)
    clips: list[Clip] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return the name that is used most; of equals, the first by code point."""
        return min(self.names, key=lambda name: (-self.names[name], name))

    @property
    def path(self) -> str:
        """Return the path of the first page."""
        return f"{self.stem}.html"

    def page_path(self, number: int) -> str:
        """Return the path of page ``number``, from 1."""
        return f"{self.stem}.html" if number == 1 else f"{self.stem}.p{number}.html"


class _Groups:
    """The groups of one kind. ``path`` gives the address of a name, of a section that of its names from the top."""

    def __init__(self, kind: Kind, path: Callable[[Any], str]) -> None:
        self.kind: Kind = kind
        self.path = path
        self.by_stem: dict[str, Group] = {}
        self._by_name: dict[str | tuple[str, ...], tuple[str, Group]] = {}  # with the name that is shown

    def add(self, names: Iterable[str | tuple[str, ...]], clip: Clip) -> None:
        """Put ``clip`` into the groups of ``names``, into each once."""
        for name in names:
            shown, group = self._by_name.get(name) or self._found(name)
            group.names[shown] += 1
            clips = group.clips
            if not clips or clips[-1] is not clip:
                clips.append(clip)

    def _found(self, name: str | tuple[str, ...]) -> tuple[str, Group]:
        stem = self.path(name).removesuffix(".html")
        group = self.by_stem.setdefault(stem, Group(self.kind, stem))
        shown = name if isinstance(name, str) else name[-1]
        group.names.setdefault(shown, 0)
        found = self._by_name[name] = shown, group
        return found


class Desk:
    """All clips of a paper: dated ones newest first, then undated ones by slug."""

    def __init__(self, clips: Iterable[Clip]) -> None:
        everything = sorted((clip for clip in clips if not clip.hidden), key=order)
        self.dated = tuple(clip for clip in everything if clip.stamp is not None)
        self.undated = tuple(clip for clip in everything if clip.stamp is None)
        self.clips = everything

    @cached_property
    def groups(self) -> dict[Kind, dict[str, Group]]:
        """Return every group by kind and stem; stems in order."""
        made = {kind: _Groups(kind, path) for kind, path in _PATHS.items()}
        section, author, agency, place, tag = made.values()
        for clip in self.clips:
            section.add(_sections(clip.section), clip)
            author.add(clip.authors, clip)
            if clip.agencies:
                agency.add([name for name, _ in clip.agencies], clip)
            place.add(clip.places, clip)
            tag.add(clip.tags, clip)
        return {kind: dict(sorted(some.by_stem.items())) for kind, some in made.items()}

    @cached_property
    def months(self) -> dict[tuple[int, int], list[Clip]]:
        """Return dated clips by (year, month), newest month first."""
        found: dict[tuple[int, int], list[Clip]] = defaultdict(list)
        for clip in self.dated:
            found[clip.year, clip.month].append(clip)
        return dict(sorted(found.items(), reverse=True))

    @cached_property
    def sections(self) -> tuple[Group, ...]:
        """Return the sections of the first level, largest first."""
        top = [group for group in self.groups["section"].values() if group.stem.count("/") == 1]
        return tuple(sorted(top, key=lambda group: (-len(group.clips), group.stem)))

    def children(self, group: Group) -> Iterator[Group]:
        """Yield the sections directly below ``group``."""
        depth = group.stem.count("/") + 1
        for stem, other in self.groups["section"].items():
            if stem.startswith(f"{group.stem}/") and stem.count("/") == depth:
                yield other

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Return the place of each article in the order of the paper, by slug."""
        return {clip.slug: rank for rank, clip in enumerate(self.clips)}

    @cached_property
    def _neighbours(self) -> dict[str, list[Clip]]:
        """Return, by slug, the next older and newer clip of each of its tags, or else of its section."""
        found: dict[str, list[Clip]] = defaultdict(list)
        for kind in ("tag", "section"):
            for group in self.groups[kind].values():
                _link(group.clips, found)
        return found

    def around(self, clip: Clip) -> Around:
        """Return the cards that the page of ``clip`` shows of other articles."""
        if clip.hidden:
            return Around()
        rank = self.ranks[clip.slug]
        older = newer = None
        if clip.stamp is not None:
            newer = self.dated[rank - 1].card if rank else None
            older = self.dated[rank + 1].card if rank + 1 < len(self.dated) else None
        return Around(older, newer, self._related(clip), self._translations(clip))

    def _related(self, clip: Clip) -> tuple[Card, ...]:
        """Return the cards of the neighbours that share the most tags, then of the nearest in time."""
        others: dict[str, Clip] = {}
        shared: dict[str, int] = {}
        for other in self._neighbours.get(clip.slug, ()):
            slug = other.slug
            others[slug] = other
            shared[slug] = shared.get(slug, 0) + 1
        stamp = clip.stamp or 0.0
        near = [(-shared[slug], abs((other.stamp or 0.0) - stamp), slug) for slug, other in others.items()]
        near.sort()
        return tuple([others[slug].card for _, _, slug in near[:RELATED]])

    @cached_property
    def _versions(self) -> dict[str, list[Clip]]:
        """Return, by the slug of an original, it and its translations; only where there are any."""
        found: dict[str, list[Clip]] = defaultdict(list)
        for clip in self.clips:
            original = _original(clip)
            if original in self.ranks and original != clip.slug:
                found[original].append(clip)
        for original, versions in found.items():
            versions.insert(0, self.clips[self.ranks[original]])
        return dict(found)

    def _translations(self, clip: Clip) -> tuple[Link, ...]:
        if not self._versions:
            return ()
        versions = self._versions.get(_original(clip), ())
        others = [one for one in versions if one.slug != clip.slug]
        return tuple(Link(one.card.headline, one.path, language=one.card.language) for one in others)


def _original(clip: Clip) -> str:
    """Return the slug of the article that ``clip`` translates, else its own."""
    return urls.slugify(clip.translation_of) if clip.translation_of else clip.slug


def _link(clips: Sequence[Clip], found: dict[str, list[Clip]]) -> None:
    for newer, older in pairwise(clips):
        found[newer.slug].append(older)
        found[older.slug].append(newer)


def order(clip: Clip) -> tuple[bool, float, str]:
    """Return what sorts clips into the order of the paper."""
    if clip.stamp is None:
        return (True, 0.0, clip.slug)
    return (False, -clip.stamp, clip.slug)


@lru_cache(maxsize=4096)
def _sections(section: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return a section and those above it, from the top."""
    return tuple(section[:depth] for depth in range(1, len(section) + 1))


_PATHS: Final[dict[Kind, Callable[[Any], str]]] = {
    "section": urls.section_path,
    "author": urls.author_path,
    "agency": urls.agency_path,
    "place": urls.place_path,
    "tag": urls.tag_path,
}
