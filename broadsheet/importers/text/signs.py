"""The words that tell the lines of a page apart, looked for once over the whole page and not line by line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

from msgspec import Struct

from broadsheet.importers import languages

EDGE = "\0"  # stands between the lines of a page; no phrase goes over it
_ENOUGH = 12  # small words a language file needs before their absence says anything
_REACH = 600  # characters of a line in which words of subscriptions tell anything
_COUNTED = re.compile(
    r"(?:comments?|kommentare?|commentaires?|comentarios)\s*\(?\d+\)?|\d+\s(?:comments?|kommentare?|commentaires?|comentarios)"
)
_COUNT = 40  # characters; "12 comments" is never longer
_BARS = re.compile(r"\s*[|•·]\s*")


class Signs(Struct, frozen=True):
    """What tells the lines of one language apart, made ready once."""

    furniture: frozenset[str]
    endings: frozenset[str]
    stops: frozenset[str]  # none where the list is too short to tell anything
    starts: re.Pattern[str]
    paywall: re.Pattern[str]
    caption: re.Pattern[str]
    credit: re.Pattern[str]  # the words of a caption used as such: "Photo: A. Writer", "Writer/Agency."

    def ends_article(self, bare: str) -> bool:
        """Tell whether a line's bare words head what follows an article: "Related", "12 comments"."""
        return bare in self.endings or (len(bare) < _COUNT and _COUNTED.fullmatch(bare) is not None)

    def is_menu(self, line: str) -> bool:
        """Tell whether a line is a menu on one line: "Home | World | Subscribe"."""
        if len(line) > 200 or not ("|" in line or "•" in line or "·" in line):
            return False
        parts = [languages.fold_word(part) for part in _BARS.split(line) if part]
        short = len(parts) > 2 and all(len(part) < 30 for part in parts)
        return short and any(part in self.furniture for part in parts)


@cache
def of(code: str) -> Signs:
    """Return the signs of a language file."""
    stops = languages.words(code).stops
    caption = languages.pattern(code, "caption")
    return Signs(
        furniture=frozenset(languages.phrase(code, "furniture")),
        endings=frozenset(languages.phrase(code, "endings")),
        stops=frozenset(stops) if len(stops) >= _ENOUGH else frozenset(),
        starts=re.compile(rf"{EDGE}(?:{languages.pattern(code, 'starts')})"),
        paywall=re.compile(languages.pattern(code, "paywall")),
        caption=re.compile(rf"[{EDGE}(\[|\s/–—\-©ⓒ](?:(?<=[©ⓒ])|(?:{caption})(?=[{EDGE}\s:/|)\].,=]))"),
        credit=re.compile(rf"[{EDGE}(\[|\s/–—\-©ⓒ](?:(?<=[©ⓒ])|(?:{caption})\s?[:/|])|/(?:{caption})[.)\]]*{EDGE}"),
    )


class Marks(Struct, frozen=True):
    """Where on a page the signs stand: indices of lines."""

    starts: frozenset[int]
    caption: frozenset[int]
    paywall: Counter[int]  # how often a line speaks of subscriptions, cookies, rights


def marks(signs: Signs, folded: Sequence[str]) -> Marks:
    """Return the lines that hold the signs; ``folded`` are the page's lines in small letters."""
    page = f"{EDGE}{EDGE.join(folded)}{EDGE}"
    begins = [1, *accumulate((len(line) + 1 for line in folded), initial=1)][1:]
    near = (line for line, at in _found(signs.paywall, page, begins) if at < _REACH)
    return Marks(
        frozenset(line for line, _ in _found(signs.starts, page, begins)),
        frozenset(line for line, _ in _found(signs.caption, page, begins)),
        Counter(near),
    )


def _found(pattern: re.Pattern[str], page: str, begins: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield line and place in it of every match, by its end: it may begin with the edge before its line."""
    for match in pattern.finditer(page):
        line = bisect_right(begins, match.end() - 1) - 1
        yield line, match.start() - begins[line]
