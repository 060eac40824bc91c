"""Clips as plain tuples, for pipes between processes and for what a build remembers."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from broadsheet.press.clips import Clip
from broadsheet.press.views import Card, ImageView, Link, When

Packed = tuple[Any, ...]

_WHEN = attrgetter("iso", "text", "day")
_IMAGE = attrgetter("src", "local", "url", "alt", "caption", "credit", "width", "height")
_LINK = attrgetter("name", "path")
_CARD = attrgetter("path", "headline", "kicker", "label", "summary", "byline")
_REST = attrgetter("language", "dir", "clues")
_CLIP = attrgetter(*[name for name in Clip.__dataclass_fields__ if name != "card"])


def pack(clip: Clip) -> Packed:
    """Return ``clip`` as nested tuples of plain values."""
    card = clip.card
    when = _WHEN(card.published) if card.published else None
    image = _IMAGE(card.image) if card.image else None
    section = _LINK(card.section) if card.section else None
    return (_CLIP(clip), _CARD(card), when, image, section, _REST(card))


def unpack(packed: Packed) -> Clip:
    """Return the clip that `pack` packed."""
    values, head, when, image, section, rest = packed
    pictured = ImageView(*image) if image else None
    known = [*head, When(*when) if when else None, pictured, Link(*section) if section else None, *rest]
    slug, *others = values
    return Clip(slug, Card(*known), *others)
