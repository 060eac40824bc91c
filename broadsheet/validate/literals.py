"""Layer vocab: one text against the data types of a range, and what to say of it."""

from __future__ import annotations

from broadsheet.validate import formats
from broadsheet.validate.vocabulary import DATES, MEASURES, NUMBERS, Property

#: Rule → the end of the sentence about a value that breaks it.
NEARLY_SAYS = {
    "vocab/date-format": "is nearly a date; write it without spaces, with a T before the time: 2026-03-04T18:30:00-08:00",
    "vocab/duration-format": "is nearly a duration; begin it with P, in capitals: PT1M30S",
    "vocab/number": "is nearly a number; write digits without spaces or separators, such as 1200",
    "vocab/boolean": "is nearly true or false; write true or false without quotes",
    "vocab/url-format": "holds spaces or other signs that an address may not; write them as %20 and the like, or remove them",
}
SAYS = {
    "vocab/date-format": "is no date that machines can read; write 2026-03-04 or 2026-03-04T18:30:00-08:00",
    "vocab/duration-format": "is no duration that machines can read; write PT1M30S for one minute and thirty seconds",
    "vocab/number": "is no number; write digits alone, such as 400",
    "vocab/boolean": "is neither true nor false; write true or false without quotes",
    "vocab/url-format": "is no address; write one full address, such as https://paper.example/page",
}


def verdict(known: Property, text: str) -> tuple[str, formats.Verdict]:
    """Return the rule of the kindest data type in the range, and its verdict."""
    kinds = known.literals
    found: list[tuple[str, formats.Verdict]] = []
    if kinds & DATES:
        times = "Time" in kinds
        days = bool(kinds & {"Date", "DateTime"})
        found.append(("vocab/date-format", formats.is_date(text, days=days, times=times)))
    if "Duration" in kinds:
        found.append(("vocab/duration-format", formats.is_duration(text)))
    if kinds & MEASURES:
        found.append(("vocab/number", formats.is_measure(text)))
    if kinds & NUMBERS:
        found.append(("vocab/number", formats.is_number(text)))
    if "Boolean" in kinds:
        found.append(("vocab/boolean", formats.is_boolean(text)))
    if "URL" in kinds:
        found.append(("vocab/url-format", formats.is_url(text)))
    order = (formats.GOOD, formats.NEARLY, formats.BAD)
    return min(found, key=lambda one: order.index(one[1]))


def rule_for(known: Property) -> str:
    """Return the rule that a value of the wrong kind breaks."""
    kinds = known.literals
    if kinds & DATES:
        return "vocab/date-format"
    if "Duration" in kinds:
        return "vocab/duration-format"
    if kinds & (NUMBERS | MEASURES):
        return "vocab/number"
    if "Boolean" in kinds:
        return "vocab/boolean"
    if "URL" in kinds and not known.classes:
        return "vocab/url-format"
    return "vocab/value-type"
