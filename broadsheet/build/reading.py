"""Read and judge: content files → pieces, those of the last build where nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from broadsheet import edition, urls
from broadsheet.build.kit import Kit
from broadsheet.build.making import make
from broadsheet.build.piece import Piece
from broadsheet.edition import Judged
from broadsheet.model import Article, Problem, Published
from broadsheet.press.clips import Clip
from broadsheet.press.desk import order
from broadsheet.press.light import Shelf, anew, light
from broadsheet.press.pack import unpack

#: Articles from which their clips are held light and their cards on disk: all else of 10,000 takes 60 MB a process.
MANY = 20_000


class Work(Protocol):
    """Does tasks in workers: names, task, and how many of the last are heavy → results in any order."""

    def __call__(self, names: Sequence[str], task: Callable[[int], Any], heavy: int = 0) -> Iterator[Any]:
        """Yield the results."""


class Reading(Struct):
    """All content files of a site, judged."""

    pieces: dict[str, Piece]  # by file, in the order of the files
    refused: list[Problem]
    clips: dict[str, Clip]  # by file, of those that are published
    shelf: Shelf  # where the clips lie
    many: bool = False  # so many that memory counts for more than time
    lane: int = 0  # files that were read through the fast lane

    def remake(self, kit: Kit, work: Work, wanted: Sequence[tuple[str, str | None]]) -> dict[str, Piece]:
        """Return the pieces of (file, slug), by file, and take them in while workers are at the next."""
        found: dict[str, Piece] = {}
        for fields in work([file for file, _ in wanted], lambda number: make(kit, *wanted[number])):
            piece = found[fields[0]] = Piece(*fields)
            self.lane += piece.cards is not None
            if self.many:
                piece.cards = None
            self.unpack(piece)
        return found

    def unpack(self, piece: Piece) -> None:
        """Put the clip of a piece with the others."""
        if piece.clip is None or piece.place is None:
            self.clips.pop(piece.file, None)
            return
        packed = piece.clip or self.shelf.clip(piece.place)
        if self.many:
            clip = light(packed, piece.slug, piece.file, piece.place, self.shelf)
        else:
            clip = unpack(packed, piece.slug, piece.file)
        self.clips[piece.file] = clip
        piece.clip = b""


def read(kit: Kit, work: Work, known: Mapping[str, Piece], dirty: Callable[[str], bool]) -> Reading:
    """Make a piece of every file that is new or ``dirty``; take the others as they are ``known``."""
    files, refused = edition.names(kit.site)
    wanted = [file for file in files if file not in known or dirty(file)]
    made = Reading({}, refused, {}, kit.archive, many=len(files) > MANY)
    fresh = made.remake(kit, work, [(file, None) for file in wanted])
    made_of = (fresh[file] if file in fresh else known[file] for file in files)
    pieces = {piece.file: piece for piece in made_of}
    if not known or any(_asked(pieces.get(file)) != _asked(known.get(file)) for file in {*wanted, *known, *files}):
        slugs = urls.allocate((one.file, one.wish, one.stated) for one in pieces.values() if one.wish is not None)
    else:
        slugs = {file: one.slug for file, one in known.items() if one.wish is not None}
    wrong = [file for file, slug in slugs.items() if pieces[file].slug != slug]
    pieces |= made.remake(kit, work, [(file, slugs[file]) for file in wrong])
    made.pieces = pieces
    for file, piece in pieces.items():
        if file not in made.clips:
            made.unpack(piece)
    if made.many:
        for clip in anew(sorted(made.clips.values(), key=order)):
            made.clips[clip.file], pieces[clip.file].slug = clip, clip.slug
    return made


def _asked(piece: Piece | None) -> tuple[Any, ...] | None:
    """Return what decides about slugs."""
    return (piece.wish, piece.stated) if piece is not None else None


def problems(read: Reading) -> set[Problem]:
    """Return the problems of articles, and those that only all of them together can have."""
    return {*(problem for piece in read.pieces.values() for problem in piece.told), *_crossed(read.clips.values())}


def _crossed(clips: Iterable[Clip]) -> list[Problem]:
    translated, slugs = [], set()
    for clip in clips:
        if clip.translation_of is None:
            slugs.add(clip.slug)
        else:
            translated.append(clip)
    if not translated:
        return []
    meant = [_stub(clip.slug, clip.translation_of, clip.file) for clip in translated]
    others = [_stub(slug, None, "") for slug in slugs]
    return edition.crossed(Judged(one.article.file or "", "", one, ()) for one in (*meant, *others))


def _stub(slug: str, translation_of: str | None, file: str) -> Published:
    return Published(Article("", translation_of=translation_of, file=file), slug, "", "", "", "", {})
