"""What templates see: frozen records of plain text, made from `Published` by the press.

Every ``path`` is relative to the output folder; a template writes ``{{ root }}{{ link.path }}``.
Text is plain (the templates escape it); `Markup` marks what is already safe HTML.
Longer than other modules because it is the theme's whole contract, read from top to bottom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

Kind = Literal[
    "front",
    "article",
    "section",
    "author",
    "agency",
    "place",
    "tag",
    "listings",  # the index of all sections, authors, agencies, places or tags
    "archive",
    "month",
    "undated",
    "page",
    "data",
    "missing",  # 404.html
]


@dataclass(frozen=True, slots=True)
class Link:
    """A link: ``path`` within the site, or else ``url`` to elsewhere."""

    name: str
    path: str = ""
    url: str = ""
    count: int = 0  # articles behind it, where it leads to a listing
    language: str = ""  # BCP 47, of a translation


@dataclass(frozen=True, slots=True)
class When:
    """A moment: ISO 8601 for machines, and as the paper prints it in its own language."""

    iso: str
    text: str  # with the time of day where it is known
    day: str = ""  # without


@dataclass(frozen=True, slots=True)
class ImageView:
    """A picture. ``src`` is absolute, or relative to the output folder where ``local``."""

    src: str
    local: bool = False
    url: str = ""  # absolute address, for OpenGraph
    alt: str = ""
    caption: str | None = None
    credit: str | None = None
    width: int | None = None  # pixels
    height: int | None = None  # pixels
    host: str = ""  # of a picture elsewhere, which the page links to and does not load


@dataclass(frozen=True, slots=True)
class Byline:
    """One author as printed. ``path`` leads to the author's page."""

    name: str
    path: str
    job_title: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class AgencyView:
    """A wire agency. ``path`` leads to its page."""

    name: str
    path: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction, clarification or update."""

    kind: str
    text: str
    when: When | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """How one value is known: a line of the "how we know" fold-out."""

    label: str
    value: str
    basis: str  # stated, inferred, configured, absent
    text: str | None = None  # the span of the source, verbatim
    where: str = ""  # "line 12", "json-ld/datePublished"
    rule: str | None = None
    note: str | None = None
    confirmed: str | None = None  # "A. Reviewer, 2026-03-05"


@dataclass(frozen=True, slots=True)
class SourceView:
    """The kept original. ``path`` is None where it is not published."""

    name: str
    path: str | None = None
    url: str | None = None
    sha256: str | None = None
    retrieved: When | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list. ``{{ card_html(card) }}`` renders ``_card.html`` once for all lists."""

    path: str
    headline: str
    kicker: str | None = None
    label: str | None = None
    summary: str | None = None
    byline: str = ""
    published: When | None = None
    image: ImageView | None = None
    section: Link | None = None
    language: str = ""
    dir: str = "ltr"
    clues: str | None = None  # of an undated article: which date clues were seen


@dataclass(frozen=True, slots=True)
class ArticleView:
    """``article`` in article.html."""

    headline: str
    path: str
    document_path: str  # "articles/x.json"
    body: Markup  # sanitised
    jsonld: Markup  # the text of the JSON-LD <script>, safe inside it
    byline: str  # "By A. Writer and B. Writer, Associated Press"; "" where no one is named
    words: int
    minutes: int  # reading time
    language: str = ""
    dir: str = "ltr"
    cite: str = ""  # one line of plain text
    section_name: str = ""  # the most special section
    kicker: str | None = None
    label: str | None = None  # "Opinion", "Correction" …
    summary: str | None = None
    authors: tuple[Byline, ...] = ()
    agencies: tuple[AgencyView, ...] = ()
    dateline: str | None = None
    place: Link | None = None
    published: When | None = None
    modified: When | None = None
    section: tuple[Link, ...] = ()
    tags: tuple[Link, ...] = ()
    images: tuple[ImageView, ...] = ()  # all of them; `image` is the first
    corrections: tuple[CorrectionView, ...] = ()
    evidence: tuple[EvidenceRow, ...] = ()
    source: SourceView | None = None
    canonical_other: Link | None = None  # where this is a duplicate: the fullest copy
    previous: Card | None = None  # the one published before
    next: Card | None = None
    related: tuple[Card, ...] = ()
    translations: tuple[Link, ...] = ()  # the same piece in other languages: headline, path, language
    backstory: str | None = None  # how the piece was reported
    notes: tuple[str, ...] = ()

    @property
    def image(self) -> ImageView | None:
        """Return the first picture."""
        return self.images[0] if self.images else None

    @property
    def corrected(self) -> bool:
        """Return whether a correction stands."""
        return bool(self.corrections)


@dataclass(frozen=True, slots=True)
class PageView:
    """``page`` in every template."""

    kind: Kind
    title: str
    path: str
    canonical: str  # absolute address
    head_title: str = ""  # the whole <title>
    description: str = ""
    language: str = ""  # of the page's main text
    dir: str = "ltr"
    og_type: str = "website"
    number: int = 1  # of a listing
    pages: int = 1
    previous_path: str | None = None  # the listing's page before this one
    next_path: str | None = None
    feed_path: str | None = None
    trail: tuple[Link, ...] = ()  # breadcrumb, this page left out
    image: ImageView | None = None  # for OpenGraph
    noindex: bool = False


@dataclass(frozen=True, slots=True)
class PaperView:
    """``paper`` in every template: the masthead and the footer."""

    name: str
    url: str
    language: str
    dir: str = "ltr"
    description: str = ""
    place: str | None = None
    founded: str | None = None  # "Est. April 9, 1887"
    logo: ImageView | None = None  # only a picture of the site's own
    sections: tuple[Link, ...] = ()  # of the first level, those with most articles
    more_sections: bool = False  # there are others, on sections.html
    pages: tuple[Link, ...] = ()
    policies: tuple[Link, ...] = ()  # Link.url
    licence_data: Link | None = None
    licence_content: Link | None = None
    indexes: tuple[Link, ...] = ()  # "Authors" → authors.html …, only those that exist
    edition: When | None = None  # the day of the newest article, never the clock
    article_count: int = 0
    undated_count: int = 0
    feed_path: str = "feed.atom.xml"
    rss_path: str = "feed.rss.xml"


@dataclass(frozen=True, slots=True)
class AboutView:
    """``about`` on listing.html: who or what the listing is of. ``facts`` are (term, value)."""

    name: str
    kind: str
    facts: tuple[tuple[str, str], ...] = ()
    children: tuple[Link, ...] = ()  # sub-sections


@dataclass(frozen=True, slots=True)
class Block:
    """One section's block on the front page."""

    section: Link
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of archive.html."""

    month_text: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class Year:
    """One year of archive.html (``years``)."""

    year: str
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class DataFile:
    """One exported file. ``bytes`` is its size; ``rows`` its articles."""

    path: str
    name: str
    format: str
    bytes: int
    size_text: str
    rows: int | None  # None where the file has no rows
    sha256: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One column of the exports."""

    name: str
    type: str
    description: str
    example: str = ""
    term: str = ""  # the schema.org property


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of data.html. ``alternative`` says in words what it shows."""

    title: str
    svg: Markup
    alternative: str


@dataclass(frozen=True, slots=True)
class DatasetView:
    """``dataset`` in data.html."""

    name: str
    description: str = ""
    version: str = ""
    cite: str = ""
    licence: Link | None = None
    files: tuple[DataFile, ...] = ()
    descriptors: tuple[DataFile, ...] = ()  # what describes the files: datapackage.json …
    browse: DataFile | None = None  # the script that holds what the page searches
    fields: tuple[FieldView, ...] = ()
    charts: tuple[Chart, ...] = ()
    preview_header: tuple[str, ...] = ()
    preview_rows: tuple[tuple[str, ...], ...] = ()
    jsonld: Markup = Markup()  # noqa: RUF009  Markup is immutable
