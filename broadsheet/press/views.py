"""What templates see: frozen records of plain text, made from `Published` by the press.

Every ``path`` is relative to the output folder; a template writes ``{{ root }}{{ link.path }}``.
Text is plain (the templates escape it); `Markup` marks what is already safe HTML.
Longer than other modules because it is the theme's whole contract, read from top to bottom.
"""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup
from msgspec import Struct

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


class Link(Struct, frozen=True):
    """A link: ``path`` within the site, or else ``url`` to elsewhere."""

    name: str
    path: str = ""
    url: str = ""
    count: int = 0  # articles behind it, where it leads to a listing
    language: str = ""  # BCP 47, of a translation


class When(Struct, frozen=True):
    """A moment: ISO 8601 for machines, and as the paper prints it in its own language."""

    iso: str
    text: str  # with the time of day where it is known
    day: str = ""  # without


class ImageView(Struct, frozen=True):
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


class Byline(Struct, frozen=True):
    """One author as printed. ``path`` leads to the author's page."""

    name: str
    path: str
    job_title: str | None = None
    affiliation: str | None = None


class AgencyView(Struct, frozen=True):
    """A wire agency. ``path`` leads to its page."""

    name: str
    path: str
    code: str | None = None


class CorrectionView(Struct, frozen=True):
    """A correction, clarification or update."""

    kind: str
    text: str
    when: When | None = None


class EvidenceRow(Struct, frozen=True):
    """How one value is known: a line of the "how we know" fold-out."""

    label: str
    value: str
    basis: str  # stated, inferred, configured, absent
    text: str | None = None  # the span of the source, verbatim
    where: str = ""  # "line 12", "json-ld/datePublished"
    rule: str | None = None
    note: str | None = None
    confirmed: str | None = None  # "A. Reviewer, 2026-03-05"


class SourceView(Struct, frozen=True):
    """The kept original. ``path`` is None where it is not published."""

    name: str
    path: str | None = None
    url: str | None = None
    sha256: str | None = None
    retrieved: When | None = None


class Card(Struct, frozen=True):
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


class ArticleView(Struct, frozen=True):
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


class PageView(Struct, frozen=True):
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


class PaperView(Struct, frozen=True):
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


class AboutView(Struct, frozen=True):
    """``about`` on listing.html: who or what the listing is of. ``facts`` are (term, value)."""

    name: str
    kind: str
    facts: tuple[tuple[str, str], ...] = ()
    children: tuple[Link, ...] = ()  # sub-sections


class Block(Struct, frozen=True):
    """One section's block on the front page."""

    section: Link
    cards: tuple[Card, ...]


class Month(Struct, frozen=True):
    """One month of archive.html."""

    month_text: str
    path: str
    count: int


class Year(Struct, frozen=True):
    """One year of archive.html (``years``)."""

    year: str
    months: tuple[Month, ...]


class DataFile(Struct, frozen=True):
    """One exported file. ``bytes`` is its size; ``rows`` its articles."""

    path: str
    name: str
    format: str
    bytes: int
    size_text: str
    rows: int | None  # None where the file has no rows
    sha256: str
    description: str = ""


class FieldView(Struct, frozen=True):
    """One column of the exports."""

    name: str
    type: str
    description: str
    example: str = ""
    term: str = ""  # the schema.org property


class Chart(Struct, frozen=True):
    """A chart of data.html. ``alternative`` says in words what it shows."""

    title: str
    svg: Markup
    alternative: str


class DatasetView(Struct, frozen=True):
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
    jsonld: Markup = Markup()
