"""The swift build: forked workers read and print, clips come back, only what changed is made.

The six calls are those of `broadsheet.build.plain`, and so are the bytes.
"""

from __future__ import annotations

import gc
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from broadsheet import press
from broadsheet.build import printing, reading, store
from broadsheet.build.kit import Kit, Lost, Spool, kit
from broadsheet.build.piece import Piece, fields_of
from broadsheet.build.reading import Reading
from broadsheet.build.report import BuildReport, Clock
from broadsheet.build.store import Index, Records, Store
from broadsheet.config import Site
from broadsheet.model import Problem
from broadsheet.press import crew
from broadsheet.press.output import Places
from broadsheet.press.standing import Standing


@dataclass
class Swift:
    """One build of one site. ``index`` is None where nothing of an earlier build can be used."""

    site: Site
    where: Places
    memory: Store
    key: str
    index: Index | None
    tree: dict[str, store.Stamp]
    damaged: set[str]  # outputs that are missing or altered
    jobs: int
    strict: bool
    clock: Clock
    began: int = field(default_factory=time.time_ns)

    def run(self) -> BuildReport:
        """Build."""
        spool = self.memory.archive.with_name(self.memory.archive.name.replace("archive", "spool"))
        shutil.rmtree(spool, ignore_errors=True)
        spool.mkdir()
        held = Spool(spool)
        archive = Spool(self.memory.archive, lasting=True)
        gc.disable()  # a build makes records and keeps them until it ends
        try:
            return self._run(held, archive)
        except Lost:  # the archive is damaged: everything is made anew
            self.index = None
            archive.close()
            return self._run(held, Spool(self.memory.archive, lasting=True))
        finally:
            gc.enable()
            gc.unfreeze()
            held.close()
            archive.close()
            shutil.rmtree(spool, ignore_errors=True)

    def _run(self, spool: Spool, archive: Spool) -> BuildReport:
        records = self.memory.records() if self.index is not None else None
        if records is None:
            records, self.index = Records(), None
            self.damaged = set()
            self.memory.clear_archive()
        self.clock.phase("read and validate", len(self.tree))
        standing, faults = self._standing(records)
        tools = kit(self.site, standing, spool, archive, self.key.encode())
        known = {file: Piece(*values) for file, values in records.pieces.items()}
        read = reading.read(tools, self._work, known, self._dirty(known))
        problems = {*read.refused, *faults, *reading.problems(read.pieces.values())}
        if self.strict and any(one.severity == "error" for one in problems):
            self.clock.phase("")
            return self._report(read, problems, 0, written=False)
        return self._publish(tools, read, standing, faults, records, problems)

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
        edition = printing.Edition(tools, read, standing, records, self.index, self.where, self._work, self.clock)
        edition.print(self.damaged)
        self.clock.phase("export")
        edition.export(sorted(problems), self.damaged)
        self.clock.phase("audit")
        problems |= set(edition.audit())
        self.clock.phase("swap in")
        index, kept = edition.swap()
        index.key, index.tree = self.key, store.sure(self.tree, self.began)
        index.wake = min((piece.wake for piece in read.pieces.values() if piece.wake is not None), default=float("inf"))
        kept.pieces = {piece.file: _without_spool(piece) for piece in read.pieces.values()}
        kept.standing = (tuple(map(_plain, standing)), tuple(map(_plain, faults)))
        report = self._report(read, problems, edition.built)
        index.report = (report.articles, dict(report.held), tuple(map(_plain, report.problems)))
        self.memory.save(index, kept)
        self.clock.phase("")
        return report

    def _work(self, names: Sequence[str], task: Callable[[int], Any]) -> Iterator[Any]:
        for result in crew.work(names, task, count=self.jobs):
            self.clock.progress.step()
            yield result

    def _changed(self) -> set[str]:
        """Return the paths below content/ that are not as they were."""
        before = self.index.tree if self.index is not None else {}
        return {path for path in before.keys() | self.tree.keys() if before.get(path) != self.tree.get(path)}

    def _dirty(self, known: dict[str, Piece]) -> Callable[[str], bool]:
        """Return what tells whether a content file must be read again."""
        changed = self._changed()
        around = any(path.startswith(("images/", "sources/")) for path in changed)
        now = self.began / 1e9
        content = self.site.content.relative_to(self.site.root).as_posix()

        def dirty(file: str) -> bool:
            wake = known[file].wake
            return around or file.removeprefix(f"{content}/") in changed or (wake is not None and wake <= now)

        return dirty

    def _standing(self, records: Records) -> tuple[list[Standing], list[Problem]]:
        """Return the standing pages, as they are remembered where none changed."""
        if records.standing and not any(path.startswith("pages/") for path in self._changed()):
            pages, faults = records.standing
            return [Standing(*one) for one in pages], [Problem(*one) for one in faults]
        return press.standing_pages(self.site)

    def _report(self, read: Reading, problems: set[Problem], built: int, *, written: bool = True) -> BuildReport:
        count = sum(piece.clip is not None for piece in read.pieces.values()) if written else 0
        held: Counter[str] = Counter(piece.held for piece in read.pieces.values() if piece.held)
        told = tuple(sorted(problems))
        return BuildReport(
            self.where.output, count, built, count - built, dict(held), told, self.clock.seconds, written
        )


def _plain(record: Any) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in record.__dataclass_fields__)


def _without_spool(piece: Piece) -> tuple[Any, ...]:
    piece.place = piece.card = None
    return fields_of(piece)
