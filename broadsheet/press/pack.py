"""Clips as bytes, for pipes between processes and for what a build remembers.

Slug and file are left out, which whoever holds the bytes holds too, and what follows
from the rest: of 100,000 articles each byte is 100 KB a process.
"""

from __future__ import annotations

import marshal
from operator import attrgetter
from typing import Any, Final

from broadsheet import urls
from broadsheet.press.clips import Clip, section_link
from broadsheet.press.views import Card, ImageView, When

Packed = bytes
#: What is packed, as nested tuples: fields of the clip, of its card, of its time and of its picture.
Parts = tuple[Any, ...]

SAME: Final = 0  # stands for a time that is the instant of publication again, for an address that begins alike
_LEFT_OUT: Final = {"slug", "file", "card", "url", "updated", "changed"}
#: The fields of a clip that are packed as they are.
PACKED: Final = tuple(name for name in Clip.__struct_fields__ if name not in _LEFT_OUT)
_CLIP = attrgetter(*PACKED)
_ON_CARD: Final = ("headline", "kicker", "label", "summary", "byline", "language", "dir", "clues")
_CARD = attrgetter(*_ON_CARD)
_TIME = attrgetter("text", "day")
_BASE, _TIMES, _VALUES, _HEAD, _WHEN = range(5)  # among the parts
_PLACES: Final = {name: place for place, name in enumerate(PACKED)}
_HEADS: Final = {name: place for place, name in enumerate(_ON_CARD)}
_IMAGE = attrgetter("src", "local", "alt", "caption", "credit", "width", "height")


def pack(clip: Clip) -> Packed:
    """Return ``clip`` as bytes; equal clips give equal bytes."""
    card, instant = clip.card, clip.instant
    when = (_shorter(card.published.iso, instant), *_TIME(card.published)) if card.published else None
    base = clip.url.removesuffix(clip.path)
    image = (_shorter(card.image.url.removesuffix(card.image.src), base), *_IMAGE(card.image)) if card.image else None
    times = _shorter(clip.updated, instant), _shorter(clip.changed, instant)
    return seal((base, times, _CLIP(clip), _CARD(card), when, image))


def seal(parts: Parts) -> Packed:
    """Return parts as bytes."""
    return marshal.dumps(parts, 2)  # version 2: equal tuples give equal bytes


def parts(packed: Packed) -> Parts:
    """Return what `seal` sealed."""
    found: Parts = marshal.loads(packed)  # noqa: S302  made by us
    return found


def values(packed: Packed) -> tuple[Any, ...]:
    """Return the values of the fields `PACKED`."""
    found: tuple[Any, ...] = parts(packed)[_VALUES]
    return found


def unpack(packed: Packed, slug: str, file: str) -> Clip:
    """Return the clip that `pack` packed."""
    found = parts(packed)
    stamp, year, month, instant, modified, section, *others, original = found[_VALUES]
    path, (updated, changed) = urls.article_path(slug), _times(found)
    fields = [slug, _card(found, path), found[_BASE] + path, stamp, year, month, instant, updated, modified, changed]
    return Clip(*[*fields, section, *others, file, original])


def value(of: Parts, name: str, path: str) -> Any:
    """Return a field of the clip of the article at ``path``, all but slug, card and file."""
    if name in _PLACES:
        return of[_VALUES][_PLACES[name]]
    if name == "url":
        return of[_BASE] + path
    updated, changed = _times(of)
    return changed if name == "changed" else updated


def card_value(of: Parts, name: str, path: str) -> Any:
    """Return a field of its card."""
    if name in _HEADS:
        return of[_HEAD][_HEADS[name]]
    return _when(of) if name == "published" else getattr(_card(of, path), name)


def _times(of: Parts) -> tuple[str | None, str | None]:
    """Return what was last changed, as `Clip.updated` and `Clip.changed` are written."""
    instant = of[_VALUES][_PLACES["instant"]]
    updated, changed = of[_TIMES]
    return instant if updated == SAME else updated, instant if changed == SAME else changed


def _card(of: Parts, path: str) -> Card:
    base, _, values, (headline, kicker, label, summary, byline, *language), _, image = of
    if image is not None:
        before, src, local, *rest = image
        image = ImageView(src, local, (base if before == SAME else before) + src, *rest)
    section = section_link(values[_PLACES["section"]])
    return Card(path, headline, kicker, label, summary, byline, _when(of), image, section, *language)


def _when(of: Parts) -> When | None:
    if (when := of[_WHEN]) is None:
        return None
    iso, text, day = when
    return When(of[_VALUES][_PLACES["instant"]] if iso == SAME else iso, text, day)


def _shorter(text: str | None, other: str | None) -> str | int | None:
    return SAME if text == other else text
