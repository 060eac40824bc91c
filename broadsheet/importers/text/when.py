"""The dates of a scrape: those printed about the headline. A paper's founding or a copyright year is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from msgspec import Struct

from broadsheet.importers import dates, languages
from broadsheet.importers.dates import Printed
from broadsheet.importers.languages import Order
from broadsheet.importers.text.lines import Line

_NUMERIC = re.compile(r"\d[/-]\d{1,2}[/-]\d{4}")


class Dated(Struct, frozen=True):
    """A date and the line that states it."""

    printed: Printed
    line: Line


def of_page(
    about: Sequence[Line], behind: Sequence[Line], lines: Sequence[Line], language: str | None
) -> tuple[Dated | None, Dated | None]:
    """Return the dates that the lines about the headline print, else those behind the text.

    How the page writes 3/4/2026 is looked for on all its ``lines``, and only where one of the dates leaves it open.
    """
    dated = _either(about, behind, language, None)
    if not any(one and one.printed.ambiguous for one in dated):
        return dated
    return _either(about, behind, language, order_of(lines, language))


def _either(
    about: Sequence[Line], behind: Sequence[Line], language: str | None, order: Order | None
) -> tuple[Dated | None, Dated | None]:
    published, updated = find(about, language, order)
    if published is None:
        published, changed = find(behind, language, order)
        updated = updated or changed
    return published, updated


def order_of(lines: Sequence[Line], language: str | None) -> Order | None:
    """Return how the page writes numeric dates, where one of them can be read one way only (25/12/2026)."""
    for line in (line for line in lines if _NUMERIC.search(line.text) and len(line.text) <= 200):
        for printed in dates.find(line.text, language):
            if printed.rule == "date-numeric" and (order := _order(printed)):
                return order
    return None


def _order(printed: Printed) -> Order | None:
    day = dates.day_of(printed.moment)
    first = printed.text.lstrip("0")[: len(str(day.day))]
    if day.day <= 12 or "." in printed.text[:4]:
        return None
    return "dmy" if first == str(day.day) else "mdy"


def find(zone: Sequence[Line], language: str | None, order: Order | None) -> tuple[Dated | None, Dated | None]:
    """Return the date of publication and of the last change, as printed on the lines about the headline.

    ``zone`` is in order of trust. A date called "updated" is never taken for the publication.
    """
    published: Dated | None = None
    updated: Dated | None = None
    for line in zone:
        if len(line.text) > 250 or _is_no_date(line, language):
            continue
        for printed in dates.find(line.text, language, order):
            if not _plausible(printed) or not _dates_the_page(printed, line):
                continue
            found = Dated(printed, line)
            if printed.kind == "updated":
                updated = updated or found
            elif published is None or (printed.kind == "published" and published.printed.kind is None):
                published = found
    return published, updated


def _is_no_date(line: Line, language: str | None) -> bool:
    """Tell whether a line states another date: of the founding, the copyright, a caption."""
    if line.prose or (line.caption and line.weight > 60) or line.text.startswith(("©", "Copyright", "(c)")):
        return True
    folded = languages.fold_word(line.text[:80])
    return folded.startswith(_founded(languages.base(language))) or "est. " in folded


@cache
def _founded(base: str) -> tuple[str, ...]:
    published = languages.phrase(base, "published")
    return tuple(f"{word} " for word in languages.phrase(base, "founded") if word not in published)


def _dates_the_page(printed: Printed, line: Line) -> bool:
    """Tell whether a date is more than a mention: labelled, or most of what its line says, or beside a byline."""
    rest = len(line.text) - (printed.end - printed.start)
    return printed.kind is not None or rest <= 30 or (rest <= 120 and not line.ends)


def _plausible(printed: Printed) -> bool:
    return dates.day_of(printed.moment).year >= 1700


def iso(moment: date | datetime) -> str:
    """Return ISO 8601."""
    return moment.isoformat()
