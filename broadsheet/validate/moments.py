"""Layer pub: dates among each other and against the clock, across time zones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from broadsheet.model import Severity
from broadsheet.validate.nodes import Node
from broadsheet.validate.report import Report
from broadsheet.validate.vocabulary import Vocabulary
from broadsheet.validate.wording import quoted

#: Times that readers compare with their own clock, so that a zone matters.
_CLOCKED = (
    "datePublished",
    "dateModified",
    "dateCreated",
    "uploadDate",
    "coverageStartTime",
    "coverageEndTime",
    "expires",
    "sdDatePublished",
)
_PAST = ("datePublished", "dateModified", "dateCreated", "uploadDate")
_ORDER: tuple[tuple[str, str, Severity], ...] = (
    ("datePublished", "dateModified", "error"),
    ("coverageStartTime", "coverageEndTime", "error"),
    ("startDate", "endDate", "error"),
    ("datePublished", "expires", "warning"),
)
_ALL = frozenset({*_CLOCKED, *_PAST, "startDate", "endDate"})
_EAST = timedelta(hours=14)  # the furthest zone east of UTC
_WEST = timedelta(hours=12)
_SLACK = timedelta(minutes=1)  # systems that stamp a story twice in one save
_GRACE = timedelta(days=1)


class Span(Struct, frozen=True):
    """A date as the instants it may mean. ``local`` is the wall clock where no zone is stated."""

    first: datetime
    last: datetime
    local: datetime | None
    whole_day: bool


def read(text: object) -> Span | None:
    """Read an ISO 8601 text; None where it is none, or of a rare form."""
    if not isinstance(text, str) or len(text) > 40:
        return None
    words = re.sub(r"(?<=\d) (?=[+-]\d\d)", "", text.strip().upper().replace("\u2212", "-"))
    try:
        if len(words) <= 10 and "T" not in words:
            return _day(date.fromisoformat(words))
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    if moment.tzinfo is None:
        near = moment.replace(tzinfo=UTC)
        return Span(near - _EAST, near + _WEST, moment, whole_day=False) if 1 < moment.year < 9999 else None
    try:
        exact = moment.astimezone(UTC)
    except OverflowError:
        return None
    return Span(exact, exact, None, whole_day=False)


def _day(day: date) -> Span | None:
    if not 1 < day.year < 9999:
        return None
    start = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a wall clock without a zone
    near = start.replace(tzinfo=UTC)
    return Span(near - _EAST, near + timedelta(days=1) + _WEST, start, whole_day=True)


def before(one: Span, other: Span) -> timedelta:
    """Return by how much ``one`` certainly lies before ``other``; zero where it may not."""
    if one.local is not None and other.local is not None:
        if one.whole_day or other.whole_day:
            return max(other.local.date() - one.local.date(), timedelta())
        return max(other.local - one.local, timedelta())
    return max(other.first - one.last, timedelta())


def moments(nodes: Iterable[Node], now: datetime, words: Vocabulary, report: Report) -> None:
    """Judge the dates of every object."""
    for node in nodes:
        spans = {}
        for name in _ALL & node.values.keys():
            span = read(node.single(name))
            if span is not None and not report.has({"vocab/date-format"}, node.at(name)):
                spans[name] = span
        if spans:
            _zones(node, spans, report)
            _future(node, spans, now, report)
            _order(node, spans, report, minor=words.is_a(node.types, "MediaObject"))


def _zones(node: Node, spans: dict[str, Span], report: Report) -> None:
    for name in _CLOCKED:
        span = spans.get(name)
        if span is not None and span.local is not None and not span.whole_day:
            message = f"{name} {quoted(node.single(name))} has no time zone; add it, such as -08:00 or Z."
            report.add("pub/date-timezone", node.at(name), message)


def _order(node: Node, spans: dict[str, Span], report: Report, *, minor: bool) -> None:
    for first, second, severity in _ORDER:
        if first in spans and second in spans:
            gap = before(spans[second], spans[first])
            if gap > timedelta():
                said = f"{second} {quoted(node.single(second))} lies before {first} {quoted(node.single(first))}; correct one of them."
                report.add("pub/date-order", node.at(second), said, "warning" if minor or gap < _SLACK else severity)


def _future(node: Node, spans: dict[str, Span], now: datetime, report: Report) -> None:
    for name in _PAST:
        span = spans.get(name)
        if span is not None and span.first > now + _GRACE:
            message = f"{name} {quoted(node.single(name))} lies in the future; correct it, or publish then."
            report.add("pub/date-future", node.at(name), message)
            del spans[name]  # one cause, one problem: the order of dates follows from it
