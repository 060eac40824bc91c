"""Who wrote it: the byline of a scrape, marked ("By …") or standing alone beside the headline or the date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.importers import agencies, bylines, dates, jobs
from broadsheet.importers.bylines import Byline
from broadsheet.importers.fold import squash
from broadsheet.importers.text.lines import Line
from broadsheet.model import Agency, Author, Organization, Person

LONGEST = 170  # characters of a byline's line
STACK = 6  # names standing below each other


class Credit(Struct, frozen=True):
    """The byline found: the lines it was read from, and what they say."""

    lines: tuple[Line, ...]
    authors: tuple[Author, ...]
    agencies: tuple[Agency, ...]
    rule: str


def find(
    zone: Sequence[Line], above: Sequence[Line], tail: Sequence[Line], language: str | None, publishers: Sequence[str]
) -> Credit | None:
    """Return the byline of the lines below the headline (``zone``), else above it, else behind the text (``tail``)."""
    near, over, behind = (_Reading(lines, language, publishers) for lines in (zone, above, tail))
    return (
        _marked(near)
        or _beside_date(near)
        or _named(near)
        or _marked(over)
        or _beside_date(over)
        or _marked(behind)
        or _last_name(behind)
        or _agency_alone(near)
        or _agency_alone(behind)
    )


class _Reading:
    """Lines with what each says as a byline."""

    def __init__(self, lines: Sequence[Line], language: str | None, publishers: Sequence[str]) -> None:
        self.lines = lines
        self.language = language
        self.publishers = publishers
        self._read: dict[int, Byline | None] = {}

    def byline(self, index: int) -> Byline | None:
        """Return what a line says as a byline. Costly, so each line is read once and only when asked for."""
        if index not in self._read:
            self._read[index] = _parse(self.lines[index], self.language, self.publishers)
        return self._read[index]

    def bylines(self) -> Iterator[tuple[int, Byline | None]]:
        """Yield what each line says as a byline, with its index."""
        return ((index, self.byline(index)) for index in range(len(self.lines)))

    @cached_property
    def dated(self) -> frozenset[int]:
        """Return the indices of the lines that hold a full date."""
        return frozenset(index for index, line in enumerate(self.lines) if dates.find(line.text, self.language))


def _parse(line: Line, language: str | None, publishers: Sequence[str]) -> Byline | None:
    """Return the byline of one line; None where the line is none on the face of it."""
    text = line.text
    if line.furniture or line.ending or bylines.is_photo_credit(text[:60], language):
        return None
    if line.prose or len(text) > LONGEST:
        text = text.partition(",")[0]
        if len(text) > 60 or not bylines.strip_by(text, language)[1] or text[:1].islower():
            return None
    found = bylines.parse(text, language, publishers)
    return None if line.caption and not found.marked else found


def _marked(reading: _Reading) -> Credit | None:
    """Return the first byline that says "By", with the names stacked below it."""
    for index, line in enumerate(reading.lines):
        if not bylines.may_be_marked(line.text, reading.language):
            continue
        byline = reading.byline(index)
        if byline is None or not byline.marked:
            continue
        bare = not bylines.strip_by(line.text, reading.language)[0]
        if _persons(byline) or byline.agencies:
            return _with_stack(reading, index, "byline-marked")
        after = reading.byline(index + 1) if bare and index + 1 < len(reading.lines) else None
        if after and (_persons(after) or after.agencies):
            return _with_stack(reading, index + 1, "byline-marked-above")
    return None


def _with_stack(reading: _Reading, index: int, rule: str) -> Credit:
    """Return the byline at ``index`` with names and agencies on the lines next below it."""
    first = reading.byline(index)
    assert first is not None  # noqa: S101 - the callers have looked
    lines, used = reading.lines, [reading.lines[index]]
    authors, named = list(first.authors), list(first.agencies)
    for above in range(index - 1, -1, -1) if rule != "byline-marked" else ():
        byline = reading.byline(above)
        if byline is None or lines[above].number != lines[above + 1].number - 1 or not _stacks(lines[above], byline):
            break
        authors, used = [*_persons(byline), *authors], [lines[above], *used]
    for below in range(index + 1, min(index + STACK, len(lines))):
        byline = reading.byline(below)
        if byline is None or lines[below].number > lines[below - 1].number + 2:
            break
        if title := _title(lines[below], reading.language):
            authors, used = _entitled(authors, title), [*used, lines[below]]
            continue
        if not _stacks(lines[below], byline):
            break
        authors += _persons(byline)
        named += byline.agencies
        used.append(lines[below])
    people = [one for one in authors if isinstance(one, Person)]
    kept: Iterable[Author] = _affiliated(people, named) if people else authors
    return Credit(tuple(used), tuple(dict.fromkeys(kept)), tuple(dict.fromkeys(named)), rule)


def _title(line: Line, language: str | None) -> str | None:
    """Return the job title that a line is and nothing else: "Staff Writer"."""
    if line.weight > 40 or line.ends:
        return None
    name, title = jobs.split(line.text, language)
    return title if not name else None


def _entitled(authors: Sequence[Author], title: str) -> list[Author]:
    """Give the last person of a byline the job title printed below."""
    last = authors[-1] if authors else None
    if isinstance(last, Person) and last.job_title is None:
        return [*authors[:-1], replace(last, job_title=title)]
    return list(authors)


def _stacks(line: Line, byline: Byline) -> bool:
    """Tell whether a line below a byline goes on with it: names alone, or an agency alone."""
    people = _persons(byline)
    if not people:
        return bool(byline.agencies) and len(line.text) < 40
    return all(bylines.has_given_name(one.name) for one in people) and _share(line, people) > 0.5 and not line.ends


def _affiliated(people: Sequence[Person], named: Sequence[Agency]) -> list[Person]:
    """Give the people of a byline with one agency that agency as their affiliation."""
    names = {one.name for one in named}
    only = names.pop() if len(names) == 1 else None
    return [Person(one.name, one.job_title, one.affiliation or only) for one in people]


def _beside_date(reading: _Reading) -> Credit | None:
    """Return names on the line of a full date, or on a line next to one."""
    for index, line in enumerate(reading.lines):
        near = reading.dated.intersection(range(index - 1, index + 3))
        byline = reading.byline(index) if near else None
        if byline is None or not _persons(byline):
            continue
        close = any(abs(reading.lines[spot].number - line.number) <= 1 for spot in near)
        if _sure(line, byline) or (close and _likely(line, byline, dated=index in reading.dated)):
            return _with_stack(reading, index, "byline-beside-date")
    return None


def _named(reading: _Reading) -> Credit | None:
    """Return a line that is a name and nothing else, with a job title, an agency or a known given name."""
    for index, byline in reading.bylines():
        if byline and _persons(byline) and _sure(reading.lines[index], byline) and not reading.lines[index].repeated:
            return _with_stack(reading, index, "byline-name-alone")
    for index, byline in reading.bylines():
        if byline and _persons(byline) and _sure(reading.lines[index], byline):
            return _with_stack(reading, index, "byline-name-alone")
    return None


def _last_name(reading: _Reading) -> Credit | None:
    """Return a name that stands alone right behind the text."""
    for index, line in enumerate(reading.lines[:5]):
        byline = reading.byline(index)
        if byline and _persons(byline) and line.alone and _share(line, _persons(byline)) > 0.9 and _sure(line, byline):
            return _with_stack(reading, index, "byline-behind-text")
    return None


def _persons(byline: Byline) -> list[Person]:
    return [one for one in byline.authors if isinstance(one, Person)]


def _share(line: Line, people: Sequence[Person]) -> float:
    """Return how much of a line its names are, from 0 to 1."""
    return sum(len(squash(one.name)) for one in people) / max(1, len(squash(line.text)))


def _sure(line: Line, byline: Byline) -> bool:
    """Tell whether an unmarked line is a byline: its names are names, and little else is in it."""
    people = _persons(byline)
    named = all(bylines.has_given_name(one.name) or _is_wide(one.name) for one in people)
    told = byline.agencies or any(one.job_title for one in people)
    return named and (_share(line, people) > 0.3 or bool(told)) and not line.ends and line.text[-1] not in ",:"


def _likely(line: Line, byline: Byline, *, dated: bool) -> bool:
    """Tell whether a line next to a date reads as a name, though no given name is known in it."""
    people = _persons(byline)
    begins = squash(line.text).startswith(squash(people[0].name))
    if dated:
        return begins and (len(people) == 1 or all(bylines.has_given_name(one.name) for one in people))
    return begins and len(people) == 1 and _share(line, people) > 0.9 and not line.repeated


def _is_wide(name: str) -> bool:
    return not name.isascii() and any("\u3040" <= char <= "\ud7af" for char in name)


def _agency_alone(reading: _Reading) -> Credit | None:
    """Return a line that names an agency or the newsroom and nothing else."""
    for index, line in enumerate(reading.lines):
        byline = reading.byline(index)
        if found := agencies.find_all(line.text):
            return Credit((line,), (), found, "byline-agency-alone")
        if byline and byline.marked and any(isinstance(one, Organization) for one in byline.authors):
            return Credit((line,), byline.authors, byline.agencies, "byline-group")
    return None
