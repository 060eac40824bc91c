"""A byline as printed → people, agencies, job titles and places, each apart.

`parse` reads one printed byline; `split_names` parts a list of names; `is_name`
tells whether words can be a person's name at all. A name is a name and nothing
else: initials in brackets, "By", titles, the agency and the paper leave it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct, field

from broadsheet.importers import affiliations, agencies, dates, jobs, languages, places
from broadsheet.importers.alternatives import any_of
from broadsheet.importers.fold import fold, squash
from broadsheet.importers.names import NOT_NAMES, has_given_name, is_cjk, is_group, is_name
from broadsheet.model import Agency, Author, Organization, Person

MAX_NAMES = 12

__all__ = ["Byline", "has_given_name", "is_group", "is_name", "is_photo_credit", "parse", "split_names", "strip_by"]


class Byline(Struct, frozen=True):
    """What a printed byline says."""

    authors: tuple[Author, ...] = ()
    agencies: tuple[Agency, ...] = ()
    place: str | None = None
    marked: bool = False  # "By" or the like was printed: the line is a byline beyond doubt


class _Reading(Struct):
    """A byline being read; lives for one call of `parse`."""

    people: list[Person] = field(default_factory=list)
    groups: list[Organization] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)
    place: str | None = None


def parse(text: str, language: str | None = None, publishers: Sequence[str] = ()) -> Byline:
    """Read one printed byline. ``publishers`` are the paper's own names: never an author.

    The result has no author where the text is no byline.
    """
    line = _parted(_without_dates(text, language), language)
    rest, marked = strip_by(line, language)
    reading = _Reading()
    own = {squash(name) for name in publishers if name}
    for part in _parts(rest):
        _read_part(part, reading, language, own)
    affiliation = reading.agencies[0].name if len(reading.agencies) == 1 else None
    if marked and not (reading.people or reading.groups or reading.agencies):
        reading.people = _unusual(rest)
    people = tuple(dict.fromkeys(reading.people))[:MAX_NAMES]
    if affiliation:
        people = tuple(Person(one.name, one.job_title, one.affiliation or affiliation) for one in people)
    authors: tuple[Author, ...] = people or tuple(dict.fromkeys(reading.groups))
    return Byline(authors, tuple(dict.fromkeys(reading.agencies)), reading.place, marked)


@cache
def _labelled(base: str) -> re.Pattern[str]:
    return re.compile(rf"\s+(?=(?:{languages.pattern(base, 'by')})\s*[:：])", re.IGNORECASE)


def _parted(text: str, language: str | None) -> str:
    """Return ``text`` with a separator before every labelled part: "来源：新华社 作者：王小明"."""
    return _labelled(languages.base(language)).sub(" | ", text)


def _unusual(rest: str) -> list[Person]:
    """Return the pen name behind a printed "By": one short part that begins with a capital ("Voltaire", "Reader 7")."""
    name = _tidy(rest)
    odd = re.search(r"[?!:;|<>{}\[\]=@#$%&*+_\"“”„()/\\]|\d{3}", name)
    fit = 2 < len(name) <= 30 and len(name.split()) <= 3 and name[0].isupper() and not odd
    return [Person(name)] if fit and fold(name.split()[0]) not in NOT_NAMES else []


@cache
def _by(base: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{languages.pattern(base, 'by')})(?:\s*[:：|/｜]\s*|\s+|$)", re.IGNORECASE)


_GLUED_BY = re.compile(r"\s*(?:By|BY|Von|Par)(?=[A-ZÀ-Ý][a-zà-ÿ])")


@cache
def _photo_by(base: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{languages.pattern(base, 'photo_by')})(?:\s*[:：|/]\s*|\s+)", re.IGNORECASE)


def strip_by(text: str, language: str | None) -> tuple[str, bool]:
    """Return ``text`` without its leading "By", "Von", "Text:" …, and whether there was one."""
    base = languages.base(language)
    match = _by(base).match(text)
    if match is None:
        glued = _GLUED_BY.match(text)
        return (text[glued.end() :], True) if glued else (text.strip(), False)
    again = _by(base).match(text, match.end())
    return text[(again or match).end() :].strip(" :|/"), True


def may_be_marked(text: str, language: str | None) -> bool:
    """Tell cheaply whether a line may begin with "By" or the like; where not, `parse` will call it unmarked."""
    return _begins(languages.base(language)).match(text) is not None


@cache
def _begins(base: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{languages.pattern(base, 'by')}|by|von|par)", re.IGNORECASE)


def is_photo_credit(text: str, language: str | None) -> bool:
    """Tell whether a line credits a photographer, an illustrator, an editor: no author."""
    return _photo_by(languages.base(language)).match(text) is not None


def _without_dates(text: str, language: str | None) -> str:
    """Return ``text`` with printed dates, times and reading times blanked to a separator."""
    for printed in reversed(dates.find(text, language)):
        text = f"{text[: printed.start]} | {text[printed.end :]}"
    text = _day_month(languages.base(language)).sub(" | ", text)
    text = _CLOCK.sub(" | ", text)
    return _READING_TIME.sub(" | ", text)


_CLOCK = re.compile(
    r"(?<=[^\W\d_])(?=\d{1,2}:\d\d)|\b\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?(?:\s+(?:Uhr|GMT|UTC|E[SD]?T|IST|BST))?"
)
_READING_TIME = re.compile(r"\s(?:\d{1,3}|one)[\s\-]+(?:min|dk|мин|хв)\b.*", re.IGNORECASE)


@cache
def _day_month(base: str) -> re.Pattern[str]:
    """Return a pattern of days without a year: "8 января", "Dec. 22"."""
    month = any_of((form for words in languages.pair(base) for form in words.month_numbers if len(form) > 2), " ")
    return re.compile(rf"\b(?:\d{{1,2}}\.?\s(?:de\s)?(?:{month})|(?:{month})\.?\s\d{{1,2}})\b[.,]?", re.IGNORECASE)


_PARTING = re.compile(r"\s*(?:[|•·●▪◦∣｜»>\t;\n]|\s[–—\-]+\s|\s/\s|–(?=\s)|:\s|(?<=\))\s*(?=[A-ZÀ-Ý]))\s*")


_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+\-]+@[\w\-]+\.[\w.]+|@\w+")


def _parts(text: str) -> list[str]:
    if "@" in text or "://" in text or "www." in text:
        text = _ADDRESS.sub(" | ", text)
    parts = (_TRAILING.sub("", one.strip(" ,.:;–—-\u200b")) for one in _PARTING.split(text))
    return [part for part in parts if part]


#: What is left over before a date that was cut out: "on", "am", "le".
_TRAILING = re.compile(r"\s+(?:on|at|am|le|el|den|il|em|el día|updated|published|posted)$", re.IGNORECASE)


def _read_part(part: str, reading: _Reading, language: str | None, own: set[str]) -> None:
    """Read one part of a byline between separators."""
    part = strip_by(part, language)[0]
    if whole := agencies.find_all(part):
        reading.agencies += whole
        return
    for found in reversed(agencies.within(part)):
        reading.agencies.insert(0, found.agency)
        part = f"{part[: found.start]}, {part[found.end :]}"
    part, agency = affiliations.without_agency(part)
    reading.agencies += [agency] if agency else []
    part = affiliations.without_publisher(part, own)
    for name in split_names(part, language):
        _read_name(name, reading, language, own)


@cache
def _joins(base: str) -> re.Pattern[str]:
    words = {
        one for one in languages.phrase(base, "joins") if (one[:1].isalpha() and one.isascii()) or not one.isascii()
    }
    latin = "|".join(
        re.escape(one) for one in sorted(words, key=len, reverse=True) if one[0].isalpha() and not is_cjk(one)
    )
    return re.compile(
        rf"\s*(?:,\s*(?:{latin})\s+|\s(?:{latin})\s|\s?&\s?|,|、|，|;|/|\s?＋\s?|\s?\+\s?|·|・(?=\S{{2,}}・|\S{{3,}}$))\s*",
        re.IGNORECASE,
    )


def split_names(text: str, language: str | None = None) -> list[str]:
    """Return the names of a list: "A and B", "A, B und C", "A/B", "A、B"."""
    base = languages.base(language)
    return [name for name in (one.strip() for one in _joins(base).split(text)) if name][: MAX_NAMES * 2]


def _read_name(text: str, reading: _Reading, language: str | None, own: set[str]) -> None:
    """Read one item of a list of names: a person, a group, a job title or a place."""
    text = _tidy(text)
    if not text or squash(text) in own:
        return
    if agency := agencies.find(text):
        reading.agencies.append(agency)
        return
    name, job = jobs.split(text, language)
    name = _cut(name)
    if name and is_name(name, language):
        reading.people.append(Person(name, job))
    elif job and not name:
        _give_job(reading, job)
    elif is_group(text, language):
        reading.groups.append(Organization(text))
    elif reading.place is None and (places.is_alone(text) or places.cities(text)[:1]):
        reading.place = text


def _cut(name: str) -> str:
    """Return "Ann Lee" of "Ann Lee Follow": words of the page behind a name are cut off."""
    words = name.split()
    for spot in range(2, len(words)):
        if fold(words[spot]) in NOT_NAMES:
            return " ".join(words[:spot])
    return name


def _give_job(reading: _Reading, job: str) -> None:
    """Give a job title that stands after a comma to the person before it."""
    if reading.people and reading.people[-1].job_title is None:
        last = reading.people[-1]
        reading.people[-1] = Person(last.name, job, last.affiliation)


_BRACKETED = re.compile(r"\s*[(\[（][^()\[\]（）]{0,40}[)\]）]")
_HONOURS = re.compile(
    r"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Rev|Hon)\.?\s+)+(?=[A-ZÀ-Ý])|,?\s+(?:PhD|MD|Ph\.D\.|M\.D\.|RN|MBA|RD|MPH)$"
)


def _tidy(text: str) -> str:
    """Return a name without initials in brackets, honours, footnotes and signs around it."""
    text = _HONOURS.sub("", _BRACKETED.sub(" ", text))
    return " ".join(text.split()).strip(" ,.:;|–—-*\"“”'‘’").replace(" ’", "’")
