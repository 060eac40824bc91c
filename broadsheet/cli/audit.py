"""``broadsheet audit``: read the built site back."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import asdict, replace

from broadsheet import config
from broadsheet.cli.words import many

if TYPE_CHECKING:
    from broadsheet.audit.walk import Progress
    from broadsheet.model import Problem


@click.command("audit")
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.option("--url", metavar="URL", help="The paper's address; else broadsheet.toml or the front page tells it.")
@click.option("--jobs", type=click.IntRange(0), default=0, help="Processes that read; 0 is one a processor.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list of the problems.")
def command(output: Path, url: str | None, jobs: int, *, as_json: bool) -> None:
    """Read the built site in OUTPUT back and prove that everything agrees.

    Every page is read as a search engine reads it (extruct) and as a reader sees it.
    Page, JSON-LD, the document beside the page, feeds, sitemaps and data exports must
    hold the same articles and say the same of them, and every link must lead somewhere.

    \b
    Exit 0: all agree. 1: they do not. 2: there is no site to read.

    \b
    Examples:
      broadsheet audit
      broadsheet audit public --url https://paper.example
      broadsheet audit --json | jq '.[].message'
    """
    from broadsheet.audit import audit

    with reading("Reading pages") as progress:
        found = audit(output, url or _configured(output), jobs=jobs, progress=progress)
    problems = [replace(one, file=(output / one.file).as_posix()) for one in found]
    if as_json:
        click.echo(json.dumps([asdict(one) for one in problems], ensure_ascii=False, indent=1))
    else:
        _print(problems, output)
    sys.exit(1 if problems else 0)


def _configured(output: Path) -> str | None:
    """Return the address in the broadsheet.toml of the site that OUTPUT lies in, if any."""
    root = config.find_root(output)
    return config.load(root).url if root is not None else None


def _print(problems: list[Problem], output: Path) -> None:
    for one in problems:
        click.echo(f"{one.file}: {one.severity}: {one.message} [{one.rule}]")
    files = len({one.file for one in problems})
    found = f"{many(len(problems), 'problem')} in {many(files, 'file')}."
    summary = found if problems else f"{output}: everything agrees."
    click.echo(summary, err=True)


@contextmanager
def reading(label: str) -> Iterator[Progress | None]:
    """Give a progress bar with a label on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = click.progressbar(length=1, label=label, file=sys.stderr)

    def show(done: int, whole: int) -> None:
        bar.length = whole
        bar.update(done - bar.pos)

    with bar:
        yield show
