"""The columns of the table `articles`: one row an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from broadsheet.fields.record import Field, Table, Value
from broadsheet.model import Article, Evidence, Moment, Person, Place, Published, Source

#: column → the front-matter key that holds its evidence.
BASES = {
    "headline": "title",
    "published": "date",
    "modified": "modified",
    "section": "category",
    "authors": "authors",
    "agencies": "agency",
    "dateline": "dateline",
    "place": "place",
    "summary": "summary",
    "tags": "tags",
    "language": "lang",
    "publisher": "publisher",
}


def moment(value: Moment | None) -> str | None:
    """Return ISO 8601: a day, or a time with its offset where one is known."""
    return value.isoformat() if value is not None else None


def filled(values: Iterable[str | None]) -> list[str]:
    """Return the texts that are not empty."""
    return [value for value in values if value]


def aligned(values: Iterable[str | None]) -> list[str]:
    """Return one text a value, "" where there is none; nothing at all where there are none."""
    texts = [value or "" for value in values]
    return texts if any(texts) else []


def place_name(place: Place | None) -> str | None:
    """Return "Benghazi, Libya": what names the place, the key of the table places."""
    return ", ".join(filled((place.name, place.region, place.country))) or None if place else None


def node(published: Published) -> Mapping[str, Any]:
    """Return the article's own node of its graph, or an empty one."""
    wanted = published.article.type
    graph = published.document.get("@graph", ())
    if graph and isinstance(graph[0], Mapping) and graph[0].get("@type") == wanted:
        return graph[0]  # where jsonld writes it
    return next((one for one in graph if isinstance(one, Mapping) and one.get("@type") == wanted), {})


def evidence_of(one: Evidence) -> dict[str, Any]:
    """Return what is known about one value, without what is empty. Written out: it runs for every value of a paper."""
    found: dict[str, Any] = {"basis": one.basis}
    if one.text:
        found["text"] = one.text
    if one.line:
        found["line"] = one.line
    if one.path:
        found["path"] = one.path
    if one.rule:
        found["rule"] = one.rule
    if one.note:
        found["note"] = one.note
    if one.by:
        found["by"] = one.by
    if one.at:
        found["at"] = one.at
    if one.candidates:
        found["candidates"] = list(one.candidates)
    return found


def _of(attribute: str) -> Callable[[Published], Value]:
    return lambda one: getattr(one.article, attribute) or None


def _place(attribute: str) -> Callable[[Published], Value]:
    def read(one: Published) -> Value:
        value: Value = getattr(one.article.place, attribute, None)
        return None if value == "" else value  # but 0.0 is a latitude

    return read


def _source(read: Callable[[Source], Value]) -> Callable[[Published], Value]:
    return lambda one: (read(one.article.source) or None) if one.article.source else None


def _authors(article: Article, attribute: str) -> list[str]:
    return aligned(getattr(one, attribute) if isinstance(one, Person) else None for one in article.authors if one.name)


def _publisher(one: Published) -> Value:
    if one.article.publisher is not None:
        return one.article.publisher.name or None
    stated = node(one).get("publisher")
    if not isinstance(stated, Mapping):
        return None
    if "name" not in stated:
        graph = one.document.get("@graph", ())
        stated = next((other for other in graph if other.get("@id") == stated.get("@id")), stated)
    name = stated.get("name")
    return name if isinstance(name, str) else None


def _license(one: Published) -> Value:
    stated = node(one).get("license")
    return stated if isinstance(stated, str) and stated else None


def _words(one: Published) -> Value:
    """Return what the markup says, and count only where it says nothing."""
    stated = node(one).get("wordCount")
    return stated if isinstance(stated, int) else len(one.text.split())


def _day(one: Published) -> Value:
    return one.article.published.isoformat()[:10] if one.article.published else None


def _year(one: Published) -> Value:
    return one.article.published.year if one.article.published else None


def _document(one: Published) -> Value:
    return one.url[: -len(".html")] + ".json" if one.url.endswith(".html") else None


def _evidence(one: Published) -> Value:
    return {key: evidence_of(value) for key, value in one.article.evidence.items()} or None


def _basis(column: str, key: str) -> Field:
    def read(one: Published) -> Value:
        found = one.article.evidence.get(key)
        return found.basis if found is not None else None

    description = f"How {column} is known: stated, inferred, configured or absent; empty where nothing is recorded."
    return Field(f"{column}_basis", "string", description, "stated", read)


_WHAT = (
    Field("id", "string", "Stable name of the article in this paper.", "bridge-reopens", lambda one: one.slug,
          "identifier", required=True),
    Field("url", "uri", "Address of the article's page.", "https://paper.example/articles/bridge-reopens.html",
          lambda one: one.url, "url", required=True),
    Field("type", "string", "Kind of article, a schema.org class.", "NewsArticle", _of("type"), "additionalType"),
    Field("headline", "string", "Headline.", "Swing bridge reopens", _of("headline"), "headline", "title"),
    Field("kicker", "string", "Short line above the headline.", "Harbour", _of("kicker"), "alternativeHeadline"),
    Field("summary", "string", "Standfirst.", "Council votes 5 to 2.", _of("summary"), "description", "summary"),
    Field("language", "string", "Language, BCP 47.", "en", _of("language"), "inLanguage", "lang"),
)  # fmt: skip
_WHEN = (
    Field("published", "moment", "When it was published, ISO 8601: a day, or a time where one is known.",
          "2026-03-04T18:30:00-08:00", lambda one: moment(one.article.published), "datePublished", "date"),
    Field("published_date", "date", "The day of published, as written there.", "2026-03-04", _day, None, "date"),
    Field("published_year", "integer", "The year of published: to part the files by.", "2026", _year, None, "date"),
    Field("modified", "moment", "When it was last changed, where that is stated, ISO 8601.",
          "2026-03-05", lambda one: moment(one.article.modified), "dateModified", "modified"),
)  # fmt: skip
_FILED = (
    Field("section", "string", "Main section.", "News", lambda one: next(iter(filled(one.article.section)), None),
          "articleSection", "category"),
    Field("section_path", "list", "Section and sub-sections, from general to special.", "News; Local",
          lambda one: filled(one.article.section), "articleSection", "category"),
    Field("tags", "list", "Tags.", "bridges; harbour", lambda one: filled(one.article.tags), "keywords", "tags"),
)  # fmt: skip
_WHO = (
    Field("authors", "list", "Names of the authors, in byline order.", "Ada Quill; Ben Tarrow",
          lambda one: filled(author.name for author in one.article.authors), "author", "authors"),
    Field("author_job_titles", "list", "Job titles, one an author in the same order; an unknown one is empty.",
          "Harbour reporter; ", lambda one: _authors(one.article, "job_title"), "jobTitle", "authors"),
    Field("author_affiliations", "list", "Whom the authors write for, in the same order; an unknown one is empty.",
          "Tidewire; ", lambda one: _authors(one.article, "affiliation"), "affiliation", "authors"),
    Field("agencies", "list", "Wire agencies the copy came from.", "Tidewire",
          lambda one: filled(agency.name for agency in one.article.agencies), "sourceOrganization", "agency"),
    Field("agency_codes", "list", "Agency codes as printed, in the same order; an unknown one is empty.", "TW",
          lambda one: aligned(agency.code for agency in one.article.agencies if agency.name), None, "agency"),
    Field("publisher", "string", "Paper that published it.", "The Saltmarsh Courier", _publisher, "publisher",
          "publisher"),
)  # fmt: skip
_WHERE = (
    Field("dateline", "string", "Dateline as printed, without the agency.", "PORT ELLERY, Wash.", _of("dateline"),
          "dateline", "dateline"),
    Field("place", "string", "Place the dateline names, the key of the table places.", "Port Ellery, Washington, US",
          lambda one: place_name(one.article.place), "locationCreated", "place"),
    Field("country", "string", "Country of the place, ISO 3166-1 alpha-2.", "US", _place("country"), "addressCountry",
          "place"),
    Field("latitude", "number", "Degrees north, WGS 84.", "47.9", _place("latitude"), "latitude", "place"),
    Field("longitude", "number", "Degrees east, WGS 84.", "-122.4", _place("longitude"), "longitude", "place"),
)  # fmt: skip
_HOW_MUCH = (
    Field("words", "integer", "Words of the body.", "412", _words, "wordCount"),
    Field("images", "integer", "Number of pictures.", "1", lambda one: len(one.article.images), None),
    Field("corrections", "integer", "Number of corrections, clarifications and updates.", "0",
          lambda one: len(one.article.corrections), None),
)  # fmt: skip
_WHENCE = (
    Field("source_url", "uri", "Address the original was found at.", "https://old.example/story/17",
          _source(lambda one: one.url), "isBasedOn"),
    Field("source_file", "string", "Name of the kept original below sources/.", "3f9c….html",
          _source(lambda one: one.file), "archivedAt"),
    Field("source_sha256", "string", "SHA-256 of the original's bytes, lower-case hex.", "3f9c…",
          _source(lambda one: one.sha256), "sha256"),
    Field("source_retrieved", "moment", "When the original was retrieved, ISO 8601.", "2026-03-05",
          _source(lambda one: moment(one.retrieved))),
    Field("canonical", "uri", "Address of the fullest copy, where this is a duplicate.",
          "https://paper.example/articles/bridge.html", _of("canonical"), "sameAs"),
    Field("translation_of", "string", "Id of the article this one translates.", "bridge-reopens",
          _of("translation_of"), "translationOfWork"),
    Field("license", "uri", "Licence of the article's text.", "https://creativecommons.org/licenses/by/4.0/",
          _license, "license"),
    Field("document_url", "uri", "Address of the article's JSON-LD.",
          "https://paper.example/articles/bridge-reopens.json", _document),
    Field("content_file", "string", "Content file the article was read from.", "content/bridge.md", _of("file")),
)  # fmt: skip
_KNOWN = (
    *(_basis(column, key) for column, key in BASES.items()),
    Field("evidence", "object", "How each value is known, by front-matter key: basis, text, line, path, rule, note.",
          '{"date": {"basis": "stated", "text": "March 4, 2026", "line": 7}}', _evidence),
    Field("notes", "list", "What still wants an editor's eye.", "No date was found.",
          lambda one: filled(one.article.notes)),
)  # fmt: skip

#: The body is written where ``[exports] bodies`` is true.
BODY = Field("body", "string", "The text, paragraphs parted by a blank line.", "The bridge…",
             lambda one: one.text or None, "articleBody")  # fmt: skip

ARTICLES = Table(
    "articles",
    "Articles",
    "One row an article.",
    (*_WHAT, *_WHEN, *_FILED, *_WHO, *_WHERE, *_HOW_MUCH, *_WHENCE, *_KNOWN, BODY),
    ("id",),
    lambda one: (one,),
    links=(("place", "places", "place"),),
)
