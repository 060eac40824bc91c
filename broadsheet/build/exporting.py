"""The data exports within a build: files from the records of the articles, as one task among those of printing.

Where few articles came, went or changed, the files that stand are copied with these articles' pieces changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from broadsheet import audit, export
from broadsheet.build import frames, proof
from broadsheet.build.kit import Kit
from broadsheet.build.layout import Layout
from broadsheet.build.piece import NUMBERS, Piece
from broadsheet.export import Dataset, Laid
from broadsheet.model import Problem, Published
from broadsheet.press.clips import Clip
from broadsheet.press.writer import Writer

FOLDER = "data"
#: The export that a build reads back; `broadsheet audit` reads all of them.
READ_BACK = "data/articles.csv"
MOST = 100  # articles that came, went or changed; with more, all files are made anew
_DIGEST = NUMBERS["digest"]


class Since(Struct, frozen=True):
    """The files that stand in ``folder``, and the articles that are others than they say."""

    folder: Path
    laid: tuple[Any, ...]
    gone: Mapping[int, Piece]  # by position of before; one that changed is gone, and came
    came: Mapping[int, Sequence[Piece]]  # position of before → articles that stand before it now


def since(folder: Path, layout: Layout, known: Mapping[str, tuple[Any, ...]], now: Mapping[str, Piece]) -> Since | None:
    """Return what differs between ``layout`` and ``now``, the articles in lists in their order, by file.

    ``known`` are the fields of the pieces of before. None where more than `MOST` differ, or others have changed places.
    """
    old = layout.files[: layout.shown]
    gone = {at: Piece(*known[file]) for at, file in enumerate(old) if not _stands(known[file], now.get(file))}
    positions = {file: at for at, file in enumerate(old) if at not in gone}
    came: dict[int, list[Piece]] = {}
    passed = 0
    for file, piece in now.items():
        at = positions.get(file)
        if at is None:
            came.setdefault(passed, []).append(piece)
        elif at < passed:
            return None
        else:
            passed = at + 1
    few = len(gone) + sum(map(len, came.values())) <= MOST
    return Since(folder, layout.laid, gone, came) if few else None


def _stands(before: tuple[Any, ...], now: Piece | None) -> bool:
    """Tell whether the rows of an article are as they were."""
    return now is not None and before[_DIGEST] == now.digest


class Exporting(Struct, frozen=True):
    """The exports of ``clips``, in the order of the paper, hidden ones last; written below ``root``."""

    tools: Kit
    clips: Sequence[Clip]
    pieces: Mapping[str, Piece]  # by slug
    problems: Sequence[Problem]
    root: Path
    since: Since | None = None

    def write(self, writer: Writer) -> tuple[Dataset, tuple[Any, ...], bool]:
        """Write the files; return the dataset, as plain data what a later build needs to change them, and whether it was all of them."""
        spliced = self._spliced(self.since, writer) if self.since is not None else None
        return (*spliced, False) if spliced is not None else (*self._assembled(writer), True)

    def _spliced(self, since: Since, writer: Writer) -> tuple[Dataset, tuple[Any, ...]] | None:
        """Write the files that differ; None where that cannot be done."""
        replaced = {at: (frames.record(self.tools, one), ()) for at, one in since.gone.items()}
        inserted = {at: [frames.record(self.tools, one) for one in came] for at, came in since.came.items()}
        of = self.tools.plan, Laid.of(since.laid), since.folder, self.root / FOLDER
        spliced = export.splice(*of, replaced, inserted=inserted, problems=self.problems)
        if spliced is None:
            return None
        dataset, laid, names = spliced
        for name in names:
            writer.adopt(f"{FOLDER}/{name}", other=True)
        return dataset, laid.plain()

    def _assembled(self, writer: Writer) -> tuple[Dataset, tuple[Any, ...]]:
        folder = self.root / FOLDER
        dataset, laid = export.assemble(
            self.tools.plan, folder, self._records(), problems=self.problems, published=_Published(self)
        )
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                writer.adopt(f"{FOLDER}/{file.relative_to(folder).as_posix()}")
        return dataset, laid.plain()

    def _records(self) -> Iterator[export.Record]:
        for clip in self.clips:
            yield frames.record(self.tools, self.pieces[clip.slug])

    def differences(self, file: Path) -> list[Problem]:
        """Read one table back, and compare it with the articles."""
        facts = {one.url: one for one in map(proof.facts_of, self.clips)}
        return audit.settle_table(READ_BACK, file, facts)


class _Published(Struct, frozen=True):
    """The articles, read from the archive each time they are walked."""

    of: Exporting

    def __iter__(self) -> Iterator[Published]:
        tools = self.of.tools
        for clip in self.of.clips:
            place = self.of.pieces[clip.slug].place
            if place is not None:
                yield frames.published(tools, clip, frames.frame(tools.archive, place))
