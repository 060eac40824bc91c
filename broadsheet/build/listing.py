"""Feeds and sitemaps within a build, as one task among those of printing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from broadsheet.press.clips import Clip
from broadsheet.press.job import Job
from broadsheet.press.output import digest
from broadsheet.press.writer import Writer


@dataclass(frozen=True, slots=True)
class Listing:
    """The feeds and sitemaps of ``job``. ``html`` gives an article's body; ``known`` are the prints of those that stand."""

    job: Job
    html: Callable[[Clip], str]
    known: Mapping[str, bytes]
    damaged: AbstractSet[str]

    def write(self, writer: Writer) -> dict[str, bytes]:
        """Write those that are not as they were; return the prints of all."""
        prints = {}
        for path, data in (*self.job.feeds(self.html), *self.job.maps()):
            prints[path] = digest(data)
            if self.known.get(path) != prints[path] or path in self.damaged:
                writer.write(path, data)
        return prints
