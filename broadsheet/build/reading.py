"""Read and judge: content files → pieces, those of the last build where nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from broadsheet import edition, urls
from broadsheet.build.kit import Kit
from broadsheet.build.piece import Piece, make
from broadsheet.edition import Judged
from broadsheet.model import Article, Problem, Published
from broadsheet.press.clips import Clip
from broadsheet.press.pack import unpack


class Work(Protocol):
    """Does tasks in workers: names, task, and how many of the last are heavy → results in any order."""

    def __call__(self, names: Sequence[str], task: Callable[[int], Any], heavy: int = 0) -> Iterator[Any]:
        """Yield the results."""


@dataclass(slots=True)
class Reading:
    """All content files of a site, judged."""

    pieces: dict[str, Piece]  # by file, in the order of the files
    refused: list[Problem]
    clips: dict[str, Clip]  # by file, of the pieces that were made


def read(kit: Kit, work: Work, known: Mapping[str, Piece], dirty: Callable[[str], bool]) -> Reading:
    """Make a piece of every file that is new or ``dirty``; take the others as they are ``known``."""
    files, refused = edition.names(kit.site)
    wanted = [file for file in files if file not in known or dirty(file)]
    clips: dict[str, Clip] = {}
    fresh = remake(kit, work, [(file, None) for file in wanted], clips)
    pieces = {file: fresh[file] if file in fresh else known[file] for file in files}
    if not known or any(_asked(pieces.get(file)) != _asked(known.get(file)) for file in {*wanted, *known, *files}):
        slugs = urls.allocate((one.file, one.wish, one.stated) for one in pieces.values() if one.wish is not None)
    else:
        slugs = {file: one.slug for file, one in known.items() if one.wish is not None}
    wrong = [file for file, slug in slugs.items() if pieces[file].slug != slug]
    pieces |= remake(kit, work, [(file, slugs[file]) for file in wrong], clips)
    return Reading(pieces, refused, clips)


def _asked(piece: Piece | None) -> tuple[Any, ...] | None:
    """Return what decides about slugs."""
    return (piece.wish, piece.stated) if piece is not None else None


def remake(kit: Kit, work: Work, wanted: Sequence[tuple[str, str | None]], clips: dict[str, Clip]) -> dict[str, Piece]:
    """Return the pieces of (file, slug), by file; put their ``clips`` with the others while workers are at it."""
    found: dict[str, Piece] = {}
    for fields in work([file for file, _ in wanted], lambda number: make(kit, *wanted[number])):
        piece = Piece(*fields)
        found[piece.file] = piece
        if piece.clip is not None:
            clips[piece.file] = unpack(piece.clip)
    return found


def problems(pieces: Iterable[Piece]) -> set[Problem]:
    """Return the problems of articles, and those that only all of them together can have."""
    held = list(pieces)
    return {*(problem for piece in held for problem in piece.told), *_crossed(held)}


def _crossed(pieces: Sequence[Piece]) -> list[Problem]:
    packed = [piece.clip for piece in pieces if piece.clip is not None]
    clips = [unpack(one) for one in packed if one[0][-1] is not None]  # translation_of, the last field
    if not clips:
        return []
    slugs = {piece.slug for piece in pieces if piece.clip is not None} - {clip.slug for clip in clips}
    meant = [_stub(clip.slug, clip.translation_of, clip.file) for clip in clips]
    others = [_stub(slug, None, "") for slug in slugs]
    return edition.crossed(Judged(one.article.file or "", "", one, ()) for one in (*meant, *others))


def _stub(slug: str, translation_of: str | None, file: str) -> Published:
    return Published(Article("", translation_of=translation_of, file=file), slug, "", "", "", "", {})
