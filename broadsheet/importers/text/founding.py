"""When and where the paper was founded, as its masthead prints it: "Spokane, Washington  Est. May 19, 1883"."""

from __future__ import annotations

import re
from functools import cache

from broadsheet.importers import dates, languages, places
from broadsheet.importers.text.lines import Line


@cache
def _founding(base: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace(r"\.", r"\.?") for word in languages.phrase(base, "founded"))
    return re.compile(rf"(?:^|\s)(?:{words})\s+(?:in\s+|am\s+)?(?=\S)", re.IGNORECASE)


def find(line: Line, language: str | None) -> tuple[str | dict[str, str] | None, str, Line] | None:
    """Return place, founding date and line of "Spokane, Washington  Est. May 19, 1883"."""
    match = _founding(languages.base(language)).search(line.text) if len(line.text) <= 120 else None
    if match is None:
        return None
    printed = next((one for one in dates.find(line.text, language) if one.start >= match.end() - 3), None)
    year = re.match(r"(1[5-9]\d\d|20\d\d)\b", line.text[match.end() :])
    if printed is None and year is None:
        return None
    day = dates.day_of(printed.moment).isoformat() if printed else str(year and year[1])
    return _address(line.text[: match.start()]), day, line


def _address(text: str) -> str | dict[str, str] | None:
    """Return the PostalAddress of "Spokane, Washington", where it names a place we know; else the text."""
    text = text.strip(" ,|·•-–—")
    if not text or len(text) > 60:
        return None
    city, _, region = text.partition(",")
    found = places.find(text)
    if found is None or not region.strip() or found.place.country is None:
        return text if found and found.place.country else None
    return {"addressLocality": city.strip(), "addressRegion": region.strip(), "addressCountry": found.place.country}
