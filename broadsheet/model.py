"""The records that flow through broadsheet. Imports nothing of ours.

Every record is frozen: a stage that learns more returns ``replace(record, …)``.
Field names are English newsroom words; the schema.org property each one
becomes is named beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from msgspec import Struct, field

Basis = Literal["stated", "inferred", "configured", "absent"]
Severity = Literal["error", "warning", "notice"]
Status = Literal["published", "draft", "hidden"]
CorrectionKind = Literal["correction", "clarification", "update"]

#: A day where no time of day is known, else a time; aware where an offset is known.
Moment = date | datetime


class BroadsheetError(Exception):
    """What stops a command: wrong usage, configuration or machine. Never bad content."""


class Evidence(Struct, frozen=True):
    """How one value of an article is known.

    ``stated``: the source says it; ``text`` is the verbatim span and holds the value.
    ``inferred``: a named ``rule`` derived it from ``text``.
    ``configured``: it comes from broadsheet.toml or a command-line option.
    ``absent``: looked for and not found; ``note`` may list the clues that were seen.
    """

    basis: Basis
    text: str | None = None  # the span of the source, verbatim
    line: int | None = None  # 1-based line of the kept source (or of the HTML)
    path: str | None = None  # where in a structured source: "json-ld/datePublished", "h1", "meta/og:title"
    rule: str | None = None  # id of the inference rule
    note: str | None = None  # a sentence for the reviewer
    by: str | None = None  # who confirmed the value in review
    at: str | None = None  # when, ISO 8601
    candidates: tuple[str, ...] = ()  # other readings that the source allows


class Place(Struct, frozen=True):
    """schema.org Place. ``country`` is the ISO 3166-1 alpha-2 code where known."""

    name: str
    region: str | None = None
    country: str | None = None
    latitude: float | None = None  # degrees north, WGS 84
    longitude: float | None = None  # degrees east, WGS 84
    same_as: tuple[str, ...] = ()  # e.g. the GeoNames address


class Person(Struct, frozen=True):
    """A byline. ``name`` is a name and nothing else: no "By", title or agency."""

    name: str
    job_title: str | None = None
    affiliation: str | None = None  # name of the agency or paper the person writes for
    url: str | None = None
    email: str | None = None
    same_as: tuple[str, ...] = ()


class Organization(Struct, frozen=True):
    """A collective byline ("The Editorial Board")."""

    name: str
    url: str | None = None
    same_as: tuple[str, ...] = ()


Author = Person | Organization


class Agency(Struct, frozen=True):
    """A wire agency: schema.org ``sourceOrganization``."""

    name: str
    code: str | None = None  # as printed in datelines: "AP", "dpa"
    url: str | None = None
    same_as: tuple[str, ...] = ()


class Publisher(Struct, frozen=True):
    """The paper that published the article: schema.org NewsMediaOrganization.

    ``properties`` holds further schema.org properties by their own names:
    policy addresses (``correctionsPolicy``, ``ethicsPolicy`` …).
    """

    name: str
    legal_name: str | None = None
    url: str | None = None
    logo: str | None = None
    founding_date: str | None = None  # ISO 8601, as precise as known
    address: str | Mapping[str, str] | None = None  # text, or PostalAddress properties
    same_as: tuple[str, ...] = ()
    properties: Mapping[str, Any] = field(default_factory=dict)


class Image(Struct, frozen=True):
    """schema.org ImageObject. ``url`` is absolute, or relative to content/."""

    url: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None  # creditText
    width: int | None = None  # pixels
    height: int | None = None  # pixels
    license: str | None = None  # an address


class Correction(Struct, frozen=True):
    """schema.org CorrectionComment."""

    text: str
    date: Moment | None = None
    kind: CorrectionKind = "correction"


class Source(Struct, frozen=True):
    """The bytes an article was read from, kept unchanged."""

    file: str | None = None  # name below content/sources/
    sha256: str | None = None  # lower-case hex of the bytes
    url: str | None = None
    retrieved: Moment | None = None
    media_type: str | None = None


class Article(Struct, frozen=True):
    """One article, as the newsroom or the importer stated it.

    ``body`` is Markdown. ``section`` is the path from general to special:
    ``("News", "Nation/World")``. ``evidence`` is keyed by front-matter key
    (``title``, ``date``, ``authors``, ``dateline`` …). ``properties`` holds further
    schema.org properties by their own names (``printPage``, ``backstory`` …).
    """

    headline: str
    body: str = ""
    type: str = "NewsArticle"
    slug: str | None = None  # as stated; the published one is given by urls.allocate
    language: str | None = None  # BCP 47
    published: Moment | None = None
    modified: Moment | None = None
    authors: tuple[Author, ...] = ()
    agencies: tuple[Agency, ...] = ()
    publisher: Publisher | None = None  # where it is not the site's own
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kicker: str | None = None
    summary: str | None = None  # standfirst; description
    dateline: str | None = None  # as printed, without the agency: "BENGHAZI, Libya"
    place: Place | None = None  # locationCreated
    images: tuple[Image, ...] = ()
    corrections: tuple[Correction, ...] = ()
    status: Status = "published"
    translation_of: str | None = None  # slug of the article this one translates
    canonical: str | None = None  # address of the fullest copy, where this is a duplicate
    aliases: tuple[str, ...] = ()  # earlier paths that lead here
    source: Source | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # what wants a person's eye: one sentence each
    file: str | None = None  # content file, relative to the site folder


class Published(Struct, frozen=True):
    """An article with its place in the paper. What press, exports and audit share."""

    article: Article
    slug: str
    path: str  # below the output folder, with "/": "articles/some-slug.html"
    url: str  # absolute
    html: str  # the sanitised body
    text: str  # the body as plain text, paragraphs parted by a blank line
    document: Mapping[str, Any]  # the @graph


class Problem(Struct, frozen=True, order=True):
    """Something wrong with content, as a value.

    ``file`` is the path as the user gave it or relative to the site folder;
    ``line`` is 1-based, 0 where unknown; ``path`` is a JSON Pointer (RFC 6901) into
    the document or front matter; ``see`` is the rule's source and its date.
    """

    file: str
    line: int
    path: str
    rule: str
    severity: Severity
    message: str  # one plain sentence: what is wrong, with the value, and what to do
    see: str = ""
