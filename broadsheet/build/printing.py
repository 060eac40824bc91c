"""Printing, when all articles are known: what is not as it was is made, in workers, into the next edition."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from broadsheet import export, press, urls
from broadsheet.audit import Told
from broadsheet.build import prints, proof, reading
from broadsheet.build.kit import Kit, Place
from broadsheet.build.next import Next
from broadsheet.build.piece import Piece, unspool
from broadsheet.build.reading import Reading, Work
from broadsheet.build.report import Clock
from broadsheet.build.store import Index, Records
from broadsheet.build.task import Task, Worker, names
from broadsheet.model import Problem, Published
from broadsheet.press import copies, data
from broadsheet.press.clips import Clip
from broadsheet.press.job import Job
from broadsheet.press.output import Places, digest
from broadsheet.press.pack import unpack
from broadsheet.press.publish import prepare
from broadsheet.press.sheets import Sheet
from broadsheet.press.standing import Standing


@dataclass
class Edition:
    """One edition as it is made. ``paths`` are all its files."""

    tools: Kit
    read: Reading
    standing: Sequence[Standing]
    records: Records
    index: Index | None
    where: Places
    work: Work
    clock: Clock
    told: list[Told] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)
    built: int = 0
    fresh: Records = field(default_factory=Records)

    def __post_init__(self) -> None:
        self.site = self.tools.site
        self.pieces = {piece.slug: piece for piece in self.read.pieces.values() if piece.clip is not None}
        self.clips: dict[str, Clip] = {
            slug: unpack(piece.clip) for slug, piece in self.pieces.items() if piece.clip is not None
        }
        self.job: Job = prepare(self.site, list(self.clips.values()), self.standing)
        self.cards = {clip.path: prints.of_card(self.pieces[slug]) for slug, clip in self.clips.items()}
        self.paper = prints.of_paper(self.job.theme.paper)
        self.next = Next(self.where, self.index)
        for piece in self.pieces.values():
            if piece.card is not None:
                self.job.theme.remember(urls.article_path(piece.slug), piece.card)

    @property
    def root(self) -> Path:
        """Return the folder of the next edition."""
        return self.next.root

    def print(self, damaged: set[str]) -> None:
        """Make every page, feed, map and copy that is not as it was; ``damaged`` outputs too."""
        articles = [clip for clip in self.clips.values() if self._due_article(clip, damaged)]
        sheets = [
            one
            for one in self._sheets()
            if self._due(one.page.path, prints.of_sheet(one, self.cards, self.paper), damaged)
        ]
        places = self._places(articles)
        self.built = len(articles)
        tasks: list[Task] = [*((clip, *places[clip.slug]) for clip in articles), *sheets]
        worker = Worker(self.tools, self.job, self.next.writer(), self.next.root)
        for stamps, folder, heard in self.work(names(tasks), lambda number: worker(tasks[number])):
            self.next.bring(stamps, folder)
            if heard is not None:
                told = proof.from_plain(heard[0])
                self.told.append(told)
                if told.facts is not None:
                    self.fresh.links[told.path] = heard[1]
        self.next.drop_folders()
        self._small(damaged)

    def _due_article(self, clip: Clip, damaged: set[str]) -> bool:
        around = self.job.desk.around(clip)
        made_of = prints.of_article(self.pieces[clip.slug], around, self.cards, self.paper)
        document = urls.document_path(clip.slug)
        self.paths.add(document)
        return self._due(clip.path, made_of, damaged) or document in damaged

    def _due(self, path: str, made_of: bytes, damaged: set[str]) -> bool:
        """Tell whether ``path`` must be written; remember of what it is made."""
        if path in self.paths:
            raise press.Collision(path)
        self.paths.add(path)
        self.fresh.prints[path] = made_of
        return self.records.prints.get(path) != made_of or path in damaged

    def _sheets(self) -> Iterator[Sheet]:
        yield from self.job.standing_sheets()
        yield from self.job.sheets.singles()
        size = self.site.build.page_size
        for run in self.job.sheets.runs():
            for number in range(1, run.count(size) + 1):
                yield run.sheet(number, size, self.site.url)

    def _places(self, articles: Sequence[Clip]) -> dict[str, tuple[Place, Place]]:
        """Return where the parts of articles are; what this build has not made yet is made."""
        self._make([clip for clip in articles if clip.file not in self.read.made])
        pieces = [self.pieces[clip.slug] for clip in articles]
        return {
            one.slug: (one.place, one.kept_at) for one in pieces if one.place is not None and one.kept_at is not None
        }

    def _make(self, lacking: Sequence[Clip]) -> None:
        made = reading.remake(self.tools, self.work, [(self.site.root / clip.file, clip.slug) for clip in lacking])
        for file, piece in made.items():
            self.read.pieces[file].place = piece.place
            self.read.pieces[file].kept_at = piece.kept_at
        self.read.made.update(made)

    def _small(self, damaged: set[str]) -> None:
        """Write feeds, sitemaps and copies where they are not as they were."""
        bodies = self._bodies()
        self.fresh.bodies = bodies
        writer = self.next.writer()
        for path, written in (*self.job.feeds(lambda clip: bodies[clip.slug]), *self.job.maps()):
            if self._due(path, digest(written), damaged):
                writer.write(path, written)
        for path, file in self._copies():
            seen = file.stat()
            if self._due(path, repr((str(file), seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size)).encode(), damaged):
                writer.write(path, file.read_bytes())
        self.next.wrote(writer.take())

    def _bodies(self) -> dict[str, str]:
        """Return the HTML of the articles in feeds, by slug."""
        wanted = self.job.fed
        lacking = [
            clip for slug, clip in wanted.items() if slug not in self.records.bodies and clip.file not in self.read.made
        ]
        self._make(lacking)
        found = {}
        for slug in wanted:
            place = self.pieces[slug].place
            found[slug] = self.tools.spool.get(place)[1] if place is not None else self.records.bodies[slug]
        return found

    def _copies(self) -> Iterator[copies.Copy]:
        yield from copies.static(self.site)
        yield from copies.pictures(self.site)
        yield from sorted({(one.kept[0], Path(one.kept[1])) for one in self.pieces.values() if one.kept is not None})

    def export(self, problems: Sequence[Problem], damaged: set[str]) -> None:
        """Write the data exports and the data page, where an article, a problem or a file is not as it was."""
        ordered = [*self.job.desk.clips, *(clip for clip in self.clips.values() if clip.hidden)]
        made_of = digest(
            b"".join([*(self.pieces[clip.slug].digest for clip in ordered), repr(problems).encode(), self.paper])
        )
        known = self.records.data
        whole = bool(known) and self.records.prints.get("data/") == made_of and damaged.isdisjoint(known)
        self.fresh.prints["data/"] = made_of
        if whole:
            self.fresh.data = self.records.data
        else:
            self.fresh.data = self._export(ordered, problems)
        self.paths.update(self.fresh.data)

    def _export(self, ordered: Sequence[Clip], problems: Sequence[Problem]) -> tuple[str, ...]:
        stored = _Stored(self.tools, ordered, self.pieces)
        folder = self.next.root.with_name(self.next.root.name + ".data")
        shutil.rmtree(folder, ignore_errors=True)
        dataset = export.write(stored, self.site, folder, problems=problems)
        written = self.next.take_folder(folder, "data")
        worker = Worker(self.tools, self.job, self.next.writer(), self.next.root)
        worker.sheet(data.sheet(dataset, self.site))
        self.next.wrote(worker.writer.take())
        return (*written, data.PATH)

    def audit(self) -> list[Problem]:
        """Read back what was written; of what was not written, the last build's problems stand."""
        url = self.site.url
        printed = self.next.stamps.keys()
        kept = {
            path: faults for path, faults in self.records.faults.items() if path in self.paths and path not in printed
        }
        if self.index is None:
            found = proof.settle(self.root, url, self.told, self.paths)
        else:
            found = [one for told in self.told for one in told.problems]
            found += proof.settle_lists(self.root, url, self.clips.values(), printed, self.paths)
        for problem in found:
            kept[problem.file] = (*kept.get(problem.file, ()), _plain(problem))
        self.fresh.faults = kept
        self.fresh.links = {
            path: links for path, links in {**self.records.links, **self.fresh.links}.items() if path in self.paths
        }
        return [
            *(Problem(*one) for faults in kept.values() for one in faults),
            *proof.broken(self.fresh.links, url, self.paths),
        ]

    def swap(self) -> tuple[Index, Records]:
        """Put the edition in the place of the output; return what to remember."""
        return self.next.swap(self.paths), self.fresh


def _plain(problem: Problem) -> tuple[Any, ...]:
    return tuple(getattr(problem, name) for name in problem.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class _Stored:
    """Articles in the order of the paper, read from the archive each time they are walked."""

    tools: Kit
    clips: Sequence[Clip]
    pieces: Mapping[str, Piece]

    def __iter__(self) -> Iterator[Published]:
        for clip in self.clips:
            place = self.pieces[clip.slug].kept_at
            if place is not None:
                yield self._read(clip, place)

    def _read(self, clip: Clip, place: Place) -> Published:
        return unspool(self.tools, clip, self.tools.archive.get(place))
