"""Is this text a date, a duration, an address, a number? Each call answers with a verdict.

``GOOD``: as the standard says. ``NEARLY``: wrong, but every reader we know understands it
(a warning). ``BAD``: no reader can be relied on (an error).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal

Verdict = Literal["good", "nearly", "bad"]
GOOD: Final = "good"
NEARLY: Final = "nearly"
BAD: Final = "bad"

MAX_ADDRESS = 8192  # longer than any server takes
MAX_TEXT = 200  # a date or duration is never longer

_DAY = re.compile(
    r"(?P<year>\d{4})(?:"
    r"-(?P<month>\d\d)(?:-(?P<day>\d\d))?"
    r"|(?P<month_basic>\d\d)(?P<day_basic>\d\d)"
    r"|-?W(?P<week>\d\d)(?:-?(?P<weekday>\d))?"
    r"|-?(?P<ordinal>\d{3})"
    r")?\Z",
    re.ASCII,
)
_TIME = re.compile(
    r"(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d{1,12})?)?)?"
    r"(?P<zone>[Zz]|[+\-\u2212](?P<zone_hour>\d\d)(?::?(?P<zone_minute>\d\d))?)?\Z",
    re.ASCII,
)
_DURATION = re.compile(
    r"[+-]?P(?=[\dT])(?:\d{1,9}(?:[.,]\d{1,9})?W|(?:\d{1,9}(?:[.,]\d{1,9})?Y)?(?:\d{1,9}(?:[.,]\d{1,9})?M)?"
    r"(?:\d{1,9}(?:[.,]\d{1,9})?W)?(?:\d{1,9}(?:[.,]\d{1,9})?D)?"
    r"(?:T(?=\d)(?:\d{1,9}(?:[.,]\d{1,9})?H)?(?:\d{1,9}(?:[.,]\d{1,9})?M)?(?:\d{1,9}(?:[.,]\d{1,9})?S)?)?)\Z",
    re.ASCII,
)
_NUMBER = re.compile(r"[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,3})?\Z", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[,. \u00a0\u202f]\d{3}){1,12}(?:[.,]\d{1,20})?\Z")
_MEASURE = re.compile(r"[+-]?\d{1,20}(?:[.,]\d{1,20})?\s{0,3}[A-Za-z%\u00b5\"'\u2032\u2033 /.-]{0,40}\Z")
_USUAL = re.compile(
    r"https?://[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}(?:/[A-Za-z0-9/._~%#?=&+@!$'()*:-]{0,2000})?\Z"
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{0,30}:")
_HOST = re.compile(
    r"https?://(?:[^/?#@\s]{0,200}@)?(?P<host>\[[0-9a-fA-F:.]{2,45}\]|[^/?#:\s\[\]]{1,253})(?::\d{0,5})?(?:[/?#]|\Z)",
    re.IGNORECASE,
)
_SECOND_ADDRESS = re.compile(r"[\s,;|]+https?://", re.IGNORECASE)
_STRAY = re.compile(r"[\s<>\"{}|\\^`]")
_BAD_START = re.compile(r":|(?:h?t?t?ps?|htt[a-z]{0,3}|https?)(?::/?|/{2})(?!\d)", re.IGNORECASE)
_NO_ADDRESS = frozenset(
    {"n/a", "na", "none", "null", "nil", "undefined", "unknown", "tbd", "todo", "true", "false", "-", "."}
)
_TEMPLATE = re.compile(r"\{[\w?&=.+;,*/#:%-]{1,80}\}")  # RFC 6570, as in the target of a search
_BARE_HOST = re.compile(r"(?:www\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}(?:[/?#]|\Z)", re.IGNORECASE)


def is_date(text: str, *, days: bool = True, times: bool = False) -> Verdict:
    """Judge an ISO 8601 day (where ``days``), a day with a time, or a time alone (where ``times``)."""
    if len(text) > MAX_TEXT:
        return BAD
    plain = text.strip()
    if days and _is_moment(plain):
        return GOOD if plain == text else NEARLY
    if times and _is_time(plain.removeprefix("T")):
        return GOOD if plain == text else NEARLY
    spaced = re.sub(r"(?<=\d) (?=[+-]\d\d)", "", re.sub(r"(?<=\d) (?=\d\d:)", "T", plain, count=1))
    if days and spaced != plain and _is_moment(spaced):
        return NEARLY
    return BAD


def _is_moment(text: str) -> bool:
    day, mark, time = text.partition("T") if "T" in text else text.partition("t")
    if day[:1] in {"-", "+"}:
        day = day[1:]
    if not _is_day(day):
        return False
    return _is_time(time) if mark else True


def _is_day(text: str) -> bool:
    found = _DAY.match(text)
    if found is None:
        return False
    part = found.groupdict()
    year = int(part["year"]) or 4  # the year 0 has 366 days
    try:
        if part["week"]:
            date.fromisocalendar(year, int(part["week"]), int(part["weekday"] or 1))
        elif part["ordinal"]:
            last = date(year, 12, 31).timetuple().tm_yday
            return 1 <= int(part["ordinal"]) <= last
        else:
            month = part["month"] or part["month_basic"] or "1"
            date(year, int(month), int(part["day"] or part["day_basic"] or 1))
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    found = _TIME.match(text)
    if found is None:
        return False
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    zone_hour, zone_minute = int(found["zone_hour"] or 0), int(found["zone_minute"] or 0)
    inside = hour < 24 and minute < 60 and second < 61 and zone_hour < 15 and zone_minute < 60
    return inside or (hour == 24 and minute == second == 0)


def is_duration(text: str) -> Verdict:
    """Judge an ISO 8601 duration, such as PT1M30S or P3W."""
    if len(text) > MAX_TEXT:
        return BAD
    if _DURATION.match(text):
        return GOOD
    upper = text.strip().upper()
    if _DURATION.match(upper) or (upper.startswith("T") and _DURATION.match(f"P{upper}")):
        return NEARLY
    return BAD


def is_number(text: str) -> Verdict:
    """Judge a number written as text; 1,200 is nearly one."""
    if len(text) > MAX_TEXT:
        return BAD
    if _NUMBER.match(text):
        return GOOD
    plain = text.strip()
    return NEARLY if _NUMBER.match(plain) or _GROUPED.match(plain) else BAD


def is_measure(text: str) -> Verdict:
    """Judge a number with a unit, such as "3 px", "100%" or "1080"."""
    return GOOD if len(text) <= MAX_TEXT and _MEASURE.match(text.strip()) else BAD


def is_boolean(text: str) -> Verdict:
    """Judge a flag written as text: true, false, or schema.org's own addresses of them."""
    plain = text.strip().casefold()
    for prefix in ("http://schema.org/", "https://schema.org/", "schema:"):
        plain = plain.removeprefix(prefix)
    return GOOD if plain in {"true", "false"} else BAD


def is_url(text: str) -> Verdict:
    """Judge an address, absolute or relative. Spaces within a path are nearly right."""
    if _USUAL.match(text):
        return GOOD
    if len(text) > MAX_ADDRESS or text.startswith("data:"):
        return GOOD if text.startswith("data:") else BAD
    plain = _TEMPLATE.sub("x", text.strip())
    if not plain or plain.casefold() in _NO_ADDRESS or _SECOND_ADDRESS.search(plain):
        return BAD
    if re.match(r"https?:", plain, re.IGNORECASE):
        return _is_web(plain, text)
    if _STRAY.search(plain) or _is_misspelled(plain):
        return BAD
    return GOOD if text.strip() == text else NEARLY


def _is_misspelled(text: str) -> bool:
    """Return whether an address only looks like one: htp://, http//, a script, a file of one machine."""
    scheme = text.partition(":")[0].casefold() if _SCHEME.match(text) else ""
    return bool(_BAD_START.match(text)) or scheme in {"javascript", "about", "file"}


def _is_web(plain: str, text: str) -> Verdict:
    found = _HOST.match(plain)
    if found is None or not _is_host(found["host"]) or found["host"].casefold() in {"http", "https"}:
        return BAD
    rest = plain[found.end() :]
    if _STRAY.search(rest) or text.strip() != text:
        return NEARLY
    return GOOD


def _is_host(host: str) -> bool:
    if host.startswith("["):
        return True
    labels = host.removesuffix(".").split(".")
    return all(label and not re.search(r"[\x00-\x20\"<>\\^`{|}%,;!$&'()*+=]", label) for label in labels)


def is_absolute(text: str) -> bool:
    """Return whether an address stands on its own: it has a scheme."""
    return bool(_SCHEME.match(text.strip()))


def lacks_scheme(text: str) -> bool:
    """Return whether an address looks like www.paper.example/page without its https://."""
    plain = text.strip()
    host, slash, _ = plain.partition("/")
    return bool(_BARE_HOST.match(plain)) and (bool(slash) or host.startswith("www.") or host.count(".") > 1)


def looks_like_address(text: str) -> bool:
    """Return whether a text was meant as an address, not as words."""
    return "/" in text or ("." in text.strip(". ") and " " not in text.strip())
