"""``broadsheet query``: a question in SQL to the exported data."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from broadsheet.export.query import Answer

MOST_WIDE = 40  # characters of a value in a table on a terminal


@click.command("query")
@click.argument("question", metavar="SQL")
@click.option(
    "--data", type=click.Path(path_type=Path), default=None, help="The folder of the exports, default SITE/output/data."
)
@click.option(
    "--site",
    "site_root",
    type=click.Path(path_type=Path),
    default=None,
    help="The site folder; else the nearest one at or above this folder.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, as is done where stdout is not a terminal.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list of objects.")
def command(question: str, data: Path | None, site_root: Path | None, *, as_csv: bool, as_json: bool) -> None:
    """Ask the exported data a question in SQL.

    Every table of the dataset is there by its name: articles, authors, article_authors,
    agencies, places, sections, tags, evidence …; DICTIONARY.md says what the columns mean.
    DuckDB answers: pip install 'broadsheet[query]'. It reads the data folder and nothing else.

    \b
    Exit 0: answered. 2: there is no data, or this is no question.

    \b
    Examples:
      broadsheet query "select section, count(*) from articles group by all"
      broadsheet query "select headline from articles where published is null"
      broadsheet query "select unnest(authors) as author, sum(words) from articles group by 1"
      broadsheet query --json "from evidence where basis = 'inferred' limit 5" | jq .
    """
    from broadsheet.cli.build import find_site
    from broadsheet.export.query import ask

    answer = ask(data or find_site(site_root) / "output" / "data", question)
    if as_json:
        rows = [dict(zip(answer.names, row, strict=True)) for row in answer.rows]
        click.echo(json.dumps(rows, ensure_ascii=False, default=str))
    elif as_csv or not sys.stdout.isatty():
        _print_csv(answer)
    else:
        _print_table(answer)


def _print_csv(answer: Answer) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answer.names)
    writer.writerows([_cell(value) for value in row] for row in answer.rows)


def _cell(value: object) -> object:
    """Return a cell as articles.csv has it: lists joined, no text that a spreadsheet takes for a formula."""
    from broadsheet.fields import cells

    if isinstance(value, list):
        return cells.guard(cells.join(map(str, value)))
    return cells.guard(value) if isinstance(value, str) else value


def _print_table(answer: Answer) -> None:
    lines = [answer.names, *([_short(value) for value in row] for row in answer.rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for number, line in enumerate(lines):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        if not number:
            click.echo("  ".join("-" * width for width in widths))


def _short(value: object) -> str:
    text = "" if value is None else "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    plain = "".join(mark if mark.isprintable() else " " for mark in text)
    return plain if len(plain) <= MOST_WIDE else plain[: MOST_WIDE - 1] + "…"
