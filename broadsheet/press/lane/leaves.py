"""Pages of listings, `listing.html`, as stencils: what those of all authors share is made once, and so with tags and months.

As with articles, a shape (kind, first page or not, earlier and later pages …) is used only after
a page has come out as from the template, and only with the theme that we ship. That is its
second page: a shape that has but one, as that of a section with parts, is no gain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from broadsheet.press.inert import inert
from broadsheet.press.job import values
from broadsheet.press.lane.holes import Text, Written, joined
from broadsheet.press.templates import ROOT
from broadsheet.press.views import AboutView, Card, PageView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.press.sheets import Sheet
    from broadsheet.press.templates import Theme

_TEMPLATE: Final = "listing.html"
_CARDS: Final = (Card("zqcardszq", ""),)
_NAMES: Final = ("title", "head", "canonical", "earlier", "later", "number", "pages", "total", "cards")
_PLACES: Final = {name: place for place, name in enumerate(_NAMES)}
#: Numbers cannot be tokens, so these stand for them; what a template sets apart, 1, stands for itself.
_NUMBER, _PAGES, _TOTAL = 192_837_465, 918_273_645, 564_738_291
_TOKENS: Final = {str(_NUMBER): "Zqnumberzq", str(_PAGES): "Zqpageszq", str(_TOTAL): "Zqtotalzq"}


class Leaves:
    """Prints the pages of listings with the theme that we ship."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.known: dict[str, Text | None] = {}
        self._once: set[str] = set()  # shapes of which there was one page

    def page(self, sheet: Sheet) -> bytes:
        """Return the page as `Theme.page` does."""
        tokens = self._tokens(sheet)
        if tokens is None:
            return self._general(sheet)
        shape = repr(tokens)
        if shape not in self.known:
            if shape not in self._once:
                self._once.add(shape)
                return self._general(sheet)
            self.known[shape] = self._proven(tokens, sheet)
        text = self.known[shape]
        return text.fill(self._values(sheet, tokens["root"])) if text is not None else self._general(sheet)

    def _general(self, sheet: Sheet) -> bytes:
        return self.theme.page(sheet.template, sheet.page.path, values(sheet))

    def _tokens(self, sheet: Sheet) -> Mapping[str, Any] | None:
        """Return what the template sees, with tokens in the place of what each page has of its own.

        None for a page of another kind.
        """
        page, about = sheet.page, sheet.values.get("about")
        if sheet.template != _TEMPLATE or about is None or about.name != page.title or not sheet.values["cards"]:
            return None
        if inert(page.title) != page.title:
            return None
        return {
            **values(sheet),
            "page": _page(page),
            "about": AboutView("Zqtitlezq", about.kind, about.facts, about.children),
            "total": _token(sheet.values["total"], _TOTAL),
            "cards": _CARDS,
        }

    def _proven(self, tokens: Mapping[str, Any], sheet: Sheet) -> Text | None:
        """Return the text of a shape, None where this page does not come out of it."""
        self.theme.remember(_CARDS[0].path, b"Zqcardszq")
        html = self.theme.page(_TEMPLATE, sheet.page.path, tokens).decode()
        for written, token in _TOKENS.items():
            html = html.replace(written, token)
        text = Text(html, _PLACES)
        return text if text.fill(self._values(sheet, tokens["root"])) == self._general(sheet) else None

    def _values(self, sheet: Sheet, root: str) -> list[bytes]:
        """Return the values in the order of `_NAMES`."""
        page, more = sheet.page, sheet.values
        paths = page.previous_path or "", page.next_path or ""
        numbers = str(page.number), str(page.pages), str(more["total"])
        cards = b"\n".join([self.theme.printed(card) for card in more["cards"]])
        shown = joined([page.title, page.head_title or page.title, page.canonical, *paths, *numbers])
        return [*Written(shown).html(), cards.replace(ROOT.encode(), root.encode())]


def _page(page: PageView) -> PageView:
    """Return what the template sees of a page, with tokens."""
    return replace(
        page,
        title="Zqtitlezq",
        head_title="Zqheadzq",
        path="",
        canonical="Zqcanonicalzq",
        number=_token(page.number, _NUMBER),
        pages=_token(page.pages, _PAGES),
        previous_path="Zqearlierzq" if page.previous_path else None,
        next_path="Zqlaterzq" if page.next_path else None,
    )


def _token(number: int, token: int) -> int:
    return number if number == 1 else token
