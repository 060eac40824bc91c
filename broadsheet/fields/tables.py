"""The normalised tables beside `articles`, and the links between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from broadsheet.fields.articles import ARTICLES, filled, moment, place_name
from broadsheet.fields.record import Field, Table, Value
from broadsheet.fields.whole import CHANGES, PROBLEMS
from broadsheet.model import Published

#: What every format holds exactly; a larger number is no size of a picture (RFC 8259, section 6).
LARGEST = 2**53 - 1


class Part(NamedTuple):
    """One author, picture … of an article. ``position`` is 1-based."""

    published: Published
    position: int
    what: Any
    key: str = ""  # of a piece of evidence


def _parts(attribute: str) -> Callable[[Published], Iterator[Part]]:
    def items(published: Published) -> Iterator[Part]:
        for position, what in enumerate(getattr(published.article, attribute), 1):
            yield Part(published, position, what)

    return items


def _named(attribute: str) -> Callable[[Published], Iterator[Part]]:
    """Return a walk over the parts that have a name; a nameless author cannot be a key."""

    def items(published: Published) -> Iterator[Part]:
        named = [what for what in getattr(published.article, attribute) if what.name]
        for position, what in enumerate(named, 1):
            yield Part(published, position, what)

    return items


def _places(published: Published) -> Iterator[Part]:
    if place_name(published.article.place):
        yield Part(published, 1, published.article.place)


def _sections(published: Published) -> Iterator[tuple[str, ...]]:
    path = filled(published.article.section)
    for depth in range(1, len(path) + 1):
        yield tuple(path[:depth])


def _tags(published: Published) -> Iterator[Part]:
    for position, tag in enumerate(dict.fromkeys(filled(published.article.tags)), 1):
        yield Part(published, position, tag)


def _evidence(published: Published) -> Iterator[Part]:
    for position, (key, evidence) in enumerate(published.article.evidence.items(), 1):
        if key:
            yield Part(published, position, evidence, key)


def _get(attribute: str) -> Callable[[Part], Value]:
    return lambda part: getattr(part.what, attribute, None) or None


def _number(attribute: str) -> Callable[[Part], Value]:
    def read(part: Part) -> Value:
        value: float | None = getattr(part.what, attribute)  # 0 is a number
        return value if value is None or abs(value) <= LARGEST else None

    return read


def _list(attribute: str) -> Callable[[Part], Value]:
    return lambda part: filled(getattr(part.what, attribute))


def _proof(attribute: str) -> Callable[[Part], Value]:
    get = attrgetter(f"what.{attribute}")
    return lambda part: get(part) or None


_ARTICLE = Field("article", "string", "Id of the article.", "bridge-reopens", lambda part: part.published.slug,
                 required=True)  # fmt: skip
_POSITION = Field("position", "integer", "Place in the article's own order, from 1.", "1", lambda part: part.position,
                  "position", required=True)  # fmt: skip
_COUNT = Field("articles", "integer", "Number of articles.", "12", lambda _: 1)
_TO_ARTICLE = ("article", "articles", "id")


def _name(column: str, whose: str, example: str) -> Field:
    return Field(column, "string", f"Name of the {whose}.", example, lambda part: part.what.name, "name",
                 required=True)  # fmt: skip


_URL = Field("url", "uri", "Own page.", "https://quill.example", _get("url"), "url")
_SAME_AS = Field("same_as", "list", "Addresses that name the same thing.", "https://www.wikidata.org/wiki/Q42",
                 _list("same_as"), "sameAs")  # fmt: skip

AUTHORS = Table(
    "authors",
    "Authors",
    "One row an author.",
    (
        _name("author", "author", "Ada Quill"),
        Field("kind", "string", "Person or Organization.", "Person", lambda part: type(part.what).__name__, "type"),
        Field("job_title", "string", "Job title, as first stated.", "Harbour reporter", _get("job_title"), "jobTitle"),
        Field("affiliation", "string", "Whom the author writes for, as first stated.", "Tidewire", _get("affiliation"),
              "affiliation"),
        _URL, _SAME_AS, _COUNT,
    ),
    ("author",), _named("authors"), distinct=True,
)  # fmt: skip
ARTICLE_AUTHORS = Table(
    "article_authors",
    "Authors of articles",
    "One row an author of an article.",
    (
        _ARTICLE, _POSITION, _name("author", "author", "Ada Quill"),
        Field("job_title", "string", "Job title in this byline.", "Harbour reporter", _get("job_title"), "jobTitle"),
        Field("affiliation", "string", "Whom the author writes for in this byline.", "Tidewire", _get("affiliation"),
              "affiliation"),
    ),
    ("article", "position"), _named("authors"), links=(_TO_ARTICLE, ("author", "authors", "author")),
)  # fmt: skip
AGENCIES = Table(
    "agencies",
    "Agencies",
    "One row a wire agency.",
    (
        _name("agency", "agency", "Tidewire"),
        Field("code", "string", "As printed in datelines.", "TW", _get("code")),
        _URL, _SAME_AS, _COUNT,
    ),
    ("agency",), _named("agencies"), distinct=True,
)  # fmt: skip
ARTICLE_AGENCIES = Table(
    "article_agencies",
    "Agencies of articles",
    "One row an agency of an article.",
    (_ARTICLE, _POSITION, _name("agency", "agency", "Tidewire")),
    ("article", "position"), _named("agencies"), links=(_TO_ARTICLE, ("agency", "agencies", "agency")),
)  # fmt: skip
PLACES = Table(
    "places",
    "Places",
    "One row a place that datelines name.",
    (
        Field("place", "string", "Name, region and country of the place.", "Port Ellery, Washington, US",
              lambda part: place_name(part.what), "Place", required=True),
        Field("name", "string", "Name.", "Port Ellery", _get("name"), "name"),
        Field("region", "string", "Region.", "Washington", _get("region"), "addressRegion"),
        Field("country", "string", "Country, ISO 3166-1 alpha-2.", "US", _get("country"), "addressCountry"),
        Field("latitude", "number", "Degrees north, WGS 84.", "47.9", _number("latitude"), "latitude"),
        Field("longitude", "number", "Degrees east, WGS 84.", "-122.4", _number("longitude"), "longitude"),
        _SAME_AS, _COUNT,
    ),
    ("place",), _places, distinct=True,
)  # fmt: skip
SECTIONS = Table(
    "sections",
    "Sections",
    "One row a section or sub-section.",
    (
        Field("section", "string", "Path from general to special.", "News > Local", " > ".join, "articleSection",
              required=True),
        Field("name", "string", "Last name of the path.", "Local", lambda path: path[-1], "name"),
        Field("parent", "string", "The section above.", "News", lambda path: " > ".join(path[:-1]) or None),
        Field("depth", "integer", "1 is a main section.", "2", len),
        _COUNT,
    ),
    ("section",), _sections, distinct=True,
)  # fmt: skip
TAGS = Table(
    "tags",
    "Tags",
    "One row a tag.",
    (Field("tag", "string", "Tag.", "harbour", lambda part: part.what, "keywords", required=True), _COUNT),
    ("tag",), _tags, distinct=True,
)  # fmt: skip
ARTICLE_TAGS = Table(
    "article_tags",
    "Tags of articles",
    "One row a tag of an article.",
    (_ARTICLE, _POSITION, Field("tag", "string", "Tag.", "harbour", lambda part: part.what, "keywords", required=True)),
    ("article", "position"), _tags, links=(_TO_ARTICLE, ("tag", "tags", "tag")),
)  # fmt: skip
IMAGES = Table(
    "images",
    "Images",
    "One row a picture of an article.",
    (
        _ARTICLE, _POSITION,
        Field("url", "string", "Address, or path below the site.", "images/bridge.svg", _get("url"), "contentUrl"),
        Field("alt", "string", "Text alternative.", "A swing bridge, half open.", _get("alt"), "description"),
        Field("caption", "string", "Caption.", "The bridge on Tuesday.", _get("caption"), "caption"),
        Field("credit", "string", "Credit.", "Ada Quill", _get("credit"), "creditText"),
        Field("width", "integer", "Pixels.", "1200", _number("width"), "width"),
        Field("height", "integer", "Pixels.", "800", _number("height"), "height"),
        Field("license", "uri", "Licence.", "https://creativecommons.org/licenses/by/4.0/", _get("license"), "license"),
    ),
    ("article", "position"), _parts("images"), links=(_TO_ARTICLE,),
)  # fmt: skip
CORRECTIONS = Table(
    "corrections",
    "Corrections",
    "One row a correction, clarification or update.",
    (
        _ARTICLE, _POSITION,
        Field("kind", "string", "correction, clarification or update.", "correction", _get("kind")),
        Field("date", "moment", "When, ISO 8601.", "2026-03-05", lambda part: moment(part.what.date), "dateCreated"),
        Field("text", "string", "What was corrected.", "The vote was 5 to 2.", _get("text"), "text"),
    ),
    ("article", "position"), _parts("corrections"), links=(_TO_ARTICLE,),
)  # fmt: skip
EVIDENCE = Table(
    "evidence",
    "Evidence",
    "One row a value of an article: how it is known.",
    (
        _ARTICLE,
        Field("field", "string", "Front-matter key of the value.", "date", lambda part: part.key, required=True),
        Field("basis", "string", "stated, inferred, configured or absent.", "stated", _proof("basis")),
        Field("text", "string", "The span of the source, verbatim.", "March 4, 2026", _proof("text")),
        Field("line", "integer", "Line of the kept source, from 1.", "7",
              lambda part: min(part.what.line or 0, LARGEST) or None),
        Field("path", "string", "Where in a structured source.", "json-ld/datePublished", _proof("path")),
        Field("rule", "string", "Rule that inferred the value.", "dateline-dash", _proof("rule")),
        Field("note", "string", "Word to the reviewer.", "The page states no year.", _proof("note")),
        Field("by", "string", "Who confirmed the value.", "Ada Quill", _proof("by")),
        Field("at", "string", "When it was confirmed, ISO 8601.", "2026-03-06", _proof("at")),
        Field("candidates", "list", "Other readings the source allows.", "2026-04-03",
              lambda part: filled(part.what.candidates)),
    ),
    ("article", "field"), _evidence, links=(_TO_ARTICLE,),
)  # fmt: skip
#: Every table, articles first.
TABLES = (
    ARTICLES, AUTHORS, ARTICLE_AUTHORS, AGENCIES, ARTICLE_AGENCIES, PLACES, SECTIONS, TAGS, ARTICLE_TAGS, IMAGES,
    CORRECTIONS, EVIDENCE, PROBLEMS, CHANGES,
)  # fmt: skip
