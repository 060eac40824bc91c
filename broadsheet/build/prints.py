"""Prints: of what a page was made. Equal prints mean equal bytes, so the page need not be made again."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Mapping
from typing import Any

from broadsheet.build.piece import Piece
from broadsheet.press.present import Around
from broadsheet.press.sheets import Sheet
from broadsheet.press.views import Block, Card, PaperView

#: path of an article → print of its card
Cards = Mapping[str, bytes]


def digest(*parts: bytes) -> bytes:
    """Return 16 bytes that tell these parts from all others."""
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        found.update(len(part).to_bytes(8, "little"))
        found.update(part)
    return found.digest()


def of_paper(paper: PaperView) -> bytes:
    """Return the print of what every page shows."""
    return digest(repr(paper).encode())


def of_card(piece: Piece) -> bytes:
    """Return the print of an article's card."""
    return digest(marshal.dumps(piece.clip))


def of_article(piece: Piece, around: Around, cards: Cards, paper: bytes) -> bytes:
    """Return the print of an article's page and document."""
    others = [one for one in (around.previous, around.next, *around.related) if one is not None]
    shape = (
        around.previous is None,
        around.next is None,
        [(one.name, one.path, one.language) for one in around.translations],
    )
    return digest(piece.digest, piece.slug.encode(), paper, marshal.dumps(shape), *(cards[one.path] for one in others))


def of_sheet(sheet: Sheet, cards: Cards, paper: bytes) -> bytes:
    """Return the print of a page that is no article's."""
    values = [_value(value, cards) for _, value in sorted(sheet.values.items())]
    return digest(
        sheet.template.encode(), repr(sheet.page).encode(), paper, repr(sorted(sheet.values)).encode(), *values
    )


def _value(value: Any, cards: Cards) -> bytes:
    if isinstance(value, Card):
        return cards[value.path]
    if isinstance(value, tuple) and value and isinstance(value[0], Card):
        return b"".join(cards[card.path] for card in value)
    if isinstance(value, tuple) and value and isinstance(value[0], Block):
        return b"".join(repr(block.section).encode() + _value(block.cards, cards) for block in value)
    return repr(value).encode()
