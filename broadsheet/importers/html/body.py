"""The body: trafilatura's reading and the page's own columns, one checked by the other."""

from __future__ import annotations

import copy
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from broadsheet.importers.html import furniture
from broadsheet.importers.html.blocks import Block
from broadsheet.importers.html.page import Page
from broadsheet.importers.html.words import key

MIN_PROSE = 25  # letters of a paragraph that counts as prose
_SENTENCE = (".", "!", "?", "\u201d", '"', "\u3002", "\u2026", ":", "\uff01", "\uff1f", "\u300d", "\u00bb", ")")


@dataclass(frozen=True, slots=True)
class Column:
    """The element that holds the article's text, and the blocks of it that are the text."""

    element: HtmlElement
    blocks: tuple[Block, ...]


def find(page: Page, headline: str = "") -> Column | None:
    """Return the article's column, None when the page has no text."""
    root = page.root.find("body")
    root = page.root if root is None else root
    return _column(root, page.blocks, _trafilatura(page.root))


def _trafilatura(root: HtmlElement) -> set[str]:
    """Return the paragraphs that trafilatura takes for the text, as keys."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document = bare_extraction(copy.deepcopy(root), fast=True, include_comments=False, with_metadata=False)
    if document is None or document.body is None:
        return set()
    return {key(" ".join(e.itertext())) for e in document.body} - {""}


def prose(block: Block) -> int:
    """Return how many letters of prose a block is worth, 0 for what is none."""
    letters = len(key(block.text))
    if block.kind in {"heading", "picture", "row", "code"} or block.linked > 0.5:
        return 0
    if letters < MIN_PROSE and not block.text.endswith(_SENTENCE):
        return 0
    return letters if block.kind != "entry" else letters // 2


def _column(root: HtmlElement, every: Sequence[Block], voted: set[str]) -> Column | None:
    marked = _furniture(root, every)
    kept = [b for b in every if not any(up in marked for up in (b.owner, *b.owner.iterancestors()))]
    scores: dict[HtmlElement, float] = defaultdict(float)
    for block in kept:
        worth = prose(block)
        if not worth:
            continue
        owner = block.owner if block.owner.tag in {"div", "section", "article", "td"} else block.owner.getparent()
        for share in (1.0, 0.6, 0.3, 0.1):
            if owner is None:
                break
            scores[owner] += worth * share
            owner = owner.getparent()
    if not scores:
        return None
    top = max(scores, key=lambda e: scores[e])
    element = _widest(top, root, kept, voted)
    inside = [b for b in kept if _inside(b.owner, element)]
    return Column(element, tuple(inside))


def _inside(element: HtmlElement, ancestor: HtmlElement) -> bool:
    return element is ancestor or any(up is ancestor for up in element.iterancestors())


def _widest(top: HtmlElement, root: HtmlElement, kept: Sequence[Block], voted: set[str]) -> HtmlElement:
    """Return the ancestor of ``top`` whose text is most like trafilatura's."""
    best, best_score = top, -1.0
    total = sum(len(v) for v in voted) or 1
    for element in (top, *top.iterancestors()):
        keys = [key(b.text) for b in kept if b.kind not in {"picture"} and _inside(b.owner, element)]
        shared = sum(len(k) for k in keys if k in voted)
        size = sum(len(k) for k in keys) or 1
        score = 2 * shared / (size + total)
        if score > best_score + 0.01:
            best, best_score = element, score
        if element is root:
            break
    return best


def _furniture(root: HtmlElement, every: Sequence[Block]) -> set[HtmlElement]:
    """Return the elements that are furniture, but none that holds most of the page's prose."""
    marked = {e for e in root.iter() if isinstance(e.tag, str) and e is not root and furniture.is_furniture(e)}
    held: dict[HtmlElement, int] = defaultdict(int)
    total = 0
    for block in every:
        worth = prose(block)
        total += worth
        for up in (block.owner, *block.owner.iterancestors()):
            if up in marked:
                held[up] += worth
    return {e for e in marked if held[e] <= total * 0.4}
