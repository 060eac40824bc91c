"""Front-matter values → text, numbers and moments. Pure functions."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from broadsheet.model import Moment

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)\s?(Z|[+-]\d{2}:?(?:\d{2})?)?\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,6}\Z")


class BadValueError(ValueError):
    """A value that cannot be read. ``at`` is the JSON Pointer below the key."""

    def __init__(self, message: str, at: str = "") -> None:
        super().__init__(message)
        self.at = at


def text(value: Any) -> str | None:
    """Return a text; numbers and flags become text as written in YAML."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value).strip() or None
    kind = "a list" if isinstance(value, list) else "a mapping"
    message = f"must be one text, not {kind}; put it in quotes."
    raise BadValueError(message)


def language(value: Any) -> str | None:
    """Return a BCP 47 tag. Raise `BadValueError` for a text that is none."""
    tag = text(value)
    if tag is not None and not _LANGUAGE.match(tag):
        message = f"{tag!r} is not a language; write a BCP 47 tag such as en or pt-BR."
        raise BadValueError(message)
    return tag


def texts(value: Any, *, parted: bool = True) -> tuple[str, ...]:
    """Return a list of texts. One text is parted at ``;`` or else at commas, as Pelican does."""
    if isinstance(value, str) and parted:
        value = value.split(";" if ";" in value else ",")
    values = value if isinstance(value, list) else [value]
    found = (text(one) for one in values)
    return tuple(dict.fromkeys(one for one in found if one))


def moment(value: Any, zone: str | None) -> Moment | None:
    """Read ISO 8601: a day, or a time that is naive only where ``zone`` is None.

    Raise `BadValueError` for anything else and for a day that no calendar has.
    """
    written = text(value)
    if written is None:
        return None
    try:
        if _DAY.match(written):
            return date.fromisoformat(written)
        match = _TIME.match(written)
        if match:
            found = datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3] or ''}")
            return found.replace(tzinfo=ZoneInfo(zone)) if found.tzinfo is None and zone else found
    except ValueError:
        pass
    message = f"{written!r} is not a date; write 2026-03-04 or 2026-03-04T18:30:00-08:00."
    raise BadValueError(message)


def number(value: Any, bound: float) -> float | None:
    """Return a number between ``-bound`` and ``bound``."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) > bound:
        message = f"must be a number between {-bound:g} and {bound:g}, not {value!r}."
        raise BadValueError(message)
    return float(value)


def pixels(value: Any) -> int | None:
    """Return a number of pixels, None for none."""
    found = number(value, 100_000)
    return int(found) if found else None
