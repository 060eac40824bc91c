"""What stands below the last paragraph and is none: who the author is, how to write to them, who helped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from broadsheet.importers import languages
from broadsheet.importers.text.lines import Line

MOST = 4  # lines below an article that tell of its authors
_ABOVE, _NAME = 4, 4  # lines above such a line that may hold the author's name, words of a name
LONGEST = 700  # weighed characters of such a line
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?:^|[\s(])@\w{3,}")


def without(lines: Sequence[Line], kept: Sequence[int], authors: Sequence[str], language: str | None) -> list[int]:
    """Return the indices ``kept`` without those of the sign-off at their end; one line is left at least."""
    size = len(kept)
    while size > max(1, len(kept) - MOST) and _signs_off(lines, kept[size - 1], authors, language):
        size -= 1
    return list(kept[:size])


def _signs_off(lines: Sequence[Line], index: int, authors: Sequence[str], language: str | None) -> bool:
    line = lines[index]
    if line.weight > LONGEST:
        return False
    if any(_introduces(above, line) for above in lines[max(0, index - _ABOVE) : index]):
        return True
    text = line.text.strip(" —–-•*_(\t").casefold()
    if any(text.startswith(name.casefold()) for name in authors):
        return True
    return _phrases(languages.base(language)).search(text) is not None or _ADDRESS.search(line.text) is not None


def _introduces(above: Line, line: Line) -> bool:
    """Tell whether a short line is the name that a note on its bearer begins with: "Ann Lee", "Ann Lee is a reporter"."""
    short = 2 <= above.words <= _NAME and not above.ends and not above.prose
    return short and line.text.startswith(f"{above.text} ")


@cache
def _phrases(base: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{languages.pattern(base, 'signoffs')})")
