"""The authors: names from the page's data and from its visible byline, agencies and papers apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from broadsheet.importers.html import byline, linked, names
from broadsheet.importers.html.candidates import Candidate, Choice, absent, taken
from broadsheet.importers.html.headline import papers
from broadsheet.importers.html.page import Page
from broadsheet.importers.html.words import key
from broadsheet.importers.html.zones import Zones
from broadsheet.model import Author, Organization, Person

_METAS = (
    "author", "article:author", "article:author_name", "article:author:name", "byl", "byline", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author", "cxenseparse:author", "authors", "og:article:author", "twitter:data1", "dc.creator.author",
)  # fmt: skip


def choose(page: Page, bylines: Sequence[Candidate[tuple[Author, ...]]]) -> Choice[tuple[Author, ...]]:
    """Return the authors: JSON-LD, then meta, then the visible byline; never the paper itself."""
    own = {key(name) for name in papers(page)}
    readings = [*_from_items(page), *_from_metas(page), *bylines]
    kept = [c for c in (_without(c, own) for c in readings) if c.value]
    persons = [c for c in kept if any(isinstance(a, Person) for a in c.value)]
    chosen = next(iter(persons), None) or next(iter(kept), None)
    return taken(chosen, readings) if chosen else absent("The page names no author.", (c.text for c in readings))


def visible(page: Page, zones: Zones, language: str | None) -> list[Candidate[tuple[Author, ...]]]:
    """Return the reading of the visible byline, if there is one."""
    found = byline.find(page, zones, language, [key(name) for name in papers(page)])
    if found is None:
        return []
    return [Candidate(tuple(Person(name) for name in found.value), found.path, found.text, found.line, found.weight)]


def _without(reading: Candidate[tuple[Author, ...]], papers: set[str]) -> Candidate[tuple[Author, ...]]:
    left = tuple(a for a in reading.value if key(a.name) not in papers and not _is_address(a.name))
    return Candidate(left, reading.path, reading.text, reading.line)


def _is_address(name: str) -> bool:
    return "://" in name or name.startswith(("www.", "/"))


def _from_items(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    for item in page.articles:
        for field in ("author", "creator"):
            found: list[Author] = []
            for one in linked.as_list(item.data.get(field)):
                if isinstance(one, str) and _is_address(one):
                    continue
                found += _authors(linked.resolve(page.items, one))
            if found:
                unique = tuple({key(a.name): a for a in reversed(found)}.values())[::-1]
                yield Candidate(unique, f"{item.syntax}/{field}", ", ".join(a.name for a in unique), item.line)


def _authors(value: Any) -> list[Author]:
    if isinstance(value, list):
        return [a for one in value for a in _authors(one)]
    if isinstance(value, Mapping):
        kind = linked.types(value)
        made: list[Author] = []
        for text in linked.texts(value.get("name")):
            for name in names.split(text):
                if names.is_name(name):
                    organization = any("Organization" in k for k in kind)
                    made.append(Organization(name) if organization else Person(name, job_title=linked.text(value.get("jobTitle"))))
        return made
    return [Person(name) for name in names.split(value) if names.is_name(name)] if isinstance(value, str) else []


def _from_metas(page: Page) -> Iterator[Candidate[tuple[Author, ...]]]:
    for name in _METAS:
        metas = page.meta.get(name, ())
        found = [n for m in metas if not _is_address(m.content) for n in names.split(m.content) if names.is_name(n)]
        if found and not all(_is_address(n) for n in found):
            yield Candidate(tuple(Person(n) for n in dict.fromkeys(found)), f"meta/{name}", ", ".join(m.content for m in metas), metas[0].line)
