"""An edit: articles whose place in the paper stays as it is are printed again, and what shows them.

The layout of the last build tells which pages those are, so nothing is read of the
other articles. Whatever else changed is a matter for `broadsheet.build.swift`.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from msgspec.structs import replace

from broadsheet import audit, export
from broadsheet.build import frames, making, proof, stamps
from broadsheet.build.archive import Archive, Lost
from broadsheet.build.exporting import FOLDER
from broadsheet.build.kit import Kit
from broadsheet.build.layout import Layout, numbers, with_cards
from broadsheet.build.near import Learnt, NearDesk, OnDisk, stays
from broadsheet.build.next import Next
from broadsheet.build.piece import Piece, lasting
from broadsheet.build.report import BuildReport, Clock, Folded
from broadsheet.build.store import Index, Store
from broadsheet.build.task import Heard, Names, Task, Worker, templates
from broadsheet.config import Site
from broadsheet.config.clock import clock
from broadsheet.press import data, feeds, sitemap
from broadsheet.press.job import Job
from broadsheet.press.lane.holes import Text
from broadsheet.press.lane.values import Shape
from broadsheet.press.output import Places, discard
from broadsheet.press.publish import TEMPLATES
from broadsheet.press.sheets import Sheet
from broadsheet.press.templates import Theme
from broadsheet.press.words import Words

MOST = 12  # edited articles; with more, a look at the whole paper is quicker
EDITS = 1  # the file of the archive that all edits write to: no process that builds has this number
_NEWS = "news-sitemap.xml"


class TooMuch(Exception):
    """More has changed than an edit may. Not an error: the paper is laid out anew."""


class Edit:
    """One edit of a site whose output is as the last build left it. ``changed`` are paths below content/."""

    def __init__(self, site: Site, where: Places, memory: Store, index: Index, changed: set[str]) -> None:
        self.site, self.where, self.memory, self.index, self.changed = site, where, memory, index, changed
        held = memory.layout(index) if 0 < len(changed) <= MOST else None
        if held is None:
            raise TooMuch
        self.layout, self.moves = Layout.of(*held), held[1]
        self.archive = Archive(memory.archive, name=EDITS)
        words = Words(site.language, site.timezone)
        stencils, turns = self.layout.stencils
        known = self.layout.learnt()
        learnt = Learnt(site, words, known) if known else None
        self.kit = Kit(site, words, index.key.encode(), self.archive, clock(), export.plan(site), learnt)
        self.pages = {Shape(*of): Text.restored(*page) for of, (_, page) in stencils.items()}
        self.turns = turns

    def run(
        self, clock: Clock, tree: dict[str, stamps.Stamp], began: int, same: Callable[[], bool]
    ) -> BuildReport | None:
        """Print the edit. ``same``, asked last, tells whether the output is as it was written; None, and nothing changed, where not.

        Raise `TooMuch` where it is no edit, with nothing changed.
        """
        try:
            return self._run(clock, tree, began, same)
        except Lost:
            raise TooMuch from None
        finally:
            self.archive.close()

    def _run(
        self, clock: Clock, tree: dict[str, stamps.Stamp], began: int, same: Callable[[], bool]
    ) -> BuildReport | None:
        self.clock = clock
        clock.phase("read and validate")
        edited = self._read()
        self.desk = NearDesk(self.layout, self.archive, edited)
        clock.phase("publish")
        self.next = Next(self.where, self.index)
        try:
            built = self._print(edited)
        except TooMuch:
            discard(self.next.root)
            raise
        clock.phase("look")
        if not same():
            discard(self.next.root)
            return None
        clock.phase("swap in")
        self._keep(edited, tree, began)
        clock.phase("")
        articles, held, folded = self.index.report
        counts = articles, built, articles - built, held, Folded(*folded)
        load = partial(self.memory.problems, self.site)
        return BuildReport(self.where.output, *counts, load, clock.seconds)

    def _read(self) -> dict[int, Piece]:
        """Read what changed; raise `TooMuch` where it takes another place in the paper."""
        content = self.site.content.relative_to(self.site.root).as_posix()
        files, found = sorted(f"{content}/{path}" for path in self.changed), {}
        place = {file: number for number, file in enumerate(self.layout.files) if file in files}
        if len(place) < len(files):
            raise TooMuch

        def make(at: int) -> Any:
            return making.make(self.kit, files[at], self.layout.slugs[place[files[at]]])

        for file, fields in zip(files, self.clock.each(files, make), strict=True):
            found[place[file]] = made = Piece(*fields)
            if not stays(self._before(place[file]), made):
                raise TooMuch
        return found

    def _print(self, edited: dict[int, Piece]) -> int:
        theme = Theme(self.site.root, pickle.loads(self.layout.paper), self.site.state / TEMPLATES)  # noqa: S301  ours
        theme.cards = self.desk.cards
        job = Job(self.site, self.kit.words, self.desk, (), theme)
        worker = Worker(self.kit, job, self.next.writer(), None, OnDisk(self.where.output), pages=self.pages)
        worker.turn.learn(self.turns)
        recarded = {number for number, made in edited.items() if self._card_differs(number, made)}
        articles = edited.keys() | {other for number in recarded for other in self.layout.showing(number)}
        tasks: list[Task] = [(self.desk.clip(number), self.desk.place(number)) for number in sorted(articles)]
        tasks += self._sheets(recarded)
        each = self.clock.each(Names(tasks), lambda number: worker(tasks[number]), printing=True)
        heard = [Heard(*one) for one in each]
        for one in heard:
            self.next.wrote(one.stamps)
        heard += self._exports(edited, worker)
        self._lists(edited, recarded)
        self._audit(edited, heard)
        self.links = {one.path: one.links for one in heard}
        if (profile := self.clock.profile) is not None:
            profile.lane, profile.templates = sum(one.cards is not None for one in edited.values()), templates(tasks)
        return len(articles)

    def _exports(self, edited: dict[int, Piece], worker: Worker) -> list[Heard]:
        """Put the edited articles into the data files; print the page that describes these."""
        before, folder = self.where.output / FOLDER, self.next.root / FOLDER
        replaced = {
            number: (frames.record(self.kit, self._before(number)), frames.record(self.kit, made))
            for number, made in edited.items()
            if number < self.layout.shown
        }
        spliced = export.splice(self.kit.plan, export.Laid.of(self.layout.laid), before, folder, replaced)
        if spliced is None:
            raise TooMuch
        dataset, laid, names = spliced
        self.layout.laid = laid.plain()
        writer = self.next.writer()
        for name in names:
            writer.adopt(f"{FOLDER}/{name}", other=True)
        self.next.wrote(writer.take())
        heard = worker.sheet(data.sheet(dataset, self.site))
        self.next.wrote(heard.stamps)
        return [heard]

    def _before(self, number: int) -> Piece:
        return Piece(*frames.piece(self.archive, self.layout.place(number)))

    def _card_differs(self, number: int, made: Piece) -> bool:
        return self._before(number).clip != made.clip

    def _sheets(self, recarded: set[int]) -> Iterator[Sheet]:
        size, done = self.site.build.page_size, set()
        for number in recarded:
            for run, page, shown in self.layout.pages(number, size):
                if run.path(page) not in done:
                    done.add(run.path(page))
                    sheet = run.sheet(page, size, self.site.url)
                    cards = tuple(self.desk.clip(one).card for one in shown)
                    yield replace(sheet, values={**sheet.values, "cards": cards})
        fresh = [self.desk.clip(number) for number in recarded & set(numbers(self.layout.on_front))]
        if fresh:
            front = with_cards(pickle.loads(self.layout.front), {clip.path: clip.card for clip in fresh})  # noqa: S301  ours
            self.layout.front = pickle.dumps(front, 5)
            yield front

    def _lists(self, edited: dict[int, Piece], recarded: set[int]) -> None:
        """Write the feeds and the news sitemap that tell of what was edited."""
        writer = self.next.writer()
        for path, section, raw in self.layout.feeds:
            if not edited.keys().isdisjoint(shown := numbers(raw)):
                entries = [feeds.entry(self.desk.clip(one), self.desk.html(one).decode()) for one in shown]
                writer.write(path, feeds.written(path, entries, section, self.site))
        if not recarded.isdisjoint(shown := numbers(self.layout.news)):
            writer.write(_NEWS, sitemap.news([self.desk.clip(one) for one in shown], self.site).encode())
        self.next.wrote(writer.take())

    def _audit(self, edited: dict[int, Piece], heard: Iterable[Heard]) -> None:
        """Raise `TooMuch` where there is a problem that the last build did not have, or no longer has."""
        told = [proof.from_plain(one.told) for one in heard if one.told is not None]
        lists = {path for path in self.next.stamps if path.endswith(".xml")}
        shown = {number for path, _, raw in self.layout.feeds if path in lists for number in numbers(raw)}
        shown |= set(numbers(self.layout.news)) if _NEWS in lists else set()
        facts = {one.url: one for one in (proof.facts_of(self.desk.clip(number)) for number in shown | edited.keys())}
        paths = OnDisk(self.where.output)
        found = [
            *audit.settle_edition(self.next.file, self.site.url, told, paths),
            *audit.settle_lists(self.next.file, self.site.url, facts, paths, lists, lists),
        ]
        if any(one.rule != "audit-link-broken" for one in found):  # those from content are compared below
            raise TooMuch
        before = {one for number in edited for one in self._astray(number)}
        pages = self._pages(edited)
        after = {
            one
            for page in heard
            if page.path in pages
            for one in proof.astray(page.astray, page.path, self.site, paths)
        }
        if before != after:
            raise TooMuch

    def _pages(self, edited: dict[int, Piece]) -> set[str]:
        return {self.desk.clip(number).path for number in edited}

    def _astray(self, number: int) -> list[tuple[Any, ...]]:
        """Return the links from content of an article, as the last build found it, that lead nowhere."""
        clip = self.desk.clip(number)
        html = frames.html(self.archive, self.layout.place(number))
        links = proof.inner_links(clip, html, self.site)
        return proof.astray(links, clip.path, self.site, OnDisk(self.where.output))

    def _keep(self, edited: dict[int, Piece], tree: dict[str, stamps.Stamp], began: int) -> None:
        """Put what was printed into the output, and remember it."""
        with self.next.patched():
            self._remember(edited, tree, began)

    def _remember(self, edited: dict[int, Piece], tree: dict[str, stamps.Stamp], began: int) -> None:
        edits, moves = self.memory.edits(self.index.base), self.moves
        stamps.update(self.index.outputs, self.next.stamps)  # all of them stood there, or this is a bug
        edits.outputs |= self.next.stamps
        edits.content |= stamps.sure({path: tree[path] for path in self.changed}, began)
        for number, made in edited.items():
            if made.place is not None:
                moves.places[number] = made.place
            path = self.desk.clip(number).path
            edits.files[made.file] = made.file, lasting(made), path, self.links.get(path, ())
        moves.front, moves.laid = self.layout.front, self.layout.laid
        edits.mark = moves.mark = os.urandom(8).hex()
        self.memory.save_edit(edits, moves)
