"""The paper's name by agreement: a domain that the page prints and short lines that print its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from broadsheet.importers.fold import squash
from broadsheet.importers.text.lines import Line

_DOMAIN = re.compile(
    r"(?<![\w.-])(?:[a-z0-9-]{1,40}\.){0,3}[a-z0-9-]{4,40}\.(?:com?\.[a-z]{2}|com|org|net|info|tv|news|[a-z]{2})(?![\w-]|\.[a-z0-9])",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"[a-zA-Z0-9-]\.[a-zA-Z]{2}")
_SECOND = re.compile(r"([a-z0-9-]+)\.(?:com?\.[a-z]{2}|[a-z]+)$")
_WORD = re.compile(r"[^\W_][\w'’&-]*")
_MOST = 4  # words of a name
_REACH = 120  # characters of a line that are looked at
#: Second-level names that most papers' pages print and that are no paper's.
_EVERYWHERE = frozenset(
    "facebook twitter instagram youtube google whatsapp linkedin apple amazon pinterest tiktok reddit wordpress adobe gmail "
    "wikipedia doubleclick addthis booking telegram spotify paypal netflix microsoft hotmail outlook yahoo flipboard".split()
)


def find(lines: Sequence[Line]) -> tuple[str, Line] | None:
    """Return the name that short lines print most and that is a domain of the page too, and the first such line."""
    labels = {label for line in lines if _DOTTED.search(line.text) for label in _labels(line.text[:2000])} - _EVERYWHERE
    keys = labels | {f"the{label}" for label in labels}
    if not keys:
        return None
    votes: Counter[str] = Counter()
    where: dict[str, Line] = {}
    for line in lines:
        for name in () if line.prose or not _holds(line, labels) else _phrases(line.text[:_REACH], keys):
            votes[name] += 1
            where.setdefault(name, line)
    return max(((name, where[name]) for name in votes), key=lambda one: votes[one[0]], default=None)


def shown(lines: Sequence[Line], name: str, stated: Line) -> int:
    """Return how many short lines other than ``stated``, and no rights lines, hold ``name``."""
    key, first = squash(name), name.split(maxsplit=1)[0].casefold()
    return sum(
        first in line.text.casefold() and key in squash(line.text)
        for line in lines
        if line is not stated and not line.prose and line.weight < 80 and "©" not in line.text
    )


def _holds(line: Line, labels: set[str]) -> bool:
    """Tell whether a line may hold the words of a label: cheap, and asked of every line."""
    text = line.text[:_REACH].casefold()
    return any(label[:3] in text for label in labels) and any(label in squash(text) for label in labels)


def _labels(text: str) -> Iterator[str]:
    for match in _DOMAIN.finditer(text):
        second = _SECOND.search(match[0].lower())
        if second and len(second[1]) > 3:
            yield second[1].replace("-", "")


def _phrases(text: str, keys: set[str]) -> Iterator[str]:
    """Yield the runs of words that are a domain's name when written together: "The Example Courier"."""
    words = list(_WORD.finditer(text))
    for first in range(len(words)):
        for last in range(first, min(first + _MOST, len(words))):
            name = text[words[first].start() : words[last].end()]
            if name[0].isupper() and squash(name) in keys:
                yield name
