"""Many phrases → one regular expression that tells quickly whether any of them stands at a place."""

from __future__ import annotations

import re
from collections.abc import Iterable

NEVER = r"(?!)"

_End = dict[str, "_End"]  # letter → what may follow; "" → a phrase may end here


def any_of(phrases: Iterable[str], space: str = r"\s+") -> str:
    """Return an expression that matches any of ``phrases``, the longest first; ``space`` is what stands for a space.

    Phrases that begin alike share their beginning: the engine tries a few letters at a place of the text, where a
    plain "a|b|c" lets it try every phrase.
    """
    root: _End = {}
    for phrase in phrases:
        node = root
        for letter in phrase:
            node = node.setdefault(letter, {})
        if phrase:
            node[""] = {}
    return _written(root, space) or NEVER


def _written(node: _End, space: str) -> str:
    parts = [
        (space if letter == " " else re.escape(letter)) + _written(after, space)
        for letter, after in sorted(node.items())
        if letter
    ]
    if not parts:
        return ""
    ends = "" in node
    return parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)}){'?' if ends else ''}"
