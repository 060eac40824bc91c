"""Refuse the bodies on which python-markdown spends time out of all proportion.

Found by measuring: each shape below costs the square of its length or more. No
article needs one, so it is refused with a sentence instead of cut or guessed at.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from broadsheet.content.clean import MAX_BYTES, TooDeepError, check_size

MAX_NESTING: Final = 20  # quotes and lists in each other; the shapes below look for one more
MAX_NOTES: Final = 100  # marks of one footnote
#: Characters that are read again and again, about: a second of work.
MAX_WORK: Final = 20_000_000
_QUOTES = re.compile(r"^[ \t]{0,3}(?:(?:>|\d{1,9}[.)])[ \t]*){21}", re.MULTILINE)
_MARKERS = re.compile(r"^[ \t]{0,3}(?:(?:[-*+>]|\d{1,9}[.)])[ \t]*+){21,}+[^\s*+-]", re.MULTILINE)
_INDENT = re.compile(r"^(?:[ ]{4}|\t){21}[ \t]*(?:[-*+>]|\d+\.)", re.MULTILINE)
_BRACKETS = re.compile(r"[\[(*_`<!]{200}")
_COSTLY = ("](", "\n#", "\n:", "\\|")
_NOTE = re.compile(r"\[\^([^\]\n]{1,80})\]")


def check(body: str) -> None:
    """Raise `TooDeepError` for a Markdown body that would take too long."""
    if len(body) > MAX_BYTES or body.count("<") > 1000:
        check_size(body)
    if any(shape.search(body) for shape in (_QUOTES, _MARKERS, _INDENT)):
        message = f"The body nests quotes or lists more than {MAX_NESTING} levels deep; simplify it."
        raise TooDeepError(message)
    if _BRACKETS.search(body):
        message = "The body holds a run of 200 or more brackets or stars; put it in a code block or remove it."
        raise TooDeepError(message)
    if body.count("[^") > MAX_NOTES and max(Counter(_NOTE.findall(body)).values(), default=0) > MAX_NOTES:
        message = f"The body refers to one footnote more than {MAX_NOTES} times; number the notes apart."
        raise TooDeepError(message)
    if (body.count("\n```") + body.count("\n~~~") + body.count("&") // 40) * len(body) > MAX_WORK * 250:
        message = "The body holds thousands of code fences or ampersands; split it."
        raise TooDeepError(message)
    if sum(map(body.count, _COSTLY)) > MAX_NOTES and sum(map(_work, body.split("\n\n"))) > MAX_WORK:
        message = "The body holds a very long block of unfinished links, headings, definitions or table cells; part it with blank lines."
        raise TooDeepError(message)


def _work(block: str) -> int:
    """Return about how many characters are read again for what is never closed or has no gap around it."""
    unfinished = sum(part.count("(") + 1 > part.count(")") or part.count('"') % 2 for part in block.split("](")[1:])
    return (unfinished + block.count("\n#") + 40 * block.count("\n:") + block.count("\\|") // 20) * len(block)
