"""One content file in a worker: read, render, document, judge, print as far as that goes alone."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson

from broadsheet import edition, press, urls
from broadsheet.build.kit import Kit, Place
from broadsheet.edition import Held, Reading
from broadsheet.model import Article, Problem, Published
from broadsheet.press import clips, early, job, pack
from broadsheet.press.lane import article as lane
from broadsheet.press.lane import stencil


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
    digest: bytes = b""  # of all that its page, document and rows are made from
    kept_at: Place | None = None  # of what exports need, in the archive
    wake: float | None = None  # time (s) at which it must be judged again: it is of the future

    @property
    def told(self) -> list[Problem]:
        """Return the problems."""
        return [Problem(*one) for one in self.problems]


def make(kit: Kit, path: Path, slug: str | None) -> tuple[Any, ...]:
    """Return the fields of a `Piece`. Without ``slug``, the one it wishes is taken for granted."""
    piece = _plain_piece(kit, path, slug) if kit.stencils is not None else None
    return fields_of(piece if piece is not None else _general(kit, path, slug))


def _general(kit: Kit, path: Path, slug: str | None) -> Piece:
    reading = edition.read(path, kit.site)
    wish = reading.wish
    if wish is None:
        return Piece(reading.file, None, False, "", "error", _plain(reading.problems), None, None, None)
    taken = slug if slug is not None else urls.slugify(wish[1])
    return _judged(kit, reading, wish[1], wish[2], taken)


def _plain_piece(kit: Kit, path: Path, slug: str | None) -> Piece | None:
    """Return a file of the plain kind through the fast lane, None for any other."""
    file = path.relative_to(kit.site.root).as_posix()
    try:
        raw = path.read_bytes()
        text = raw.decode()
    except (OSError, UnicodeDecodeError):
        return None
    plain = lane.read(text, file, kit.site.language, kit.now - timedelta(days=2))
    if plain is None or kit.stencils is None:
        return None
    taken = plain.wish if slug is None else slug
    cut = kit.stencils.print(plain, taken, lambda: _the_general_way(kit, path, taken))
    if cut is None:
        return None
    address = urls.article_path(taken)
    url = f"{kit.site.url}/{address}"
    published = Published(plain.article, taken, address, url, plain.body.html, plain.body.text, _dated(plain.article))
    clip = clips.clip(published, kit.site, kit.words)
    place = kit.spool.put((cut.skeleton, plain.body.html))
    digest = blake2b(raw + taken.encode(), digest_size=16, key=kit.salt[:64]).digest()
    kept = kit.archive.put((cut.document, lane.pack(plain), True))
    return Piece(file, plain.wish, True, taken, "", (), pack.pack(clip), cut.card, place, None, digest, kept)


def _dated(article: Article) -> dict[str, Any]:
    """Return as much of a plain article's document as its clip takes from it."""
    when = article.published.isoformat() if article.published else None
    return {"@graph": [{"headline": article.headline, "datePublished": when}]}


def unspool(kit: Kit, clip: clips.Clip, parts: Any) -> Published:
    """Return the article whose ``parts`` `make` put into the archive; of a plain one without its HTML."""
    document, packed, plain = parts
    if not plain:
        published: Published = pickle.loads(packed)  # noqa: S301  we wrote it in this build
        return published
    article, text = lane.unpack(packed, clip.file, kit.site.language)
    return Published(article, clip.slug, clip.path, clip.url, "", text, orjson.loads(document))


def _the_general_way(kit: Kit, path: Path, slug: str) -> stencil.Cut | None:
    """Return what the general calls make of a file; None where it has problems or is held back."""
    judged = edition.finish(edition.read(path, kit.site), slug, kit.site, kit.now, kit.site.build.profiles)
    published = judged.published
    if published is None or judged.problems:
        return None
    skeleton, card = _skeleton(kit, published), _card(kit, clips.clip(published, kit.site, kit.words))
    if skeleton is None or card is None:
        return None
    return stencil.Cut(job.document_file(published)[1], skeleton, card)


def _judged(kit: Kit, reading: Reading, wish: str, stated: bool, slug: str) -> Piece:
    judged = edition.finish(reading, slug, kit.site, kit.now, kit.site.build.profiles)
    piece = Piece(reading.file, wish, stated, slug, judged.held, _plain(judged.problems), None, None, None)
    piece.wake = _wake(reading, kit)
    published = judged.published
    if published is None:
        return piece
    clip = clips.clip(published, kit.site, kit.words)
    piece.clip = pack.pack(clip)
    piece.card = _card(kit, clip)
    piece.kept = _kept(kit, published)
    document = job.document_file(published)[1]
    pickled = pickle.dumps(published, 5)
    piece.digest = blake2b(pickled, digest_size=16, key=kit.salt[:64]).digest()
    piece.kept_at = kit.archive.put((document, pickled, False))
    piece.place = kit.spool.put((_skeleton(kit, published), published.html))
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


def _wake(reading: Reading, kit: Kit) -> float | None:
    """Return when an article of the future must be judged again."""
    moments = [reading.article.published, reading.article.modified] if reading.article else []
    stamps = [kit.words.stamp(moment) for moment in moments if moment is not None]
    now = kit.now.timestamp()
    turns = (stamp + step for stamp in stamps for step in (-_DAY, 0.0, _DAY))
    return min((turn for turn in turns if turn > now), default=None)


def _plain(problems: tuple[Problem, ...]) -> tuple[tuple[Any, ...], ...]:
    return tuple((one.file, one.line, one.path, one.rule, one.severity, one.message, one.see) for one in problems)


def fields_of(piece: Piece) -> tuple[Any, ...]:
    """Return the fields, not copied."""
    return tuple(getattr(piece, name) for name in _NAMES)


_DAY = 86_400.0  # no zone is further from UTC
_NAMES = tuple(Piece.__dataclass_fields__)
