"""A scrape being read: its lines, which of them are text, and where byline and dates may stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from broadsheet.importers import agencies
from broadsheet.importers.text import body, headline, lines
from broadsheet.importers.text.lines import Line
from broadsheet.importers.text.topic import Telling
from broadsheet.model import Agency, Evidence

ABOVE, WITHIN, BELOW = (
    8,
    4,
    12,
)  # lines above the headline, paragraphs, lines behind the text: where byline and dates stand
SPAN = 400  # characters of a span kept as evidence


class Page(Struct):
    """A scrape being read; lives for one call of `read`."""

    raw: list[str]  # every line of the source, as it stands
    lines: list[Line]
    language: str | None
    kept: list[int]  # indices of the text's lines
    first: int
    head: int | None  # index of the headline
    papers: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)  # numbers of lines that are byline, date or summary, not text


def open_page(text: str, language: str | None) -> Page:
    """Return the page of a scrape with its text and headline found."""
    found = lines.read(text, language)
    worths, telling = body.looks(found), Telling(found, language)
    kept = body.rough(found, worths)
    head = headline.find(found, kept[0] if kept else len(found), kept, telling, language)
    kept = body.fine(found, worths, head, kept, telling)
    return Page(text.split("\n"), found, language, kept, kept[0] if kept else len(found), head)


def stated(line: Line, text: str | None = None, rule: str | None = None) -> Evidence:
    """Return evidence that ``line`` states a value in the words ``text``."""
    return Evidence("stated", text=(text or line.text)[:SPAN], line=line.number, rule=rule)


def over(page: Page, span_lines: Sequence[Line], rule: str) -> Evidence:
    """Return evidence that a value stands on several lines: the span from the first to the last of them."""
    first, last = min(line.number for line in span_lines), max(line.number + line.size - 1 for line in span_lines)
    span = "\n".join(page.raw[first - 1 : last]).strip()
    return Evidence("stated", text=span, line=first, rule=rule)


def add_agencies(page: Page, found: Sequence[Agency], evidence: Evidence) -> None:
    """Add agencies; where the span has them by another name or sign, the table of agencies told who they are."""
    if not found:
        return
    page.values["agencies"] = tuple(dict.fromkeys((*page.values.get("agencies", ()), *found)))
    text = (evidence.text or "").casefold()
    told = all(one.name.casefold() in text or (one.code or one.name).casefold() in text for one in found)
    known = evidence if told else replace(evidence, basis="inferred", rule="agency-table")
    if any(agencies.find(one.name) is None for one in found):
        note = "The table of agencies does not know it; its last word tells."
        known = replace(evidence, basis="inferred", rule="agency-word", note=note, candidates=(evidence.text or "",))
    page.evidence.setdefault("agency", known)


def below(page: Page) -> list[Line]:
    """Return the lines below the headline that may hold byline and date.

    They stand before and between the first paragraphs and are no paragraphs themselves.
    """
    head = _head(page)
    text = {index for index in page.kept if page.lines[index].prose}
    stop = page.kept[min(WITHIN, len(page.kept)) - 1] if page.kept else page.first
    found = [page.lines[index] for index in range(head + 1, stop) if index not in text]
    return found if len(found) <= 50 else [*found[:25], *found[-25:]]  # a menu between headline and text


def above(page: Page) -> list[Line]:
    """Return the lines above the headline, the nearest first."""
    head = _head(page)
    return page.lines[max(0, head - ABOVE) : head][::-1]


def _head(page: Page) -> int:
    """Return the index of the headline, or of where it would be."""
    return page.head if page.head is not None else max(0, page.first - ABOVE)


def tail(page: Page) -> list[Line]:
    """Return the lines behind the text up to what heads other articles, and the text's last two if they are no paragraphs."""
    last = page.kept[-1] if page.kept else page.first
    behind = page.lines[last + 1 : last + BELOW]
    stop = next(
        (index for index, line in enumerate(behind) if line.ending and not _ABOUT.search(line.text)), len(behind)
    )
    return [*page.lines[last - 2 if last > page.first + 2 else last : last + 1], *behind[:stop]]


_ABOUT = re.compile(r"aut(?:h)?or|autric|zur person|forfatter|skribent|この記事|글쓴이|作者", re.IGNORECASE)
