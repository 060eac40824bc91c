"""One content file in a worker: read, render, document, judge, print as far as that goes alone."""

from __future__ import annotations

import os
import pickle
from datetime import timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import orjson
from msgspec.structs import astuple, replace

from broadsheet import press, urls
from broadsheet.build import entries, frames
from broadsheet.build.archive import Place
from broadsheet.build.kit import Kit
from broadsheet.build.piece import Piece, lasting
from broadsheet.content import MAX_FILE_BYTES
from broadsheet.content.pictures import picture_size
from broadsheet.model import Problem, Published
from broadsheet.press import clips, early, job, pack, present
from broadsheet.press.lane import article as lane
from broadsheet.press.lane import values
from broadsheet.press.lane.holes import Written, joined
from broadsheet.press.lane.stencil import Cut, Stencil
from broadsheet.press.lane.values import Shape

if TYPE_CHECKING:
    from broadsheet.edition import Reading


def make(kit: Kit, file: str, slug: str | None) -> tuple[Any, ...]:
    """Return the fields of the `Piece` of a content file, named as below the site's root with "/".

    Without ``slug``, the one it wishes is taken for granted.
    """
    raw = _raw(f"{kit.site.root}/{file}") if kit.stencils is not None else None
    piece = _plain_piece(kit, file, slug, raw) if raw is not None else None
    return astuple(piece if piece is not None else _general(kit, file, slug, raw))


def _general(kit: Kit, file: str, slug: str | None, raw: bytes | None) -> Piece:
    from broadsheet import edition  # with the whole gate: an edit of plain articles does without

    reading = edition.read(kit.site.root / file, kit.site, raw)
    wish = reading.wish
    if wish is None:
        return Piece(reading.file, None, False, "", "error", _plain(reading.problems))
    if slug is None:
        slug = urls.slugify(wish[1]) if wish[2] else urls.likely(*wish[:2])
    return _judged(kit, reading, wish[1], wish[2], slug)


def _plain_piece(kit: Kit, name: str, slug: str | None, raw: bytes) -> Piece | None:
    """Return a file of the plain kind through the fast lane, None for any other."""
    try:
        plain = lane.read(raw, kit.now - timedelta(days=2))
    except UnicodeDecodeError:
        return None
    if plain is None or kit.stencils is None or (slug is not None and slug != plain.slug):
        return None
    size = _size(kit, plain.image) if plain.image else None
    shape = values.shape(plain, size)
    stencil = kit.stencils.of(shape, plain, size, lambda: _the_general_way(kit, name, plain, raw))
    if stencil is None:
        return None
    found = values.values(plain, kit.site, kit.words, size)
    texts = joined(found)
    html = Written(texts).html()
    cards = stencil.card.fill(html), stencil.brief.fill(html)
    digest = blake2b(raw + repr(size).encode(), digest_size=16, key=kit.salt[:64]).digest()
    clip = values.clip(plain, found, shape, kit.site)
    problems = stencil.problems(plain, name)
    piece = Piece(name, plain.slug, True, plain.slug, "", problems, b"", digest=digest, cards=cards)
    piece.print = _print(piece, clip)
    piece.record = _record(kit, plain, shape, name, size, texts, stencil)
    if piece.record is None:
        return None
    piece.place = frames.put_plain(kit.archive, lasting(piece), plain, shape, texts, cards, clip, whole=kit.plan.walks)
    piece.clip = clip
    return piece


def _raw(file: str) -> bytes | None:
    """Return the bytes of a file, which is seldom large, with as few calls as can be; None where it cannot be read or is too large."""
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    try:
        raw = os.read(handle, _READ)
        while len(raw) % _READ == 0 and len(raw) <= MAX_FILE_BYTES and (more := os.read(handle, _READ)):
            raw += more
        return raw if len(raw) <= MAX_FILE_BYTES else None
    except OSError:
        return None
    finally:
        os.close(handle)


def _size(kit: Kit, image: str) -> tuple[int, int] | None:
    """Return width and height in pixels of a picture, which is looked at once a process and build."""
    if image not in kit.sizes:
        kit.sizes[image] = picture_size(image, kit.site)
    return kit.sizes[image]


def _record(
    kit: Kit,
    plain: lane.Plain,
    shape: Shape,
    file: str,
    size: tuple[int, int] | None,
    found: str,
    stencil: Stencil,
) -> Place | None:
    """Put aside what the exports need of a plain article, unless the first of its shape has proven that its frame tells it.

    None where only the general calls can tell.
    """
    if kit.entries.get(shape) is not None:
        return frames.IN_FRAME
    article = lane.article(plain, file, kit.site.language, size)
    path = urls.article_path(plain.slug)
    html, text = plain.body.html.decode(), plain.body.text.decode()
    document = stencil.filled_document(Written(found).json(), plain.body.json)
    published = Published(article, plain.slug, path, f"{kit.site.url}/{path}", html, text, {})
    if shape in kit.entries:
        record = kit.plan.express(published, document.rstrip(), present.length(text))
        return kit.archive.put(record, more=True) if record is not None else None
    whole = kit.plan.record(replace(published, document=orjson.loads(document)))
    made = entries.entry(kit.plan, kit.site, shape)
    kit.entries[shape] = made if made and made.record(found, file) == whole else None
    return frames.IN_FRAME if kit.entries[shape] is not None else kit.archive.put(whole, more=True)


def _the_general_way(kit: Kit, file: str, plain: lane.Plain, raw: bytes) -> Cut | None:
    """Return what the general calls make of a file; None where it is held back or has problems of its own."""
    from broadsheet import edition

    judged = edition.finish(
        edition.read(kit.site.root / file, kit.site, raw), plain.slug, kit.site, kit.now, kit.site.build.profiles
    )
    published = judged.published
    alike = all(one.rule == _LACKS and one.line == plain.line for one in judged.problems)
    if published is None or not alike or kit.stencils is None:
        return None
    lacks = tuple((one.path, one.rule, one.severity, one.message, one.see) for one in judged.problems)
    theme = kit.stencils.theme
    sheet = job.article_sheet(kit.site, kit.words, published, early.later())
    card = clips.clip(published, kit.site, kit.words).card
    try:
        page = theme.render(sheet.template, sheet.page.path, job.values(sheet))
        cards = theme.card(card), theme.card(card, "_related.html")
        printed, whole, brief = (one.encode() for one in (page, *cards))
        return Cut(job.document_file(published)[1], printed, whole, brief, lacks)
    except early.TooEarly:
        return None


def _judged(kit: Kit, reading: Reading, wish: str, stated: bool, slug: str) -> Piece:
    from broadsheet import edition

    judged = edition.finish(reading, slug, kit.site, kit.now, kit.site.build.profiles)
    piece = Piece(reading.file, wish, stated, slug, judged.held, _plain(judged.problems))
    piece.wake = _wake(reading, kit)
    published = judged.published
    if published is None:
        return piece
    piece.clip, clip = b"", pack.pack(clips.clip(published, kit.site, kit.words))
    piece.print = _print(piece, clip)
    piece.kept, piece.aliases = _kept(kit, published), judged.aliases
    document, pickled = job.document_file(published)[1], pickle.dumps(replace(published, document={}), 5)
    piece.digest = blake2b(document + pickled, digest_size=16, key=kit.salt[:64]).digest()
    piece.record = kit.archive.put(kit.plan.record(published), more=True)
    piece.place = frames.put(kit.archive, lasting(piece), document, pickled, clip)
    piece.clip = clip
    return piece


def _print(piece: Piece, clip: pack.Packed) -> bytes:
    return blake2b(b"%b\0%b\0%b" % (clip, piece.slug.encode(), piece.file.encode()), digest_size=16).digest()


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
    return tuple(map(astuple, problems))


_READ = 1 << 14  # bytes
_LACKS = "pub/required"  # the rule whose problems are the same for all articles that lack the same
_DAY = 86_400.0  # no zone is further from UTC
