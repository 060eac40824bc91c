"""The swift build: forked workers read and print, clips come back, only what changed is made.

The six calls are those of `broadsheet.build.plain`, and so are the bytes.
"""

from __future__ import annotations

import marshal
import os
import pickle
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from broadsheet import edition, export, press, urls
from broadsheet.build import proof
from broadsheet.build.kit import Kit, Spool, stencils
from broadsheet.build.piece import Piece, make
from broadsheet.build.printing import Printing, Task, names
from broadsheet.build.report import BuildReport, Clock
from broadsheet.config import Site
from broadsheet.edition import Judged
from broadsheet.model import Article, Problem, Published
from broadsheet.press import copies, crew, data, early
from broadsheet.press.clips import Clip
from broadsheet.press.desk import Desk
from broadsheet.press.job import Job
from broadsheet.press.output import Writer
from broadsheet.press.pack import unpack
from broadsheet.press.paper import paper
from broadsheet.press.publish import prepare
from broadsheet.press.standing import Standing
from broadsheet.press.views import Link
from broadsheet.press.words import Words


def build(site: Site, output: Path, *, jobs: int, strict: bool, clock: Clock) -> BuildReport:
    """Build ``site`` with ``jobs`` workers."""
    where = press.places(site, output)
    folder = press.begin(where)
    spool = where.new.with_name(where.new.name + ".spool")
    shutil.rmtree(spool, ignore_errors=True)
    spool.mkdir()
    try:
        return _Build(site, where, folder.root, Spool(spool), crew.jobs(jobs), strict, clock).run()
    finally:
        shutil.rmtree(spool, ignore_errors=True)


@dataclass
class _Build:
    site: Site
    where: press.Places
    root: Path
    spool: Spool
    jobs: int
    strict: bool
    clock: Clock
    written: set[str] = field(default_factory=set)

    def run(self) -> BuildReport:
        standing, faults = press.standing_pages(self.site)
        kit = self._kit(standing)
        found, refused = edition.files(self.site)
        pieces = self._read(kit, found)
        problems = sorted({*refused, *faults, *(problem for piece in pieces for problem in piece.told), *_crossed(pieces)})
        if self.strict and any(one.severity == "error" for one in problems):
            self.clock.phase("")
            return self._report(pieces, problems, written=False)
        self.clock.phase("publish", sum(piece.clip is not None for piece in pieces))
        job, clips = self._job(pieces, standing)
        writer = Writer(self.root)
        told = self._print(kit, job, clips, pieces, writer)
        self._rest(kit, job, pieces, writer)
        self.clock.phase("export")
        self._export(kit, job, clips, pieces, problems, writer)
        self.clock.phase("audit")
        problems += proof.settle(self.root, self.site.url, told, self.written | set(_data_files(self.root)))
        self.clock.phase("swap in")
        old = press.swap(self.where, self.root)
        if old is not None:
            press.discard(old)
        self.clock.phase("")
        return self._report(pieces, problems)

    def _kit(self, standing: Sequence[Standing]) -> Kit:
        words = Words(self.site.language, self.site.timezone)
        links = [Link(one.title, one.path) for one in standing]
        theme = early.EarlyTheme(self.site.root, paper(self.site, Desk(()), words, links))
        return Kit(self.site, words, theme, self.spool, edition.clock(), stencils(self.site, words, theme))

    def _read(self, kit: Kit, found: Sequence[Path]) -> list[Piece]:
        """Read and judge every file, under the slug that it wishes; once more where two wish the same."""
        self.clock.phase("read and validate", len(found))
        pieces = list(self._made(kit, found, None))
        slugs = urls.allocate((one.file, one.wish, one.stated) for one in pieces if one.wish is not None)
        wrong = [place for place, one in enumerate(pieces) if one.wish is not None and slugs[one.file] != one.slug]
        again = [found[place] for place in wrong]
        for place, piece in zip(wrong, self._made(kit, again, slugs), strict=True):
            pieces[place] = piece
        return pieces

    def _made(self, kit: Kit, found: Sequence[Path], slugs: dict[str, str] | None) -> Iterator[Piece]:
        """Yield the pieces of ``found``, in order."""
        files = [path.relative_to(self.site.root).as_posix() for path in found]

        def task(number: int) -> tuple[int, tuple[Any, ...]]:
            return number, make(kit, found[number], slugs[files[number]] if slugs is not None else None)

        made: list[Any] = [None] * len(found)
        for number, fields in self._work(files, task):
            made[number] = fields
            self.clock.progress.step()
        return (Piece(*fields) for fields in made)

    def _work(self, labels: Sequence[str], task: Callable[[int], Any]) -> Iterator[Any]:
        return crew.work(labels, task, count=self.jobs)

    def _job(self, pieces: Sequence[Piece], standing: Sequence[Standing]) -> tuple[Job, dict[str, Clip]]:
        clips = {piece.slug: unpack(piece.clip) for piece in pieces if piece.clip is not None}
        job = prepare(self.site, list(clips.values()), standing)
        for piece in pieces:
            if piece.card is not None:
                job.theme.remember(urls.article_path(piece.slug), piece.card)
        return job, clips

    def _print(self, kit: Kit, job: Job, clips: dict[str, Clip], pieces: Sequence[Piece], writer: Writer) -> list[Any]:
        tasks: list[Task] = [(clips[one.slug], one.place) for one in pieces if one.place is not None]
        tasks += job.standing_sheets()
        tasks += job.sheets.singles()
        for run in job.sheets.runs():
            tasks += [(run, number) for number in range(1, run.count(self.site.build.page_size) + 1)]
        printing = Printing(kit, job, writer)
        told = []
        for stamps, heard in self._work(names(tasks), lambda number: printing(tasks[number])):
            self.written.update(path for path, _, _ in stamps)
            if heard is not None:
                told.append(proof.from_plain(marshal.loads(heard)))  # noqa: S302  from our own fork
                self.clock.progress.step()
        return told

    def _rest(self, kit: Kit, job: Job, pieces: Sequence[Piece], writer: Writer) -> None:
        """Write feeds, sitemaps and copies."""
        places = {piece.slug: piece.place for piece in pieces}
        for path, written in job.feeds(lambda clip: self.spool.get(places[clip.slug])[1]):  # type: ignore[arg-type,no-any-return]
            writer.write(path, written)
        for path, written in job.maps():
            writer.write(path, written)
        originals = sorted({piece.kept for piece in pieces if piece.kept is not None})
        for path, file in (*copies.static(self.site), *copies.pictures(self.site), *((one, Path(two)) for one, two in originals)):
            writer.write(path, file.read_bytes())

    def _export(self, kit: Kit, job: Job, clips: dict[str, Clip], pieces: Sequence[Piece], problems: list[Problem], writer: Writer) -> None:
        places = {piece.slug: piece.place for piece in pieces}
        ordered = [places[clip.slug] for clip in job.desk.clips]
        dataset = export.write(_Stored(kit.spool, ordered), self.site, self.root / "data", problems=problems)
        Printing(kit, job, writer).sheet(data.sheet(dataset, self.site))
        self.written.update(path for path, _, _ in writer.take())

    def _report(self, pieces: Sequence[Piece], problems: Sequence[Problem], *, written: bool = True) -> BuildReport:
        count = sum(piece.clip is not None for piece in pieces) if written else 0
        held = Counter(piece.held for piece in pieces if piece.held)
        seconds = self.clock.seconds
        return BuildReport(self.where.output, count, count, 0, dict(held), tuple(sorted(set(problems))), seconds, written)


def _data_files(root: Path) -> Iterator[str]:
    for folder, _, files in os.walk(root / "data"):
        inside = Path(folder).relative_to(root).as_posix()
        yield from (f"{inside}/{file}" for file in files)


def _crossed(pieces: Sequence[Piece]) -> list[Problem]:
    """Return the problems that only all articles together can have."""
    clips = [unpack(piece.clip) for piece in pieces if piece.clip is not None and piece.clip[0][-1] is not None]
    if not clips:
        return []
    slugs = {piece.slug for piece in pieces if piece.clip is not None}
    meant = [Published(Article(one.card.headline, translation_of=one.translation_of, file=one.file), one.slug, "", "", "", "", {}) for one in clips]
    others = [Published(Article(""), slug, "", "", "", "", {}) for slug in slugs - {one.slug for one in clips}]
    return edition.crossed(Judged(one.article.file or "", "", one, ()) for one in (*meant, *others))


@dataclass(frozen=True, slots=True)
class _Stored:
    """Articles in the order of the paper, read from the spool each time they are walked."""

    spool: Spool
    places: Sequence[Any]

    def __iter__(self) -> Iterator[Published]:
        for place in self.places:
            yield pickle.loads(self.spool.get(place)[3])  # noqa: S301  we wrote it in this build
