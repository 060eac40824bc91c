"""The headline: the line above the text that speaks of what the text speaks of and looks like a headline.

Every line above the text gets a sum of weighted features; the greatest is the
headline. The weights were fitted on development pages (softmax over the lines of a
page, five-fold cross-validation 0.91) and rounded; each feature has a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import mul

from msgspec import Struct

from broadsheet.importers import bylines, dates, languages
from broadsheet.importers.fold import squash
from broadsheet.importers.text import masthead, signs
from broadsheet.importers.text.lines import Line
from broadsheet.importers.text.topic import Telling

REACH = 120  # lines above the text that are looked at
MIN, MAX = 4, 260  # weighed characters
_NEAR = 6  # lines below a headline that may hold byline or date

WEIGHTS = {
    "shares words with the text, ratio": 0.92,
    "shares words with the text, count": 1.12,
    "shares words with the first paragraphs, ratio": 1.04,
    "shares words with the first paragraphs, count": 1.35,
    "has 25 characters": 0.76,
    "has 60 characters": 0.9,
    "is over 110 characters": -0.82,
    "stands alone": 1.17,
    "stands elsewhere too": 0.32,
    "distance to the text": -0.22,
    "ends with a full stop": -0.91,
    "is prose": -0.67,
    "begins like furniture": -0.18,
    "is a caption": -0.66,
    "a date follows": 1.23,
    "a byline follows": 0.92,
    "byline or date is next": 0.4,
    "is one or two words": -1.01,
    "is three words": -0.34,
    "has a bar or breadcrumb sign": -0.15,
    "has signs of markup": -2.0,
    "a line is glued above": -0.79,
    "a line is glued below": -0.85,
    "a likelier one is just above": -1.0,
    "a sentence is just below": 0.84,
}
_W = tuple(WEIGHTS.values())
_MARKUP = re.compile(r"<[a-zA-Z/!]|\{[{%]|\$\{")
#: "… (AFP / JORGE GUERRERO)", "… (Fred Scheiber/SIPA)", "… in the race.AFP": the end of a caption, never of a headline.
_AGENCIES = r"(?:AFP|AP|EFE|Reuters|REUTERS|Getty(?: Images)?|dpa|EPA|SIPA)"
_CREDITED = re.compile(
    rf"\([^()]{{0,60}}(?:/ ?[A-Z]{{3}}|\b{_AGENCIES}\b)[^()]{{0,60}}\)$|[.!?]\s?(?:\S+ ?/ ?)?{_AGENCIES}$"
)
_CREDIT_AFTER = 20  # characters; what stands before "Photo: A. Writer" then describes the picture


_Fit = Sequence[tuple[int, frozenset[str]]]  # index of a line that can be the headline, its telling words


class _About(Struct, frozen=True):
    """What stands about the lines that can be the headline; sets are of indices."""

    first: int  # index of the text's first line
    lead: frozenset[str]  # telling words of the first paragraphs
    dated: frozenset[int]  # lines that hold a date
    by: frozenset[int]  # lines that begin as a byline
    above_dated: frozenset[int]  # lines that a date follows
    above_by: frozenset[int]
    shared: Mapping[int, int]  # index → words shared with the text
    likely: frozenset[int]  # lines that may be the headline by what they share with the text
    telling: frozenset[int]  # lines that share as much and are long enough for a sentence


def find(lines: Sequence[Line], first: int, kept: Sequence[int], telling: Telling, language: str | None) -> int | None:
    """Return the index of the headline; None where no line above the text can be one.

    ``first`` is the index of the text's first line, ``kept`` are those of all its lines.
    """
    asked = [index for index in kept[:2] if _may_ask(lines[index])]
    low = max(0, first - REACH)
    own = masthead.own_lines(lines, language)
    near = [index for index in (*range(low, first), *asked) if index not in own]
    fit = [(index, words) for index in near if _may_be(lines[index], language) and (words := telling.of(index))]
    if not fit:
        return None
    text = [index for index in kept if index not in asked]
    marks = _marks(lines, [index for index in range(low, min(first + 4, len(lines))) if index not in own], language)
    about = _about(lines, first, text, fit, marks, telling)
    return _bare(lines, max(fit, key=lambda one: (_score(lines, one[0], one[1], about), one[0]))[0])


def _about(
    lines: Sequence[Line],
    first: int,
    text: Sequence[int],
    fit: _Fit,
    marks: tuple[list[int], list[int]],
    telling: Telling,
) -> _About:
    """Look about the lines that can be the headline; ``text`` are the indices of the text's lines."""
    lead = telling.over(text[:3])
    words = lead | telling.over(text[3:40])
    dated, by = marks
    shared = {index: len(own & words) for index, own in fit}
    likely = [index for index, count in shared.items() if count >= 2 and lines[index].weight > 25]
    return _About(
        first,
        lead,
        frozenset(dated),
        frozenset(by),
        _above(dated),
        _above(by),
        shared,
        likely=frozenset(index for index in likely if lines[index].alone),
        telling=frozenset(index for index in likely if lines[index].weight > 42),
    )


def _above(spots: Sequence[int]) -> frozenset[int]:
    """Return the indices of the lines just above those at ``spots``."""
    return frozenset(spot - step for spot in spots for step in range(1, _NEAR))


def _bare(lines: Sequence[Line], best: int) -> int:
    """Return the line near ``best`` that holds most of it and no more: the headline without kicker or paper's name."""
    whole = squash(lines[best].text)
    near = range(max(0, best - 12), min(len(lines), best + 12))
    inner = [index for index in near if 20 <= len(key := squash(lines[index].text)) < len(whole) and key in whole]
    fit = [index for index in inner if len(squash(lines[index].text)) * 10 >= len(whole) * 6]
    return max(fit, key=lambda index: (len(lines[index].text), index)) if fit else best


def _may_ask(line: Line) -> bool:
    """Tell whether a line that was taken for the text's first may be the headline: "What does it do?"."""
    return line.text[-1] in '?!？！”"»' and line.alone and line.weight <= 140


def _may_be(line: Line, language: str | None) -> bool:
    """Tell whether a line can be a headline."""
    if not MIN <= line.weight <= MAX or line.furniture or line.ending or is_date(line, language):
        return False
    return _CREDITED.search(line.text[-140:]) is None and not (line.caption and _is_credited(line, language))


def _is_credited(line: Line, language: str | None) -> bool:
    """Tell whether a line describes a picture and credits it: "The bridge at dawn. Photo: A. Writer"."""
    known = signs.of(languages.base(language))
    found = known.credit.search(f"{signs.EDGE}{line.text.casefold()}{signs.EDGE}", _CREDIT_AFTER)
    return found is not None


def _marks(lines: Sequence[Line], near: Sequence[int], language: str | None) -> tuple[list[int], list[int]]:
    """Return the indices of the lines above the text, and just in it, that hold a date, and that begin as a byline."""
    short = [index for index in near if lines[index].weight < 250]
    dated = [index for index in short if dates.find(lines[index].text, language)]
    by = [index for index in short if lines[index].weight < 170 and bylines.strip_by(lines[index].text, language)[1]]
    return dated, by


def _score(lines: Sequence[Line], index: int, words: frozenset[str], about: _About) -> float:
    """Return how much a line looks like the headline."""
    score: float = sum(map(mul, _W, _features(lines, index, words, about)))
    return score


def _features(lines: Sequence[Line], index: int, words: frozenset[str], about: _About) -> tuple[float, ...]:
    """Return the values that `WEIGHTS` names, in its order, most of them from 0 to 1."""
    line = lines[index]
    text, weight = line.text, line.weight
    shared, lead = about.shared[index], len(words & about.lead)
    return (
        shared / len(words),
        min(shared, 6) / 6,
        lead / len(words),
        min(lead, 4) / 4,
        min(weight, 25) / 25,
        min(max(weight - 25, 0), 35) / 35,
        max(0, weight - 110) / 50,
        line.alone,
        line.repeated,
        (about.first - index) / 20,
        text[-1] in ".。" and not text.endswith("..."),
        line.prose,
        line.starts or line.paywall,
        line.caption,
        index in about.above_dated,
        index in about.above_by,
        index + 1 in about.dated or index + 1 in about.by,
        line.words <= 2,
        line.words == 3,
        "|" in text or " > " in text,
        ("<" in text or "{" in text) and _MARKUP.search(text) is not None,
        index > 0 and lines[index - 1].number == line.number - 1,
        index + 1 < len(lines) and lines[index + 1].number == line.number + 1,
        index - 1 in about.likely or index - 2 in about.likely,
        index + 1 in about.telling or index + 2 in about.telling,
    )


def is_date(line: Line, language: str | None) -> bool:
    """Tell whether a line is mostly a date."""
    found = dates.find(line.text, language)
    return bool(found) and sum(one.end - one.start for one in found) * 2 > len(line.text)


def clean(text: str, publishers: Sequence[str]) -> str:
    """Return the headline without the paper's name at its end ("… | The Example Courier")."""
    for mark in (" | ", " - ", " – ", " — "):
        head, sign, tail = text.rpartition(mark)
        if sign and head and squash(tail) in {squash(name) for name in publishers}:
            return head.strip()
    return text
