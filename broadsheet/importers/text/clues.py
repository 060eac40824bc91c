"""What the text says about an absent date: weekdays, days without a year, "last year". Candidates, never a date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from broadsheet.importers import languages
from broadsheet.importers.alternatives import any_of
from broadsheet.importers.text.lines import Line
from broadsheet.model import Evidence

MOST = 8  # clues that are shown
_READ = 4000  # characters of a line that are read for them

Kind = Literal["weekday", "day", "since", "year", "last-year"]


class Clue(Struct, frozen=True):
    """One clue: where it stands, its words and what they say."""

    line: int
    text: str
    kind: Kind
    month: int = 0
    day: int = 0
    year: int = 0


class _Form(Struct, frozen=True):
    """How clues of one kind are printed. ``core`` finds in small letters, and quickly, whether a line can hold one."""

    kind: Kind
    core: re.Pattern[str]
    whole: re.Pattern[str]


@cache
def _forms(base: str) -> tuple[_Form, ...]:
    words = languages.words(base)
    months = any_of(words.month_numbers, " ")
    days = any_of((form for form in words.weekday_numbers if len(form) > 4 or not form.isascii()), " ")
    since, last = any_of(words.since, " "), any_of(words.last_year, r"\s")
    day = rf"(?:(?P<m1>{months})\.?\s(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})(?:\.|er|º|\.º)?\s(?:de\s)?(?P<m2>{months}))(?![\d\w])(?!,?\.?\s(?:de\s)?\d{{4}})"
    dated = rf"(?:{months})\.?\s\d|\d(?:\.|er|º|\.º)?\s(?:de\s)?(?:{months})"
    texts: tuple[tuple[Kind, str, str], ...] = (
        ("since", dated, rf"(?:{since})\s(?:dem\s|le\s|el\s|the\s)?{day}"),
        ("last-year", last, rf"(?:\w+\s)?(?:(?P<m1>{months})\.?\s(?:of\s)?)?(?:{last})"),
        ("day", dated, rf"(?:\w+\s)?{day}"),
        ("weekday", days, rf"(?:\w+\s)?(?:\w+\s)?(?P<w>{days})(?!\w)"),
        (
            "year",
            r"(?:19|20)\d\d",
            r"(?:in|im|en|nel|em|i|w|v|в|since|seit|depuis|desde)\s(?P<y>(?:19|20)\d\d)(?![\d\-–/])",
        ),
    )
    return tuple(
        _Form(kind, re.compile(core), re.compile(rf"(?<!\w)(?:{text})", re.IGNORECASE)) for kind, core, text in texts
    )


def find(lines: Iterable[Line], language: str | None) -> list[Clue]:
    """Return the clues in the text, in its order; a phrase counts once, as the most telling kind."""
    found = []
    forms = _forms(languages.base(language))
    for line in lines:
        taken: list[tuple[int, int]] = []
        text = line.text[:_READ]
        folded = text.casefold()
        for form in forms:
            for match in form.whole.finditer(text) if form.core.search(folded) else ():
                if not any(start < match.end() and match.start() < end for start, end in taken):
                    taken.append(match.span())
                    found.append(_clue(line, match, form.kind, language))
    return sorted(found, key=lambda one: one.line)


def _clue(line: Line, match: re.Match[str], kind: Kind, language: str | None) -> Clue:
    get = match.groupdict()
    name = get.get("m1") or get.get("m2")
    month = languages.words(language).month_numbers.get(languages.fold_word(name), 0) if name else 0
    day, year = int(get.get("d1") or get.get("d2") or 0), int(get.get("y") or 0)
    return Clue(line.number, match[0].strip(), kind, month, day, year)


def evidence(lines: Sequence[Line], language: str | None) -> Evidence:
    """Return the evidence of an absent date: the clues, and the days that all of them allow."""
    clues = find(lines, language)
    if not clues:
        return Evidence("absent", note="No date is printed, and the text gives no clue; a person may state one.")
    shown = _telling(clues)
    listed = "; ".join(f"line {clue.line}: “{clue.text}”" for clue in shown)
    allowed = tuple(_spans(clues))
    fits = " They allow the days listed as candidates, or the same ones of a later year." if allowed else ""
    note = f"No date is printed. Clues: {listed}.{fits}"
    plain = {line.number for line in lines if line.size == 1}  # of wrapped text, the words may stand on two lines
    text = shown[0].text if shown[0].line in plain else None
    return Evidence("absent", text=text, line=shown[0].line, note=note, candidates=allowed)


_RANK: tuple[Kind, ...] = ("since", "day", "last-year", "weekday", "year")


def _telling(clues: Sequence[Clue]) -> list[Clue]:
    """Return the clues that narrow the date down most, each wording once, in the order of the text."""
    unique = list({clue.text.casefold(): clue for clue in reversed(clues)}.values())
    best = sorted(unique, key=lambda clue: (_RANK.index(clue.kind), clue.line))[:MOST]
    return sorted(best, key=lambda clue: clue.line)


def _spans(clues: Sequence[Clue]) -> Iterator[str]:
    """Yield the spans of days (ISO 8601 intervals) that fit all clues, for the first two years that can be meant.

    A year that is spoken of has come. A day without a year was within the year then
    running, and "since Aug. 1" was written after it.
    """
    years = [clue.year for clue in clues if clue.kind == "year"]
    since = [(clue.month, clue.day) for clue in clues if clue.kind == "since" and _is_day(clue.month, clue.day)]
    if not years or not since:
        return
    month, day = max(since)
    for year in (max(years), max(years) + 1):
        last = calendar.monthrange(year, month)[1]
        yield f"{year}-{month:02d}-{min(day, last):02d}/{year}-12-31"


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31
