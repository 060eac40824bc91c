"""One content file in a worker: read, render, document, judge, print as far as that goes alone."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet import edition, press, urls
from broadsheet.build.kit import Kit, Place
from broadsheet.edition import Held, Reading
from broadsheet.model import Problem, Published
from broadsheet.press import clips, early, job, pack


@dataclass(slots=True)
class Piece:
    """What is known of a content file once it has been judged. All fields are plain data."""

    file: str
    wish: str | None  # the slug that it would like, None where there is no article
    stated: bool  # the wish stands in the front matter
    slug: str  # under which it was made
    held: Held
    problems: tuple[tuple[Any, ...], ...]  # of the fields of Problem
    clip: pack.Packed | None
    card: str | None  # the card's HTML, with marks
    place: Place | None  # of its `Parts` in the spool
    kept: tuple[str, str] | None = None  # (path below the output, file) of the kept original

    @property
    def told(self) -> list[Problem]:
        """Return the problems."""
        return [Problem(*one) for one in self.problems]


def make(kit: Kit, path: Path, slug: str | None) -> tuple[Any, ...]:
    """Return the fields of a `Piece`. Without ``slug``, the one it wishes is taken for granted."""
    reading = edition.read(path, kit.site)
    wish = reading.wish
    if wish is None:
        return fields_of(Piece(reading.file, None, False, "", "error", _plain(reading.problems), None, None, None))
    taken = slug if slug is not None else urls.slugify(wish[1])
    return fields_of(_judged(kit, reading, wish[1], wish[2], taken))


def _judged(kit: Kit, reading: Reading, wish: str, stated: bool, slug: str) -> Piece:
    judged = edition.finish(reading, slug, kit.site, kit.now, kit.site.build.profiles)
    piece = Piece(reading.file, wish, stated, slug, judged.held, _plain(judged.problems), None, None, None)
    published = judged.published
    if published is None:
        return piece
    clip = clips.clip(published, kit.site, kit.words)
    piece.clip = pack.pack(clip)
    piece.card = _card(kit, clip)
    piece.kept = _kept(kit, published)
    document = job.document_file(published)[1]
    piece.place = kit.spool.put((_skeleton(kit, published), published.html, document, pickle.dumps(published, 5)))
    return piece


def _skeleton(kit: Kit, published: Published) -> str | None:
    """Return the page with marks; None where the theme wants to know more than is known yet."""
    sheet = job.article_sheet(kit.site, kit.words, published, early.later())
    try:
        return kit.theme.render(sheet.template, sheet.page.path, job.values(sheet))
    except early.TooEarly:
        return None


def _card(kit: Kit, clip: clips.Clip) -> str | None:
    try:
        return kit.theme.card(clip.card)
    except early.TooEarly:
        return None


def _kept(kit: Kit, published: Published) -> tuple[str, str] | None:
    source = published.article.source
    if source is None:
        return None
    original = press.kept(kit.site, source, published.article.file or "")
    return (str(press.source_path(source)), str(original)) if original is not None else None


def _plain(problems: tuple[Problem, ...]) -> tuple[tuple[Any, ...], ...]:
    return tuple((one.file, one.line, one.path, one.rule, one.severity, one.message, one.see) for one in problems)


def fields_of(piece: Piece) -> tuple[Any, ...]:
    """Return the fields, not copied."""
    return tuple(getattr(piece, name) for name in _NAMES)


_NAMES = tuple(Piece.__dataclass_fields__)
