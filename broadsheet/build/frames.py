"""What is put aside of each article, as plain data, and what is made of it later.

Of a plain article that is its values and its body; of every other the whole record.
"""

from __future__ import annotations

import pickle
from typing import Any, NamedTuple

import orjson
from msgspec.structs import replace

from broadsheet.build.archive import Archive, Lost, Place
from broadsheet.build.kit import Kit
from broadsheet.build.piece import NUMBERS, Piece
from broadsheet.export import Record
from broadsheet.model import Published
from broadsheet.press.clips import Clip
from broadsheet.press.lane import article as lane
from broadsheet.press.lane import values
from broadsheet.press.lane.body import Rendered
from broadsheet.press.lane.holes import Written, parted
from broadsheet.press.lane.values import Shape
from broadsheet.press.pack import unpack


class Frame(NamedTuple):
    """What lies at a place, but for the cards and the clip behind it."""

    kind: str  # "plain" or "general"
    piece: tuple[Any, ...]  # the lasting fields of the article's `Piece`, without its clip
    more: tuple[
        Any, ...
    ]  # of a plain article: shape, `joined` values, address of its picture, Markdown where it is asked for
    first: bytes  # of a plain article the body as HTML, else the document
    second: bytes  # of a plain article the body's text as JSON without its quotes, else all but the document, pickled


#: The place of a record that is made of the article's frame.
IN_FRAME: Place = b""
_FILE, _SLUG, _CLIP, _PLACE = (NUMBERS[name] for name in ("file", "slug", "clip", "place"))
#: The partials of which the article's HTML stands behind the frame of a plain article.
CARDS = ("_card.html", "_related.html")


def put_plain(
    archive: Archive,
    piece: tuple[Any, ...],
    of: lane.Plain,
    shape: Shape,
    found: str,
    cards: tuple[bytes, bytes],
    clip: bytes,
    *,
    whole: bool,
) -> Place:
    """Put a plain article aside, whose values were `joined`; ``whole``, with its Markdown."""
    html, text = of.body.html, of.body.json
    more = tuple(shape), found, of.image, of.markdown if whole else b""
    return archive.put(("plain", piece, more, len(html)), (html, text), cards, clip)


def put(archive: Archive, piece: tuple[Any, ...], document: bytes, pickled: bytes, clip: bytes) -> Place:
    """Put any article aside; ``pickled`` is it without its document."""
    return archive.put(("general", piece, (), len(document)), (document, pickled), clip=clip)


def frame(archive: Archive, place: Place) -> Frame:
    """Return what was put aside at ``place``. Raise `Lost`."""
    (kind, piece, more, size), bodies, _ = archive.whole(place)
    return Frame(kind, piece, more, bodies[:size], bodies[size:])


def piece(archive: Archive, place: Place) -> tuple[Any, ...]:
    """Return the lasting fields of the `Piece` whose frame is at ``place``, its clip and this place among them."""
    head, _, packed = archive.whole(place)
    fields: list[Any] = [*head[1]]
    fields[_CLIP], fields[_PLACE] = packed, place
    return tuple(fields)


def clip(archive: Archive, place: Place) -> Clip:
    """Return the clip of the article whose frame is at ``place``."""
    head, _, packed = archive.whole(place)
    fields = head[1]
    return unpack(packed, fields[_SLUG], fields[_FILE])


def html(archive: Archive, place: Place) -> bytes:
    """Return the sanitised body, in UTF-8."""
    found = frame(archive, place)
    return found.first if found.kind == "plain" else _article(found).html.encode()


def _article(of: Frame) -> Published:
    """Return an article that is not plain, without its document."""
    found: Published = pickle.loads(of.second)  # noqa: S301  we wrote it, as the archive's checksum proves
    return found


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
    _, piece, (shape, found, *_), _ = kit.archive.get(of.place)
    return kit.entry(Shape(*shape)).record(found, piece[_FILE])


def published(kit: Kit, clip: Clip, of: Frame) -> Published:
    """Return the article."""
    if of.kind == "general":
        return replace(_article(of), document=orjson.loads(of.first))
    held, texts, image, markdown = of.more
    shape, found = Shape(*held), parted(texts)
    text = orjson.loads(b'"%b"' % of.second)
    shown = lane.Plain(**values.restored(shape, found, image, markdown, Rendered(of.first, text.encode())))
    size = (int(found[values.WIDTH]), int(found[values.HEIGHT])) if shape.sized else None
    article = lane.article(shown, clip.file, kit.site.language, size)
    document = orjson.loads(plain_document(kit, of))
    return Published(article, clip.slug, clip.path, clip.url, of.first.decode(), text, document)


def plain_document(kit: Kit, of: Frame) -> bytes:
    """Return the JSON-LD document of a plain article."""
    shape, found, *_ = of.more
    return kit.stencil(Shape(*shape)).filled_document(Written(found).json(), of.second)
