"""Of what the pages of an edition would be made: asked of all of them, by all processes, to learn which must be printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from broadsheet.build.layout import ALONE, Near
from broadsheet.build.prints import Prints
from broadsheet.build.task import near
from broadsheet.press import crew
from broadsheet.press.clips import Clip
from broadsheet.press.job import Job
from broadsheet.press.sheets import Leaf, Sheet

_BATCH: Final = 256  # pages that one process is asked about at a time

#: The number of a page, its print, and what it shows of other articles.
MadeOf = tuple[int, bytes, Near]


class _Asking(Struct, frozen=True):
    job: Job
    prints: Prints
    clips: Sequence[Clip]
    sheets: Sequence[Sheet | Leaf]

    def __call__(self, number: int) -> MadeOf:
        """Return of what one page would be made; first come those of the articles."""
        if number >= len(self.clips):
            sheet = self.sheets[number - len(self.clips)].sheet(self.job.site)
            return number, self.prints.of_sheet(sheet), ALONE
        clip, desk = self.clips[number], self.job.desk
        around = desk.around(clip)
        return number, self.prints.of_article(clip, around), near(around, desk.ranks)


def made_of(job: Job, prints: Prints, clips: Sequence[Clip], sheets: Sequence[Sheet | Leaf], jobs: int) -> list[MadeOf]:
    """Return of what the pages of these articles, and then the ``sheets``, would be made."""
    names = [*(clip.file for clip in clips), *(sheet.path for sheet in sheets)]
    return sorted(crew.work(names, _Asking(job, prints, clips, sheets), count=jobs, batch=_BATCH))
