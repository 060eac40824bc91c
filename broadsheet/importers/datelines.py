"""The dateline at the head of the first paragraph: place, agency, sometimes a date, and where the text begins.

"CITY, Region (AP) —", "CITY, March 7 (Reuters) -", "CITY –", "Berlin (dpa/bb) - ", "Berlin. ",
"(ANSA) - ROMA, 5 MAR -", "Madrid, 5 mar (EFE).-", 【ソウル＝name】, [서울=뉴시스], 新华社北京4月24日电.
A place without an agency counts only where it is in capitals or in the gazetteer:
"Earnings up:" is no dateline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from broadsheet.importers import agencies, languages, places
from broadsheet.importers.alternatives import any_of
from broadsheet.model import Agency

HEAD = 160  # characters of a paragraph that may hold a dateline


class Dateline(Struct, frozen=True):
    """A dateline found: the article's text begins at ``end`` of the paragraph."""

    text: str  # as printed, without agency and date: "BENGHAZI, Libya"
    span: str  # the whole head that leaves the body, verbatim
    end: int
    rule: str
    agencies: tuple[Agency, ...] = ()
    day: str | None = None  # "March 7": a date without its year, as printed
    author: str | None = None  # 【ソウル＝山田太郎】


_DASH = r"(?:\s*(?:--|[-–—―‒−_])+\s*|\s*[.:]\s*(?:--|[-–—])+\s*)"
_UPPER = r"[^\W\d_a-zà-öø-ÿß-ž]"  # a letter that is not small Latin
_NAME = r"[^\W\d_][^\W\d_.'’\-]*(?:[.'’\-]{1,2}[^\W\d_]+)*\.?"
_PLACE = rf"{_NAME}(?:[ /\-]{{1,2}}{_NAME}){{0,4}}"
_REGION = rf"(?:,\s+{_NAME}(?:\s{_NAME}){{0,3}}){{0,2}}"
_AGENCY = r"\(?(?P<agency>[^()\[\]\d]{2,40})\)"


@cache
def _patterns(base: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    months = any_of((form for words in languages.pair(base) for form in words.month_numbers), " ")
    month = rf"(?:{months})\.?"
    day = rf"(?P<day>(?i:{month}\s\d{{1,2}}|\d{{1,2}}\.?(?:\s(?:de|d'))?\s{month}|\d{{1,2}}\.\d{{1,2}}\.)(?:,?\s\d{{4}})?)"
    place = rf"(?P<place>{_PLACE}{_REGION})"
    end = rf"(?:{_DASH}|\s*[.:]\s+|\s+)"
    return tuple(
        (rule, _compiled(text))
        for rule, text in (
            ("dateline-agency-date", rf"{place},?\s+{day}[.,]?\s*[(/](?P<agency>[^()/]{{2,40}})[)/]{end}"),
            ("dateline-agency", rf"{place},?\s*[(/](?P<agency>[^()]{{2,40}}?)[)/]{end}"),
            ("dateline-date-agency", rf"{place},?\s+{day}{_DASH}(?P<agency>[^().]{{2,40}})\.\s+"),
            ("dateline-agency-first", rf"\((?P<agency>[^()]{{2,40}})\)[\s\-–—.:]*{place}(?:,\s*{day})?{_DASH}"),
            ("dateline-date", rf"{place},?\s+{day}(?:\s*/(?P<agency>[^/]{{2,30}})/)?{_DASH}"),
            ("dateline-dash", rf"{place}(?:\s+{_DASH}|{_DASH}(?<=\s))"),
            ("dateline-stop", rf"{place}\s?[.:]\s+"),
        )
    )


@cache
def _compiled(text: str) -> re.Pattern[str]:
    """Return the expression; those without a month are the same in all languages."""
    return re.compile(text)


def split(paragraph: str, language: str | None = None) -> Dateline | None:
    """Return the dateline at the head of ``paragraph``, None where there is none."""
    head = paragraph[:HEAD]
    found = _east_asian(head)
    if found is not None:
        return found
    lead = re.match(r"[\s\"“”„'‘«»*•|]*", head)
    start = lead.end() if lead else 0
    for rule, pattern in _patterns(languages.base(language)):
        match = pattern.match(head, start)
        if match and (dateline := _judge(match, rule, paragraph)):
            return dateline
    return None


def _judge(match: re.Match[str], rule: str, paragraph: str) -> Dateline | None:
    """Return the dateline unless the words in the place's stead are none, or the agency is no agency."""
    get = match.groupdict()
    place = match["place"].strip(" ,.")
    if match["place"].endswith(".") and (places.is_region(match["place"].rpartition(",")[2]) or place[-2:-1] == "."):
        place = match["place"].strip(" ,")
    named = agencies.find_all(get.get("agency") or "")
    if get.get("agency") and not named and not (_is_credit(get["agency"]) and _is_place(place, rule)):
        return None
    if not named and not _is_place(place, rule):
        return None
    if (named and not (place[0].isupper() or _is_place(place, rule))) or len(place.split()) > 6:
        return None
    rest = paragraph[match.end() :]
    if not rest.strip() or (rule == "dateline-stop" and len(rest) < 40):
        return None
    return Dateline(place, match[0].strip(), match.end(), rule, named, get.get("day"))


def _is_credit(text: str) -> bool:
    """Tell whether a bracket holds the paper's own mark ("(Own Courier)", "(xy)"), not an aside."""
    return len(text) <= 4 and text.isalpha()


def _is_place(printed: str, rule: str) -> bool:
    """Tell whether ``printed`` is a place: in capitals with a region or a city we know, or a known city."""
    city, _, region = printed.partition(",")
    first = re.split(r"\s*/\s*|\s+and\s+", city)[0].strip()
    region_known = bool(region) and places.is_region(region.rpartition(",")[2].strip(" "))
    known = places.cities(first) or places.is_alone(first)
    capitals = first.isupper() and len(first) > 2
    if capitals:
        return bool(known) or region_known or (rule != "dateline-stop" and bool(places.country(first)))
    if rule in {"dateline-dash", "dateline-stop", "dateline-date"}:
        return first[:1].isupper() and ((region_known and bool(known)) or _is_well_known(first, rule))
    return bool(known) or region_known


#: Small places share their names with words and people ("Thomas.", "Hope –"); a mere stop or dash needs more.
_PEOPLE = {"dateline-dash": 30_000, "dateline-date": 5_000, "dateline-stop": 100_000}


def is_city(line: str) -> bool:
    """Tell whether a whole line is the name of a large city, or of a place with its country or state."""
    city, _, region = line.strip().partition(",")
    if region:
        return places.is_region(region.strip()) and bool(places.cities(city))
    return len(line.split()) <= 3 and line[:1].isupper() and _is_well_known(line.strip(), "dateline-stop")


def _is_well_known(name: str, rule: str) -> bool:
    known = places.cities(name)
    return places.is_alone(name) or (bool(known) and known[0].people >= _PEOPLE[rule])


_CJK_BRACKET = re.compile(
    r"\s*[【\[［(（]\s*(?P<inside>[^】\]］)）]{2,40})\s*[】\]］)）]\s*(?:(?P<who>[^=＝\s]{2,20}(?:\s?[^=＝\s]{2,8})?)\s*[=＝]\s*)?"
)
_XINHUA = re.compile(
    r"\s*(?P<agency>新华社|中新社|中新网|新華社|中央社)(?P<place>[\u4e00-\u9fff]{2,8}?)(?P<day>\d{1,2}月\d{1,2}日)(?:电|電|讯|訊)\s*[,，：:]?\s*"
)


def _east_asian(head: str) -> Dateline | None:
    """Return 【ソウル＝山田太郎】, [서울=뉴시스] 홍길동 기자 = or 新华社北京4月24日电."""
    if match := _XINHUA.match(head):
        agency = agencies.find(match["agency"])
        wire = (agency,) if agency else ()
        return Dateline(match["place"], match[0].strip(), match.end(), "dateline-xinhua", wire, match["day"])
    match = _CJK_BRACKET.match(head)
    if match is None or match["inside"].isascii():
        return None
    parts = [part.strip() for part in re.split(r"[=＝]", match["inside"])]
    place = next((part for part in parts if places.cities(part)), None)
    if place is None and not (len(parts) == 2 and agencies.find(parts[1])):
        return None
    named = tuple(agency for agency in map(agencies.find, parts) if agency)
    other = next((part for part in parts[1:] if part != place and not agencies.find(part)), None)
    return Dateline(
        place or parts[0], match[0].strip(), match.end(), "dateline-bracket", named, None, other or match["who"]
    )


def candidates(paragraphs: list[str], language: str | None = None) -> Iterator[tuple[int, Dateline]]:
    """Yield the datelines at the heads of ``paragraphs``, with their index."""
    for index, paragraph in enumerate(paragraphs):
        found = split(paragraph, language)
        if found:
            yield index, found
