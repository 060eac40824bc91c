"""Printed times of day, beside a printed date. Aware only where an offset or an unmistakable zone is printed."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

#: Printed zone → offset in hours, or the IANA zone that tells summer from winter.
#: Those that mean several (CST, IST, BST) are not here: such a time stays naive.
_ZONES: dict[str, float | str] = {
    "z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10, "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver",
    "pt": "America/Los_Angeles", "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "wet": 0, "west": 1,
    "msk": 3, "мск": 3, "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "pkt": 5, "wib": 7, "sast": 2, "aest": 10,
    "aedt": 11, "acst": 9.5, "awst": 8, "nzst": 12, "nzdt": 13, "eat": 3, "wat": 1, "nst": -3.5, "npt": 5.75,
}  # fmt: skip

_NAMES = "|".join(
    sorted([name.upper() for name in _ZONES if len(name) > 1] + ["CST", "IST", "BST", "AST"], key=len)[::-1]
)
_ZONE = (
    rf"(?:\s*\(?(?P<zone>(?-i:(?:UTC|GMT)?\s?[+\-−]\d{{1,2}}:?(?:\d\d)?|(?:{_NAMES}|Z|мск)(?![a-z]|[A-Z]{{2}})))\)?)?"
)
_TIME = (
    r"(?:(?P<half>午前|午後|오전|오후|上午|下午|a\.?m\.?|p\.?m\.?)\s*)?(?P<h>\d{1,2})(?:\s?[:.h時시点點ч]\s?(?P<m>\d{2})[分분]?(?::(?P<s>\d{2})(?:[.,]\d+)?)?"
    r"|\s?[時시点點](?!\d)|(?=\s?[ap]\.?m))(?!\d)(?:\s?(?P<ap>[ap])\.?\s?m\b\.?)?(?:\s?(?:uhr|hrs?|h|ч|год)\b\.?)?"
    + _ZONE
)
#: What may stand between a date and its time: signs, a weekday in brackets, a short word ("at", "um", "kl.").
_AFTER = re.compile(
    r"[\s,|•·T\-–—/()]{0,4}(?:\([^()\s]{1,4}\)\s*)?(?:(?:at|um|à|a\s+las|a\s+les|alle|ore|às|kl\.?|kello|klo|om|o|г\.|г\.,|в|о|at:|saat|pada|pukul|jam|u|ob|la|ora|lúc)\s*[|:]?\s*)?[\s,|•·\-–—]{0,3}"
    + _TIME,
    re.IGNORECASE,
)
_BEFORE = re.compile(
    _TIME + r"[\s,|•·\-–—]{0,3}(?:on\s+|am\s+|le\s+|ngày\s+|,\s*)?(?:\(?[^\W\d_]{2,12}\)?[.,]?\s+)?$", re.IGNORECASE
)


def after(line: str, end: int) -> tuple[time | None, int]:
    """Return a time printed after the date that ends at ``end``, and where it ends."""
    match = _AFTER.match(line, end, end + 60)
    clock = _clock(match) if match else None
    return (clock, match.end()) if match and clock else (None, end)


def before(line: str, start: int, floor: int) -> tuple[time | None, int]:
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


def join(day: date, clock: time) -> datetime:
    """Return day and time; a named zone becomes the offset it had then."""
    moment = datetime.combine(day, clock)
    offset = moment.utcoffset()
    return moment if offset is None else moment.replace(tzinfo=timezone(offset))
