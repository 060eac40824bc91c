"""Printed dates of many languages → dates, each with the span that says so. Nothing is guessed.

A time is aware only where an offset or an unmistakable zone is printed beside it.
A date without a year, or a relative one ("two hours ago"), is not a date here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from broadsheet.importers import languages
from broadsheet.importers.languages import Order
from broadsheet.model import Moment

Kind = Literal["published", "updated"]

FIRST_YEAR, LAST_YEAR = 1600, 2199

#: Printed zone → offset in hours, or the IANA zone that tells summer from winter.
#: Those that mean several (CST, IST, BST) are not here: such a time stays naive.
_ZONES: dict[str, float | str] = {
    "z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10, "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver",
    "pt": "America/Los_Angeles", "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "wet": 0, "west": 1,
    "msk": 3, "мск": 3, "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "pkt": 5, "wib": 7, "sast": 2, "aest": 10,
    "aedt": 11, "acst": 9.5, "awst": 8, "nzst": 12, "nzdt": 13, "eat": 3, "wat": 1, "nst": -3.5, "npt": 5.75,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Printed:
    """A date as printed: ``text`` is the verbatim span ``[start:end]`` of the line."""

    moment: Moment
    text: str
    start: int
    end: int
    kind: Kind | None = None  # what the words beside it call it
    ambiguous: tuple[str, ...] = ()  # the other reading of 3/4/2026, ISO 8601
    rule: str = "date-text"


def find(text: str, language: str | None = None, order: Order | None = None) -> list[Printed]:
    """Return every full date in a line of text, in the order printed.

    ``order`` is how the page writes 3/4/2026; the language's own order where None.
    """
    if not _DIGIT.search(text):
        return []
    plain = unicodedata.normalize("NFKC", text) if not text.isascii() else text
    line = plain if len(plain) == len(text) else text
    found: list[Printed] = []
    for match in _dates(languages.base(language)).finditer(line):
        day, other, rule = _day(match, language, order)
        if day is None or (found and match.start() < found[-1].end):
            continue
        clock, end = _clock_after(line, match.end())
        start = match.start()
        if clock is None:
            clock, start = _clock_before(line, start, found[-1].end if found else 0)
        moment: Moment = day if clock is None else _join(day, clock)
        kind = _kind(line, start, end, found[-1].end if found else 0, language)
        found.append(Printed(moment, text[start:end], start, end, kind, other, rule))
    return found


def day_of(moment: Moment) -> date:
    """Return the day of a moment, in its own offset."""
    return moment.date() if isinstance(moment, datetime) else moment


_DIGIT = re.compile(r"\d")
_ISO = r"(?P<iso>(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2}))(?!\d)"
_CJK = r"(?P<cy>\d{4})\s*[年년]\s*(?P<cm>\d{1,2})\s*[月월]\s*(?P<cd>\d{1,2})\s*[日일]?"
_YMD = r"(?<![\d.,/])(?P<yy>\d{4})\s?(?P<ys>[./-])\s?(?P<ym>\d{1,2})\s?(?P=ys)\s?(?P<yd>\d{1,2})(?!\d)\.?"
_NUM = r"(?<![\d.,/:])(?P<n1>\d{1,2})(?P<ns>\.\s?|/|-)(?P<n2>\d{1,2})(?P=ns)(?P<ny>\d{4}|\d{2}(?![\d:.]))(?=\D|\d{1,2}:\d\d|$)"
_YEAR = r"(?P<{0}>\d{{4}})(?=\D|\d{{1,2}}[:.]\d\d|$)"
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª|\.?-?[oe]s?|:e|:a)?"


@cache
def _dates(base: str) -> re.Pattern[str]:
    """Return the pattern of every full date in a language (and in English)."""
    names = sorted({form for words in languages.pair(base) for form in words.month_numbers}, key=lambda one: (-len(one), one))
    month = "(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names) + r")(?!\w)"
    of = r"(?:de|del|d'|of|ta'|na|di)?"
    dmy = rf"(?<![\d:])(?P<d1>\d{{1,2}}){_ORDINAL}[\s.\-/,]*{of}\s*(?P<m1>{month})[\s.,\-/']*(?:de|del|of)?\s*" + _YEAR.format("y1")
    mdy = rf"(?<!\w)(?P<m2>{month})[\s.]*(?P<d2>\d{{1,2}}){_ORDINAL}(?!\d)[\s.,/]*(?:of\s)?" + _YEAR.format("y2")
    ymd = rf"(?<!\d)(?P<y3>\d{{4}})[.,]?\s*(?:m\.|г\.|-)?\s*(?P<m3>{month})[\s.\-]*(?P<d3>\d{{1,2}})(?!\d)\.?(?:\sd\.)?"
    viet = r"(?<!\d)(?P<d4>\d{1,2})\s+tháng\s+(?P<m4>\d{1,2})[\s,]+(?:năm\s+)?(?P<y4>\d{4})"
    return re.compile("|".join((_ISO, _CJK, viet, dmy, mdy, ymd, _YMD, _NUM)), re.IGNORECASE)


def _day(match: re.Match[str], language: str | None, order: Order | None) -> tuple[date | None, tuple[str, ...], str]:
    """Return the day, its other reading and the name of the form it is printed in."""
    get = match.groupdict()
    for year, month, day, rule in (("iy", "im", "id", "date-iso"), ("cy", "cm", "cd", "date-cjk"), ("yy", "ym", "yd", "date-ymd"), ("y4", "m4", "d4", "date-text")):
        if get[year]:
            return _date(get[year], get[month], get[day]), (), rule
    for number in "123":
        if get[f"m{number}"]:
            month = _month(get[f"m{number}"], language)
            return _date(_gregorian(get[f"y{number}"], language), str(month), get[f"d{number}"]), (), "date-text"
    return _numeric(get, language, order)


def _numeric(get: dict[str, str], language: str | None, order: Order | None) -> tuple[date | None, tuple[str, ...], str]:
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


_NAMES = "|".join(sorted([name.upper() for name in _ZONES if len(name) > 1] + ["CST", "IST", "BST", "AST"], key=len)[::-1])
_ZONE = rf"(?:\s*\(?(?P<zone>(?-i:(?:UTC|GMT)?\s?[+\-−]\d{{1,2}}:?(?:\d\d)?|(?:{_NAMES}|Z|мск)(?![a-z]|[A-Z]{{2}})))\)?)?"
_TIME = (
    r"(?:(?P<half>午前|午後|오전|오후|上午|下午|a\.?m\.?|p\.?m\.?)\s*)?(?P<h>\d{1,2})(?:\s?[:.h時시点點ч]\s?(?P<m>\d{2})[分분]?(?::(?P<s>\d{2})(?:[.,]\d+)?)?"
    r"|\s?[時시点點](?!\d)|(?=\s?[ap]\.?m))(?!\d)(?:\s?(?P<ap>[ap])\.?\s?m\b\.?)?(?:\s?(?:uhr|hrs?|h|ч|год)\b\.?)?" + _ZONE
)
#: What may stand between a date and its time: signs, a weekday in brackets, a short word ("at", "um", "kl.").
_AFTER = re.compile(r"[\s,|•·T\-–—/()]{0,4}(?:\([^()\s]{1,4}\)\s*)?(?:(?:at|um|à|a\s+las|a\s+les|alle|ore|às|kl\.?|kello|klo|om|o|г\.|г\.,|в|о|at:|saat|pada|pukul|jam|u|ob|la|ora|lúc)\s*[|:]?\s*)?[\s,|•·\-–—]{0,3}" + _TIME, re.IGNORECASE)
_BEFORE = re.compile(_TIME + r"[\s,|•·\-–—]{0,3}(?:on\s+|am\s+|le\s+|ngày\s+|,\s*)?(?:\(?[^\W\d_]{2,12}\)?[.,]?\s+)?$", re.IGNORECASE)


def _clock_after(line: str, end: int) -> tuple[time | None, int]:
    match = _AFTER.match(line, end, end + 60)
    clock = _clock(match) if match else None
    return (clock, match.end()) if match and clock else (None, end)


def _clock_before(line: str, start: int, floor: int) -> tuple[time | None, int]:
    """Return a time printed before the date ("10:27 AM PST, December 21, 2023")."""
    begin = max(floor, start - 40)
    for match in re.finditer(r"\d{1,2}[:.]\d\d", line[begin:start]):
        whole = _BEFORE.match(line, begin + match.start(), start)
        if whole and (clock := _clock(whole)):
            return clock, whole.start()
    return None, start


def _clock(match: re.Match[str]) -> time | None:
    hour, minute = int(match["h"]), int(match["m"] or 0)
    half = (match["ap"] or "").casefold() or {"午": "p", "오": "p"}.get((match["half"] or "")[:1], "")
    if match["half"]:
        half = "p" if match["half"].casefold()[:2] in {"午後", "오후", "下午", "pm", "p."} else "a"
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute, int(match["s"] or 0), tzinfo=_zone(match["zone"]))
    except ValueError:
        return None


def _zone(printed: str | None) -> tzinfo | None:
    """Return the zone that is printed, None where it is absent or means several things (IST, CST, BST)."""
    if not printed:
        return None
    offset = re.fullmatch(r"(?:UTC|GMT)?\s?([+\-−])(\d{1,2}):?(\d\d)?", printed, re.IGNORECASE)
    if offset:
        delta = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(delta if offset[1] == "+" else -delta) if delta <= timedelta(hours=15) else None
    known = _ZONES.get(printed.strip("() ").casefold())
    if isinstance(known, str):
        return ZoneInfo(known)
    return None if known is None else timezone(timedelta(hours=known))


def _join(day: date, clock: time) -> datetime:
    """Return day and time; a named zone becomes the offset it had then."""
    moment = datetime.combine(day, clock)
    offset = moment.utcoffset()
    return moment if offset is None else moment.replace(tzinfo=timezone(offset))


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
    if kind is None and base in {"ja", "zh", "ko"} and (match := _labels_after(base).match(line, end)):
        return "updated" if match[1] else "published"
    return kind
