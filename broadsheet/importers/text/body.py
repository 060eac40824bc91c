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

from broadsheet.importers.text.lines import Line
from broadsheet.importers.text.topic import words_of

_MOST = 500  # weighed characters; a longer paragraph adds no more to the sum
_SHORT = 25  # …from which a sentence counts as a short paragraph
_HEADING = 80  # …up to which a line between paragraphs is a heading
_ENDING = -5.0  # "Related", "Comments", the head of a reader's comment
_BOX = -1.5  # …where the article goes on below: a box of links within it
_BOX_SIZE = 24  # lines that such a box has at the most
_GOES_ON = 0.2  # share of telling words from which a paragraph speaks of the article's matter
_GAP = 4.0  # the most that lines between two paragraphs take away
_ON_TOPIC = 0.35  # share of telling words from which a line that speaks of cookies or newsletters is the article's

#: A paragraph that ends with a name and no full stop: the caption of a picture, its credit last.
_CREDIT = re.compile(r"[.!?…”\")]\s*(?:[^\W\d_a-z][^.!?]{2,60})$")
_COMMENT = re.compile(r".{2,60}(?:19|20)\d\d,? at \d{1,2}:\d\d")


def rough(lines: Sequence[Line]) -> list[int]:
    """Return the indices of the article's lines, as far as their looks tell."""
    first, last = _run(lines, 0, lambda index: _looks(lines, index))
    return _kept(lines, first, last, lambda _: 0.0)


def fine(lines: Sequence[Line], headline: int | None, kept: Sequence[int], language: str | None) -> list[int]:
    """Return the indices of the article's lines below ``headline``; ``kept`` are those of the rough reading."""
    about = frozenset().union(*(words_of(lines[index].text, language) for index in _subject(headline, kept)))
    known: dict[int, float] = {}

    def share(index: int) -> float:
        """Return how much of a line speaks of what headline and first paragraphs speak of, from 0 to 1."""
        if index not in known:
            own = words_of(lines[index].text[:600], language)
            known[index] = len(own & about) / max(3, len(own))
        return known[index]

    def worth(index: int) -> float:
        line = lines[index]
        if line.prose and line.paywall and not line.starts and share(index) >= _ON_TOPIC:
            return _length(lines, index) * (0.2 + 0.6 * min(1.0, share(index) * 5))
        if line.ending and _goes_on(lines, index, share):
            return _BOX
        value = _looks(lines, index)
        return value * (0.2 + 0.6 * min(1.0, share(index) * 5)) if line.prose and value > 0 else value

    low = 0 if headline is None else headline + 1
    first, last = _run(lines, low, worth)
    if first == last:
        return list(kept)
    above = [] if headline is None else [index for index in range(low, first) if _leads(lines[index], share, index)]
    prose = [index for index in above if lines[index].prose]
    if len(prose) > 2:  # no standfirst: the text begins above the run
        return _kept(lines, prose[0], last, share)
    return [*above, *_kept(lines, first, last, share)]


def _goes_on(lines: Sequence[Line], index: int, share: Callable[[int], float]) -> bool:
    """Tell whether the article goes on below a line that usually ends one: the next paragraph speaks of its matter."""
    for spot in range(index + 1, min(index + _BOX_SIZE, len(lines))):
        if _COMMENT.match(lines[spot].text):
            return False
        if lines[spot].prose and lines[spot].weight >= 100:
            return share(spot) >= _GOES_ON
    return False


def _subject(headline: int | None, kept: Sequence[int]) -> list[int]:
    return [*([] if headline is None else [headline]), *kept[:3]]


def _looks(lines: Sequence[Line], index: int) -> float:
    """Return what a line adds to a run that holds it, by its looks."""
    line = lines[index]
    if line.ending or _COMMENT.match(line.text):
        return _ENDING
    if not line.prose:
        return _beside(line)
    if line.paywall:
        return -1.5 if line.starts else -0.8
    return 0.0 if line.caption or line.starts else _length(lines, index)


def _beside(line: Line) -> float:
    """Return what a line that is no prose takes from a run."""
    if line.paywall:
        return -0.7
    if line.furniture:
        return -0.1
    if line.starts or line.caption:
        return -0.25
    if line.ends and line.weight >= _SHORT and line.stops:
        return -0.05
    return -0.35 if line.alone else -0.7


def _length(lines: Sequence[Line], index: int) -> float:
    """Return the worth of a paragraph; one without a prose neighbour may be the teaser of another article."""
    value = max(0, min(lines[index].weight, _MOST) - 30) / 100
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


def _leads(line: Line, share: Callable[[int], float], index: int) -> bool:
    """Tell whether a line between headline and run is of the article: a standfirst, a first short paragraph."""
    if line.furniture or line.ending or line.starts or line.paywall:
        return False
    if line.caption:
        return line.prose and line.ends and line.weight >= 120 and share(index) > 0.3
    if line.prose:
        return True
    return line.ends and line.alone and line.weight >= 30 and line.stops >= 2 and share(index) > 0.15


def _kept(lines: Sequence[Line], first: int, last: int, share: Callable[[int], float]) -> list[int]:
    """Return the indices within a run that belong to the article: paragraphs, headings between them, lists."""
    kept: list[int] = []
    for index in range(first, last):
        line = lines[index]
        if _dropped(line, share, index) or _is_doubled(lines, index):
            continue
        if line.prose or _is_short_paragraph(line) or _is_heading(lines, index, last) or _is_listed(lines, index):
            kept.append(index)
    while kept and not lines[kept[-1]].prose and not _is_short_paragraph(lines[kept[-1]]):
        kept.pop()
    return kept


def _dropped(line: Line, share: Callable[[int], float], index: int) -> bool:
    """Tell whether a line within the run is the page's and not the article's."""
    if line.furniture or line.ending or (line.starts and (line.paywall or not line.prose)):
        return True
    if line.paywall and not (line.prose and not line.starts and (line.weight >= 300 or share(index) >= _ON_TOPIC)):
        return True
    if line.prose and not line.ends and line.weight < _MOST and line.alone and _CREDIT.search(line.text):
        return True
    return line.caption and (not line.prose or line.starts)


def _is_doubled(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the same words stand on the line before or after: a picture's description and its caption."""
    if not lines[index].repeated:
        return False
    beside = (lines[spot].text for spot in (index - 1, index + 1) if 0 <= spot < len(lines))
    return any(text == lines[index].text for text in beside)


def _is_short_paragraph(line: Line) -> bool:
    return line.ends and line.weight >= _SHORT and not line.prose and line.stops > 0


def _is_heading(lines: Sequence[Line], index: int, last: int) -> bool:
    """Tell whether a short line stands between paragraphs as a heading does."""
    line = lines[index]
    if not line.alone or line.weight > _HEADING or line.repeated or not line.words or " | " in line.text:
        return False
    return index + 1 < last and lines[index + 1].prose


def _is_listed(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line is an item of a list that a colon opens."""
    line = lines[index]
    if line.prose or line.alone or line.starts or line.paywall or line.caption:
        return False
    first = index
    while first > 0 and lines[first - 1].number == lines[first].number - 1:
        first -= 1
    return lines[first].text[-1] in ":：" or (first > 0 and lines[first - 1].text[-1] in ":：")
