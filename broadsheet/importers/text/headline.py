"""The headline: the line above the text that speaks of what the text speaks of, best where it is repeated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from broadsheet.importers import dates, languages
from broadsheet.importers.fold import fold, squash
from broadsheet.importers.text.lines import Line

REACH = 120  # lines above the text that are looked at
MIN, MAX = 8, 260  # weighed characters

_WORD = re.compile(r"[^\W\d_]{3,}|[\u3040-\u9fff\uac00-\ud7af]{2}|\d+")


def find(lines: Sequence[Line], first: int, kept: Sequence[int], language: str | None) -> int | None:
    """Return the index of the headline; None where no line above the text can be one.

    ``first`` is the index of the text's first line, ``kept`` are those of all its lines.
    """
    words = _words(" ".join(lines[index].text for index in kept[:40]), language)
    lead = _words(" ".join(lines[index].text for index in kept[:3]), language)
    best: tuple[float, int] | None = None
    for index in range(max(0, first - REACH), first):
        score = _score(lines, index, first, words, lead, language)
        if score is not None and (best is None or score >= best[0]):
            best = (score, index)
    return best[1] if best else None


def _words(text: str, language: str | None) -> frozenset[str]:
    """Return the telling words of ``text``; of Chinese, Japanese and Korean the pairs of letters."""
    found = set()
    for word in _WORD.findall(text.casefold()):
        if "\u3040" <= word[0] <= "\ud7af":
            found.add(word)
        elif fold(word) not in _small(languages.base(language)):
            found.add(fold(word)[:6])  # a stem of sorts: endings differ
    return frozenset(found)


@cache
def _small(base: str) -> frozenset[str]:
    return frozenset(fold(word) for word in languages.phrase(base, "stops"))


def _score(
    lines: Sequence[Line], index: int, first: int, words: frozenset[str], lead: frozenset[str], language: str | None
) -> float | None:
    """Return how much a line looks like the headline; None where it cannot be one."""
    line = lines[index]
    if not MIN <= line.weight <= MAX or line.furniture or line.ending or line.caption or line.words < 1:
        return None
    own = _words(line.text, language)
    if not own or _is_date(line, language):
        return None
    shared = len(own & words) / len(own)
    score = 3.0 * shared + 1.0 * len(own & lead) / len(own)
    score += min(line.weight, 60) / 40 - max(0, line.weight - 140) / 60
    score += 0.5 if line.alone else 0.0
    score += 0.4 if line.repeated else 0.0
    score -= 0.035 * (first - index)
    score -= 1.2 if line.text[-1] in ".。" and not line.text.endswith("...") else 0.0
    score -= 0.8 if line.prose else 0.0
    score -= 1.5 if line.starts or line.paywall else 0.0
    return score


def _is_date(line: Line, language: str | None) -> bool:
    found = dates.find(line.text, language)
    return bool(found) and sum(one.end - one.start for one in found) * 2 > len(line.text)


def clean(text: str, publishers: Sequence[str]) -> str:
    """Return the headline without the paper's name at its end ("… | The Example Courier")."""
    for mark in (" | ", " - ", " – ", " — "):
        head, sign, tail = text.rpartition(mark)
        if sign and head and squash(tail) in {squash(name) for name in publishers}:
            return head.strip()
    return text
