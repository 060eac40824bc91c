"""``broadsheet import``: sources → content files, with what was found and what wants review."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadsheet.cli import inputs
from broadsheet.cli.moments import MOMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.importers.keeping import Kept
    from broadsheet.model import Moment, Problem

#: Front-matter keys in the order in which they are printed.
SHOWN = (
    "title",
    "authors",
    "agency",
    "date",
    "modified",
    "category",
    "dateline",
    "place",
    "publisher",
    "lang",
    "summary",
    "tags",
    "body",
)


@click.command("import")
@click.argument("sources", nargs=-1, metavar="SOURCE…")
@click.option("--files-from", metavar="FILE", help="Read paths from FILE, one a line; - is stdin.")
@click.option(
    "--site", type=click.Path(path_type=Path, file_okay=False), help="The site folder; else the one you stand in."
)
@click.option("--date", "published", type=MOMENT, help="The date of publication, where you know it: 2026-03-04.")
@click.option("--lang", "language", metavar="CODE", help="The language of the sources (BCP 47); else it is found out.")
@click.option("--url", help="Where the source was found.")
@click.option("--dry-run", is_flag=True, help="Print what would be written and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object an article or problem, one a line.")
@click.option("--quiet", is_flag=True, help="Print file names and problems alone.")
def command(  # noqa: PLR0913 - one parameter an option
    sources: tuple[str, ...],
    files_from: str | None,
    site: Path | None,
    published: Moment | None,
    language: str | None,
    url: str | None,
    *,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Turn SOURCEs into content files: content/SLUG.md, with the evidence of every value.

    A SOURCE is a text scrape, a saved page, a feed, an archive, or a folder of them. The
    original is kept once, by its hash, under content/sources/. What was imported before is
    left alone, so a second run picks up where the first one stopped and never overwrites
    what a person has written. Nothing is fetched from the network.

    \b
    Exit 0: all were read. 1: some were not. 2: wrong usage or configuration.

    \b
    Examples:
      broadsheet import scrape.txt
      broadsheet import saved-pages/ feed.xml --site mypaper
      broadsheet import scrape.txt --date 2026-03-04
      find archive -name '*.html' | broadsheet import --files-from - --dry-run
    """
    inputs.require(sources, files_from)
    tally = _Tally(_json_line if as_json else (_short if quiet else _long))
    for kept in _imported(sources, files_from, site, published, language, url, dry_run=dry_run):
        tally.add(kept)
    tally.end(dry_run=dry_run)
    sys.exit(1 if tally.failed else 0)


def _imported(
    sources: tuple[str, ...],
    files_from: str | None,
    site: Path | None,
    published: Moment | None,
    language: str | None,
    url: str | None,
    *,
    dry_run: bool,
) -> Iterator[Kept]:
    """Import each source in turn and yield what became of it."""
    from broadsheet import config
    from broadsheet.cli.counting import counted
    from broadsheet.importers import Options
    from broadsheet.importers.keeping import Keeper

    root = site or config.find_root(Path.cwd())
    if root is None:
        raise click.UsageError(
            "There is no broadsheet.toml here or above; --site DIR names the site, `broadsheet init DIR` makes one."
        )
    paper = config.load(root)
    options = Options(site=paper, language=language, published=published, url=url)
    keeper = Keeper(paper, dry_run=dry_run)
    paths = list(inputs.files(sources, files_from))
    for path in counted(paths, "Importing"):
        yield from keeper.keep(path, options)


@dataclass(slots=True)
class _Tally:
    """Prints each result and counts them."""

    show: Any
    counts: dict[str, int] = field(default_factory=dict)
    undated: int = 0
    failed: bool = False

    def add(self, kept: Kept) -> None:
        """Print and count one result."""
        self.counts[kept.outcome] = self.counts.get(kept.outcome, 0) + 1
        self.failed = self.failed or any(one.severity == "error" for one in kept.problems)
        if kept.article is not None and kept.outcome == "imported":
            self.undated += kept.article.published is None
        self.show(kept)

    def end(self, *, dry_run: bool) -> None:
        """Print the sums on stderr."""
        words = {
            "imported": "would be imported" if dry_run else "imported",
            "known": "already imported",
            "failed": "could not be read",
        }
        parts = [f"{self.counts[key]} {word}" for key, word in words.items() if self.counts.get(key)]
        if self.undated:
            parts.append(f"{self.undated} of them without a date")
        click.echo(f"{', '.join(parts) or 'Nothing to import'}.", err=True)


def _problem(problem: Problem) -> None:
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    click.echo(f"{where}: {problem.severity}: {problem.message}", err=True)


def _short(kept: Kept) -> None:
    for problem in kept.problems:
        _problem(problem)
    if kept.file and kept.outcome == "imported":
        click.echo(kept.file)


def _long(kept: Kept) -> None:
    """Print an article's values with their evidence, then what wants review."""
    for problem in kept.problems:
        _problem(problem)
    if kept.article is None:
        return
    if kept.outcome == "known":
        click.echo(f"{kept.source} → {kept.file}: already imported, left as it is.")
        return
    click.echo(f"{kept.source} → {kept.file}")
    from broadsheet.content import front_matter

    values = front_matter(kept.article)
    for key in SHOWN:
        evidence = kept.article.evidence.get(key)
        if key in values or evidence is not None:
            click.echo(
                f"  {key + ':':<11}{_value(kept.article.body if key == 'body' else values.get(key))}{_basis(evidence)}"
            )
            if evidence is not None and (evidence.note or evidence.candidates) and key in {"date", "place"}:
                _doubt(evidence.note, evidence.candidates)
    for note in kept.article.notes:
        click.echo(f"  ? {note}")


def _value(value: Any) -> str:
    """Return a value on one short line."""
    if value is None:
        return "—"
    text = value if isinstance(value, str) else _plain(value)
    text = " ".join(text.split())
    return text if len(text) <= 76 else f"{text[:75]}…"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        named = value.get("name")
        rest = [_plain(one) for key, one in value.items() if key not in {"name", "sameAs", "url"}]
        return f"{named} ({', '.join(rest)})" if named and rest else str(named or ", ".join(rest))
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(one) for one in value)
    return str(value)


def _basis(evidence: Any) -> str:
    if evidence is None:
        return ""
    where = f" line {evidence.line}" if evidence.line and evidence.basis != "absent" else ""
    rule = f", {evidence.rule}" if evidence.rule else ""
    return f"  [{evidence.basis}{where}{rule}]"


def _doubt(note: str | None, candidates: tuple[str, ...]) -> None:
    if note:
        click.echo(f"             {note}")
    for candidate in candidates:
        click.echo(f"             - {candidate.replace('/', ' to ')}")


def _json_line(kept: Kept) -> None:
    from broadsheet.content import front_matter

    record: dict[str, Any] = {"source": kept.source, "file": kept.file, "outcome": kept.outcome}
    record["problems"] = [asdict(one) for one in kept.problems]
    if kept.article is not None:
        record["article"] = front_matter(kept.article)
        record["notes"] = list(kept.article.notes)
    click.echo(json.dumps(record, ensure_ascii=False, default=str))
