"""The body: the best run of prose lines, trimmed at both ends, furniture within left out.

Every line adds to or takes from a sum; the run with the greatest sum is the
article. The weights were set on development pages and are few on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence

from broadsheet.importers.text.lines import Line

#: A paragraph longer than this adds no more to the sum.
_MOST = 500
_SHORT = 25  # weighed characters from which a sentence counts as a short paragraph
_HEADING = 110


def worth(lines: Sequence[Line], index: int) -> float:
    """Return what a line adds to a run that holds it."""
    line = lines[index]
    if line.ending:
        return -5.0
    if line.prose:
        return _prose(lines, index)
    if line.paywall:
        return -0.7
    if line.furniture:
        return -0.1
    if line.starts or line.caption:
        return -0.25
    if line.ends and line.weight >= _SHORT and line.stops:
        return -0.05
    return -0.35 if line.alone else -0.7


def _prose(lines: Sequence[Line], index: int) -> float:
    """Return the worth of a prose line; one without a prose neighbour may be the teaser of another article."""
    line = lines[index]
    if line.paywall:
        return -1.5 if line.starts else -0.8
    if line.caption or line.starts:
        return 0.0
    value = max(0, min(line.weight, _MOST) - 30) / 100
    near = any(0 <= spot < len(lines) and lines[spot].prose and not lines[spot].paywall for spot in (index - 1, index + 1))
    return value if near else value * 0.7


def run(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the half-open range of ``lines`` that is the article's text; (0, 0) where none is."""
    best = total = 0.0
    first, last, start = 0, 0, 0
    for index in range(len(lines)):
        if total <= 0:
            total, start = 0.0, index
        total += worth(lines, index)
        if total > best:
            best, first, last = total, start, index + 1
    return (first, last) if best > 0 else _fallback(lines)


def _fallback(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the range of the longest plain line: a brief of one short sentence."""
    fit = [index for index, line in enumerate(lines) if line.ends and line.words > 3 and not (line.furniture or line.starts)]  # noqa: PLR2004
    if not fit:
        return (0, 0)
    best = max(fit, key=lambda index: (lines[index].weight, -index))
    return (best, best + 1)


def keep(lines: Sequence[Line], first: int, last: int) -> list[int]:
    """Return the indices within the run that belong to the article, headings between paragraphs included."""
    kept: list[int] = []
    for index in range(first, last):
        line = lines[index]
        if _drop(line):
            continue
        if line.prose or _is_short_paragraph(line) or _is_heading(lines, index, last):
            kept.append(index)
    while kept and not lines[kept[-1]].prose and not _is_short_paragraph(lines[kept[-1]]):
        kept.pop()
    return kept


def _drop(line: Line) -> bool:
    """Tell whether a line within the run is the page's and not the article's."""
    if line.furniture or (line.starts and (line.paywall or not line.prose)):
        return True
    if line.paywall and (line.weight < 300 or line.starts):  # noqa: PLR2004
        return True
    return line.caption and (not line.prose or line.starts)


def _is_short_paragraph(line: Line) -> bool:
    return line.ends and line.weight >= _SHORT and not line.prose and line.stops > 0


def _is_heading(lines: Sequence[Line], index: int, last: int) -> bool:
    """Tell whether a short line stands between paragraphs as a heading does."""
    line = lines[index]
    if not line.alone or line.weight > _HEADING or line.repeated or line.words == 0:
        return False
    after = lines[index + 1 : min(index + 2, last)]
    return bool(after) and after[0].prose
