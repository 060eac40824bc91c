"""Prints: of what a page was made. Equal prints mean equal bytes, so the page need not be made again."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Mapping
from typing import Any

from broadsheet.build.piece import Piece
from broadsheet.press.clips import Clip
from broadsheet.press.present import Around
from broadsheet.press.sheets import Sheet
from broadsheet.press.views import Block, Card, PaperView


def _digest(data: bytes) -> bytes:
    """Return 16 bytes that tell ``data`` from all others."""
    return hashlib.blake2b(data, digest_size=16).digest()


class Prints:
    """The prints of one edition's pages."""

    def __init__(self, pieces: Mapping[str, Piece], clips: Mapping[str, Clip], paper: PaperView) -> None:
        self.pieces = pieces  # by slug, as are clips
        self.clips = {clip.path: clip for clip in clips.values()}
        self.paper = _digest(repr(paper).encode())
        self._cards: dict[str, bytes] = {}

    def of_card(self, path: str) -> bytes:
        """Return the print of the card of the article at ``path``."""
        found = self._cards.get(path)
        if found is None:
            packed = self.pieces[self.clips[path].slug].clip
            found = self._cards[path] = _digest(marshal.dumps(packed, 2))
        return found

    def of_article(self, clip: Clip, around: Around) -> bytes:
        """Return the print of an article's page and document."""
        others = [one for one in (around.previous, around.next, *around.related) if one is not None]
        shape = (
            around.previous is None,
            around.next is None,
            [(one.name, one.path, one.language) for one in around.translations],
        )
        made_of = self.pieces[clip.slug].digest
        cards = [self.of_card(one.path) for one in others]
        return _digest(b"".join((made_of, self.paper, *cards, marshal.dumps((clip.slug, shape), 2))))

    def of_sheet(self, sheet: Sheet) -> bytes:
        """Return the print of a page that is no article's."""
        names = sorted(sheet.values)
        shown = [self._value(sheet.values[name]) for name in names]
        return _digest(marshal.dumps((sheet.template, repr(sheet.page), names, self.paper, shown), 2))

    def _value(self, value: Any) -> bytes:
        if isinstance(value, Card):
            return self.of_card(value.path)
        if isinstance(value, tuple) and value and isinstance(value[0], Card):
            return b"".join([self.of_card(card.path) for card in value])
        if isinstance(value, tuple) and value and isinstance(value[0], Block):
            return b"".join(repr(block.section).encode() + self._value(block.cards) for block in value)
        return repr(value).encode()
