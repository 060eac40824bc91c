"""Where a span stands in the page's own characters: its line, and the verbatim text that holds the value."""

from __future__ import annotations

import html
import json
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from msgspec.structs import replace

from broadsheet.model import Evidence

MIN_LETTERS = 4  # shorter spans ("da") stand everywhere
ABOVE = 60  # lines a start tag may reach over before the parser tells its line
MAX_RUN = 2_000  # characters from the first to the last of several values


def located(evidence: Evidence, source: str, starts: list[int]) -> Evidence:
    """Return the evidence with the line on which its span begins; several values become the run that holds all.

    ``starts`` are the offsets of the lines of ``source``.
    """
    text = evidence.text
    if not text or len(text) < MIN_LETTERS:
        return evidence
    line = evidence.line or 1
    for first in (line, max(1, line - ABOVE), 1):
        at = starts[min(first, len(starts)) - 1]
        if (place := next(_places(text, source, at), -1)) >= 0:
            return replace(evidence, line=_line(place, starts))
        if (run := _run(text.split(", "), source, at)) is not None:
            begin, end = run
            return replace(evidence, text=source[begin:end], line=_line(begin, starts))
    return evidence


def _places(text: str, source: str, start: int) -> Iterator[int]:
    """Yield where the text stands, as it is and as HTML and JSON write it."""
    forms = [text, html.escape(text), html.escape(text, quote=False), json.dumps(text)[1:-1]]
    forms += [json.dumps(text, ensure_ascii=False)[1:-1], text.replace("/", "\\/")]
    for form in dict.fromkeys(forms):
        if (place := source.find(form, start)) >= 0:
            yield place


def _run(parts: list[str], source: str, start: int) -> tuple[int, int] | None:
    """Return the stretch of the source that holds all parts in their order."""
    if len(parts) < 2:
        return None
    begin = at = source.find(parts[0], start)
    for part in parts:
        at = source.find(part, at)
        if begin < 0 or at < 0 or at + len(part) - begin > MAX_RUN:
            return None
        at += len(part)
    return begin, at


def _line(place: int, starts: list[int]) -> int:
    return bisect_right(starts, place)


def line_starts(source: str) -> list[int]:
    """Return the offset of each line."""
    return [0, *accumulate(len(line) + 1 for line in source.split("\n"))][:-1]
