"""Prints: of what a page was made. Equal prints mean equal bytes, so the page need not be made again."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from broadsheet import urls
from broadsheet.build.piece import Piece
from broadsheet.press.clips import Clip
from broadsheet.press.light import CARDS
from broadsheet.press.present import Around
from broadsheet.press.sheets import Sheet
from broadsheet.press.templates import Theme
from broadsheet.press.views import Block

#: Kinds of pages that show of the paper what changes with its articles: counts, the day of the edition.
WHOLE = frozenset({"front", "archive", "missing", "data"})
#: What the shipped theme prints once for all pages.
_ONCE = ("_head.html", "_masthead.html", "_footer.html")


def _frame(theme: Theme) -> bytes:
    """Return the print of what every page of the shipped theme shows of the paper: tests/test_theme_templates.py."""
    lasting = replace(theme.paper, sections=(), indexes=(), edition=None, article_count=0, undated_count=0)
    shown = [theme.once(name, "") for name in _ONCE]
    return _digest(repr((lasting, shown)).encode())


def _digest(data: bytes) -> bytes:
    """Return 16 bytes that tell ``data`` from all others."""
    return hashlib.blake2b(data, digest_size=16).digest()


class Prints:
    """The prints of one edition's pages."""

    def __init__(self, pieces: Mapping[str, Piece], theme: Theme) -> None:
        """Of a theme that is ours alone it is known which pages show what of the paper."""
        self.pieces = pieces  # by slug
        self.paper = _digest(repr(theme.paper).encode())
        self.frame = _frame(theme) if theme.shipped else self.paper  # of what most pages show of it

    def of_card(self, path: str) -> bytes:
        """Return the print of the card of the article at ``path``."""
        return self.pieces[urls.article_slug(path)].print

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
        return _digest(b"".join((made_of, self.frame, *cards, marshal.dumps((clip.slug, shape), 2))))

    def of_sheet(self, sheet: Sheet) -> bytes:
        """Return the print of a page that is no article's."""
        names = sorted(sheet.values)
        shown = [self._value(sheet.values[name]) for name in names]
        paper = self.paper if sheet.page.kind in WHOLE else self.frame
        return _digest(marshal.dumps((sheet.template, repr(sheet.page), names, paper, shown), 2))

    def _value(self, value: Any) -> bytes:
        if isinstance(value, CARDS):
            return self.of_card(value.path)
        if isinstance(value, tuple) and value and isinstance(value[0], CARDS):
            pieces, slug = self.pieces, urls.article_slug
            return b"".join([pieces[slug(card.path)].print for card in value])
        if isinstance(value, tuple) and value and isinstance(value[0], Block):
            return b"".join(repr(block.section).encode() + self._value(block.cards) for block in value)
        return repr(value).encode()
