"""Dates and a few words as a paper prints them, without the machine's locale."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from broadsheet.model import Moment
from broadsheet.press.views import When

_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}
_DAY: Final = {
    "en": "{month} {day}, {year}",
    "de": "{day}. {month} {year}",
    "es": "{day} de {month} de {year}",
    "pt": "{day} de {month} de {year}",
}
_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


class Words(Struct, frozen=True):
    """How one paper prints moments: its language and its time zone."""

    language: str
    timezone: str = "UTC"

    def when(self, moment: Moment | None, iso: str | None = None) -> When | None:
        """Return ``moment`` for machines and readers; ``iso`` overrides the machine's form."""
        if moment is None:
            return None
        return When(iso or moment.isoformat(), self.moment(moment), self.day(moment))

    def moment(self, moment: Moment) -> str:
        """Return the day, and the time of day where it is known."""
        day = _day(self.language, moment.year, moment.month, moment.day)
        if not isinstance(moment, datetime):
            return day
        return f"{day}, {_clock(self.language, moment.hour, moment.minute)}"

    def day(self, moment: Moment) -> str:
        """Return the day alone."""
        return _day(self.language, moment.year, moment.month, moment.day)

    def month(self, year: int, month: int) -> str:
        """Return "March 2026"."""
        names = _months(self.language)
        return f"{names[month - 1]} {year}" if names else f"{year:04d}-{month:02d}"

    def month_name(self, year: int, month: int) -> str:
        """Return "March"."""
        names = _months(self.language)
        return names[month - 1] if names else f"{year:04d}-{month:02d}"

    def founded(self, text: str | None) -> str | None:
        """Return "Est. April 9, 1887" from an ISO 8601 date as precise as known."""
        if not text:
            return None
        year, _, month = text.partition("-")
        if _is_day(text):
            text = self.day(date.fromisoformat(text))
        elif month.isdecimal() and year.isdecimal() and 1 <= int(month) <= 12:
            text = self.month(int(year), int(month))
        return f"Est. {text}" if self.language.startswith("en") else text

    @staticmethod
    def stamp(moment: Moment) -> float:
        """Return seconds since 1970, for sorting, as `broadsheet.edition.when` counts: a day is its midnight UTC."""
        if not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()

    def instant(self, moment: Moment) -> str:
        """Return RFC 3339 with an offset; a plain date is its first moment in the paper's zone."""
        if not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=_zone(self.timezone))
        return moment.isoformat(timespec="seconds")


def direction(language: str) -> str:
    """Return "rtl" for languages written from right to left, else "ltr"."""
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=64)
def _months(language: str) -> tuple[str, ...]:
    return tuple(_MONTHS.get(language.partition("-")[0].lower(), "").split())


@lru_cache(maxsize=4096)
def _day(language: str, year: int, month: int, day: int) -> str:
    names = _months(language)
    if not names:
        return f"{year:04d}-{month:02d}-{day:02d}"
    form = _DAY.get(language.partition("-")[0].lower(), "{day} {month} {year}")
    if language.upper().endswith(("-GB", "-AU", "-IE", "-IN", "-NZ")):
        form = "{day} {month} {year}"
    return form.format(day=day, month=names[month - 1], year=year)


@lru_cache(maxsize=2048)
def _clock(language: str, hour: int, minute: int) -> str:
    if not language.startswith("en"):
        return f"{hour:02d}:{minute:02d}"
    half = "a.m." if hour < 12 else "p.m."
    return f"{hour % 12 or 12}:{minute:02d} {half}"
