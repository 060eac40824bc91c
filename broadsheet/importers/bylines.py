"""A byline as printed → people, agencies, job titles and places, each apart.

`parse` reads one printed byline; `split_names` parts a list of names; `is_name`
tells whether words can be a person's name at all. A name is a name and nothing
else: initials in brackets, "By", titles, the agency and the paper leave it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from broadsheet.importers import agencies, dates, languages, places
from broadsheet.importers.fold import fold, squash
from broadsheet.model import Agency, Author, Organization, Person

MAX_NAME = 60  # characters
MAX_NAMES = 12


@dataclass(frozen=True, slots=True)
class Byline:
    """What a printed byline says."""

    authors: tuple[Author, ...] = ()
    agencies: tuple[Agency, ...] = ()
    place: str | None = None
    marked: bool = False  # "By" or the like was printed: the line is a byline beyond doubt


@dataclass(slots=True)
class _Reading:
    """A byline being read; lives for one call of `parse`."""

    people: list[Person] = field(default_factory=list)
    groups: list[Organization] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)
    place: str | None = None


def parse(text: str, language: str | None = None, publishers: Sequence[str] = ()) -> Byline:
    """Read one printed byline. ``publishers`` are the paper's own names: never an author.

    The result has no author where the text is no byline.
    """
    line = _without_dates(text, language)
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


def _unusual(rest: str) -> list[Person]:
    """Return the pen name behind a printed "By": one short part that begins with a capital ("Voltaire", "Reader 7")."""
    name = _tidy(rest)
    odd = re.search(r"[?!:;|<>{}\[\]=@#$%&*+_\"“”„()/\\]|\d{3}", name)
    fit = 2 < len(name) <= 30 and len(name.split()) <= 3 and name[0].isupper() and not odd
    return [Person(name)] if fit and fold(name.split()[0]) not in _NOT_NAMES else []


@cache
def _by(base: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{languages.pattern(base, 'by')})(?:\s*[:：|/｜]\s*|\s+|$)", re.IGNORECASE)


@cache
def _photo_by(base: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{languages.pattern(base, 'photo_by')})(?:\s*[:：|/]\s*|\s+)", re.IGNORECASE)


def strip_by(text: str, language: str | None) -> tuple[str, bool]:
    """Return ``text`` without its leading "By", "Von", "Text:" …, and whether there was one."""
    base = languages.base(language)
    match = _by(base).match(text)
    if match is None:
        glued = re.match(r"\s*(?:By|BY|Von|Par)(?=[A-ZÀ-Ý][a-zà-ÿ])", text)
        return (text[glued.end() :], True) if glued else (text.strip(), False)
    again = _by(base).match(text, match.end())
    return text[(again or match).end() :].strip(" :|/"), True


def is_photo_credit(text: str, language: str | None) -> bool:
    """Tell whether a line credits a photographer, an illustrator, an editor: no author."""
    return _photo_by(languages.base(language)).match(text) is not None


def _without_dates(text: str, language: str | None) -> str:
    """Return ``text`` with printed dates, times and reading times blanked to a separator."""
    for printed in reversed(dates.find(text, language)):
        text = f"{text[: printed.start]} | {text[printed.end :]}"
    text = _day_month(languages.base(language)).sub(" | ", text)
    text = re.sub(r"(?<=[^\W\d_])(?=\d{1,2}:\d\d)|\b\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?(?:\s+(?:Uhr|GMT|UTC|E[SD]?T|IST|BST))?", " | ", text)
    text = re.sub(r"\s(?:\d{1,3}|one)[\s\-]+(?:min|dk|мин|хв)\b.*", " | ", text, flags=re.IGNORECASE)
    return text


@cache
def _day_month(base: str) -> re.Pattern[str]:
    """Return a pattern of days without a year: "8 января", "Dec. 22"."""
    forms = {form for words in languages.pair(base) for form in words.month_numbers if len(form) > 2}
    month = "|".join(re.escape(form) for form in sorted(forms, key=lambda one: (-len(one), one))) or "(?!)"
    return re.compile(rf"\b(?:\d{{1,2}}\.?\s(?:de\s)?(?:{month})|(?:{month})\.?\s\d{{1,2}})\b[.,]?", re.IGNORECASE)


_PARTING = re.compile(r"\s*(?:[|•·●▪◦∣｜»>\t;\n]|\s[–—\-]+\s|\s/\s|–(?=\s)|:\s|(?<=\))\s*(?=[A-ZÀ-Ý]))\s*")


def _parts(text: str) -> list[str]:
    text = re.sub(r"https?://\S+|www\.\S+|[\w.+\-]+@[\w\-]+\.[\w.]+|@\w+", " | ", text)
    parts = (_TRAILING.sub("", one.strip(" ,.:;–—-\u200b")) for one in _PARTING.split(text))
    return [part for part in parts if part]


#: What is left over before a date that was cut out: "on", "am", "le".
_TRAILING = re.compile(r"\s+(?:on|at|am|le|el|den|il|em|el día|updated|published|posted)$", re.IGNORECASE)


def _read_part(part: str, reading: _Reading, language: str | None, own: set[str]) -> None:
    """Read one part of a byline between separators."""
    part = strip_by(part, language)[0]
    if (whole := agencies.find_all(part)):
        reading.agencies += whole
        return
    for found in reversed(agencies.within(part)):
        reading.agencies.insert(0, found.agency)
        part = f"{part[: found.start]}, {part[found.end :]}"
    part = _without_publisher(part, own)
    for name in split_names(part, language):
        _read_name(name, reading, language, own)


def _without_publisher(part: str, own: set[str]) -> str:
    """Return "Jane Doe Example Courier" without the paper's name at its end: one of ``own``, or what sounds like a paper."""
    words = part.split()
    for start in range(1, len(words)):
        tail = squash(" ".join(words[start:]))
        if tail in own and len(tail) > 3:
            return " ".join(words[:start])
    size = 3 if len(words) > 2 and (len(words[1].strip(".")) == 1 or words[1].casefold() in _PARTICLES) else 2
    if len(words) > size and _PAPER.search(" ".join(words[size:])) and has_given_name(words[0]) and words[size][0].isupper():
        return " ".join(words[:size])
    return part


#: Words that end the name of a paper or broadcaster, as they stand behind a reporter's name.
_PAPER = re.compile(
    r"(?:News|Times|Post|Herald|Tribune|Gazette|Journal|Enquirer|Inquirer|Telegram|Telegraph|Chronicle|Courier|Today|TODAY|Sun|Star|"
    r"Press|Dispatch|Register|Republic|Observer|Examiner|Sentinel|Mirror|Mail|Review|Record|Globe|Guardian|Standard|Business|FOXBusiness|"
    r"Network|NETWORK|Magazine|Staff|Media|Zeitung|Anzeiger|Nachrichten|Rundschau|Tagblatt|Independent|Advertiser|Beacon|Bee|Leader|Daily|Weekly)$"
)


@cache
def _joins(base: str) -> re.Pattern[str]:
    words = {one for one in languages.phrase(base, "joins") if one[:1].isalpha() and one.isascii() or not one.isascii()}
    latin = "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True) if one[0].isalpha() and not _cjk(one))
    return re.compile(rf"\s*(?:,\s*(?:{latin})\s+|\s(?:{latin})\s|\s?&\s?|,|、|，|;|/|\s?＋\s?|\s?\+\s?|·|・(?=\S{{2,}}・|\S{{3,}}$))\s*", re.IGNORECASE)


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
    name, job = _split_job(text, language)
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
        if fold(words[spot]) in _NOT_NAMES:
            return " ".join(words[:spot])
    return name


def _give_job(reading: _Reading, job: str) -> None:
    """Give a job title that stands after a comma to the person before it."""
    if reading.people and reading.people[-1].job_title is None:
        last = reading.people[-1]
        reading.people[-1] = Person(last.name, job, last.affiliation)


def _tidy(text: str) -> str:
    """Return a name without initials in brackets, honours, footnotes and signs around it."""
    text = re.sub(r"\s*[(\[（][^()\[\]（）]{0,40}[)\]）]", " ", text)
    text = re.sub(r"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Rev|Hon)\.?\s+)+(?=[A-ZÀ-Ý])|,?\s+(?:PhD|MD|Ph\.D\.|M\.D\.|RN|MBA|RD|MPH)$", "", text)
    return " ".join(text.split()).strip(" ,.:;|–—-*\"“”'‘’").replace(" ’", "’")


@cache
def _job_words(base: str) -> frozenset[str]:
    return frozenset(fold(word) for word in languages.phrase(base, "job"))


@cache
def _cjk_job(base: str) -> re.Pattern[str]:
    words = [one for one in languages.phrase(base, "job") if not one.isascii()]
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, words)) or '(?!)'})+$")


def _split_job(text: str, language: str | None) -> tuple[str, str | None]:
    """Return name and job title of "Ann Lee Staff Writer", "Emma MackenzieLifestyle Writer", "홍길동 기자"."""
    if _cjk(text):
        match = _cjk_job(languages.base(language)).search(text)
        return (text[: match.start()].strip(), match[0].strip()) if match else (text, None)
    text = _unglued(text, language)
    words = text.split()
    jobs = _job_words(languages.base(language))
    spots = [place for place, word in enumerate(words) if fold(word) in jobs]
    if not spots:
        return text, None
    if spots[0] == 0:
        return _job_first(words, jobs)
    start = spots[0] if spots[0] >= 2 or len(words) == spots[0] + 1 else spots[0]
    return " ".join(words[:start]), " ".join(words[start:])


def _job_first(words: list[str], jobs: frozenset[str]) -> tuple[str, str | None]:
    """Return name and job title of "Senior Reporter Ann Lee"; no name where the words are a title alone."""
    place = next((number for number, word in enumerate(words) if fold(word) not in jobs), len(words))
    name = words[place:]
    return (" ".join(name), " ".join(words[:place])) if 2 <= len(name) <= 3 else ("", " ".join(words))


_GLUE = re.compile(r"(?<=[a-zà-ÿ]{3})(?=[A-ZÀ-Ý][a-zà-ÿ]{2,})")


def _unglued(text: str, language: str | None) -> str:
    """Return "Emma MackenzieLifestyle Writer" parted, where what follows is a job title or a word of the page."""
    match = _GLUE.search(text)
    if match is None:
        return text
    after = fold(re.split(r"[\s:,]", text[match.end() :])[0])
    if after in _job_words(languages.base(language)):
        return f"{text[: match.end()]} {text[match.end() :]}"
    return text[: match.end()] if after in _NOT_NAMES or len(text[: match.end()].split()) >= 2 and has_given_name(text.split()[0]) else text


_PARTICLES = frozenset(
    "de da do dos das del della di du des la le el al van von der den ter ten zu zur vom af av bin ibn ben abu e y i und "
    "af st san mac o' d' ap ó ní nic lo dal degli bint ul ur ud".split()
)
_NOT_NAMES = frozenset(
    "news staff team editor editors editorial desk newsroom more about photo photos video credit getty images subscribe share "
    "comments comment read min minutes updated published posted home menu search advertisement follow facebook twitter email "
    "print sign login log view all the this that how why what when where who today breaking live opinion analysis exclusive "
    "latest top world sports business politics entertainment health science technology culture weather local national "
    "international newsletter podcast guest contributor copyright rights reserved loading skip main content article story "
    "stories related january february march april june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday university magazine press times post daily weekly herald tribune gazette "
    "courier journal observer network media group inc ltd llc corp company services agency redaktion foto bild quelle "
    "archiv getty imago images video audio menü suche kommentar kommentare artikel anzeige lesezeit min uhr".split()
)


def is_name(text: str, language: str | None = None) -> bool:
    """Tell whether ``text`` can be the name of one person."""
    if not 2 <= len(text) <= MAX_NAME or any(char.isdigit() or char in "?!:;|<>{}[]=@#$%&*+_\"“”„()…/\\" for char in text):
        return False
    if languages.fold_word(text) in _labels(languages.base(language)):
        return False
    if _cjk(text):
        return _is_east_asian_name(text)
    words = text.split()
    if not 2 <= len(words) <= 6:
        return False
    folded = [fold(word) for word in words]
    small = _stops(languages.base(language)) - _PARTICLES - _given_names()
    if any(word in _NOT_NAMES or word in small for word in folded) or any(word.endswith(("'s", "’s")) for word in words):
        return False
    if _has_acronym(words):
        return False
    if places.country(text) or (len(words) <= 2 and places.is_alone(text)):
        return False
    return all(_is_name_word(word) for word in words) and _is_name_word(words[0]) and not _is_particle(words[-1])


@cache
def _labels(base: str) -> frozenset[str]:
    """Return words that stand beside bylines and name no one."""
    return frozenset(one for key in ("published", "updated", "furniture", "home", "endings", "staff") for one in languages.phrase(base, key))


def _has_acronym(words: Sequence[str]) -> bool:
    """Tell whether a word in capitals stands among others ("MDR Thüringen"), or has no vowel ("NDR KULTUR")."""
    capitals = [word for word in words if len(word.strip(".")) > 2 and word.isupper() and word.isalpha()]
    if not capitals:
        return False
    return any(not re.search("[AEIOUYÄÖÜÅÆØÉÈÁÍÓÚ]", word) for word in capitals if word.isascii()) and len(capitals[0]) > 1


def _is_particle(word: str) -> bool:
    return word.casefold() in _PARTICLES and word[0].islower()


def _is_name_word(word: str) -> bool:
    """Tell whether a word can stand in a name: capitalised, an initial, or a small particle."""
    bare = word.strip(".,’'-")
    if not bare:
        return False
    if bare.casefold() in _PARTICLES:
        return True
    first = bare[0]
    return first.isalpha() and (first.isupper() or not first.islower()) and all(char.isalpha() or char in ".'’‘`-‐‑·\u00ad\u200c" or _is_mark(char) for char in bare)


def _is_mark(char: str) -> bool:
    return "\u0300" <= char <= "\u036f" or "\u0900" <= char <= "\u0e7f"  # vowel signs of Indic and Thai


@cache
def _stops(base: str) -> frozenset[str]:
    return frozenset(fold(word) for word in languages.phrase(base, "stops"))


def _cjk(text: str) -> bool:
    return any("\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in text)


def _is_east_asian_name(text: str) -> bool:
    """Tell whether ``text`` has the length and letters of a Chinese, Japanese, Korean or transcribed name."""
    bare = re.sub(r"[\s・·]", "", text)
    if not bare or any(not char.isalpha() and char not in "ー々" for char in bare):
        return False
    if all("\uac00" <= char <= "\ud7af" for char in bare):
        return 2 <= len(bare) <= 4
    kana = sum("\u3040" <= char <= "\u30ff" for char in bare)
    return 2 <= len(bare) <= (5 if kana < len(bare) - 1 else 14)


@cache
def _group_words(base: str) -> frozenset[str]:
    return frozenset(fold(word) for word in languages.phrase(base, "staff"))


def is_group(text: str, language: str | None = None) -> bool:
    """Tell whether ``text`` is a collective byline: "The Editorial Board", "MND Staff", "Onlineredaktion"."""
    if len(text) > MAX_NAME or len(text.split()) > 5 or re.search(r"[\d?!:;<>]", text):
        return False
    staff = _group_words(languages.base(language))
    folded = fold(text).removeprefix("the ")
    if _cjk(text):
        return any(word in text for word in staff if not word.isascii()) and len(text) <= 16
    return folded in staff or (text[:1].isupper() and folded.rpartition(" ")[2] in staff)


@cache
def _given_names() -> frozenset[str]:
    return frozenset((languages.DATA / "given_names.txt").read_text("utf-8").split("\n"))


def has_given_name(name: str) -> bool:
    """Tell whether a word of ``name`` is a given name somewhere: words that name no one rarely hold one."""
    known = _given_names()
    return any(part in known for part in fold(name).split())
