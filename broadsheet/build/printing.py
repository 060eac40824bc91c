"""Printing, when all articles are known: what is not as it was is made, in workers, into the next edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import astuple

from broadsheet import audit, press, urls
from broadsheet.audit import Told
from broadsheet.build import due, frames, moving, proof
from broadsheet.build.exporting import FOLDER, Exporting, since
from broadsheet.build.kit import Kit
from broadsheet.build.layout import Layout, Near, numbers
from broadsheet.build.listing import Listing
from broadsheet.build.next import Next
from broadsheet.build.paths import Paths
from broadsheet.build.prints import Prints
from broadsheet.build.reading import Reading, Work
from broadsheet.build.store import Index, Records
from broadsheet.build.task import TEMPLATES, Heard, Names, Task, Worker, templates
from broadsheet.model import Problem
from broadsheet.press import copies, data
from broadsheet.press.clips import Clip
from broadsheet.press.job import Job
from broadsheet.press.output import Places, digest
from broadsheet.press.publish import prepare
from broadsheet.press.sheets import Leaf, Sheet
from broadsheet.press.standing import Standing

#: The fields of a Problem.
Plain = tuple[Any, ...]


class Edition(Struct, dict=True):
    """One edition as it is made. ``paths`` are all its files."""

    tools: Kit
    read: Reading
    standing: Sequence[Standing]
    records: Records
    index: Index | None
    where: Places
    layout: Layout | None  # of the last build, where it can be used
    work: Work
    jobs: int
    printed: set[str] = field(default_factory=set)
    told: list[Told] = field(default_factory=list)
    targets: set[str] = field(default_factory=set)  # files that listings lead to, besides articles
    reached: set[int] = field(default_factory=set)  # numbers of the articles that they lead to
    wrong: list[Plain] = field(default_factory=list)  # problems of exports, feeds and sitemaps
    astray: list[str] = field(default_factory=list)  # pages that have links which seem to lead nowhere
    lost: dict[str, tuple[str, ...]] = field(default_factory=dict)  # links from content that do, by page
    misled: list[Problem] = field(default_factory=list)  # of old addresses
    built: int = 0
    templates: Mapping[str, str] = field(default_factory=dict)  # of pages that are no articles, by path
    fresh: Records = field(default_factory=Records)
    laid: tuple[Any, ...] = ()  # how the exports are laid out
    near: dict[str, Near] = field(default_factory=dict)  # what each article's page shows of others

    def __post_init__(self) -> None:
        self.site = self.tools.site
        self.pieces = {piece.slug: piece for piece in self.read.pieces.values() if piece.clip is not None}
        self.clips = {slug: self.read.clips[piece.file] for slug, piece in self.pieces.items()}
        self.job: Job = prepare(self.site, list(self.clips.values()), self.standing)
        self.job.theme.cards = self._cards
        self.prints = Prints(self.pieces, self.job.theme)
        self.next = Next(self.where, self.index, len(self.pieces))
        self.copies = list(self._copies())
        self.paths = Paths(self.pieces)

    def _cards(self, path: str) -> Mapping[str, bytes]:
        """Return the HTML of an article's cards that was made when it was read."""
        piece = self.pieces[urls.article_slug(path)]
        if piece.cards is not None:
            return dict(zip(frames.CARDS, piece.cards, strict=True))
        return frames.cards(self.tools.archive, piece.place) if piece.place is not None else {}

    def print(self, damaged: set[str], problems: Sequence[Problem]) -> None:
        """Make every page, feed, map, copy and export that is not as it was; ``damaged`` outputs too."""
        sheets = list(self.job.pages())
        for path in dict.fromkeys(path for path, _ in self.copies):
            self._take(path)
        for sheet in sheets:
            self._take(sheet.path)
        sheets.sort(key=self._rank)  # those that show the same cards follow each other
        tasks: list[Task] = list(self._due_pages(sheets, damaged))
        self.built = sum(isinstance(task, tuple) for task in tasks)
        self.templates = {**TEMPLATES, **templates(sheets)}
        heavy = [*self._due_exports(problems, damaged), self._listing(damaged)]
        tasks += heavy
        worker = self.worker
        for result in self.work(Names(tasks), lambda number: worker(tasks[number]), len(heavy)):
            self._hear(Heard(*result))
        self._copy(damaged)
        self.misled = moving.lead_on(self, damaged)

    def _hear(self, heard: Heard) -> None:
        """Take note of what was printed, and keep no more of it than is asked for later."""
        self.next.wrote(heard.stamps)
        self.printed.add(heard.path)
        self.targets.update(heard.targets)
        self.reached.update(numbers(heard.shown))
        self.wrong += heard.wrong
        if heard.astray:
            self.astray.append(heard.path)
        if heard.told is not None:
            self.told.append(proof.from_plain(heard.told))
        if heard.links:
            self.fresh.links[heard.path] = heard.links
        for path, made_of in heard.prints.items():
            self._take(path)
            self.fresh.prints[path] = made_of
        if heard.path == data.PATH:
            self.laid = heard.laid
            kept = () if heard.whole else self.records.data
            self.fresh.data = tuple(dict.fromkeys((*kept, *(path for path, _, _ in heard.stamps))))
            self.paths.others.update(self.fresh.data)
        elif heard.path:
            self.fresh.prints[heard.path] = heard.made_of
        if heard.path.startswith("articles/"):
            self.near[self.pieces[urls.article_slug(heard.path)].slug] = heard.near

    @cached_property
    def worker(self) -> Worker:
        """Return what prints in this process, and in those that are forked from it."""
        return Worker(self.tools, self.job, self.next.writer(), self.prints, self.paths)

    @cached_property
    def ordered(self) -> list[Clip]:
        """Return the clips in the order of the paper, hidden ones last."""
        return [*self.job.desk.clips, *(clip for clip in self.clips.values() if clip.hidden)]

    def _take(self, path: str) -> None:
        if path in self.paths:
            raise press.Collision(path)
        self.paths.add(path)

    def _due_pages(self, sheets: Sequence[Sheet | Leaf], damaged: set[str]) -> Iterator[Task]:
        """Yield the tasks of printing the articles, then the ``sheets``, that are not as they were."""
        clips = self.ordered  # those that show each other follow each other
        places = [self.pieces[clip.slug].place for clip in clips]
        if self.index is None:
            yield from ((clip, place) for clip, place in zip(clips, places, strict=True) if place is not None)
            yield from sheets
            return
        pages = due.made_of(self.job, self.prints, clips, sheets, self.jobs)
        for clip, place, (_, print_, around) in zip(clips, places, pages[: len(clips)], strict=True):
            self.near[clip.slug] = around
            changed = self._due(clip.path, print_, damaged) or urls.document_path(clip.slug) in damaged
            if changed and place is not None:
                yield clip, place
        for sheet, (_, print_, _) in zip(sheets, pages[len(clips) :], strict=True):
            if self._due(sheet.path, print_, damaged):
                yield sheet

    def _rank(self, page: Sheet | Leaf) -> int:
        """Return the place in the paper of the first article that a listing shows, -1 for any other page."""
        first = page.first(self.site) if isinstance(page, Leaf) else None
        return self.job.desk.ranks[first.slug] if first is not None else -1

    def _due(self, path: str, made_of: bytes, damaged: set[str]) -> bool:
        """Tell whether ``path`` must be written; remember of what it is made."""
        self.fresh.prints[path] = made_of
        return self.records.prints.get(path) != made_of or path in damaged

    def _copy(self, damaged: set[str]) -> None:
        """Copy static files, pictures and kept originals where they are not as they were."""
        writer = self.next.writer()
        for path, file in self.copies:
            seen = file.stat()
            if self._due(path, repr((str(file), seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size)).encode(), damaged):
                writer.write(path, file.read_bytes())
        self.next.wrote(writer.take())

    def _html(self, clip: Clip) -> str:
        piece = self.pieces[clip.slug]
        return frames.html(self.tools.archive, piece.place).decode() if piece.place is not None else ""

    def _made_of(self, clip: Clip) -> bytes:
        piece = self.pieces[clip.slug]
        return piece.digest + piece.print

    def _copies(self) -> Iterator[copies.Copy]:
        yield from copies.static(self.site)
        yield from copies.pictures(self.site)
        yield from sorted({(one.kept[0], Path(one.kept[1])) for one in self.pieces.values() if one.kept is not None})

    def _listing(self, damaged: set[str]) -> Listing:
        known = self.records.prints
        of = self.job, self.ordered, self._html, self._made_of
        return Listing(*of, known, damaged, self.next.file, self.index is None)

    def _due_exports(self, problems: Sequence[Problem], damaged: set[str]) -> list[Task]:
        """Return the task of writing the exports and their page, where an article, a problem or a file is not as it was."""
        made_of = digest(
            b"".join(
                [*(self.pieces[clip.slug].digest for clip in self.ordered), repr(problems).encode(), self.prints.paper]
            )
        )
        self.fresh.prints["data/"] = made_of
        self.fresh.data = known = self.records.data
        self.paths.others.update(known)
        if known and self.records.prints.get("data/") == made_of and damaged.isdisjoint(known):
            return []
        self.paths.others.difference_update(known)
        earlier = None
        if self.layout is not None and known and damaged.isdisjoint(known):
            now = {clip.file: self.pieces[clip.slug] for clip in self.job.desk.clips}
            earlier = since(self.where.output / FOLDER, self.layout, self.records.pieces, now)
        return [Exporting(self.tools, self.ordered, self.pieces, problems, self.next.root, earlier)]

    def audit(self) -> set[Plain]:
        """Read back what was written; of what was not written, the last build's problems stand.

        Links from content that lead nowhere are in `lost` then: there may be very many.
        """
        printed = self.next.stamps.keys()
        kept = {
            path: faults for path, faults in self.records.faults.items() if path in self.paths and path not in printed
        }
        for problem in self._differences():
            kept[problem.file] = (*kept.get(problem.file, ()), astuple(problem))
        self.fresh.faults = kept
        self._find_lost()
        return {*(one for faults in kept.values() for one in faults), *map(astuple, self.misled)}

    def _differences(self) -> Iterator[Problem]:
        clips = enumerate(self.job.desk.clips)
        shown = (clip.path for number, clip in clips if clip.canonical and number not in self.reached)
        listed = shown if self.index is None else ()
        yield from proof.leading(self.targets, self.paths)
        found = audit.settle_edition(self.next.file, self.site.url, self.told, self.paths, listed, self.targets)
        yield from (one for one in found if one.rule != "audit-link-broken")
        yield from (Problem(*one) for one in self.wrong)

    def _find_lost(self) -> None:
        """Find the links from content that lead nowhere, of all pages."""
        old = self.records.links.items()
        known = {path: links for path, links in old if path in self.paths and path not in self.printed}
        self.fresh.links |= known
        for path in (*known, *self.astray):  # a page may link to data, or to an old address, written after it
            lost = tuple(proof.lost(self.fresh.links[path], path, self.site, self.paths))
            if lost:
                self.lost[path] = lost

    def swap(self) -> Index:
        """Put the edition in the place of the output; return its index."""
        return self.next.swap(self.paths)
