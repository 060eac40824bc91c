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
PACKED: Final = tuple(name for name in Clip.__dataclass_fields__ if name not in _LEFT_OUT)
_CLIP = attrgetter(*PACKED)
_CARD = attrgetter("headline", "kicker", "label", "summary", "byline", "language", "dir", "clues")
_WHEN = attrgetter("text", "day")
_IMAGE = attrgetter("src", "local", "alt", "caption", "credit", "width", "height")


def pack(clip: Clip) -> Packed:
    """Return ``clip`` as bytes; equal clips give equal bytes."""
    card, instant = clip.card, clip.instant
    when = (_shorter(card.published.iso, instant), *_WHEN(card.published)) if card.published else None
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


def unpack(packed: Packed, slug: str, file: str) -> Clip:
    """Return the clip that `pack` packed."""
    base, (updated, changed), values, head, when, image = parts(packed)
    stamp, year, month, instant, modified, section, *others, original = values
    path = urls.article_path(slug)
    if when is not None:
        iso, text, day = when
        when = When(instant if iso == SAME else iso, text, day)
    if image is not None:
        before, src, local, *rest = image
        image = ImageView(src, local, (base if before == SAME else before) + src, *rest)
    headline, kicker, label, summary, byline, *language = head
    card = Card(path, headline, kicker, label, summary, byline, when, image, section_link(section), *language)
    times = instant, instant if updated == SAME else updated, modified, instant if changed == SAME else changed
    fields = [slug, card, base + path, stamp, year, month, *times, section, *others, file, original]
    return Clip(*fields)


def _shorter(text: str | None, other: str | None) -> str | int | None:
    return SAME if text == other else text
