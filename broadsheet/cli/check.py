"""``broadsheet check``: the problems of content files, JSON-LD documents and pages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from broadsheet.cli.words import many
from broadsheet.model import Problem


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="NAME",
    help="Add a consumer's wishes: google, google-news-sitemap, or one of the site's.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list of the problems; short for --format json.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="How to print them.",
)
@click.option("--explain", metavar="RULE", help="Print what a rule asks, why, and examples; then stop.")
@click.option(
    "--select", multiple=True, metavar="RULES", help="Only these rules: ids or their beginnings, with commas."
)
@click.option("--ignore", multiple=True, metavar="RULES", help="All but these rules.")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Report only problems that this file does not list.",
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write today's problems to this file; then stop.",
)
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option(
    "--site",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The site folder; else the nearest with a broadsheet.toml.",
)
def command(  # noqa: PLR0913, PLR0917 - one argument an option
    paths: tuple[str, ...],
    profiles: tuple[str, ...],
    form: str,
    explain: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: Path | None,
    write_baseline: Path | None,
    site: Path | None,
    *,
    as_json: bool,
    strict: bool,
) -> None:
    """Report the problems of content files, JSON-LD documents and HTML pages.

    PATH is a content file (.md), a JSON-LD document (.json, .jsonld), a saved page
    (.html), a folder of these, or - for standard input. Without one, the site's
    content is checked.

    \b
    Exit 0: no errors. 1: errors (with --strict: warnings too). 2: wrong usage.

    \b
    Examples:
      broadsheet check
      broadsheet check page.html --profile google
      curl -s https://paper.example/story | broadsheet check -
      broadsheet check --explain pub/date-order
      broadsheet check output --write-baseline known.json
      broadsheet check output --baseline known.json --format github
    """
    from broadsheet.cli.checking import baselines, explaining, files, judging, reports

    if explain:
        click.echo(explaining.explained(explain, files.root(site, paths)))
        return
    judging.known(profiles, files.root(site, paths))
    found = judging.problems(paths, site, profiles)
    kept = judging.chosen(found, select, ignore)
    if write_baseline is not None:
        baselines.write(write_baseline, kept)
        click.echo(f"{write_baseline}: {many(len(kept), 'problem')} known from now on.", err=True)
        return
    if baseline is not None:
        kept = baselines.new(baseline, kept)
    reports.show(kept, "json" if as_json else form, files.root(site, paths))
    sys.exit(1 if _fails(kept, strict=strict) else 0)


def _fails(problems: list[Problem], *, strict: bool) -> bool:
    failing = {"error", "warning"} if strict else {"error"}
    return any(one.severity in failing for one in problems)
