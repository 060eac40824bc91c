"""Near-duplicates: the same wire story in several papers, found by MinHash.

Broder, "On the resemblance and containment of documents" (1997): word 5-shingles,
128 permutations, banded for candidates and compared by estimated Jaccard similarity.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Final

from msgspec import Struct

from broadsheet.model import Moment

THRESHOLD: Final = 0.6  # Jaccard similarity of the shingles from which two texts are one story
_SHINGLE: Final = 5
_PERMUTATIONS: Final = 128
_BANDS: Final = 32
_LEAST: Final = 25  # words; shorter texts are not compared
#: A word; for scripts that write without spaces, a character.
_WORD: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]+"
)


class Story(Struct, frozen=True):
    """One text to compare. ``key`` names it, ``length`` is in words."""

    key: str
    published: Moment | None
    length: int


class Group(Struct, frozen=True):
    """Texts that are one story. ``canonical`` is the earliest, or the fullest where no date says."""

    canonical: str
    others: tuple[str, ...]
    likeness: float  # least estimated similarity to the canonical one, 0 to 1


def groups(texts: Iterable[tuple[str, str, Moment | None]], threshold: float = THRESHOLD) -> list[Group]:
    """Return the groups of two or more near-duplicates among (key, text, date), in the order of their keys."""
    import rensa

    stories: list[Story] = []
    prints: list[Any] = []
    index = rensa.RMinHashLSH(threshold, _PERMUTATIONS, _BANDS)
    leader: list[int] = []
    for key, text, published in texts:
        words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
        if len(words) < _LEAST:
            continue
        number = len(stories)
        sketch = rensa.RMinHash(_PERMUTATIONS, 42)
        sketch.update([" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)])
        stories.append(Story(key, published, len(words)))
        prints.append(sketch)
        leader.append(number)
        for other in index.query(sketch):
            if sketch.jaccard(prints[other]) >= threshold:
                leader[_root(leader, number)] = _root(leader, other)
        index.insert(number, sketch)
    return _collect(stories, prints, leader)


def _root(leader: list[int], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


def _collect(stories: Sequence[Story], prints: Sequence[Any], leader: list[int]) -> list[Group]:
    members: dict[int, list[int]] = {}
    for number in range(len(stories)):
        members.setdefault(_root(leader, number), []).append(number)
    found = [
        _group([stories[one] for one in many], [prints[one] for one in many])
        for many in members.values()
        if len(many) > 1
    ]
    return sorted(found, key=lambda group: group.canonical)


def _group(stories: Sequence[Story], prints: Sequence[Any]) -> Group:
    order = sorted(range(len(stories)), key=lambda at: _rank(stories[at]))
    first, *others = order
    likeness = min(float(prints[first].jaccard(prints[at])) for at in others)
    return Group(stories[first].key, tuple(stories[at].key for at in others), round(likeness, 2))


def _rank(story: Story) -> tuple[bool, str, int, str]:
    """Order dated before undated, then early before late, then full before short."""
    day = story.published.isoformat()[:10] if story.published else ""
    return story.published is None, day, -story.length, story.key
