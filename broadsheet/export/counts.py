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
        self.months: Counter[str] = Counter()  # "2026-03"
        self.sections: Counter[str] = Counter()
        self.agencies: Counter[str] = Counter()
        self.known: Counter[tuple[str, ...]] = Counter()  # the bases of one article
        self.newest = ""  # day of the newest date, "" where all articles are undated
        self.oldest = ""

    @property
    def bases(self) -> dict[str, Counter[str]]:
        """Return how often each column of `BASES` is known in which way."""
        found: dict[str, Counter[str]] = {column: Counter() for column in BASES}
        for bases, count in self.known.items():
            for counter, basis in zip(found.values(), bases, strict=True):
                counter[basis] += count
        return found

    def add(self, known: Facts) -> None:
        """Count one article."""
        day, changed, section, agencies, bases = known
        self.months[day[:7]] += 1
        self.sections[section] += 1
        for name in agencies:
            self.agencies[name] += 1
        self.known[bases] += 1
        if day:
            self.newest = max(self.newest, day, changed)
            self.oldest = min(self.oldest or day, day)

    def plain(self) -> tuple[Any, ...]:
        """Return plain data, for `restore`."""
        return *[dict(one) for one in self._counters()], self.newest, self.oldest

    def restore(self, plain: tuple[Any, ...]) -> Self:
        """Take what `plain` gave."""
        for counter, values in zip(self._counters(), plain[:4], strict=True):
            counter.update(values)
        self.newest, self.oldest = plain[4:]
        return self

    def _counters(self) -> tuple[Counter[Any], ...]:
        return self.months, self.sections, self.agencies, self.known
