"""Who wrote it: the byline of a scrape, marked ("By …") or standing alone beside the headline or the date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from broadsheet.importers import agencies, bylines, dates
from broadsheet.importers.bylines import Byline
from broadsheet.importers.fold import squash
from broadsheet.importers.text.lines import Line
from broadsheet.model import Agency, Author, Organization, Person

LONGEST = 170  # characters of a byline's line
STACK = 6  # names standing below each other


@dataclass(frozen=True, slots=True)
class Credit:
    """The byline found: the lines it was read from, and what they say."""

    lines: tuple[Line, ...]
    authors: tuple[Author, ...]
    agencies: tuple[Agency, ...]
    rule: str


def find(zone: Sequence[Line], tail: Sequence[Line], language: str | None, publishers: Sequence[str]) -> Credit | None:
    """Return the byline of the lines about the headline (``zone``), else of those behind the text (``tail``)."""
    read = [_parse(line, language, publishers) for line in zone]
    found = _marked(zone, read, language, publishers) or _beside_date(zone, read, language) or _named(zone, read)
    if found is None:
        behind = [_parse(line, language, publishers) for line in tail]
        found = _marked(tail, behind, language, publishers)
    return found or _agency_alone(zone, read)


def _parse(line: Line, language: str | None, publishers: Sequence[str]) -> Byline | None:
    """Return the byline of one line; None where the line is none on the face of it."""
    if len(line.text) > LONGEST or line.furniture or line.ending or line.prose:
        return None
    if bylines.is_photo_credit(line.text, language):
        return None
    return bylines.parse(line.text, language, publishers)


def _marked(zone: Sequence[Line], read: Sequence[Byline | None], language: str | None, publishers: Sequence[str]) -> Credit | None:
    """Return the first byline that says "By", with the names stacked below it."""
    for index, byline in enumerate(read):
        if byline is None or not byline.marked:
            continue
        bare = not bylines.strip_by(zone[index].text, language)[0]
        if byline.authors or byline.agencies:
            return _with_stack(zone, read, index, "byline-marked")
        if bare and index + 1 < len(zone) and (after := read[index + 1]) and (after.authors or after.agencies):
            return _with_stack(zone, read, index + 1, "byline-marked-above")
    return None


def _with_stack(zone: Sequence[Line], read: Sequence[Byline | None], index: int, rule: str) -> Credit:
    """Return the byline at ``index`` with names and agencies on the lines next below it."""
    first = read[index]
    assert first is not None
    used, authors, named = [zone[index]], list(first.authors), list(first.agencies)
    for below in range(index + 1, min(index + STACK, len(zone))):
        byline = read[below]
        if byline is None or zone[below].number > zone[below - 1].number + 1:
            break
        persons = [one for one in byline.authors if isinstance(one, Person) and bylines.has_given_name(one.name)]
        if not persons and not byline.agencies:
            break
        authors += persons
        named += byline.agencies
        used.append(zone[below])
    people = [one for one in authors if isinstance(one, Person)]
    kept: Iterable[Author] = _affiliated(people, named) if people else authors
    return Credit(tuple(used), tuple(dict.fromkeys(kept)), tuple(dict.fromkeys(named)), rule)


def _affiliated(people: Sequence[Person], named: Sequence[Agency]) -> list[Person]:
    """Give the people of a byline with one agency that agency as their affiliation."""
    names = {one.name for one in named}
    only = names.pop() if len(names) == 1 else None
    return [Person(one.name, one.job_title, one.affiliation or only) for one in people]


def _beside_date(zone: Sequence[Line], read: Sequence[Byline | None], language: str | None) -> Credit | None:
    """Return names on the line of a full date, or on a line next to one."""
    dated = [bool(dates.find(line.text, language)) for line in zone]
    for index, byline in enumerate(read):
        if byline is None or not _persons(byline):
            continue
        near = any(dated[spot] for spot in (index - 1, index, index + 1, index + 2) if 0 <= spot < len(zone))
        if near and _sure(zone[index], byline):
            return _stacked_above(zone, read, index, "byline-beside-date")
    return None


def _stacked_above(zone: Sequence[Line], read: Sequence[Byline | None], index: int, rule: str) -> Credit:
    return _with_stack(zone, read, index, rule)


def _named(zone: Sequence[Line], read: Sequence[Byline | None]) -> Credit | None:
    """Return a line that is a name and nothing else, with a job title, an agency or a known given name."""
    for index, byline in enumerate(read):
        if byline and _persons(byline) and _sure(zone[index], byline):
            return _with_stack(zone, read, index, "byline-name-alone")
    return None


def _persons(byline: Byline) -> list[Person]:
    return [one for one in byline.authors if isinstance(one, Person)]


def _sure(line: Line, byline: Byline) -> bool:
    """Tell whether an unmarked line is a byline: its names are names, and little else is in it."""
    people = _persons(byline)
    named = all(bylines.has_given_name(one.name) or _is_wide(one.name) for one in people)
    told = byline.agencies or any(one.job_title for one in people)
    share = sum(len(squash(one.name)) for one in people) / max(1, len(squash(line.text)))
    return named and (share > 0.3 or bool(told)) and not line.ends  # noqa: PLR2004


def _is_wide(name: str) -> bool:
    return not name.isascii() and any("\u3040" <= char <= "\ud7af" for char in name)


def _agency_alone(zone: Sequence[Line], read: Sequence[Byline | None]) -> Credit | None:
    """Return a line that names an agency or the newsroom and nothing else."""
    for line, byline in zip(zone, read, strict=True):
        if agencies.find_all(line.text):
            return Credit((line,), (), agencies.find_all(line.text), "byline-agency-alone")
        if byline and byline.marked and any(isinstance(one, Organization) for one in byline.authors):
            return Credit((line,), byline.authors, byline.agencies, "byline-group")
    return None
