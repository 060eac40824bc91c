"""The body: the best run of prose lines below the headline, furniture within left out.

Every line adds to or takes from a sum; the run with the greatest sum is the
article. A first reading takes the lines as they look and serves to find the
headline; the second knows the headline and trusts prose that speaks of the same
things more than the teasers of other articles. The weights were set on
development pages and are few on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from broadsheet.importers.text import paragraphs
from broadsheet.importers.text.lines import Line
from broadsheet.importers.text.paragraphs import MOST, ON_TOPIC, SHORT
from broadsheet.importers.text.topic import Matter, Telling

_ENDING = -5.0  # "Related", "Comments", the head of a reader's comment
_BOX = -1.5  # …where the article goes on below: a box of links within it
_BOX_SIZE = 24  # lines that such a box has at the most
_GOODS = 36  # …and a box of goods
_LINKS = 9  # lines without prose that make a long box of links, its head among them
_WHOLE = 1000  # weighed characters of prose above such a box that make an article
_APART, _BETWEEN = 60, 2  # lines between the heads of a box that stands twice, paragraphs among them
_GOES_ON = 0.2  # share of telling words from which a paragraph speaks of the article's matter
_PLAIN = 100  # weighed characters from which such a paragraph is trusted
_SAME = 0.3  # …or of that of the paragraphs above the box
_GAP = 4.0  # the most that lines between two paragraphs take away

_PRICED = 40  # weighed characters; a price on a line of its own is shorter
_PRICE = re.compile(
    r"(?:(?:US|CA|AU|NZ)?[$€£¥₩₹₺₽]\s?\d[\d.,\s$€£]*|\d[\d.,\s]*\s?(?:[$€£¥₩₹₺₽]|EUR|USD|GBP|CHF|kr|zł|Kč|円|원|元)\.?){1,2}"
)
_COMMENT = re.compile(r".{2,60}(?:19|20)\d\d,? at \d{1,2}:\d\d")


def looks(lines: Sequence[Line]) -> list[float]:
    """Return what each line adds to a run that holds it, by its looks."""
    return [_looks(lines, index) for index in range(len(lines))]


def rough(lines: Sequence[Line], worths: Sequence[float]) -> list[int]:
    """Return the indices of the article's lines, as far as their looks tell."""
    first, last = _run(lines, 0, worths.__getitem__)
    return paragraphs.kept(lines, first, last, lambda _: 0.0)


def fine(
    lines: Sequence[Line], worths: Sequence[float], headline: int | None, kept: Sequence[int], telling: Telling
) -> list[int]:
    """Return the indices of the article's lines below ``headline``; ``kept`` are those of the rough reading."""
    matter = Matter(telling, [*([] if headline is None else [headline]), *kept[:3]])

    def worth(index: int) -> float:
        line, value = lines[index], worths[index]
        if line.ending and _goes_on(lines, index, matter):
            return _BOX
        if not line.prose:
            return value
        share = matter.share(index)
        if line.paywall and not line.starts and share >= ON_TOPIC:
            value = _length(lines, index)
        return value * (0.2 + 0.6 * min(1.0, share * 5)) if value > 0 else value

    low = 0 if headline is None else headline + 1
    first, last = _run(lines, low, worth)
    if first == last:
        return list(kept)
    last = _carried_on(lines, _ended(lines, first, last, matter), matter)
    above = [] if headline is None else [index for index in range(low, first) if _leads(lines[index], matter, index)]
    prose = [index for index in above if lines[index].prose]
    if len(prose) > 2:  # no standfirst: the text begins above the run
        return paragraphs.kept(lines, prose[0], last, matter.share)
    return [*above, *paragraphs.kept(lines, first, last, matter.share)]


def _ended(lines: Sequence[Line], first: int, last: int, matter: Matter) -> int:
    """Return where the run ends: at the head of a long box of links below which nothing speaks of the article's matter.

    Whole other articles may stand below such a box, and their worth is greater than what its head takes away.
    """
    above = 0
    for index in range(first, last):
        line = lines[index]
        if line.prose:
            above += line.weight
        elif line.ending and above >= _WHOLE and _heads_links(lines, index) and not _goes_on(lines, index, matter):
            return index
    return last


def _heads_links(lines: Sequence[Line], index: int) -> bool:
    return not any(line.prose for line in lines[index : index + _LINKS])


def _carried_on(lines: Sequence[Line], last: int, matter: Matter) -> int:
    """Return the end of the run with the paragraphs below it that speak of its matter: the article behind a box of goods."""
    spot = last
    while spot < min(last + _GOODS, len(lines)):
        line = lines[spot]
        if line.ending or (line.paywall and (line.starts or not line.prose)) or _COMMENT.match(line.text):
            return last
        if _is_plain(line):
            if not _same_matter(spot, last, matter):
                return last
            last = spot + 1
        spot += 1
    return last


def _same_matter(index: int, before: int, matter: Matter) -> bool:
    """Tell whether a paragraph speaks of what the article, or its last paragraphs above the line ``before``, speak of."""
    return matter.share(index) >= _GOES_ON or matter.shared(index, before) >= _SAME


def _comes_again(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the same line stands again some paragraphs below: the head of a box that the article holds twice."""
    between = 0
    for line in lines[index + 1 : index + _APART] if lines[index].repeated else ():
        if line.text == lines[index].text:
            return between >= _BETWEEN
        between += _is_plain(line) and not line.repeated
    return False


def _is_plain(line: Line) -> bool:
    """Tell whether a line is a paragraph beyond doubt."""
    return line.prose and line.alone and line.weight >= _PLAIN and not (line.paywall or line.starts or line.caption)


def _goes_on(lines: Sequence[Line], index: int, matter: Matter) -> bool:
    """Tell whether the article goes on below a line that usually ends one: the next paragraph speaks of its matter."""
    if _comes_again(lines, index):
        return True
    for spot in range(index + 1, min(index + _BOX_SIZE, len(lines))):
        if _COMMENT.match(lines[spot].text):
            return False
        if lines[spot].prose and lines[spot].weight >= _PLAIN:
            return _same_matter(spot, index, matter)
    return False


def _looks(lines: Sequence[Line], index: int) -> float:
    """Return what a line adds to a run that holds it, by its looks."""
    line = lines[index]
    if line.ending or (" at " in line.text and _COMMENT.match(line.text)):
        return _ENDING
    if not line.prose:
        return _beside(line)
    if line.paywall:
        return -1.5 if line.starts else -0.8 * (line.paywall > 1)
    return 0.0 if line.caption or line.starts else _length(lines, index)


def _beside(line: Line) -> float:
    """Return what a line that is no prose takes from a run."""
    if line.paywall:
        return -0.7
    if line.furniture or line.caption:
        return -0.1
    if line.starts:
        return -0.25
    if line.ends and line.weight >= SHORT and line.stops:
        return -0.05
    if line.weight < _PRICED and _PRICE.fullmatch(line.text):
        return -0.1
    return -0.35 if line.alone else -0.7


def _length(lines: Sequence[Line], index: int) -> float:
    """Return the worth of a paragraph; one without a prose neighbour may be the teaser of another article."""
    value = max(0, min(lines[index].weight, MOST) - 30) / 100
    near = any(
        0 <= spot < len(lines) and lines[spot].prose and not lines[spot].paywall for spot in (index - 1, index + 1)
    )
    return value if near else value * 0.7


def _run(lines: Sequence[Line], low: int, worth: Callable[[int], float]) -> tuple[int, int]:
    """Return the half-open range with the greatest sum; the longest sentence's where no sum is above 0."""
    best = total = gap = 0.0
    first, last, start = low, low, low
    for index in range(low, len(lines)):
        if total <= 0:
            total, gap, start = 0.0, 0.0, index
        value = worth(index)
        if value > 0 and lines[index].prose:
            gap = 0.0
        elif value > _ENDING:
            value = max(value, gap - _GAP)
            gap -= value
        total += value
        if total > best:
            best, first, last = total, start, index + 1
    return (first, last) if best > 0 else _longest(lines, low)


def _longest(lines: Sequence[Line], low: int) -> tuple[int, int]:
    """Return the range of the longest plain sentence: the body of a brief."""
    fit = [index for index in range(low, len(lines)) if _is_sentence(lines[index])]
    if not fit:
        return (low, low)
    best = max(fit, key=lambda index: (lines[index].weight, -index))
    return (best, best + 1)


def _is_sentence(line: Line) -> bool:
    return line.ends and line.words > 3 and not (line.furniture or line.starts or line.paywall or line.caption)


def _leads(line: Line, matter: Matter, index: int) -> bool:
    """Tell whether a line between headline and run is of the article: a standfirst, a first short paragraph."""
    if line.furniture or line.ending or line.starts or line.paywall:
        return False
    if line.caption:
        return line.prose and line.ends and line.weight >= 120 and matter.share(index) > 0.3
    if line.prose:
        return True
    return line.ends and line.alone and line.weight >= 30 and line.stops >= 2 and matter.share(index) > 0.15
