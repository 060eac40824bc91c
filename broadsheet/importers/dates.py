"""Printed dates of many languages → dates, each with the span that says so. Nothing is guessed.

A time is aware only where an offset or an unmistakable zone is printed beside it.
A date without a year, or a relative one ("two hours ago"), is not a date here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Literal

from msgspec import Struct

from broadsheet.importers import clocks, languages
from broadsheet.importers.alternatives import any_of
from broadsheet.importers.languages import Order
from broadsheet.model import Moment

Kind = Literal["published", "updated"]

FIRST_YEAR, LAST_YEAR = 1600, 2199


class Printed(Struct, frozen=True):
    """A date as printed: ``text`` is the verbatim span ``[start:end]`` of the line."""

    moment: Moment
    text: str
    start: int
    end: int
    kind: Kind | None = None  # what the words beside it call it
    ambiguous: tuple[str, ...] = ()  # the other reading of 3/4/2026, ISO 8601
    rule: str = "date-text"


def find(text: str, language: str | None = None, order: Order | None = None) -> Sequence[Printed]:
    """Return every full date in a line of text, in the order printed.

    ``order`` is how the page writes 3/4/2026; the language's own order where None.
    """
    if not _YEARLIKE.search(text):
        return ()
    return _remembered(text, language, order) if len(text) <= _SHORT else _find(text, language, order)


@lru_cache(maxsize=1024)
def _remembered(text: str, language: str | None, order: Order | None) -> Sequence[Printed]:
    """Return the dates of a short line, which headline, byline, date and section all ask for."""
    return _find(text, language, order)


def _find(text: str, language: str | None, order: Order | None) -> Sequence[Printed]:
    plain = unicodedata.normalize("NFKC", text) if not text.isascii() else text
    line = plain if len(plain) == len(text) else text
    found: list[Printed] = []
    for match in _dates(languages.base(language)).finditer(line):
        day, other, rule = _day(match, language, order)
        if day is None or (found and match.start() < found[-1].end):
            continue
        clock, end = clocks.after(line, match.end())
        start = match.start()
        if clock is None:
            clock, start = clocks.before(line, start, found[-1].end if found else 0)
        moment: Moment = day if clock is None else clocks.join(day, clock)
        kind = _kind(line, start, end, found[-1].end if found else 0, language)
        found.append(Printed(moment, text[start:end], start, end, kind, other, rule))
    return tuple(found)


def day_of(moment: Moment) -> date:
    """Return the day of a moment, in its own offset."""
    return moment.date() if isinstance(moment, datetime) else moment


#: Four digits, or two behind two numbers: without either, no date is full.
_YEARLIKE = re.compile(r"\d{4}|\d[./\-．／－]\s?\d\d?[./\-．／－]\s?\d\d")
_SHORT = 300  # characters
_ISO = r"(?P<iso>(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2}))(?!\d)"
_CJK = r"(?P<cy>\d{4})\s*[年년]\s*(?P<cm>\d{1,2})\s*[月월]\s*(?P<cd>\d{1,2})\s*[日일]?"
_YMD = r"(?<![\d.,/])(?P<yy>\d{4})\s?(?P<ys>[./-])\s?(?P<ym>\d{1,2})\s?(?P=ys)\s?(?P<yd>\d{1,2})(?!\d)\.?"
_NUM = r"(?<![\d.,/:])(?P<n1>\d{1,2})(?P<ns>\.\s?|/|-)(?P<n2>\d{1,2})(?P=ns)(?P<ny>\d{4}|\d{2}(?![\d:.]))(?=\D|\d{1,2}:\d\d|$)"
_YEAR = r"(?P<{0}>\d{{4}})(?=\D|\d{{1,2}}[:.]\d\d|$)"
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª|\.?-?[oe]s?|:e|:a)?"


@cache
def _dates(base: str) -> re.Pattern[str]:
    """Return the pattern of every full date in a language (and in English)."""
    names = any_of(form for words in languages.pair(base) for form in words.month_numbers)
    month = rf"(?:{names})(?!\w)"
    of = r"(?:de|del|d'|of|ta'|na|di)?"
    dmy = (
        rf"(?<![\d:])(?P<d1>\d{{1,2}}){_ORDINAL}[\s.\-/,]*{of}\s*(?P<m1>{month})[\s.,\-/']*(?:de|del|of)?\s*"
        + _YEAR.format("y1")
    )
    mdy = rf"(?<!\w)(?P<m2>{month})[\s.]*(?P<d2>\d{{1,2}}){_ORDINAL}(?!\d)[\s.,/]*(?:of\s)?" + _YEAR.format("y2")
    ymd = rf"(?<!\d)(?P<y3>\d{{4}})[.,]?\s*(?:m\.|г\.|-)?\s*(?P<m3>{month})[\s.\-]*(?P<d3>\d{{1,2}})(?!\d)\.?(?:\sd\.)?"
    viet = r"(?<!\d)(?P<d4>\d{1,2})\s+tháng\s+(?P<m4>\d{1,2})[\s,]+(?:năm\s+)?(?P<y4>\d{4})"
    return re.compile(f"{_ISO}|{_CJK}|{viet}|{dmy}|{mdy}|{ymd}|{_YMD}|{_NUM}", re.IGNORECASE)


def _day(match: re.Match[str], language: str | None, order: Order | None) -> tuple[date | None, tuple[str, ...], str]:
    """Return the day, its other reading and the name of the form it is printed in."""
    get = match.groupdict()
    for year, month, day, rule in (
        ("iy", "im", "id", "date-iso"),
        ("cy", "cm", "cd", "date-cjk"),
        ("yy", "ym", "yd", "date-ymd"),
        ("y4", "m4", "d4", "date-text"),
    ):
        if get[year]:
            return _date(get[year], get[month], get[day]), (), rule
    for number in "123":
        if get[f"m{number}"]:
            named = str(_month(get[f"m{number}"], language))
            return _date(_gregorian(get[f"y{number}"], language), named, get[f"d{number}"]), (), "date-text"
    return _numeric(get, language, order)


def _numeric(
    get: dict[str, str], language: str | None, order: Order | None
) -> tuple[date | None, tuple[str, ...], str]:
    """Read 3/4/2026: by the only possible reading, else by the page's or the language's order."""
    year = get["ny"] if len(get["ny"]) == 4 else f"20{get['ny']}"
    if len(get["ny"]) == 2 and get["ns"].strip() == "-":
        return None, (), ""
    first, second = _date(year, get["n2"], get["n1"]), _date(year, get["n1"], get["n2"])  # dmy, mdy
    wanted = order or languages.words(language).order
    if get["ns"].strip() == "." or first == second:
        return first or second, (), "date-numeric"
    if first and second:
        best, other = (second, first) if wanted == "mdy" else (first, second)
        return best, () if order else (other.isoformat(),), "date-numeric-order"
    return first or second, (), "date-numeric"


def _month(name: str, language: str | None) -> int:
    key = languages.fold_word(name)
    return next((words.month_numbers[key] for words in languages.pair(language) if key in words.month_numbers), 0)


def _gregorian(year: str, language: str | None) -> str:
    """Return the common year of a Thai one, which counts from 543 BC."""
    return str(int(year) - 543) if languages.base(language) == "th" and int(year) > 2400 else year


def _date(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


@cache
def _labels(base: str) -> re.Pattern[str]:
    """Return a pattern of the words for "published" and "updated", the updated ones as group 1."""
    updated, published = languages.pattern(base, "updated"), languages.pattern(base, "published")
    return re.compile(rf"(?<![^\W\d_])(?:({updated})|(?:{published}))(?![^\W\d_])", re.IGNORECASE)


@cache
def _labels_after(base: str) -> re.Pattern[str]:
    updated, published = languages.pattern(base, "updated"), languages.pattern(base, "published")
    return re.compile(rf"\s?(?:({updated})|(?:{published}))", re.IGNORECASE)


def _kind(line: str, start: int, end: int, floor: int, language: str | None) -> Kind | None:
    """Return what the nearest label before the date calls it; in CJK, also the one after."""
    base = languages.base(language)
    kind: Kind | None = None
    for match in _labels(base).finditer(line, max(floor, start - 60), start):
        kind = "updated" if match[1] else "published"
    if kind is None and base in {"ja", "zh", "ko"} and (behind := _labels_after(base).match(line, end)):
        return "updated" if behind[1] else "published"
    return kind
