"""Article pages printed before all articles are known, with marks where the rest goes.

`EarlyTheme` prints ``once(…)`` and ``around(…)`` as marks. A theme that looks at other
articles, or at what depends on them, outside of these partials raises `TooEarly`: of
its pages there can be no stencil.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from msgspec.structs import replace

from broadsheet.press.present import Around
from broadsheet.press.templates import MARK, Theme

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.press.views import ArticleView, PaperView


class TooEarly(Exception):
    """A template asked for what is not known yet. Not an error: the page is printed later."""


class _NotYet:
    """Stands for a value that depends on all articles; every use of it raises `TooEarly`."""

    def _raise(self, *_: object) -> NoReturn:
        raise TooEarly

    __bool__ = __iter__ = __len__ = __str__ = __html__ = __getitem__ = __getattr__ = __call__ = _raise
    __eq__ = __lt__ = __gt__ = __le__ = __ge__ = __add__ = __int__ = __hash__ = _raise


_NOT_YET: Any = _NotYet()
_LATER = Around(_NOT_YET, _NOT_YET, _NOT_YET, _NOT_YET)


def early_paper(paper: PaperView) -> PaperView:
    """Return ``paper`` without what depends on all articles."""
    later = ("sections", "indexes", "edition", "article_count", "undated_count")
    return replace(paper, **dict.fromkeys(later, _NOT_YET))


def later() -> Around:
    """Return what stands around an article before that is known."""
    return _LATER


class EarlyTheme(Theme):
    """A theme that leaves marks; `broadsheet.content.clean_text` lets no text hold them."""

    def __init__(self, site_root: Path | None, paper: PaperView, cache: Path | None = None) -> None:
        super().__init__(site_root, early_paper(paper), cache)

    def once(self, name: str, root: str) -> str:  # noqa: ARG002  as in Theme
        """Return the mark of a partial that depends on the paper alone."""
        return f"{MARK}o{name}{MARK}"

    def around(self, name: str, root: str, language: str, others: Around | ArticleView) -> str:  # noqa: ARG002
        """Return the mark of a partial about other articles."""
        return self.marked(name)

    @staticmethod
    def marked(name: str) -> str:
        """Return the mark of a partial about other articles."""
        return f"{MARK}a{name}{MARK}"


def bound(part: str, theme: Theme, root: str) -> str:
    """Return ``part`` of a page with the text of `Theme.once` at its marks."""
    pieces = part.split(MARK)
    pieces[1::2] = [theme.once(mark[1:], root) for mark in pieces[1::2]]
    return "".join(pieces)
