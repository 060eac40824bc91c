"""What leaves the column before it is the body: heads, furniture, links to elsewhere, tails. Each with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from lxml.html import HtmlElement
from msgspec import Struct

from broadsheet.importers import dates, languages
from broadsheet.importers.html import furniture
from broadsheet.importers.html.blocks import Block
from broadsheet.importers.html.body import Column, Votes, prose
from broadsheet.importers.html.page import Page
from broadsheet.importers.html.words import key, overlap
from broadsheet.importers.html.zones import AUTHOR

_EMBED = re.compile(
    r"twitter-tweet|instagram-media|tiktok-embed|fb-post|twitter-video|bluesky-embed|mastodon-embed", re.IGNORECASE
)
_DECK = re.compile(
    r"deck|(?:^|[\W_])dek(?:$|[\W_])|Dek(?=[A-Z\W_]|$)|standfirst|sub-?_?(?:title|head|heading|headline)|summary|excerpt|lead(?!er)|intro|teaser|desc(?:$|ription|[\W_])"
    r"|chapo|entradilla|bajada|sottotitolo|catenaccio|occhiello|ingress|manchet|vorspann|abstract|strapline|spot|preamble|bandeau|kop|lede",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"key-?_?points?|highlights|takeaways|bullets?|tl-?dr|summary|auf-?einen-?blick|essentiel", re.IGNORECASE
)
MAX_FURNITURE = 250  # characters; more is a paragraph of the article
MAX_BYLINE = 160
MAX_DECK = 700


class Cut(Struct, frozen=True):
    """A block that left, and why."""

    block: Block
    reason: str


class Trimmed(Struct, frozen=True):
    """The body's blocks, its standfirst among them, and what was left out."""

    blocks: tuple[Block, ...]
    deck: tuple[Block, ...]
    cuts: tuple[Cut, ...]


def body(
    page: Page, column: Column, voted: Votes, title: HtmlElement | None, headline: str, language: str | None
) -> Trimmed:
    """Return the blocks of the column that are the article's text."""
    trimmer = _Trimmer(page, column, voted, title, headline, language)
    kept, cuts = trimmer.split()
    deck = trimmer.deck(kept)
    return Trimmed((*deck, *kept), deck, tuple(cuts))


class _Trimmer:
    def __init__(
        self, page: Page, column: Column, voted: Votes, title: HtmlElement | None, headline: str, language: str | None
    ) -> None:
        self.page, self.column, self.voted, self.language = page, column, voted, language
        self.headline = headline
        self.title_place = page.order.get(title, -1) if title is not None else -1
        self.homes = {b.owner.getparent() for b in column.blocks if prose(b) and voted.holds(b)}
        trusted = sum(prose(b) for b in column.blocks if voted.holds(b))
        self.rules: tuple[tuple[str, Callable[[Block], bool]], ...] = (
            ("empty", lambda block: not block.key),
            ("headline", self._is_headline),
            ("embed", self._is_embed),
            ("link", lambda block: block.linked > 0.8 and len(block.text) < MAX_FURNITURE),
            ("furniture", self._is_furniture_text),
            ("byline", self._is_byline),
            ("apart", self._is_apart),
        )
        self.vote_counts = voted.counts and trusted > 0.4 * sum(prose(b) for b in column.blocks)

    def split(self) -> tuple[list[Block], list[Cut]]:
        """Return what stays and what goes."""
        kept: list[Block] = []
        cuts: list[Cut] = []
        for block in self._after_title():
            if reason := self._reason(block):
                cuts.append(Cut(block, reason))
            elif self._begins_another(block, kept):
                break
            else:
                kept.append(block)
        text = self._without_bare_headings(self._without_tail(list(kept)))
        return text or [b for b in kept if b.kind != "heading"], cuts

    def _after_title(self) -> list[Block]:
        """Return the blocks behind the headline, where most of the prose is behind it."""
        blocks = list(self.column.blocks)
        behind = [b for b in blocks if self.page.order[b.owner] > self.title_place]
        return behind if sum(map(prose, behind)) * 2 > sum(map(prose, blocks)) else blocks

    def _begins_another(self, block: Block, kept: Sequence[Block]) -> bool:
        """Tell whether a heading begins the next article of an endless page."""
        return (
            block.kind == "heading"
            and block.level == 1
            and block.owner.getparent() not in self.homes
            and sum(map(prose, kept)) > 300
        )

    def _reason(self, block: Block) -> str | None:
        """Return why a block is not the article's text, None for what is."""
        if block.kind == "picture":
            return None
        return next((reason for reason, holds in self.rules if holds(block)), None)

    def _is_headline(self, block: Block) -> bool:
        alike = block.kind == "heading" and overlap(block.text, self.headline) > 0.9
        return bool(self.headline) and (block.key == key(self.headline) or alike)

    def _is_embed(self, block: Block) -> bool:
        owners = (block.owner, *block.owner.iterancestors())
        return block.quoted and any(_EMBED.search(up.get("class") or "") for up in owners)

    def _is_apart(self, block: Block) -> bool:
        """Tell whether trafilatura does not have a block, and it does not stand among those that it has."""
        return self.vote_counts and not self.voted.holds(block) and block.owner.getparent() not in self.homes

    def _is_byline(self, block: Block) -> bool:
        if len(block.text) >= MAX_BYLINE:
            return False
        owners = (block.owner, block.owner.getparent())
        if any(
            up is not None and up is not self.column.element and AUTHOR.search(furniture.names(up)) for up in owners
        ):
            return True
        printed = dates.find(block.text, self.language) if len(block.text) < 100 else []
        rest = len(block.key) - sum(len(key(one.text)) for one in printed)
        return bool(printed) and rest < (12 if block.text.endswith(".") else 25)

    def _is_furniture_text(self, block: Block) -> bool:
        """Tell whether a short line begins as furniture, captions and calls to subscribe do in its language."""
        if len(block.text) >= MAX_FURNITURE:
            return False
        folded = languages.fold_word(block.text).strip(" :>»→|-")
        if folded in _phrases(self.language):
            return True
        short = len(block.text) < 120 or not self.voted.holds(block)
        if short and _starts(self.language).match(folded):
            return True
        return len(block.text) < 150 and block.kind != "heading" and bool(_caption(self.language).match(folded))

    def _without_tail(self, kept: list[Block]) -> list[Block]:
        """Return the blocks up to the last one that is prose."""
        while kept and not (prose(kept[-1]) or (kept[-1].kind in {"entry", "row"} and self.voted.holds(kept[-1]))):
            if kept[-1].kind == "picture" and any(prose(b) for b in kept[-2:-1]):
                break
            kept.pop()
        return kept

    def _without_bare_headings(self, kept: list[Block]) -> list[Block]:
        """Return the blocks without headings that head nothing, and without labels before the text."""
        first = next((i for i, b in enumerate(kept) if prose(b)), 0)
        head = [
            b
            for b in kept[:first]
            if b.kind in {"picture", "entry"} or (b.kind == "heading" and b.level > 1 and self.voted.holds(b))
        ]
        rest = kept[first:]
        out = [
            b
            for b, after in zip(rest, [*rest[1:], None], strict=False)
            if b.kind != "heading" or (after is not None and (after.kind != "heading" or after.level > b.level))
        ]
        return [*head, *out]

    def deck(self, kept: Sequence[Block]) -> tuple[Block, ...]:
        """Return the standfirst or the key points between headline and text, where the column does not hold them."""
        if self.title_place < 0 or not kept:
            return ()
        start = self.page.order[kept[0].owner]
        have = {b.key for b in kept}
        between = [
            b
            for b in self.page.blocks
            if self.title_place < self.page.order[b.owner] < start and not b.hidden and b.key not in have
        ]
        points = [
            b for b in between if b.kind == "entry" and b.linked < 0.3 and prose(b) and self._is_named(b, _POINTS)
        ]
        standfirst = next((b for b in between if b not in points and self._is_deck(b)), None)
        return tuple(b for b in between if b is standfirst or b in points)

    def _is_named(self, block: Block, pattern: re.Pattern[str]) -> bool:
        owners = [up for up in (block.owner, *list(block.owner.iterancestors())[:5]) if up is not self.column.element]
        return any(pattern.search(furniture.names(up)) for up in owners)

    def _is_deck(self, block: Block) -> bool:
        text = block.text
        if not 40 <= len(text) <= MAX_DECK or block.linked > 0.3 or block.kind in {"picture", "row", "code"}:
            return False
        if self._is_headline(block) or self._is_byline(block) or self._is_furniture_text(block):
            return False
        stated = [m.content for n in ("og:description", "description") for m in self.page.meta.get(n, ())]
        if any(overlap(text, s) > 0.8 for s in stated):
            return True
        owners = [up for up in (block.owner, *list(block.owner.iterancestors())[:2]) if up is not self.column.element]
        if any(up.tag in {"figure", "figcaption", "aside", "nav"} for up in block.owner.iterancestors()):
            return False
        return any(_DECK.search(furniture.names(up)) or up.get("itemprop") == "description" for up in owners)


@cache
def _phrases(language: str | None) -> frozenset[str]:
    return frozenset(
        p for one in languages.pair(language) for k in ("furniture", "tags", "home") for p in getattr(one, k)
    )


@cache
def _starts(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"(?:{languages.pattern(language, 'starts')})(?!\w)", re.IGNORECASE)


@cache
def _caption(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"(?:{languages.pattern(language, 'caption')})\s*[:/\u2013\u00a9(]", re.IGNORECASE)
