"""The telling words of a text: what a headline and its article share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from broadsheet.importers import languages
from broadsheet.importers.fold import fold
from broadsheet.importers.text.lines import Line

_BEGINNING = 1000  # characters
_REACH, _ABOVE = 40, 6  # lines looked back, and paragraphs among them
STEM = 6  # letters; endings differ
_MOST = 50_000  # words of a language that are kept with their stems
_NOTHING = frozenset({""})
_WORD = re.compile(r"[^\W\d_]{3,}|[\u3040-\u9fff\uac00-\ud7af]{2}|\d+")
_ASCII_WORD = re.compile(r"[a-z]{3,}|[0-9]+")


class _Stems(dict[str, str]):
    """Word in small letters → its stem; "" for the small words of a language, which tell nothing."""

    def __init__(self, small: frozenset[str]) -> None:
        super().__init__()
        self.small = small

    def __missing__(self, word: str) -> str:
        wide = "\u3040" <= word[0] <= "\ud7af"
        folded = word if word.isascii() or wide else fold(word)
        stem = "" if folded in self.small and not wide else folded if wide else folded[:STEM]
        if len(self) < _MOST:
            self[word] = stem
        return stem


@cache
def _stems(base: str) -> _Stems:
    return _Stems(frozenset(fold(word) for word in languages.phrase(base, "stops")))


def words_of(text: str, language: str | None) -> frozenset[str]:
    """Return the telling words of ``text``, cut to their stems; of Chinese, Japanese and Korean the pairs of letters."""
    stems = _stems(languages.base(language))
    words = _ASCII_WORD.findall(text.lower()) if text.isascii() else _WORD.findall(text.casefold())
    return frozenset(map(stems.__getitem__, words)) - _NOTHING


class Telling:
    """The telling words of each line of a page, looked for when first asked for."""

    def __init__(self, lines: Sequence[Line], language: str | None) -> None:
        self.lines = lines
        self.language = language
        self._words: dict[int, frozenset[str]] = {}

    def of(self, index: int) -> frozenset[str]:
        """Return the telling words of a line; a long one tells them by its beginning."""
        if index not in self._words:
            self._words[index] = words_of(self.lines[index].text[:_BEGINNING], self.language)
        return self._words[index]

    def over(self, indices: Iterable[int]) -> frozenset[str]:
        """Return the telling words of several lines."""
        return frozenset().union(*map(self.of, indices))


class Matter:
    """What an article speaks of, told by its headline and first paragraphs, and how much of a line speaks of it."""

    def __init__(self, telling: Telling, subject: Sequence[int]) -> None:
        self.telling = telling
        self.about = telling.over(subject)

    def share(self, index: int) -> float:
        """Return how much of a line speaks of what headline and first paragraphs speak of, from 0 to 1."""
        own = self.telling.of(index)
        return len(own & self.about) / max(3, len(own))

    def shared(self, index: int, before: int) -> float:
        """Return how much of a line speaks of what the last paragraphs above the line ``before`` speak of."""
        lines, own = self.telling.lines, self.telling.of(index)
        above = [spot for spot in range(max(0, before - _REACH), before) if lines[spot].prose][-_ABOVE:]
        return len(own & self.telling.over(above)) / max(3, len(own))
