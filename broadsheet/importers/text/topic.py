"""The telling words of a text: what a headline and its article share."""

from __future__ import annotations

import re
from functools import cache

from broadsheet.importers import languages
from broadsheet.importers.fold import fold

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


@cache
def _small(base: str) -> frozenset[str]:
    return frozenset(fold(word) for word in languages.phrase(base, "stops"))
