"""Plain text → Markdown that renders as that text and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Characters that python-markdown lets a backslash take the meaning from, and that have one within a line.
_WITHIN = re.compile(r"[\\`*_{}\[\]<>|~^]")
#: What makes a block at the start of a line: headings, lists, quotes, rules, tables, definitions, code.
_START = re.compile(r"^(\s*)(#{1,6}|[-+*>=:]|\d{1,9}(?=[.)]))")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")


def paragraph(text: str) -> str:
    """Return one paragraph of Markdown whose text is ``text``, on one line."""
    line = " ".join(text.split())
    line = _ENTITY.sub("&amp;", line)
    line = _WITHIN.sub(lambda match: _ESCAPED[match[0]], line)
    return _START.sub(_escape_start, line)


#: A backslash where python-markdown knows it, else a character reference.
_ESCAPED = {char: f"\\{char}" for char in "\\`*_{}[]"} | {
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",
    "~": "&#126;",
    "^": "&#94;",
}


def _escape_start(match: re.Match[str]) -> str:
    mark = match[2]
    if mark.isdigit():
        return f"{match[1]}{mark}\\"  # "1." becomes "1\."
    return f"{match[1]}&#{ord(mark[0])};{mark[1:]}" if mark[0] in "=:>" else f"{match[1]}\\{mark}"


def body(paragraphs: Iterable[tuple[str, bool]]) -> str:
    """Return the Markdown of (text, is a heading) pairs, parted by blank lines."""
    parts = [f"## {paragraph(text)}" if heading else paragraph(text) for text, heading in paragraphs]
    return "\n\n".join(part for part in parts if part)
