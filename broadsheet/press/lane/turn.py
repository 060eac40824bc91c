"""What an article's page shows of others, from the pieces of their cards: `_around.html` as a stencil.

As with articles, a shape (earlier, later, how many related) is used only after it has
come out as from the template, and only with the theme that we ship.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from markupsafe import escape

from broadsheet.press.lane.holes import Text
from broadsheet.press.present import Around
from broadsheet.press.templates import ROOT
from broadsheet.press.views import Card

if TYPE_CHECKING:
    from broadsheet.press.templates import Theme

_NAME: Final = "_around.html"


class Turn:
    """Prints the partials about other articles. ``language`` is the paper's: pages in others are left to the theme."""

    def __init__(self, theme: Theme, root: str, language: str) -> None:
        self.theme = theme
        self.root = root
        self.language = language
        self.known: dict[tuple[bool, bool, int], Text | None] = {}
        self.empty: dict[str, bytes] = {}

    def packed(self) -> tuple[Any, ...]:
        """Return what was learnt, as plain data."""
        known = {shape: (text.parts, text.picks) for shape, text in self.known.items() if text is not None}
        return known, self.empty

    def learn(self, packed: tuple[Any, ...]) -> None:
        """Take what another has learnt of the same theme and paper."""
        known, empty = packed
        self.known.update({shape: Text.restored(*text) for shape, text in known.items()})
        self.empty.update(empty)

    def text(self, name: str, around: Around) -> bytes:
        """Return a partial as `Theme.around` does, in UTF-8."""
        if around.translations:
            return self._general(name, around)
        if name != _NAME:  # these two speak of translations alone
            if name not in self.empty:
                self.empty[name] = self._general(name, around)
            return self.empty[name]
        shape = around.previous is not None, around.next is not None, len(around.related)
        if shape not in self.known:
            self.known[shape] = self._proven(shape, around)
        text = self.known[shape]
        return text.fill(self._values(around)) if text is not None else self._general(name, around)

    def _general(self, name: str, around: Around) -> bytes:
        return self.theme.around(name, self.root, self.language, around).encode()

    def _values(self, around: Around) -> list[bytes]:
        """Return earlier address and headline, later address and headline, and related cards."""
        found: list[bytes] = []
        for card in (around.previous, around.next):
            found += (card.path.encode(), escape(card.headline).encode()) if card is not None else (b"", b"")
        root, mark = self.root.encode(), ROOT.encode()
        found += [self.theme.printed(card, "_related.html").replace(mark, root) for card in around.related]
        return found

    def _proven(self, shape: tuple[bool, bool, int], around: Around) -> Text | None:
        previous, later, related = shape
        names = ["path0", "headline0", "path1", "headline1", *(f"card{n}" for n in range(related))]
        cards = [Card(f"Zqpath{n}zq", f"Zqheadline{n}zq") for n in (0, 1)]
        others = tuple(Card(f"zqcard{n}zq", "") for n in range(related))
        for n, card in enumerate(others):
            self.theme.remember(card.path, f"Zqcard{n}zq".encode(), "_related.html")
        meant = Around(cards[0] if previous else None, cards[1] if later else None, others)
        text = Text(self._general(_NAME, meant).decode(), {name: place for place, name in enumerate(names)})
        return text if text.fill(self._values(around)) == self._general(_NAME, around) else None
