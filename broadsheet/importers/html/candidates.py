"""Readings of one field, and the choice among them, as data: "why this value?" has an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from broadsheet.model import Evidence

T = TypeVar("T")
MAX_SPAN = 2_000  # characters of a span kept as evidence
MAX_OTHER = 200  # characters of another reading
MAX_OTHERS = 6  # other readings kept


class Candidate(Struct, Generic[T], frozen=True):
    """One reading: the value, where the page says it, and the verbatim span that says it."""

    value: T
    path: str  # "json-ld/headline", "meta/og:title", "h1", "byline"
    text: str
    line: int | None = None
    weight: float = 1.0  # how far this source is believed before it is compared
    rule: str | None = None  # set where the value was inferred, not stated


class Choice(Struct, Generic[T], frozen=True):
    """The value taken and its evidence. ``value`` is None when the field is absent."""

    value: T | None
    evidence: Evidence


def absent(note: str, clues: Iterable[str] = ()) -> Choice[T]:
    """Return the choice of nothing, with the clues that were seen."""
    return Choice(None, Evidence("absent", note=note, candidates=tuple(dict.fromkeys(clues))[:MAX_OTHERS]))


def taken(chosen: Candidate[T], others: Sequence[Candidate[T]] = (), note: str | None = None) -> Choice[T]:
    """Return the choice of ``chosen``; the readings of ``others`` that differ stay as candidates."""
    readings = dict.fromkeys(
        f"{other.text[:MAX_OTHER]} ({other.path})" for other in others if other.text != chosen.text
    )
    evidence = Evidence(
        basis="inferred" if chosen.rule else "stated",
        text=chosen.text[:MAX_SPAN],
        line=chosen.line,
        path=chosen.path,
        rule=chosen.rule,
        note=note,
        candidates=tuple(readings)[:MAX_OTHERS],
    )
    return Choice(chosen.value, evidence)
