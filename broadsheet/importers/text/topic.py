"""The telling words of a text: what a headline and its article share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from broadsheet.importers import languages
from broadsheet.importers.fold import fold
from broadsheet.importers.text.lines import Line

_BEGINNING = 600  # characters
_REACH, _ABOVE = 40, 6  # lines looked back, and paragraphs among them
STEM = 6  # letters; endings differ
_WORD = re.compile(r"[^\W\d_]{3,}|[\u3040-\u9fff\uac00-\ud7af]{2}|\d+")
_ASCII_WORD = re.compile(r"[a-z]{3,}|[0-9]+")


def words_of(text: str, language: str | None) -> frozenset[str]:
    """Return the telling words of ``text``, cut to their stems; of Chinese, Japanese and Korean the pairs of letters."""
    small = _small(languages.base(language))
    if text.isascii():
        return frozenset(word[:STEM] for word in _ASCII_WORD.findall(text.lower()) if word not in small)
    found = set()
    for word in _WORD.findall(text.casefold()):
        if "\u3040" <= word[0] <= "\ud7af":
            found.add(word)
            continue
        folded = word if word.isascii() else fold(word)
        if folded not in small:
            found.add(folded[:STEM])
    return frozenset(found)


class Matter:
    """What an article speaks of, told by its headline and first paragraphs, and how much of a line speaks of it."""

    def __init__(self, lines: Sequence[Line], subject: Sequence[int], language: str | None) -> None:
        self.lines = lines
        self.language = language
        self.about = frozenset().union(*(words_of(lines[index].text, language) for index in subject))
        self._words: dict[int, frozenset[str]] = {}

    def words(self, index: int) -> frozenset[str]:
        """Return the telling words of a line; a long one tells it by its beginning."""
        if index not in self._words:
            self._words[index] = words_of(self.lines[index].text[:_BEGINNING], self.language)
        return self._words[index]

    def share(self, index: int) -> float:
        """Return how much of a line speaks of what headline and first paragraphs speak of, from 0 to 1."""
        own = self.words(index)
        return len(own & self.about) / max(3, len(own))

    def shared(self, index: int, before: int) -> float:
        """Return how much of a line speaks of what the last paragraphs above the line ``before`` speak of."""
        above = [spot for spot in range(max(0, before - _REACH), before) if self.lines[spot].prose][-_ABOVE:]
        own = self.words(index)
        return len(own & frozenset().union(*map(self.words, above))) / max(3, len(own))


@cache
def _small(base: str) -> frozenset[str]:
    return frozenset(fold(word) for word in languages.phrase(base, "stops"))
