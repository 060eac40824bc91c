"""What is put aside of each article, as plain data, and what is made of it later.

Of a plain article that is its values and its body; of every other the whole record.
"""

from __future__ import annotations

import pickle
from typing import Any

import orjson
from msgspec.structs import replace

from broadsheet.build.kit import Archive, Kit, Lost, Place
from broadsheet.build.piece import NUMBERS, Piece
from broadsheet.export import Record
from broadsheet.model import Published
from broadsheet.press.clips import Clip
from broadsheet.press.lane import article as lane
from broadsheet.press.lane import values
from broadsheet.press.lane.body import Rendered
from broadsheet.press.lane.holes import as_json
from broadsheet.press.lane.values import Shape
from broadsheet.press.pack import unpack

#: ("plain", piece, shape, values, image, markdown, html, text) or ("general", piece, document, pickled),
#: where ``piece`` are the lasting fields of the article's `Piece`, whose clip lies behind the frame,
#: ``html`` is UTF-8 and ``text`` JSON without its quotes. ``markdown`` is empty where no exporter asks for it.
Frame = tuple[Any, ...]
#: The place of a record that is made of the article's frame.
IN_FRAME: Place = b""
_FILE, _SLUG, _CLIP, _PLACE = (NUMBERS[name] for name in ("file", "slug", "clip", "place"))
#: The partials of which the article's HTML stands behind the frame of a plain article.
CARDS = ("_card.html", "_related.html")


def plain(piece: tuple[Any, ...], of: lane.Plain, shape: Shape, found: list[str], *, whole: bool) -> Frame:
    """Return the frame of a plain article; ``whole``, with its Markdown."""
    markdown = of.markdown if whole else b""
    return "plain", piece, tuple(shape), found, of.image, markdown, of.body.html, of.body.json


def general(piece: tuple[Any, ...], document: bytes, pickled: bytes) -> Frame:
    """Return the frame of any article; ``pickled`` is it without its document."""
    return "general", piece, document, pickled


def piece(archive: Archive, place: Place) -> tuple[Any, ...]:
    """Return the lasting fields of the `Piece` whose frame is at ``place``, its clip and this place among them."""
    frame, packed = archive.both(place)
    fields: list[Any] = [*frame[1]]
    fields[_CLIP], fields[_PLACE] = packed, place
    return tuple(fields)


def clip(archive: Archive, place: Place) -> Clip:
    """Return the clip of the article whose frame is at ``place``."""
    frame, packed = archive.both(place)
    fields = frame[1]
    return unpack(packed, fields[_SLUG], fields[_FILE])


def html(frame: Frame) -> bytes:
    """Return the sanitised body, in UTF-8."""
    if frame[0] == "plain":
        found: bytes = frame[6]
        return found
    published: Published = pickle.loads(frame[3])  # noqa: S301  we wrote it, as the archive's checksum proves
    return published.html.encode()


def cards(archive: Archive, place: Place) -> dict[str, bytes]:
    """Return the HTML of cards that was put aside with the frame at ``place``, by template."""
    found = archive.cards(place)
    return dict(zip(CARDS, found, strict=True)) if all(found) else {}


def record(kit: Kit, of: Piece) -> Record:
    """Return what the exports need of an article that is published. Raise `Lost`."""
    if of.record:
        stored: Record = kit.archive.get(of.record)
        return stored
    if of.place is None:
        raise Lost
    _, piece, shape, found, *_ = kit.archive.get(of.place)
    return kit.entry(Shape(*shape)).record(found, as_json(found), piece[_FILE])


def published(kit: Kit, clip: Clip, frame: Frame) -> Published:
    """Return the article."""
    if frame[0] == "general":
        whole: Published = pickle.loads(frame[3])  # noqa: S301  we wrote it, as the archive's checksum proves
        return replace(whole, document=orjson.loads(frame[2]))
    of, found = Shape(*frame[2]), frame[3]
    html, text = frame[6], orjson.loads(b'"%b"' % frame[7])
    shown = lane.Plain(**values.restored(of, found, frame[4], frame[5], Rendered(html, text.encode())))
    size = (int(found[values.WIDTH]), int(found[values.HEIGHT])) if of.sized else None
    article = lane.article(shown, clip.file, kit.site.language, size)
    document = orjson.loads(plain_document(kit, frame))
    return Published(article, clip.slug, clip.path, clip.url, html.decode(), text, document)


def plain_document(kit: Kit, frame: Frame) -> bytes:
    """Return the JSON-LD document of a plain article."""
    stencil = kit.stencil(Shape(*frame[2]))
    return stencil.filled_document(as_json(frame[3]), frame[7])
