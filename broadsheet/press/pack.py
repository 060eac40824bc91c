"""Clips as bytes, for pipes between processes and for what a build remembers.

What follows from the rest is left out: of 100,000 articles each byte is 100 KB a process.
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

SAME: Final = 0  # stands for a time that is the instant of publication again
_LEFT_OUT: Final = {"card", "url", "updated", "changed"}
_CLIP = attrgetter(*[name for name in Clip.__dataclass_fields__ if name not in _LEFT_OUT])
_CARD = attrgetter("headline", "kicker", "label", "summary", "byline", "language", "dir", "clues")
_WHEN = attrgetter("text", "day")
_IMAGE = attrgetter("src", "local", "alt", "caption", "credit", "width", "height")


def pack(clip: Clip) -> Packed:
    """Return ``clip`` as bytes; equal clips give equal bytes."""
    card, instant = clip.card, clip.instant
    when = (_shorter(card.published.iso, instant), *_WHEN(card.published)) if card.published else None
    image = (card.image.url.removesuffix(card.image.src), *_IMAGE(card.image)) if card.image else None
    times = _shorter(clip.updated, instant), _shorter(clip.changed, instant)
    return seal((clip.url.removesuffix(clip.path), times, _CLIP(clip), _CARD(card), when, image))


def seal(parts: Parts) -> Packed:
    """Return parts as bytes."""
    return marshal.dumps(parts, 2)  # version 2: equal tuples give equal bytes


def parts(packed: Packed) -> Parts:
    """Return what `seal` sealed."""
    found: Parts = marshal.loads(packed)  # noqa: S302  made by us
    return found


def unpack(packed: Packed) -> Clip:
    """Return the clip that `pack` packed."""
    base, (updated, changed), values, head, when, image = parts(packed)
    slug, stamp, year, month, instant, modified, section, *others = values
    path = urls.article_path(slug)
    if when is not None:
        iso, text, day = when
        when = When(instant if iso == SAME else iso, text, day)
    if image is not None:
        before, src, local, *rest = image
        image = ImageView(src, local, before + src, *rest)
    headline, kicker, label, summary, byline, *language = head
    card = Card(path, headline, kicker, label, summary, byline, when, image, section_link(section), *language)
    times = instant, instant if updated == SAME else updated, modified, instant if changed == SAME else changed
    return Clip(slug, card, base + path, stamp, year, month, *times, section, *others)


def _shorter(time: str | None, instant: str | None) -> str | int | None:
    return SAME if time == instant else time
