"""How values are shown in a sentence."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from typing import Any

SHOWN = 60


def quoted(value: Any) -> str:
    """Return a value as it reads in a sentence: short, printable, in typographic quotes."""
    if isinstance(value, str):
        return f"“{clipped(value)}”" if value.strip() else "empty"
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "a list" if value else "an empty list"
    if isinstance(value, dict):
        return "an object" if value else "an empty object"
    return clipped(json.dumps(value))


def clipped(text: str, limit: int = SHOWN) -> str:
    """Return at most ``limit`` characters on one line; control characters become spaces."""
    plain = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in text[: limit * 4])
    plain = " ".join(plain.split())
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"


def listed(words: Iterable[str], last: str = "or") -> str:
    """Return "a, b or c"."""
    known = list(words)
    if len(known) < 2:
        return "".join(known)
    return f"{', '.join(known[:-1])} {last} {known[-1]}"
