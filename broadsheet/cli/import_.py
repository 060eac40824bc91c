"""``broadsheet import``: sources → content files, with what was found and what wants review."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct, field

from broadsheet.cli import findings, inputs
from broadsheet.cli.field_map import FIELD
from broadsheet.cli.moments import MOMENT

if TYPE_CHECKING:
    from broadsheet.config import Site
    from broadsheet.importers import Options
    from broadsheet.importers.keeping import Kept
    from broadsheet.model import Moment

GROUPS = 10  # groups of near-duplicates that are printed


@click.command("import")
@click.argument("sources", nargs=-1, metavar="SOURCE…")
@click.option("--files-from", metavar="FILE", help="Read paths from FILE, one a line; - is stdin.")
@click.option(
    "--site", type=click.Path(path_type=Path, file_okay=False), help="The site folder; else the one you stand in."
)
@click.option("--date", "published", type=MOMENT, help="The date of publication, where you know it: 2026-03-04.")
@click.option("--lang", "language", metavar="CODE", help="The language of the sources (BCP 47); else it is found out.")
@click.option("--url", help="Where the source was found.")
@FIELD
@click.option("--jobs", type=click.IntRange(0), default=0, help="Processes that read; 0 is one a processor.")
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
    fields: dict[str, str],
    jobs: int,
    *,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Turn SOURCEs into content files: content/SLUG.md, with the evidence of every value.

    A SOURCE is a text scrape, a saved page, a feed, an archive, or a folder of them; in
    folders, pictures, scripts and the parts of saved pages are left out. The original is
    kept once, by its hash, under content/sources/. What was imported before is left
    alone, so a second run picks up where the first one stopped and never overwrites
    what a person has written. Nothing is fetched from the network.

    \b
    Exit 0: all were read. 1: some were not. 2: wrong usage or configuration.

    \b
    Examples:
      broadsheet import scrape.txt
      broadsheet import saved-pages/ feed.xml --site mypaper
      broadsheet import scrape.txt --date 2026-03-04
      broadsheet import scraped.jsonl --field title=kop --field body=data.text
      find archive -name '*.html' | broadsheet import --files-from - --dry-run
    """
    from broadsheet.importers import Options

    inputs.require(sources, files_from)
    paper = _site(site)
    listing = inputs.listing(sources, files_from)
    options = Options(site=paper, language=language, published=published, url=url, fields=fields)
    tally = _Tally(findings.json_line if as_json else (findings.short if quiet else findings.long))
    for kept in _imported(listing.paths, options, paper, jobs, dry_run=dry_run):
        tally.add(kept)
    tally.end(listing.left_out, dry_run=dry_run)
    if tally.new and not dry_run:
        _duplicates(paper, tally.new)
    sys.exit(1 if tally.failed else 0)


def _site(folder: Path | None) -> Site:
    from broadsheet import config

    root = folder or config.find_root(Path.cwd())
    if root is None:
        raise click.UsageError(
            "There is no broadsheet.toml here or above; --site DIR names the site, `broadsheet init DIR` makes one."
        )
    return config.load(root)


def _imported(paths: tuple[Path, ...], options: Options, paper: Site, jobs: int, *, dry_run: bool) -> Iterator[Kept]:
    """Import each source in turn and yield what became of it."""
    from broadsheet.cli.counting import counted
    from broadsheet.importers import reading
    from broadsheet.importers.keeping import Keeper, Kept

    keeper = Keeper(paper, dry_run=dry_run)
    found = reading.sources(paths, options, jobs, keeper.held)
    for one in counted(found, "Importing", len(paths)):
        if one.held:
            yield Kept(str(one.path), "known", one.held)
        else:
            yield from keeper.keep(one.path, one.found)


class _Tally(Struct):
    """Prints each result and counts them."""

    show: Callable[[Kept], None]
    counts: dict[str, int] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)  # content files
    undated: int = 0
    doubtful: int = 0
    failed: bool = False

    def add(self, kept: Kept) -> None:
        """Print and count one result."""
        from broadsheet import review

        self.counts[kept.outcome] = self.counts.get(kept.outcome, 0) + 1
        self.failed = self.failed or any(one.severity == "error" for one in kept.problems)
        if kept.article is not None and kept.outcome == "imported":
            self.undated += kept.article.published is None
            self.doubtful += review.is_wanted(kept.article)
            self.new.add(str(kept.file))
        self.show(kept)

    def end(self, left_out: int, *, dry_run: bool) -> None:
        """Print the sums on stderr."""
        words = {
            "imported": "would be imported" if dry_run else "imported",
            "known": "already imported",
            "failed": "could not be read",
        }
        parts = [f"{self.counts[key]} {word}" for key, word in words.items() if self.counts.get(key)]
        if self.undated:
            parts.append(f"{self.undated} of them without a date")
        if left_out:
            parts.append(f"{left_out} other {'file' if left_out == 1 else 'files'} left out")
        click.echo(f"{', '.join(parts) or 'Nothing to import'}.", err=True)
        if self.doubtful and not dry_run:
            click.echo(f"{_articles(self.doubtful)} review: `broadsheet review` lists them.", err=True)


def _articles(count: int) -> str:
    return "1 article wants" if count == 1 else f"{count} articles want"


def _duplicates(paper: Site, new: set[str]) -> None:
    """Print the groups of near-duplicates that hold a new article, one a line, on stderr."""
    from broadsheet import edition
    from broadsheet.importers import duplicates

    files, _ = edition.files(paper)
    groups = [
        one for one in duplicates.groups(_texts(paper, files)) if not new.isdisjoint((one.canonical, *one.others))
    ]
    for group in groups[:GROUPS]:
        click.echo(f"One story ({group.likeness:.0%} alike): {', '.join((group.canonical, *group.others))}", err=True)
    if groups:
        more = f"{len(groups) - GROUPS} more groups; " if len(groups) > GROUPS else ""
        click.echo(f"{more}`broadsheet duplicates --write` marks the first of each as canonical.", err=True)


def _texts(paper: Site, files: Iterable[Path]) -> Iterator[tuple[str, str, Moment | None]]:
    """Yield name, text and date of every content file that does not point to another copy already."""
    from broadsheet import content

    for path in files:
        if path.suffix.lower() in {".md", ".markdown"}:
            article, _ = content.read(path, paper)
            if article is not None and article.canonical is None:
                yield article.file or path.name, article.body, article.published
