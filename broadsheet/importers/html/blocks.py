"""A page as a list of blocks: paragraphs, headings, list entries, quotes, pictures, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal, TypeAlias

from lxml.html import HtmlElement
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.importers.html.words import INLINE, UNSEEN, is_hidden, key, raw, seen, squeeze

Kind = Literal["paragraph", "heading", "entry", "quote", "picture", "code", "row"]
Piece: TypeAlias = Any  # a text, or an inline HtmlElement (lxml has no types)

MAX_BLOCKS = 20_000
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_NEVER = UNSEEN | {
    "nav",
    "footer",
    "form",
    "button",
    "input",
    "label",
    "dialog",
    "video",
    "audio",
    "canvas",
    "menu",
    "map",
    "area",
}


class Block(Struct, eq=False, dict=True):
    """One block. ``owner`` is the element that holds it, ``pieces`` its inline content."""

    kind: Kind
    owner: HtmlElement
    pieces: tuple[Piece, ...]
    level: int = 0  # of a heading: 1 to 6; of a list entry: how deep the list is
    ordered: bool = False
    quoted: bool = False
    hidden: bool = False  # until a script shows it

    @cached_property
    def text(self) -> str:
        """Return what a reader sees of the block, on one line."""
        return squeeze("".join(p if isinstance(p, str) else raw(p) for p in self.pieces))

    @cached_property
    def key(self) -> str:
        """Return the letters and digits of the text, for comparing."""
        return key(self.text)

    @cached_property
    def linked(self) -> float:
        """Return the share of the text that is links, 0 to 1."""
        if any(up.tag == "a" for up in (self.owner, *self.owner.iterancestors())):
            return 1.0
        total = len(self.text)
        links = sum(len(seen(a)) for p in self.pieces if not isinstance(p, str) for a in p.iter("a"))
        return min(1.0, links / total) if total else 0.0


def read(root: HtmlElement) -> list[Block]:
    """Return the blocks of a tree in reading order, at most `MAX_BLOCKS`."""
    found: list[Block] = []
    for block in _walk(root, _Place()):
        found.append(block)
        if len(found) >= MAX_BLOCKS:
            break
    return found


class _Place(Struct, frozen=True):
    """Where the walk is: in a list, in a quote."""

    depth: int = 0
    ordered: bool = False
    quoted: bool = False
    hidden: bool = False


def _walk(element: HtmlElement, place: _Place) -> Iterator[Block]:
    tag = element.tag
    if not isinstance(tag, str) or tag in _NEVER:
        return
    if is_hidden(element):
        place = replace(place, hidden=True)
    if tag in _HEADINGS:
        yield Block("heading", element, _all(element), level=int(tag[1]), quoted=place.quoted, hidden=place.hidden)
    elif tag in {"figure", "img", "picture", "amp-img"}:
        yield from _picture(element, place)
    elif tag == "pre":
        yield Block("code", element, _all(element), hidden=place.hidden)
    elif tag == "tr" and _is_row(element):
        yield Block("row", element, _all(element), hidden=place.hidden)
    elif tag in {"ul", "ol"}:
        yield from _runs(element, replace(place, depth=place.depth + 1, ordered=tag == "ol"))
    elif tag == "blockquote":
        yield from _runs(element, replace(place, quoted=True))
    else:
        yield from _runs(element, place)


def _picture(element: HtmlElement, place: _Place) -> Iterator[Block]:
    """Yield a picture; a figure without one (a quote, a table) is read as what it holds."""
    if element.tag != "figure" or element.find(".//img") is not None or element.find(".//amp-img") is not None:
        yield Block("picture", element, (), quoted=place.quoted, hidden=place.hidden)
    elif len(seen(element)) > 0:
        yield from _runs(element, place)


def _is_row(row: HtmlElement) -> bool:
    """Tell a row of a table of data from one that only lays out the page."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    return len(cells) > 1 and all(cell.find(".//p") is None and len(cell.text_content()) < 200 for cell in cells)


def _all(element: HtmlElement) -> tuple[Piece, ...]:
    pieces: list[Piece] = [element.text] if element.text else []
    for child in element:
        pieces.append(child)
        if child.tail:
            pieces.append(child.tail)
    return tuple(pieces)


def _is_inline(element: HtmlElement) -> bool:
    """Tell whether an element stands within a line: an inline tag that holds no block."""
    if element.tag == "br":
        return True
    return element.tag in INLINE and all(
        child.tag in INLINE or child.tag in {"br", "svg"} for child in element.iterdescendants()
    )


def _runs(element: HtmlElement, place: _Place) -> Iterator[Block]:
    """Yield the element's own lines as blocks, and those of the blocks in it, in order."""
    run: list[Piece] = [element.text] if element.text else []
    breaks = 0
    for child in element:
        if child.tag == "br":
            breaks += 1
            if breaks == 2:
                yield from _line(element, run, place)
                run = []
            run.append(child)
        elif isinstance(child.tag, str) and _is_inline(child) and not is_hidden(child):
            run.append(child)
            breaks = 0 if squeeze(child.text_content()) else breaks
        else:
            yield from _line(element, run, place)
            run, breaks = [], 0
            yield from _walk(child, place)
        if child.tail:
            run.append(child.tail)
            breaks = 0 if child.tail.strip() else breaks
    yield from _line(element, run, place)


def _line(element: HtmlElement, run: list[Piece], place: _Place) -> Iterator[Block]:
    kind: Kind = "entry" if place.depth else "quote" if place.quoted else "paragraph"
    block = Block(kind, element, tuple(run), place.depth, place.ordered, place.quoted, place.hidden)
    if block.text:
        yield block
