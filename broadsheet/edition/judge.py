"""One content file: read it, then render, document and judge it under its slug."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from broadsheet import content, importers, jsonld, urls, validate
from broadsheet.config import Site
from broadsheet.content import Header
from broadsheet.content.addresses import harmless, without_control_signs
from broadsheet.content.pictures import sized
from broadsheet.edition.files import SCRAPES
from broadsheet.edition.lines import aliases, lines_of
from broadsheet.importers import Options
from broadsheet.model import Article, Moment, Problem, Published

#: Why an article is left out, or "" where it is published.
Held = Literal["", "error", "draft", "future"]


class Reading(Struct, frozen=True):
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


class Judged(Struct, frozen=True):
    """One content file after the gate. ``published`` is None where ``held`` says why."""

    file: str
    held: Held
    published: Published | None
    problems: tuple[Problem, ...]
    aliases: tuple[tuple[str, int], ...] = ()  # earlier addresses as stated, each with its line


def read(path: Path, site: Site, raw: bytes | None = None) -> Reading:
    """Read one content file: Markdown, or a scrape that lies among the content as it was found.

    ``raw`` is what stands in a file of Markdown, where that was read before.
    """
    file = path.relative_to(site.root).as_posix()
    if path.suffix.lower() in SCRAPES:
        return _read_scrape(path, file, site)
    header, problems = content.read_header(path, file, raw)
    if header is None:
        return Reading(file, None, None, tuple(problems))
    article, faults = content.article(header, file, site)
    if article is not None:
        article, taken = harmless(article, file, header)
        faults = [*faults, *taken]
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
            article, taken = harmless(without_control_signs(replace(found, file=file)), file)
            problems += taken
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
    article = sized(article, site)
    path = urls.article_path(slug)
    try:
        body = content.render(article, site)
    except content.TooDeepError as error:
        line = reading.header.body_line if reading.header else 1
        problem = Problem(
            reading.file, line, "", "content/body", "error", str(error), "broadsheet front matter, 2026-11-22"
        )
        return Judged(reading.file, "error", None, (*reading.problems, problem))
    document = jsonld.document(article, site, path, body.text)
    lines = lines_of(reading.header, document)
    judged = validate.document(document, file=reading.file, lines=lines, profiles=profiles, site_root=site.root)
    problems = (*reading.problems, *judged)
    held = _held(article, problems, site, now)
    published = Published(article, slug, path, f"{site.url}/{path}", body.html, body.text, document)
    former = aliases(reading.header, article.aliases) if article.aliases else ()
    return Judged(reading.file, held, None if held else published, problems, former)


def _held(article: Article, problems: Iterable[Problem], site: Site, now: datetime) -> Held:
    if any(map(validate.withholds, problems)):
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
