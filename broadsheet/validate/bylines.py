"""Does an author's name hold a name and nothing else?

Google's Article page (2026-09-08), author markup best practices: one author an object,
and in `name` no "By", no job title, no agency or publisher.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import orjson
from msgspec import Struct

from broadsheet.validate.wording import quoted

MAX_NAME = 300
_PARTED = re.compile(r"\s*[,|;/•·(\[\u2013\u2014]\s*|\s+-\s+|:\s+")
_SEVERAL = re.compile(r"\s*[;/|]\s*")
_CONTACT = re.compile(r"[^\s@]{1,80}@[^\s@]{1,80}\.[A-Za-z]{2,}|(?<!\w)@\w{2,}|https?://|www\.")

_PLACE = re.compile(r"(?<=\w) (?:in|for|at|aus|à|en) (?=[A-ZÀ-Þ])[^,]{1,60}\Z")
_GERMAN_TITLE = re.compile(r"[a-zäöüß]{3,30}(?:redakteur|korrespondent|reporter|journalist|kolumnist)(?:in)?\Z")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b.{0,40}")

Weight = Literal["warning", "notice"]


class Words(Struct, frozen=True):
    """The words of schema/bylines.json."""

    titles: frozenset[str]
    weak: frozenset[str]
    agencies: frozenset[str]
    shouted: frozenset[str]
    leading: frozenset[str]
    desks: frozenset[str]
    no_person: frozenset[str]
    lead: tuple[str, ...]
    lead_before_two: frozenset[str]
    suffixes: frozenset[str]
    honorifics: frozenset[str]
    joins: frozenset[str]
    joins_between_full_names: frozenset[str]


def read_words(path: Path) -> Words:
    """Read schema/bylines.json."""
    data = orjson.loads(path.read_bytes())
    names = [name for name in Words.__struct_fields__ if name != "lead"]
    return Words(lead=tuple(data["lead"]), **{name: frozenset(data[name]) for name in names})


def name_fault(name: str, *, person: bool, papers: frozenset[str], words: Words) -> tuple[str, Weight] | None:
    """Return what is wrong with an author's name, and how surely; None for a plain name.

    ``person``: the author is not an Organization, whose name may hold commas and "and".
    ``papers``: the publishers' names, casefolded.
    """
    name = " ".join(name[:MAX_NAME].split())
    folded = name.casefold()
    if led := _lead(folded, words):
        rest = name[len(led) :].strip()
        return f"begins with {quoted(name[: len(led)])}; write {quoted(rest)} alone", "warning"
    if _CONTACT.search(name):
        return "holds an address or a handle; write the name alone and put the address under url or sameAs", "warning"
    if folded in papers:
        if person:
            return "is the publisher's name; write the person's, or make the author an Organization", "warning"
        return "is the publisher's name; name the persons where they are known", "notice"
    return _person_fault(name, folded, papers, words) if person else _titled(name, words)


def _lead(folded: str, words: Words) -> str | None:
    for lead in words.lead:
        if folded.startswith(f"{lead} ") or (
            lead.endswith(":") and folded.startswith(lead) and len(folded) > len(lead)
        ):
            return lead
    first, _, rest = folded.partition(" ")
    return first if first in words.lead_before_two and " " in rest else None


def _titled(name: str, words: Words) -> tuple[str, Weight] | None:
    """Judge an organisation that is a person with a title: "Jane Doe, Senior reporter"."""
    first, comma, rest = name.partition(", ")
    if comma and any(one in words.titles for one in rest.casefold().split()):
        return (
            f"holds the job title {quoted(rest)}; write {quoted(first)} as a Person, and the title under jobTitle",
            "warning",
        )
    return None


def _person_fault(name: str, folded: str, papers: frozenset[str], words: Words) -> tuple[str, Weight] | None:
    if folded[:1] in {",", ";", "|", "-", "/"}:
        return f"begins with {quoted(name[0])}; write the name alone", "warning"
    if folded in words.agencies or folded.removeprefix("the ") in words.agencies:
        return "is an agency; make it an Organization, or name it under sourceOrganization", "warning"
    if folded in words.no_person or set(folded.split()) & words.desks:
        return "is no person's name; write it, or make the author an Organization", "warning"
    pieces = [piece.strip(" )].") for piece in _PARTED.split(name) if piece.strip(" )].")]
    for piece in pieces[1:] if len(pieces) > 1 else ():
        said = _beside(piece.casefold(), papers, words)
        if said:
            return f"holds {said} {quoted(piece)}; write {quoted(pieces[0])} alone{_instead(said)}", "warning"
    if several := _several(name, pieces, words):
        return several, "warning"
    return _run_on(name, folded, papers, words)


def _instead(said: str) -> str:
    return ", and the title under jobTitle" if "title" in said else ""


def _beside(piece: str, papers: frozenset[str], words: Words) -> str | None:
    """Return what stands beside a name after a comma, bar, bracket or dash."""
    if piece in words.agencies:
        return "the agency"
    if piece in papers:
        return "the publisher"
    found = re.findall(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", piece)
    if any(one in words.titles or _GERMAN_TITLE.match(one) for one in found):
        return "the job title"
    heavy = [one for one in found if one in words.weak]
    return (
        "the job title"
        if heavy and (len(heavy) * 2 >= len(found) or found[-1] in {"editor", "writer", "critic", "photographer"})
        else None
    )


def _several(name: str, pieces: list[str], words: Words) -> str | None:
    """Return the sentence's end where several people stand in one name."""
    say = "names several people; write each as an author of their own"
    tokens = name.split()
    for at, token in enumerate(tokens[1:-1], 1):
        before, after = tokens[:at], tokens[at + 1 :]
        if token.casefold() in words.joins:
            return say
        if (
            token.casefold() in words.joins_between_full_names
            and token.islower()
            and len(before) > 1
            and len(after) > 1
        ):
            return say
    if any(one in name for one in ";/|") and all(" " in piece for piece in _SEVERAL.split(name)):
        return say
    if "、" in name or ("·" in name and len(pieces) > 2):
        return say
    full = [piece for piece in pieces if " " in piece and piece.casefold() not in words.suffixes]
    return (
        say
        if "," in name and len(full) > 1 and len(full) == len([p for p in pieces if p.casefold() not in words.suffixes])
        else None
    )


def _run_on(name: str, folded: str, papers: frozenset[str], words: Words) -> tuple[str, Weight] | None:
    """Judge a title, an agency, a place or a date that follows or leads the name without a comma."""
    tokens = folded.split()
    said = (
        _paper_at_end(name, folded, papers)
        or _agency_at_end(name, folded, words)
        or _title_inside(tokens, words)
        or _place_or_date(name)
    )
    if said:
        return said, "warning"
    if len(tokens) > 1 and tokens[0] in words.honorifics:
        return f"begins with {quoted(name.split(maxsplit=1)[0])}; write it under honorificPrefix", "notice"
    return None


def _paper_at_end(name: str, folded: str, papers: frozenset[str]) -> str | None:
    """A paper of one word may be a family name too, so it needs a word before it: "Jane Doe of Tern"."""
    for paper in papers:
        before = folded.removesuffix(f" {paper}")
        if before != folded and " " in before and (" " in paper or before.endswith((" of", " at", " for"))):
            return f"ends with the publisher {quoted(name[-len(paper) :])}; write the name alone"
    return None


def _agency_at_end(name: str, folded: str, words: Words) -> str | None:
    ending = next((one for one in words.agencies if " " in one and folded.endswith(f" {one}")), None)
    last = name.rpartition(" ")[2]
    if (
        ending is None
        and name.count(" ") > 1
        and (last.isupper() or last == "Reuters")
        and not name.isupper()
        and last.casefold() in words.shouted
    ):
        ending = last
    return f"ends with the agency {quoted(name[-len(ending) :])}; write the name alone" if ending else None


def _title_inside(tokens: list[str], words: Words) -> str | None:
    title = next((one for one in tokens if one in words.titles), None) if len(tokens) > 1 else None
    if title is None and len(tokens) > 2 and tokens[0] in words.leading:
        title = tokens[0]
    if title is None and len(tokens) > 3 and all(one in words.weak for one in tokens[:2]):
        title = " ".join(tokens[:2])
    if title is None and len(tokens) > 3 and all(one in words.weak for one in tokens[-2:]):
        title = " ".join(tokens[-2:])
    return f"holds the job title {quoted(title)}; write the name alone, and the title under jobTitle" if title else None


def _place_or_date(name: str) -> str | None:
    tail = _PLACE.search(name) or _YEAR.search(name)
    return f"holds {quoted(tail[0].strip())}; write the name alone" if tail else None
