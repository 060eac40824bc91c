"""Of what the pages of an edition would be made: asked of all of them, by all processes, to learn which must be printed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final, NamedTuple, TypeVar

from msgspec import Struct

from broadsheet.build.layout import Near
from broadsheet.build.prints import Prints
from broadsheet.build.task import near
from broadsheet.press import crew
from broadsheet.press.clips import Clip
from broadsheet.press.job import Job
from broadsheet.press.sheets import Leaf, Sheet

_SOME: Final = 64  # pages that are asked about together
_BATCH: Final = 8  # of them, by one process
T = TypeVar("T")


class MadeOf(NamedTuple):
    """The prints of pages, in their order, and of articles' pages what each shows of others."""

    articles: list[bytes]
    near: list[Near]
    sheets: list[bytes]


class _Asking(Struct, frozen=True):
    job: Job
    prints: Prints
    articles: list[Sequence[Clip]]
    sheets: list[Sequence[Sheet | Leaf]]

    def __call__(self, number: int) -> tuple[int, list[bytes], list[Near]]:
        """Return the prints of some pages; first come the articles."""
        if number >= len(self.articles):
            some = self.sheets[number - len(self.articles)]
            return number, [self.prints.of_sheet(one.sheet(self.job.site)) for one in some], []
        clips, desk = self.articles[number], self.job.desk
        shown = [desk.around(clip) for clip in clips]
        prints = [self.prints.of_article(clip, around) for clip, around in zip(clips, shown, strict=True)]
        return number, prints, [near(around, desk.ranks) for around in shown]


def made_of(job: Job, prints: Prints, clips: Sequence[Clip], sheets: Sequence[Sheet | Leaf], jobs: int) -> MadeOf:
    """Return of what the pages of these articles, and these ``sheets``, would be made."""
    asking = _Asking(job, prints, _parted(clips), _parted(sheets))
    names = [*(some[0].file for some in asking.articles), *(some[0].path for some in asking.sheets)]
    told = sorted(crew.work(names, asking, count=jobs, batch=_BATCH))
    last = len(asking.articles)
    return MadeOf(_joined(told[:last], 1), _joined(told[:last], 2), _joined(told[last:], 1))


def _parted(of: Sequence[T]) -> list[Sequence[T]]:
    return [of[at : at + _SOME] for at in range(0, len(of), _SOME)]


def _joined(told: Sequence[Sequence[Any]], which: int) -> list[bytes]:
    return list(chain.from_iterable(one[which] for one in told))
