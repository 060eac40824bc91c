"""Feeds and sitemaps within a build, as one task among those of printing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import chain
from pathlib import Path

from msgspec import Struct

from broadsheet import audit
from broadsheet.build import proof
from broadsheet.model import Problem
from broadsheet.press import data as data_page
from broadsheet.press.clips import Clip
from broadsheet.press.job import Job
from broadsheet.press.output import digest
from broadsheet.press.writer import Writer


class Listing(Struct, frozen=True):
    """The feeds and sitemaps of ``job``. ``html`` gives an article's body, ``made_of`` its print; ``known`` are the prints of those that stand.

    ``place`` tells where a file of the edition is now; ``whole``: all of it is new.
    """

    job: Job
    clips: Sequence[Clip]
    html: Callable[[Clip], str]
    made_of: Callable[[Clip], bytes]
    known: Mapping[str, bytes]
    damaged: AbstractSet[str]
    place: Callable[[str], Path]
    whole: bool

    def write(self, writer: Writer) -> dict[str, bytes]:
        """Write those that are not as they were; return the prints of all."""
        prints = {}
        html = cache(self.html)  # the newest stand in several feeds
        for path, clips in self.job.feeding():
            told = path, self.job.feed_names.get(path)
            prints[path] = digest(b"".join([repr(told).encode(), *map(self.made_of, clips)]))
            if self._due(path, prints[path]):
                writer.write(path, self.job.feed(path, clips, html))
        for path, data in self.job.maps():
            prints[path] = digest(data)
            if self._due(path, prints[path]):
                writer.write(path, data)
        return prints

    def _due(self, path: str, made_of: bytes) -> bool:
        return self.known.get(path) != made_of or path in self.damaged

    def differences(self, lists: AbstractSet[str], written: AbstractSet[str], paths: AbstractSet[str]) -> list[Problem]:
        """Read back those of the ``lists`` that were ``written``, and compare them with the articles.

        ``paths`` are the pages of the edition.
        """
        if not written and not self.whole:
            return []
        facts = {one.url: one for one in map(proof.facts_of, self.clips)}
        files = _Either(paths, {*lists, data_page.PATH})
        url = self.job.site.url
        return audit.settle_lists(self.place, url, facts, files, lists, None if self.whole else written)


class _Either(AbstractSet[str]):
    """Two sets as one, which is not made: one of them may be very large."""

    def __init__(self, one: AbstractSet[str], other: AbstractSet[str]) -> None:
        self.both = one, other

    def __contains__(self, path: object) -> bool:
        return any(path in some for some in self.both)

    def __iter__(self) -> Iterator[str]:
        return chain(*self.both)

    def __len__(self) -> int:
        return sum(map(len, self.both))
