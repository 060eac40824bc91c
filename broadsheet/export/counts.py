"""What the charts and the version need to know of all articles."""

from __future__ import annotations

from collections import Counter
from typing import Any, Self

from broadsheet.fields import BASES
from broadsheet.model import Published

#: Day of publication, day of the last change, main section, agencies, basis of each column of `BASES`; "" where unknown.
Facts = tuple[str, str, str, tuple[str, ...], tuple[str, ...]]

_KEYS = tuple(BASES.values())
_UNRECORDED = ("",) * len(_KEYS)


def facts(published: Published) -> Facts:
    """Return what is counted of one article."""
    article = published.article
    day = article.published.isoformat()[:10] if article.published else ""
    changed = article.modified.isoformat()[:10] if article.modified else ""
    agencies = tuple({agency.name: None for agency in article.agencies})
    evidence = article.evidence
    bases = tuple(evidence[key].basis if key in evidence else "" for key in _KEYS) if evidence else _UNRECORDED
    return day, changed, article.section[0] if article.section else "", agencies, bases


class Counts:
    """Sums over all articles. Keys are as in the articles, "" where a value is unknown."""

    def __init__(self) -> None:
        self.days: Counter[tuple[str, str]] = Counter()  # of publication and of the last change
        self.sections: Counter[str] = Counter()
        self.agencies: Counter[str] = Counter()
        self.known: Counter[tuple[str, ...]] = Counter()  # the bases of one article

    @property
    def months(self) -> Counter[str]:
        """Return the articles of each month: "2026-03"."""
        found: Counter[str] = Counter()
        for (day, _), count in self.days.items():
            found[day[:7]] += count
        return found

    @property
    def newest(self) -> str:
        """Return the day of the newest date, "" where all articles are undated."""
        return max((max(pair) for pair in self.days if pair[0]), default="")

    @property
    def oldest(self) -> str:
        """Return the day of the oldest article, "" where all are undated."""
        return min((day for day, _ in self.days if day), default="")

    @property
    def bases(self) -> dict[str, Counter[str]]:
        """Return how often each column of `BASES` is known in which way."""
        found: dict[str, Counter[str]] = {column: Counter() for column in BASES}
        for bases, count in self.known.items():
            for counter, basis in zip(found.values(), bases, strict=True):
                counter[basis] += count
        return found

    def add(self, known: Facts, times: int = 1) -> None:
        """Count one article, or with -1 no longer."""
        day, changed, section, agencies, bases = known
        self.days[day, changed] += times
        self.sections[section] += times
        for name in agencies:
            self.agencies[name] += times
        self.known[bases] += times

    def plain(self) -> tuple[Any, ...]:
        """Return plain data, for `restore`."""
        return tuple([{key: count for key, count in one.items() if count} for one in self._counters()])

    def restore(self, plain: tuple[Any, ...]) -> Self:
        """Take what `plain` gave."""
        for counter, values in zip(self._counters(), plain, strict=True):
            counter.update(values)
        return self

    def _counters(self) -> tuple[Counter[Any], ...]:
        return self.days, self.sections, self.agencies, self.known
