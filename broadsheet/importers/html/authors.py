"""The authors: names from the page's data and from its visible byline, agencies and papers apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.importers import agencies, bylines
from broadsheet.importers.html import byline, linked
from broadsheet.importers.html.candidates import Candidate, Choice, absent, taken
from broadsheet.importers.html.headline import papers
from broadsheet.importers.html.page import Page, address
from broadsheet.importers.html.words import key, squeeze
from broadsheet.importers.html.zones import Zones
from broadsheet.model import Agency, Author, Organization, Person

_METAS = (
    "author", "article:author", "article:author_name", "article:author:name", "byl", "byline", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author", "cxenseparse:author", "authors", "og:article:author", "dc.creator.author",
)  # fmt: skip
MAX_NAME = 200
MAX_AUTHORS = 60


class Names(Struct, frozen=True):
    """What one place of the page says of who wrote."""

    authors: tuple[Author, ...]
    agencies: tuple[Agency, ...] = ()


Reading = Candidate[Names]


def choose(
    page: Page, zones: Zones, language: str | None
) -> tuple[Choice[tuple[Author, ...]], Choice[tuple[Agency, ...]]]:
    """Return authors and agencies: JSON-LD, then meta, then the visible byline; never the paper itself."""
    own = papers(page)
    readings = [
        *_from_items(page, language, own),
        *_from_metas(page, language, own),
        *_visible(page, zones, language, own),
    ]
    named = [r for r in readings if r.value.authors]
    chosen = next((r for r in named if _is_likely(r, named, language)), next(iter(named), None))
    return _authors(chosen, readings), _agencies(page, chosen, readings)


def _is_likely(reading: Reading, named: Sequence[Reading], language: str | None) -> bool:
    """Tell whether a reading names a person as persons are named, or one that another place names too."""
    others = {a.name for r in named if r is not reading for a in r.value.authors}
    people = [a for a in reading.value.authors if isinstance(a, Person)]
    return any(bylines.is_name(a.name, language) or a.name in others for a in people)


def _authors(chosen: Reading | None, readings: Sequence[Reading]) -> Choice[tuple[Author, ...]]:
    if chosen is None:
        return absent("The page names no author.", (r.text for r in readings))
    choice = taken(chosen, readings)
    return Choice(chosen.value.authors, choice.evidence)


def _agencies(page: Page, chosen: Reading | None, readings: Sequence[Reading]) -> Choice[tuple[Agency, ...]]:
    """Return the agencies of the reading that gave the authors, else of any, else the stated source."""
    for reading in (*([chosen] if chosen else []), *readings):
        if reading.value.agencies:
            return Choice(reading.value.agencies, taken(reading).evidence)
    for item in page.articles:
        for name in ("sourceOrganization", "provider"):
            for text in linked.texts(linked.resolve(page.items, item.data.get(name))):
                if agency := agencies.find(text):
                    return taken(Candidate((agency,), f"{item.syntax}/{name}", text, item.line))
    return absent("The page names no agency.")


def _from_items(page: Page, language: str | None, own: Sequence[str]) -> Iterator[Reading]:
    for item in page.articles:
        for name in ("author", "creator"):
            found = [_thing(linked.resolve(page.items, one), page, language, own) for one in _flat(item.data.get(name))]
            yield from _reading(found, f"{item.syntax}/{name}", item.line)


def _flat(value: Any) -> list[Any]:
    return [one for outer in linked.as_list(value) for one in (outer if isinstance(outer, list) else [outer])][
        :MAX_AUTHORS
    ]


def _thing(value: Any, page: Page, language: str | None, own: Sequence[str]) -> tuple[Names, str]:
    """Return what an author property says: a text, or a described person or organisation."""
    if not isinstance(value, Mapping):
        return (read(value, language, own), squeeze(value)) if isinstance(value, str) else (Names(()), "")
    organization = any("Organization" in kind for kind in linked.types(value))
    texts = linked.texts(value.get("name"))
    found = [read(text, language, own, organization=organization) for text in texts]
    people = [_described(a, value, page) for names in found for a in names.authors]
    return Names(tuple(people), tuple(a for names in found for a in names.agencies)), ", ".join(map(squeeze, texts))


def _described(author: Author, value: Mapping[str, Any], page: Page) -> Author:
    """Return the author with the title and the addresses that the description states."""
    link = next((a for a in (address(t, page.base) for t in linked.texts(value.get("url"))) if a), None)
    same = tuple(a for a in (address(t, None) for t in linked.texts(value.get("sameAs"))) if a)
    if isinstance(author, Organization):
        return replace(author, url=link, same_as=same)
    title = linked.text(value.get("jobTitle"))
    return replace(author, job_title=squeeze(title) if title else author.job_title, url=link, same_as=same)


def read(text: str, language: str | None, own: Sequence[str], *, organization: bool = False) -> Names:
    """Return the authors and agencies that a stated text names; the paper itself is none.

    A text that is no byline in any form known is one name, kept as it is stated.
    """
    text = squeeze(text)
    if not text or len(text) > MAX_NAME or _is_address(text):
        return Names(())
    found = bylines.parse(text, language, own)
    ours = {key(name) for name in own}
    authors = tuple(a for a in found.authors if key(a.name) not in ours)
    if authors or found.agencies or key(text) in ours:
        return Names(_as_groups(authors) if organization else authors, found.agencies)
    return Names((Organization(text) if organization else Person(text),))


def _as_groups(authors: tuple[Author, ...]) -> tuple[Author, ...]:
    return tuple(Organization(a.name) for a in authors)


def _is_address(text: str) -> bool:
    return "://" in text or text.startswith(("www.", "/")) or not key(text) or text.isdigit()


def _from_metas(page: Page, language: str | None, own: Sequence[str]) -> Iterator[Reading]:
    for name in _METAS:
        metas = page.meta.get(name, ())[:MAX_AUTHORS]
        found = [(read(m.content, language, own), m.content) for m in metas]
        yield from _reading(found, f"meta/{name}", metas[0].line if metas else None)


def _reading(found: Sequence[tuple[Names, str]], path: str, line: int | None) -> Iterator[Reading]:
    authors = {key(a.name): a for names, _ in reversed(found) for a in reversed(names.authors)}
    wires = {a.name: a for names, _ in found for a in names.agencies}
    if authors or wires:
        span = ", ".join(dict.fromkeys(text for names, text in found if names.authors or names.agencies))
        yield Candidate(Names(tuple(authors.values())[::-1], tuple(wires.values())), path, span, line)


def _visible(page: Page, zones: Zones, language: str | None, own: Sequence[str]) -> Iterator[Reading]:
    found = byline.find(page, zones, language, [key(name) for name in own])
    if found is None:
        return
    names = [read(name, language, own) for name in found.value]
    wires = {a.name: a for n in names for a in n.agencies} | {
        f.agency.name: f.agency for f in agencies.within(found.text)
    }
    authors = tuple(_titled(a, found.text, language) for n in names for a in n.authors)
    yield Candidate(Names(authors, tuple(wires.values())), found.path, found.text, found.line, found.weight)


def _titled(author: Author, text: str, language: str | None) -> Author:
    """Return the author with the job title that the printed byline gives."""
    printed = bylines.parse(text, language).authors
    same = next((p for p in printed if p.name == author.name and isinstance(p, Person)), None)
    return same if isinstance(same, Person) and isinstance(author, Person) else author
