"""``broadsheet export``: the data exports alone, whole or in part."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import asdict, replace

from broadsheet.cli.words import many

if TYPE_CHECKING:
    from broadsheet.config import Site
    from broadsheet.edition import Edition
    from broadsheet.export import Dataset
    from broadsheet.fields import Change, Table
    from broadsheet.model import Published


@click.command("export")
@click.argument("formats", nargs=-1, metavar="[FORMAT]...")
@click.option("--output", type=click.Path(path_type=Path, allow_dash=True), default=None,
              help="The folder, default SITE/output/data; - prints one format's articles.")  # fmt: skip
@click.option(
    "--site",
    "site_root",
    type=click.Path(path_type=Path),
    default=None,
    help="The site folder; else the nearest one at or above this folder.",
)
@click.option(
    "--where", "condition", metavar="SQL", help="Only articles for which this condition over the columns holds."
)
@click.option("--columns", metavar="A,B,C", help="Only these columns, in this order.")
@click.option(
    "--since",
    metavar="DAY|DIR",
    help="Only articles published or changed since this day, or since the exports in this folder.",
)
@click.option("--bodies", is_flag=True, help="The texts of the articles too.")
@click.option("--list", "list_them", is_flag=True, help="Print the formats there are, and stop.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as one JSON object.")
def command(  # noqa: PLR0913 - one argument an option
    formats: tuple[str, ...],
    output: Path | None,
    site_root: Path | None,
    condition: str | None,
    columns: str | None,
    since: str | None,
    *,
    bodies: bool,
    list_them: bool,
    as_json: bool,
) -> None:
    """Write the articles as data: the formats of broadsheet.toml, or each FORMAT.

    Files that describe the data (datapackage.json, csvw-metadata.json, croissant.json,
    DICTIONARY.md, SHA256SUMS) are written beside it. What the columns mean: DICTIONARY.md.

    \b
    Exit 0: written. 1: written, but articles with errors are left out. 2: nothing was written.

    \b
    Examples:
      broadsheet export
      broadsheet export csv --output - --columns date,headline,authors | head
      broadsheet export csv jsonl --output part --where "section = 'News' and date >= '2016'"
      broadsheet export jsonl --output - --where "authors like '%Quill%'" | jq .headline
      broadsheet export --output recent --since 2026-03-01
      broadsheet export --output update --since ~/the-data-i-had
    """
    from broadsheet import config
    from broadsheet.cli.build import find_site

    site = config.load(find_site(site_root))
    if list_them:
        _list(site)
        return
    if bodies:
        site = replace(site, exports=replace(site.exports, bodies=True))
    if output is None and (condition or columns or since):
        raise click.UsageError(
            "A part of the articles needs a folder of its own: add --output DIR, or --output - to print it."
        )
    part = _select(site, condition, columns, since)
    if str(output) == "-":
        _print(site, formats, part)
    else:
        _write(site, formats, part, output or site.root / "output" / "data", as_json=as_json)
    left_out = part.edition.held("error")
    if left_out:
        click.echo(f"{many(left_out, 'article')} left out for errors; `broadsheet check` tells them.", err=True)
    sys.exit(1 if left_out else 0)


class _Part(Struct, frozen=True):
    """What is exported: everything where ``tables`` is None."""

    edition: Edition
    articles: Iterable[Published]
    tables: tuple[Table, ...] | None
    changed: list[Change] | None


def _select(site: Site, condition: str | None, columns: str | None, since: str | None) -> _Part:
    from broadsheet import edition, export
    from broadsheet.export import select

    tables = export.tables_of(site)
    named = (select.columns(tables[0], [name.strip() for name in columns.split(",")]),) if columns else tables
    found = edition.load(site)
    articles: Iterable[Published] = found.published
    changed = None
    if since and since[:4].isdigit():
        articles = select.since(articles, since)
    elif since:
        articles, changed = select.changed(articles, tables[0], Path(since))
    if condition:
        articles = select.where(articles, tables[0], condition)
    return _Part(found, articles, named if condition or columns or since else None, changed)


def _write(site: Site, formats: tuple[str, ...], part: _Part, output: Path, *, as_json: bool) -> None:
    from broadsheet import export

    dataset = export.write(
        part.articles,
        site,
        output,
        formats or None,
        problems=part.edition.problems,
        tables=part.tables,
        changed=part.changed,
    )
    if as_json:
        click.echo(json.dumps(_plain(dataset, output), ensure_ascii=False, indent=1))
        return
    for one in (*dataset.files, *dataset.descriptors):
        click.echo(output / one.name)
    click.echo(
        f"{many(dataset.rows, 'article')}, {many(len(dataset.files), 'data file')}, version {dataset.version}; {output}",
        err=True,
    )


def _plain(dataset: Dataset, output: Path) -> dict[str, object]:
    files = [asdict(one) | {"path": str(output / one.name)} for one in (*dataset.files, *dataset.descriptors)]
    return {"version": dataset.version, "articles": dataset.rows, "output": str(output), "files": files}


def _print(site: Site, formats: tuple[str, ...], part: _Part) -> None:
    from broadsheet.export import stream, tables_of

    if len(formats) != 1:
        raise click.UsageError("--output - prints one format: name it, such as `broadsheet export csv --output -`.")
    stream(part.articles, site, formats[0], (part.tables or tables_of(site))[0], sys.stdout.buffer)


def _list(site: Site) -> None:
    from broadsheet.export import load, names

    for name in names(site.root):
        mark = "*" if name in site.exports.formats else " "
        click.echo(f"{mark} {name:10} {load(name, site.root).description}")
    click.echo("* is written at every build: [exports] formats in broadsheet.toml.", err=True)
