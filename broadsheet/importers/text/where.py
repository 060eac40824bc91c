"""Where an article was written: its dateline, and the place that the gazetteer knows by that name."""

from __future__ import annotations

from broadsheet.importers import bylines, datelines, places
from broadsheet.importers.text.lines import Line
from broadsheet.importers.text.page import Page, add_agencies, stated
from broadsheet.model import Evidence


def dateline(page: Page) -> None:
    """Find the dateline at the head of one of the first paragraphs, else on a line of its own above the text."""
    for place, index in enumerate(page.kept[:4]):
        line = page.lines[index]
        found = datelines.split(line.text, page.language) if line.prose else None
        if found is None or (found.rule == "dateline-stop" and place > 1):
            continue
        page.values["dateline"] = found.text
        page.values["head"] = (index, found)
        page.evidence["dateline"] = stated(line, found.span, found.rule)
        add_agencies(page, found.agencies, page.evidence["dateline"])
        if found.author and not page.values.get("authors"):
            page.values["authors"] = bylines.parse(found.author, page.language, page.papers).authors
            page.evidence["authors"] = page.evidence["dateline"]
        _place(page, found.text, line)
        return
    _place_line(page)


def _place_line(page: Page) -> None:
    """Take a city alone on the line between byline or date and a paragraph as the dateline."""
    text = set(page.kept)
    for index, line in enumerate(page.lines[:-1]):
        near = index > 0 and page.lines[index - 1].number in page.used and line.number not in page.used
        if near and line.alone and index + 1 in text and page.lines[index + 1].prose and datelines.is_city(line.text):
            page.values["dateline"] = line.text
            page.used.add(line.number)
            page.evidence["dateline"] = stated(line, None, "dateline-line")
            _place(page, line.text, line)
            return


def _place(page: Page, printed: str, line: Line) -> None:
    place = places.find(printed, home=_home(page))
    if place is None:
        return
    page.values["place"] = place.place
    page.evidence["place"] = Evidence(
        "inferred", text=printed, line=line.number, rule=place.rule, note=place.note, candidates=place.candidates
    )
    if place.candidates:
        page.notes.append(f"The dateline “{printed}” fits several places; choose one.")


def _home(page: Page) -> str | None:
    """Return the country of the paper, where its masthead tells it."""
    publisher = page.values.get("publisher")
    address = publisher.address if publisher else None
    return address.get("addressCountry") if isinstance(address, dict) else None
