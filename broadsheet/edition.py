"""Every article of a site: read, addressed, documented and judged.

`load` is the whole; `files`, `read`, `settle` and `finish` are its steps, each
usable alone, so that the press may hand files to workers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from broadsheet import content, importers, jsonld, urls, validate
from broadsheet.config import Site
from broadsheet.content import Header
from broadsheet.importers import Options
from broadsheet.model import Article, Moment, Problem, Published

#: Folders of content/ that hold no articles.
NOT_ARTICLES = frozenset({"pages", "images", "sources", "extra"})
MARKDOWN = frozenset({".md", ".markdown"})
SCRAPES = frozenset({".txt", ".html", ".htm"})

#: Why an article is left out, or "" where it is published.
Held = Literal["", "error", "draft", "future"]

#: Property of the document → the front-matter key that it comes from.
_KEYS = {
    "headline": "title",
    "description": "summary",
    "inLanguage": "lang",
    "datePublished": "date",
    "dateModified": "modified",
    "author": "authors",
    "sourceOrganization": "agency",
    "articleSection": "category",
    "keywords": "tags",
    "locationCreated": "place",
    "isBasedOn": "source",
    "sdDatePublished": "source",
    "translationOfWork": "translationOf",
    "sameAs": "canonical",
    "@type": "type",
}
#: Type of a further node of the graph → the front-matter key that it comes from.
_NODE_KEYS = {"Person": "authors", "Organization": "authors", "ImageObject": "image", "Place": "place", "BreadcrumbList": "category"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One content file as read: the article, where its keys stand, what is wrong so far."""

    file: str
    article: Article | None
    header: Header | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def wish(self) -> tuple[str, str, bool] | None:
        """Return (file, wished slug, stated in the front matter): what `urls.allocate` takes."""
        if self.article is None:
            return None
        return self.file, self.article.slug or self.article.headline, self.article.slug is not None


@dataclass(frozen=True, slots=True)
class Judged:
    """One content file after the gate. ``published`` is None where ``held`` says why."""

    file: str
    held: Held
    published: Published | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """What a site publishes, newest first, undated last; and all that is wrong with its content."""

    published: tuple[Published, ...]
    problems: tuple[Problem, ...]
    judged: tuple[Judged, ...] = ()

    def held(self, why: Held) -> int:
        """Return how many articles are left out for this reason."""
        return sum(one.held == why for one in self.judged)


def load(site: Site, *, now: datetime | None = None, profiles: Sequence[str] | None = None) -> Edition:
    """Read, address, document and judge every article of ``site``."""
    now = now or clock()
    found, refused = files(site)
    readings = [read(path, site) for path in found]
    slugs = settle(readings)
    wanted = site.build.profiles if profiles is None else profiles
    judged = [finish(one, slugs.get(one.file, ""), site, now, wanted) for one in readings]
    problems = [*refused, *(problem for one in judged for problem in one.problems), *crossed(judged)]
    published = [one.published for one in judged if one.published is not None]
    return Edition(tuple(in_order(published)), tuple(sorted(problems)), tuple(judged))


def clock() -> datetime:
    """Return the time of the build: SOURCE_DATE_EPOCH where it is set, else now (UTC)."""
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(stated), UTC) if stated.isdigit() else datetime.now(UTC)


def files(site: Site) -> tuple[list[Path], list[Problem]]:
    """Return the content files in the order of their names, and a problem for each link out."""
    found: list[Path] = []
    problems: list[Problem] = []
    for entry in _walk(site.content):
        if entry.is_symlink():
            problems.append(_symlink(entry, site))
        elif os.path.splitext(entry.name)[1].lower() in MARKDOWN | SCRAPES:
            found.append(Path(entry.path))
    return sorted(found), problems


def _walk(folder: Path, depth: int = 0) -> Iterator[os.DirEntry[str]]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth or entry.name not in NOT_ARTICLES:
                    yield from _walk(Path(entry.path), depth + 1)
            else:
                yield entry


def _symlink(entry: os.DirEntry[str], site: Site) -> Problem:
    file = Path(entry.path).relative_to(site.root).as_posix()
    message = "This is a symbolic link, which content may not be; put the file itself here."
    return Problem(file, 0, "", "content/symlink", "error", message, "broadsheet front matter, 2026-11-22")


def read(path: Path, site: Site) -> Reading:
    """Read one content file: Markdown, or a scrape that lies among the content as it was found."""
    file = path.relative_to(site.root).as_posix()
    if path.suffix.lower() in SCRAPES:
        return _read_scrape(path, file, site)
    header, problems = content.read_header(path, file)
    if header is None:
        return Reading(file, None, None, tuple(problems))
    article, faults = content.article(header, file, site)
    seen = {(one.line, one.path) for one in faults}
    schema = validate.front_matter(header.data, file=file, lines=header.line, site_root=site.root)
    return Reading(file, article, header, (*faults, *(one for one in schema if (one.line, one.path) not in seen)))


def _read_scrape(path: Path, file: str, site: Site) -> Reading:
    article: Article | None = None
    problems: list[Problem] = []
    for found in importers.read(path, Options(site=site)):
        if isinstance(found, Problem):
            problems.append(replace(found, file=file))
        elif article is None:
            article = replace(found, file=file)
    return Reading(file, article, None, tuple(problems))


def settle(readings: Iterable[Reading]) -> dict[str, str]:
    """Return the slug of every file."""
    return urls.allocate(wish for one in readings if (wish := one.wish) is not None)


def finish(reading: Reading, slug: str, site: Site, now: datetime, profiles: Sequence[str] = ()) -> Judged:
    """Render, document and judge one article under ``slug``."""
    article = reading.article
    if article is None:
        return Judged(reading.file, "error", None, reading.problems)
    if article.language is None:
        article = replace(article, language=site.language)
    path = urls.article_path(slug)
    try:
        body = content.render(article, site)
    except content.TooDeepError as error:
        line = reading.header.body_line if reading.header else 1
        problem = Problem(reading.file, line, "", "content/body", "error", str(error), "broadsheet front matter, 2026-11-22")
        return Judged(reading.file, "error", None, (*reading.problems, problem))
    document = jsonld.document(article, site, path, body.text)
    lines = _lines(reading.header, document)
    judged = validate.document(document, file=reading.file, lines=lines, profiles=profiles, site_root=site.root)
    problems = (*reading.problems, *judged)
    held = _held(article, problems, site, now)
    published = Published(article, slug, path, f"{site.url}/{path}", body.html, body.text, document)
    return Judged(reading.file, held, None if held else published, problems)


def _held(article: Article, problems: Iterable[Problem], site: Site, now: datetime) -> Held:
    if any(one.severity == "error" for one in problems):
        return "error"
    if article.status == "draft":
        return "draft"
    if not site.build.future and article.published is not None and _instant(article.published, site) > now:
        return "future"
    return ""


def _instant(moment: Moment, site: Site) -> datetime:
    zone = ZoneInfo(site.timezone)
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=zone)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def _lines(header: Header | None, document: Mapping[str, Any]) -> Callable[[str], int]:
    """Return a function from a JSON Pointer into the graph to a line of the front matter."""

    def line(pointer: str) -> int:
        if header is None:
            return 0
        parts = pointer.split("/")  # "", "@graph", "0", "headline", …
        key = ""
        if len(parts) > 2 and parts[2].isdigit() and int(parts[2]) < len(document["@graph"]):
            node = document["@graph"][int(parts[2])]
            name = parts[3] if len(parts) > 3 else "@type"
            key = _KEYS.get(name, name) if parts[2] == "0" else _NODE_KEYS.get(str(node.get("@type")), "")
        written = next((one for one in header.data if _named(one) == key), "title")
        return header.line(f"/{written}")

    return line


def _named(written: str) -> str:
    from broadsheet.content.keys import ALIASES

    return ALIASES.get(written, written)


def crossed(judged: Iterable[Judged]) -> list[Problem]:
    """Return the problems that only all articles together can have."""
    published = [one.published for one in judged if one.published is not None]
    slugs = {one.slug for one in published}
    found = []
    for one in published:
        target = one.article.translation_of
        if target is not None and urls.slugify(target) not in slugs:
            message = f"translationOf names {target!r}, and no published article has that slug; correct or remove it."
            found.append(Problem(one.article.file or "", 0, "/translationOf", "content/translation", "warning", message))
    return found


def in_order(published: Iterable[Published]) -> list[Published]:
    """Return articles newest first; those of one moment by slug; undated ones last, by slug."""
    return sorted(sorted(published, key=lambda one: one.slug), key=lambda one: when(one.article), reverse=True)


def when(article: Article) -> datetime:
    """Return an instant to sort by: a day counts as its midnight UTC, no date as the year 1."""
    moment = article.published
    if moment is None:
        return datetime.min.replace(tzinfo=UTC)
    if isinstance(moment, datetime):
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


