"""What the charts and the version need to know of all articles."""

from __future__ import annotations

from collections import Counter

from broadsheet.fields import BASES
from broadsheet.model import Published

#: Day of publication, day of the last change, main section, agencies, basis of each column of `BASES`; "" where unknown.
Facts = tuple[str, str, str, tuple[str, ...], tuple[str, ...]]


def facts(published: Published) -> Facts:
    """Return what is counted of one article."""
    article = published.article
    day = article.published.isoformat()[:10] if article.published else ""
    changed = article.modified.isoformat()[:10] if article.modified else ""
    agencies = tuple({agency.name: None for agency in article.agencies})
    found = (article.evidence.get(key) for key in BASES.values())
    bases = tuple(one.basis if one else "" for one in found)
    return day, changed, article.section[0] if article.section else "", agencies, bases


class Counts:
    """Sums over all articles. Keys are as in the articles, "" where a value is unknown."""

    def __init__(self) -> None:
        self.months: Counter[str] = Counter()  # "2026-03"
        self.sections: Counter[str] = Counter()
        self.agencies: Counter[str] = Counter()
        self.bases: dict[str, Counter[str]] = {column: Counter() for column in BASES}  # column → basis
        self.newest = ""  # day of the newest date, "" where all articles are undated
        self.oldest = ""

    def add(self, known: Facts) -> None:
        """Count one article."""
        day, changed, section, agencies, bases = known
        self.months[day[:7]] += 1
        self.sections[section] += 1
        for name in agencies:
            self.agencies[name] += 1
        for counter, basis in zip(self.bases.values(), bases, strict=True):
            counter[basis] += 1
        if day:
            self.newest = max(self.newest, day, changed)
            self.oldest = min(self.oldest or day, day)
