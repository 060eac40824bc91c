"""What a build does before anything heavy is imported: it looks, and where nothing changed, or a few articles alone, that is all."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache, partial

from msgspec import Struct

from broadsheet.build import stamps
from broadsheet.build.looking import Looking, Tree
from broadsheet.build.report import BuildReport, Clock, Folded
from broadsheet.build.store import Index, Store
from broadsheet.config import Site
from broadsheet.press.output import Places


class Quick(Struct, frozen=True):
    """A build of a site whose output is as ``index`` says, unless someone else changed it."""

    site: Site
    where: Places
    memory: Store
    index: Index
    strict: bool
    clock: Clock

    def run(self) -> tuple[BuildReport | None, bool]:
        """Build; None where more changed than a few articles, or an article's hour has come.

        Tell besides whether every output is as it was written.
        """
        began = time.time_ns()
        content = Tree(self.site.content, self.index.content, whole=True)
        looking = Looking(content, Tree(self.where.output, self.index.outputs, whole=False))
        try:
            changed = looking.changed()
            if changed is None or time.time() >= self.index.wake or (changed and self.strict):
                return None, looking.same()
            if changed:
                return self._edited(changed, cache(looking.same), began)
            same = looking.same()
            return self._unchanged() if same else None, same
        finally:
            looking.leave()

    def _edited(self, changed: set[str], same: Callable[[], bool], began: int) -> tuple[BuildReport | None, bool]:
        """Build where only articles ``changed``, and `run` otherwise; others go on to look at the outputs meanwhile."""
        from broadsheet.build.edit import Edit, TooMuch

        try:
            edit = Edit(self.site, self.where, self.memory, self.index, changed)
            tree = {path: stamps.stamp((self.site.content / path).lstat()) for path in changed}
            report = edit.run(self.clock, tree, began, same)
            if report is not None:
                return report, True
        except TooMuch:
            pass
        except Exception:
            if same():
                raise  # else it met an output that is not as it was written
        if self.clock.profile is not None:
            self.clock.profile.forget()
        return None, same()

    def _unchanged(self) -> BuildReport:
        articles, held, folded = self.index.report
        self.clock.phase("")
        told = Folded(*folded)
        written = not (self.strict and told.counts.get("error"))
        counts = articles, 0, articles, held, told
        load = partial(self.memory.problems, self.site)
        return BuildReport(self.where.output, *counts, load, self.clock.seconds, written)
