"""The swift build: forked workers read and print, clips come back, only what changed is made.

A whole paper is printed inside Pelican, which this process imports while others read. The six calls are those of `broadsheet.build.plain`, and so are the bytes.
"""

from __future__ import annotations

import gc
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from msgspec import Struct, field
from msgspec.structs import astuple

from broadsheet import press, validate
from broadsheet.build import printing, proof, reading, stamps
from broadsheet.build.archive import Archive, Lost
from broadsheet.build.kit import Kit, kit
from broadsheet.build.layout import Layout, lay_out
from broadsheet.build.piece import Lasting, Piece
from broadsheet.build.reading import Reading
from broadsheet.build.report import MOST_SHOWN, BuildReport, Clock, fold
from broadsheet.build.stamps import Listing
from broadsheet.build.store import Index, Records, Store
from broadsheet.config import Site
from broadsheet.model import Problem
from broadsheet.press import crew
from broadsheet.press.output import Places
from broadsheet.press.sitemap import fresh
from broadsheet.press.standing import Standing


class Swift(Struct):
    """One build of one site. ``index`` is None where nothing of an earlier build can be used."""

    site: Site
    where: Places
    memory: Store
    key: str
    index: Index | None
    damaged: set[str]  # outputs that are missing or altered
    jobs: int
    strict: bool
    clock: Clock
    began: int = field(default_factory=time.time_ns)
    meanwhile: Callable[[], object] | None = None  # what this process does first while others read
    changed: set[str] = field(default_factory=set)  # paths below content/ that are not as they were
    content: Listing = field(default_factory=dict)  # of the content, as it will be remembered
    layout: Layout | None = None  # of the last build, where it can be used

    def run(self) -> BuildReport:
        """Build."""
        self._look_through()
        archive = Archive(self.memory.archive)
        gc.unfreeze()
        gc.disable()  # a build makes records and keeps them until it ends
        try:
            return self._run(archive)
        except Lost:  # the archive is damaged: everything is made anew
            self.index = None
            archive.close()
            archive = Archive(self.memory.archive)
            return self._run(archive)
        finally:
            archive.close()
            gc.freeze()  # else the next object that is made would have all of them looked at
            gc.enable()

    def _run(self, archive: Archive) -> BuildReport:
        records = self.memory.records(self.index.base) if self.index is not None else None
        if records is None:
            records, self.index = Records(), None
            validate.forget()  # this process may have judged by a schema that was another then
            self.damaged = set()
            self.memory.clear_archive()
            archive.trusted = True
            self.meanwhile = _load_pelican
        self.clock.phase("read and validate", sum(len(names) for names, _ in self.content.values()))
        standing, faults = self._standing(records)
        tools = kit(self.site, standing, archive, self.key.encode())
        held = self.memory.layout(self.index) if self.index is not None else None
        self.layout = Layout.of(*held) if held is not None else None
        if self.layout is not None and tools.stencils is not None:
            tools.stencils.known.update(self.layout.learnt())  # settings, code and theme are the same
        known = {file: Piece(*values) for file, values in records.pieces.items()}
        read = reading.read(tools, self._work, known, self._dirty(known))
        problems = {*read.refused, *faults, *reading.problems(read)}
        if self.strict and any(one.severity == "error" for one in problems):
            self.clock.phase("")
            return self._report(read, tuple(map(astuple, sorted(problems))), 0, {}, written=False)
        if self.index is not None:  # what Pelican was asked when the paper was built whole still holds
            return self._publish(tools, read, standing, faults, records, problems)
        self.clock.phase("start Pelican")
        from broadsheet.press.stock import within

        made = partial(self._publish, tools, read, standing, faults, records, problems)
        return within(self.site, self.where.new, lambda _host: made())

    def _publish(
        self,
        tools: Kit,
        read: Reading,
        standing: list[Standing],
        faults: list[Problem],
        records: Records,
        problems: set[Problem],
    ) -> BuildReport:
        published = sum(piece.clip is not None for piece in read.pieces.values())
        self.clock.phase("publish", published)
        before = self.index, self.where, self.layout
        edition = printing.Edition(tools, read, standing, records, *before, self._work, self.jobs)
        edition.print(self.damaged, sorted(problems))
        if self.clock.profile is not None:
            self.clock.profile.processes = self.jobs
            self.clock.profile.lane = read.lane
            self.clock.profile.templates = dict(edition.templates)
        mark = os.urandom(8).hex()
        apart = not read.many  # a process of its own would take as much memory again
        with self.memory.saving_layout(partial(self._layout, edition, mark), apart=apart):
            self.clock.phase("audit")
            told = {*map(astuple, problems), *edition.audit()}
            self.clock.phase("swap in")
            kept = edition.fresh
            kept.pieces = Lasting(read.pieces)
            kept.standing = (tuple(map(astuple, standing)), tuple(map(astuple, faults)))
            kept.problems = tuple(sorted(told))
            kept.lost = edition.lost
            kept.laid = edition.laid or records.laid
            kept.mark = mark
            with self.memory.saving(kept, apart=apart):
                index = edition.swap()
                report = self._report(read, kept.problems, edition.built, edition.lost)
                self._complete(index, read, report, mark)
        self.memory.save(index)
        self.clock.phase("")
        return report

    def _complete(self, index: Index, read: Reading, report: BuildReport, mark: str) -> None:
        """Put into the index of the new edition what is known besides its files."""
        index.key, index.mark, index.base = self.key, mark, mark
        index.content = self.content
        index.wake = min((one.wake for one in read.pieces.values() if one.wake is not None), default=float("inf"))
        index.report = report.articles, report.held, report.folded.plain

    def _layout(self, edition: printing.Edition, mark: str) -> tuple[Any, ...] | None:
        """Return how the paper is laid out, as plain data."""
        known = edition.tools.stencils.known if edition.tools.stencils is not None else {}
        pages = {shape: edition.worker.page(shape) for shape, one in known.items() if one is not None}
        stencils = {
            tuple(shape): (one.packed(), (pages[shape].parts, pages[shape].picks))
            for shape, one in known.items()
            if one is not None
        }
        places = {slug: piece.place for slug, piece in edition.pieces.items() if piece.place is not None}
        learnt = stencils, edition.worker.turn.packed()
        laid = edition.laid or edition.records.laid
        layout = lay_out(edition.job, edition.ordered, places, edition.near, fresh(edition.job.desk), learnt, laid)
        if layout is None:
            return None
        layout.mark = mark
        return astuple(layout)

    def _work(self, names: Sequence[str], task: Callable[[int], Any], heavy: int = 0) -> Iterator[Any]:
        meanwhile, self.meanwhile = self.meanwhile, None
        step, profile = self.clock.progress.step, self.clock.profile
        if profile is None:
            return crew.work(names, task, count=self.jobs, heavy=heavy, meanwhile=meanwhile, tick=step)
        into = profile.printed if heavy else profile.read
        timed = crew.work(names, profile.timed(task), count=self.jobs, heavy=heavy, meanwhile=meanwhile, tick=step)
        return profile.take(names, timed, into)

    def _look_through(self) -> None:
        """Learn from the content's stamps what changed, and keep them in little room."""
        now = stamps.walk(self.site.content)
        if self.index is not None:
            before = stamps.stamps(self.index.content)
            self.changed = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
        self.content = stamps.listing(stamps.sure(now, self.began))

    def _dirty(self, known: dict[str, Piece]) -> Callable[[str], bool]:
        """Return what tells whether a content file must be read again."""
        around = any(path.startswith(("images/", "sources/")) for path in self.changed)
        now = self.began / 1e9
        content = self.site.content.relative_to(self.site.root).as_posix()

        def dirty(file: str) -> bool:
            wake = known[file].wake
            return around or file.removeprefix(f"{content}/") in self.changed or (wake is not None and wake <= now)

        return dirty

    def _standing(self, records: Records) -> tuple[list[Standing], list[Problem]]:
        """Return the standing pages, as they are remembered where none changed."""
        if records.standing and not any(path.startswith("pages/") for path in self.changed):
            pages, faults = records.standing
            return [Standing(*one) for one in pages], [Problem(*one) for one in faults]
        return press.standing_pages(self.site)

    def _report(
        self, read: Reading, told: tuple[tuple[Any, ...], ...], built: int, lost: proof.Lost, *, written: bool = True
    ) -> BuildReport:
        count = sum(piece.clip is not None for piece in read.pieces.values()) if written else 0
        held: Counter[str] = Counter(piece.held for piece in read.pieces.values() if piece.held)
        folded = fold(told, proof.first_told(lost, self.site, MOST_SHOWN), sum(map(len, lost.values())))
        counts = count, built, count - built, dict(held), folded
        load = partial(proof.all_told, told, lost, self.site)
        return BuildReport(self.where.output, *counts, load, self.clock.seconds, written)


def _load_pelican() -> None:
    import broadsheet.press.stock  # noqa: F401
