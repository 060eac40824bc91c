"""The data exports within a build: all files from the records of the articles, as one task among those of printing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet import audit, export
from broadsheet.build import frames, proof
from broadsheet.build.kit import Kit
from broadsheet.build.piece import Piece
from broadsheet.export import Dataset
from broadsheet.model import Problem, Published
from broadsheet.press.clips import Clip
from broadsheet.press.writer import Writer

FOLDER = "data"
#: The export that a build reads back; `broadsheet audit` reads all of them.
READ_BACK = "data/articles.csv"


@dataclass(frozen=True, slots=True)
class Exporting:
    """The exports of ``clips``, in the order of the paper, hidden ones last; written below ``root``."""

    tools: Kit
    clips: Sequence[Clip]
    pieces: Mapping[str, Piece]  # by slug
    problems: Sequence[Problem]
    root: Path

    def write(self, writer: Writer) -> tuple[Dataset, tuple[Any, ...]]:
        """Write all files; return the dataset, and as plain data what a later build needs to change them."""
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
            place = self.pieces[clip.slug].record
            if place is not None:
                yield self.tools.archive.get(place)

    def differences(self, file: Path) -> list[Problem]:
        """Read one table back, and compare it with the articles."""
        facts = {one.url: one for one in map(proof.facts_of, self.clips)}
        return audit.settle_table(READ_BACK, file, facts)


@dataclass(frozen=True, slots=True)
class _Published:
    """The articles, read from the archive each time they are walked."""

    of: Exporting

    def __iter__(self) -> Iterator[Published]:
        tools = self.of.tools
        for clip in self.of.clips:
            place = self.of.pieces[clip.slug].place
            if place is not None:
                yield frames.published(tools, clip, tools.archive.get(place))
