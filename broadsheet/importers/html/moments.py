"""Machine-written times → `Moment`: ISO 8601 as publishers write it, RFC 5322, all digits."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from broadsheet.model import Moment

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:(?:T|\s+|\s*T\s*)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:]\d{1,9})?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?(?::\d{2})?)?)?"
    r"(?:\[[\w/+-]{1,40}\])?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?")
_SLASHED = re.compile(
    r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_RFC = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})? (?:[A-Z]{1,4}|[+-]\d{4})")
_JAVA = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}:\d{2}:\d{2}) (UTC|GMT|Z|[+-]\d{4}) (\d{4})")
_EARLIEST = 1700


def read(text: str) -> Moment | None:
    """Return the moment that a machine wrote; None when it is none or is impossible."""
    text = text.strip()
    if len(text) > 80:
        return None
    for form in (_ISO, _DIGITS, _SLASHED):
        if match := form.fullmatch(text):
            return _moment(*match.groups())
    if java := _JAVA.fullmatch(text):
        text = f"{java[2]} {java[1]} {java[5]} {java[3]} {'+0000' if java[4].isalpha() else java[4]}"
    if _RFC.fullmatch(text):
        try:
            return parsedate_to_datetime(text)
        except (TypeError, ValueError):
            return None
    return None


def _moment(
    year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None, offset: str | None
) -> Moment | None:
    try:
        if int(year) < _EARLIEST:
            return None
        if hour is None or minute is None:
            return date(int(year), int(month), int(day))
        return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=_zone(offset))
    except ValueError:
        return None


def _zone(offset: str | None) -> timezone | None:
    if not offset:
        return None
    if offset[0] not in "+-":
        return UTC
    digits = offset[1:].replace(":", "")
    hours, minutes = int(digits[:2] if len(digits) > 2 else digits), int(digits[2:4] or 0) if len(digits) > 2 else 0
    sign = -1 if offset[0] == "-" else 1
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
