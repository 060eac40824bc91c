"""``broadsheet convert``: sources or content files → NewsArticle JSON-LD, one line each."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from broadsheet.cli import inputs
from broadsheet.cli.field_map import FIELD
from broadsheet.cli.moments import MOMENT

if TYPE_CHECKING:
    from broadsheet.config import Site
    from broadsheet.importers import Options
    from broadsheet.model import Article, Moment, Problem

CONTENT = frozenset({".md", ".markdown"})
#: Characters that end a line for some readers of lines, though not for JSON.
_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@click.command("convert")
@click.argument("sources", nargs=-1, metavar="SOURCE…")
@click.option("--files-from", metavar="FILE", help="Read paths from FILE, one a line; - is stdin.")
@click.option(
    "--site",
    type=click.Path(path_type=Path, file_okay=False),
    help="The site folder whose publisher and time zone hold.",
)
@click.option("--lang", "language", metavar="CODE", help="The language of the sources (BCP 47); else it is found out.")
@click.option("--date", "published", type=MOMENT, help="The date of publication, where you know it.")
@click.option("--url", help="Where the source was found.")
@FIELD
@click.option(
    "--jobs", type=click.IntRange(0), default=0, help="Worker processes; 0 is one a processor for many inputs."
)
@click.option("--pretty", is_flag=True, help="Indent the JSON.")
def command(  # noqa: PLR0913 - one parameter an option
    sources: tuple[str, ...],
    files_from: str | None,
    site: Path | None,
    language: str | None,
    published: Moment | None,
    url: str | None,
    fields: dict[str, str],
    jobs: int,
    *,
    pretty: bool,
) -> None:
    """Print SOURCEs as schema.org NewsArticle JSON-LD, one document a line, in input order.

    A SOURCE is a text scrape, a saved page, a feed, an archive, a content file of ours
    (.md), or a folder of them. Nothing is written, nothing fetched. A SOURCE that cannot
    be read gives a line {"error": …, "file": …}, and the others go on.

    \b
    Exit 0: all were read. 1: some were not. 2: wrong usage.

    \b
    Examples:
      broadsheet convert scrape.txt --pretty
      ls pages/*.html | broadsheet convert --files-from - > articles.jsonl
      broadsheet convert content/ | jq -r .headline
    """
    inputs.require(sources, files_from)
    options = replace(_options(site, language, published, url), fields=fields)
    paths = inputs.listing(sources, files_from).paths
    failed = False
    for lines, good, warnings in _converted(paths, options, jobs, pretty=pretty):
        for line in lines:
            sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
        for warning in warnings:
            click.echo(warning, err=True)
        failed = failed or not good
    sys.stdout.buffer.flush()
    sys.exit(1 if failed else 0)


def _options(site: Path | None, language: str | None, published: Moment | None, url: str | None) -> Options:
    from broadsheet import config
    from broadsheet.importers import Options

    return Options(site=config.load(site) if site else None, language=language, published=published, url=url)


Result = tuple[list[str], bool, list[str]]


def _converted(paths: Sequence[Path], options: Options, jobs: int, *, pretty: bool) -> Iterator[Result]:
    """Yield what each path gives, in their order: lines, whether all went well, warnings."""
    from broadsheet.importers import crew, reading

    for many, group in reading.runs(paths):
        if many:
            for path in group:
                yield from _streamed(path, replace(options, jobs=reading.workers(jobs)), pretty=pretty)
        else:
            work = partial(_whole, options=options, pretty=pretty)
            yield from crew.in_order(work, group, reading.workers(jobs, len(group)))


def _whole(path: Path, options: Options, *, pretty: bool) -> Result:
    """Return all that one path gives: the work of one worker process."""
    results = list(_streamed(path, options, pretty=pretty))
    lines = [line for one, _, _ in results for line in one]
    return lines, all(good for _, good, _ in results), [one for _, _, warnings in results for one in warnings]


def _streamed(path: Path, options: Options, *, pretty: bool) -> Iterator[Result]:
    """Yield what a path gives, article by article: an archive never stands in memory as a whole."""
    from broadsheet import importers
    from broadsheet.model import Problem

    if path.suffix.lower() in CONTENT:
        yield _content(path, options, pretty=pretty)
        return
    nothing = True
    for found in importers.read(path, options):
        if not isinstance(found, Problem):
            nothing = False
            yield _document(path, found, options.site, pretty=pretty)
        elif found.severity == "error":
            nothing = False
            yield _failure(path, found.message, pretty=pretty)
        else:
            yield [], True, [_told(found)]
    if nothing:
        yield _failure(path, "No article was found in this file.", pretty=pretty)


def _content(path: Path, options: Options, *, pretty: bool) -> Result:
    """Return what a content file of ours gives: its document, and its problems for stderr."""
    from broadsheet import content

    article, problems = content.read(path, options.site)
    if article is None:
        return _failure(path, problems[0].message if problems else "There is no article in it.", pretty=pretty)
    lines, good, _ = _document(path, article, options.site, pretty=pretty)
    return lines, good and all(one.severity != "error" for one in problems), [_told(one) for one in problems]


def _told(problem: Problem) -> str:
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return f"{where}: {problem.severity}: {problem.message}"


def _document(path: Path, article: Article, site: Site | None, *, pretty: bool) -> Result:
    from broadsheet import content, jsonld

    try:
        text = content.text(article, site)
    except content.TooDeepError as error:
        return _failure(path, str(error), pretty=pretty)
    return [_line(jsonld.standalone(article, site, text), pretty=pretty)], True, []


def _failure(path: Path, message: str, *, pretty: bool) -> Result:
    return [_line({"error": message, "file": str(path)}, pretty=pretty)], False, []


def _line(document: Any, *, pretty: bool) -> str:
    text = json.dumps(document, ensure_ascii=False, indent=2 if pretty else None)
    return text.translate(_ENDS)
