"""The body: trafilatura's reading and the page's own columns, one checked by the other."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement
from msgspec import Struct, field

from broadsheet.importers.html import furniture
from broadsheet.importers.html.blocks import Block
from broadsheet.importers.html.page import Page
from broadsheet.importers.html.words import key

MIN_PROSE = 25  # letters of a paragraph that counts as prose
MIN_VOTES = 300  # letters that trafilatura must have found for its word to count
_SENTENCE = (".", "!", "?", "\u201d", '"', "\u3002", "\u2026", ":", "\uff01", "\uff1f", "\u300d", "\u00bb", ")")
_HOLDERS = {"div", "section", "article", "td", "main", "body"}


class Column(Struct, frozen=True):
    """The element that holds the article's text, and the blocks of it that are the text."""

    element: HtmlElement
    blocks: tuple[Block, ...]


class Votes(Struct, frozen=True):
    """What trafilatura takes for the text, as keys of its paragraphs."""

    keys: frozenset[str]
    text: str
    seen: dict[str, bool] = field(default_factory=dict)

    def holds(self, block: Block) -> bool:
        """Tell whether trafilatura has the block too, whole or within a longer one."""
        name = block.key
        if name not in self.seen:
            self.seen[name] = name in self.keys or (len(name) > MIN_PROSE and name in self.text)
        return self.seen[name]

    @property
    def counts(self) -> bool:
        """Tell whether trafilatura found enough for its word to count."""
        return len(self.text) >= MIN_VOTES


def votes(root: HtmlElement) -> Votes:
    """Ask trafilatura for the text of a page, without its slower second opinions. It works on a copy of its own."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document = bare_extraction(root, fast=True, include_comments=False, with_metadata=False)
    body = document.body if document is not None and not isinstance(document, dict) else None
    keys = [key(" ".join(map(str, e.itertext()))) for e in body] if body is not None else []
    return Votes(frozenset(keys) - {""}, "\n".join(keys))


def prose(block: Block) -> int:
    """Return how many letters of prose a block is worth, 0 for what is none."""
    letters = len(block.key)
    if block.kind in {"heading", "picture", "row", "code"} or block.linked > 0.5:
        return 0
    if letters < MIN_PROSE and not block.text.endswith(_SENTENCE):
        return 0
    return letters if block.kind != "entry" else letters // 2


def find(page: Page, voted: Votes) -> Column | None:
    """Return the article's column with all blocks in it that are not furniture, None when the page has no text."""
    root = page.root.find("body")
    root = page.root if root is None else root
    every = _visible(page.blocks, voted)
    marked = _furniture(root, every, voted)
    kept = [b for b in every if not any(up in marked for up in (b.owner, *b.owner.iterancestors()))]
    scores = _scores(kept, voted)
    if not scores:  # a page of a few words: all that is shown and leads nowhere
        return Column(root, tuple(b for b in kept if b.linked < 0.5)) if any(b.text for b in kept) else None
    top = max(scores, key=lambda e: scores[e])
    element = _widest(top, root, kept, voted) if voted.counts else top
    return Column(element, tuple(b for b in kept if inside(b.owner, element)))


def _visible(every: Sequence[Block], voted: Votes) -> Sequence[Block]:
    """Return the blocks that are shown; all of them where the text itself waits for a script to show it."""
    total = sum(_worth(b, voted) for b in every)
    hidden = sum(_worth(b, voted) for b in every if b.hidden)
    return every if hidden > 0.3 * total else [b for b in every if not b.hidden]


def inside(element: HtmlElement, ancestor: HtmlElement) -> bool:
    """Tell whether an element is ``ancestor`` or in it."""
    return element is ancestor or any(up is ancestor for up in element.iterancestors())


def _worth(block: Block, voted: Votes) -> float:
    """Return a block's prose; where trafilatura's word counts, what it has not found is worth a tenth."""
    return prose(block) * (1.0 if not voted.counts or voted.holds(block) else 0.1)


def _scores(kept: Sequence[Block], voted: Votes) -> dict[HtmlElement, float]:
    scores: dict[HtmlElement, float] = defaultdict(float)
    for block in kept:
        worth = _worth(block, voted)
        owner = block.owner if block.owner.tag in _HOLDERS else block.owner.getparent()
        for share in (1.0, 0.6, 0.3, 0.1):
            if owner is None or not worth:
                break
            scores[owner] += worth * share
            owner = owner.getparent()
    return scores


def _widest(top: HtmlElement, root: HtmlElement, kept: Sequence[Block], voted: Votes) -> HtmlElement:
    """Return the ancestor of ``top`` whose prose is most like trafilatura's."""
    best, best_score = top, -1.0
    total = len(voted.text) or 1
    sized = [(b, len(b.key), voted.holds(b)) for b in kept if b.kind != "picture" and b.text]
    for element in (top, *top.iterancestors()):
        here = [(size, held) for b, size, held in sized if inside(b.owner, element)]
        shared = sum(size for size, held in here if held)
        score = 2 * shared / ((sum(size for size, _ in here) or 1) + total)
        if score > best_score + 0.005:
            best, best_score = element, score
        if element is root:
            break
    return best


def _furniture(root: HtmlElement, every: Sequence[Block], voted: Votes) -> set[HtmlElement]:
    """Return the elements that are furniture, but none that holds much of the page's text."""
    marked = {e for e in root.iter() if isinstance(e.tag, str) and e is not root and furniture.is_furniture(e)}
    held: dict[HtmlElement, float] = defaultdict(float)
    total = 0.0
    for block in every:
        worth = _worth(block, voted)
        total += worth
        for up in (block.owner, *block.owner.iterancestors()) if worth else ():
            if up in marked:
                held[up] += worth
    return {e for e in marked if held[e] <= total * 0.3}
