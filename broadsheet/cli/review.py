"""`broadsheet review`: go through what wants a person's eye, and settle it."""

from __future__ import annotations

import getpass
import shutil
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadsheet import config
from broadsheet.cli.duplicates import replace_file
from broadsheet.cli.words import many
from broadsheet.model import BroadsheetError

if TYPE_CHECKING:
    from broadsheet.review import Item


@click.command("review", short_help="Go through what wants a person's eye, and settle it.")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--site", "folder", type=click.Path(path_type=Path, file_okay=False), help="Site folder; the nearest by default."
)
@click.option(
    "--accept", multiple=True, metavar="KEY", help="Confirm the value of KEY as it stands; `all` for every doubt."
)
@click.option(
    "--set",
    "assigned",
    multiple=True,
    metavar="KEY=VALUE",
    help="Write a value; several authors or tags are parted by ;",
)
@click.option("--by", metavar="NAME", help="Who says so; your login name by default.")
@click.option("--browser", is_flag=True, help="Serve the queue as a page on this machine, source beside reading.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port of --browser.")
def command(
    file: Path | None,
    folder: Path | None,
    accept: tuple[str, ...],
    assigned: tuple[str, ...],
    by: str | None,
    browser: bool,
    port: int,
) -> None:
    """List articles by doubt; show source and reading side by side; write down what a person decides.

    A person's word goes into the front matter as `stated`, with name and time. Importing again never
    overwrites it.

    \b
    Examples:
      broadsheet review                                      the queue
      broadsheet review content/old-lamp.md                  source beside reading
      broadsheet review content/old-lamp.md --set date=2016-08-10
      broadsheet review content/old-lamp.md --accept all --by "Ada Holm"
      broadsheet review --browser
    """
    from broadsheet import review

    root = folder or config.find_root(file.parent if file else Path.cwd())
    if root is None:
        raise BroadsheetError("There is no broadsheet.toml here or above; name the site with --site DIR.")
    site = config.load(root.resolve())
    if browser:
        from broadsheet.cli.review_page import serve

        serve(site, by or getpass.getuser(), port)
    elif file is None:
        _list(review.queue(site))
    else:
        file = _named(file, site.root)
        found = review.item(file.resolve(), site)
        if found is None:
            raise BroadsheetError(f"{file} is no content file that can be read; `broadsheet check {file}` says why.")
        if accept or assigned:
            _settle(file, found, accept, assigned, by or getpass.getuser())
        else:
            _show(found, review.original(found, site))


def _named(file: Path, root: Path) -> Path:
    """Return the content file that ``file`` names, from where one stands or, as the queue prints it, from the site."""
    for path in (file, root / file):
        if path.is_file():
            return path
    raise BroadsheetError(f"There is no file {file}; `broadsheet review` lists those that want a look.")


def _list(items: list[Item]) -> None:
    for one in items:
        keys = ", ".join(doubt.key for doubt in one.doubts) or "notes"
        click.echo(f"{one.weight:4d}  {one.file}: {textwrap.shorten(one.article.headline, 60)} ({keys})")
    click.echo(f"{many(len(items), 'article')} to look at. `broadsheet review FILE` shows one.", err=True)


def _settle(file: Path, found: Item, accept: tuple[str, ...], assigned: tuple[str, ...], by: str) -> None:
    from broadsheet import content, edition, review

    text = file.read_text(encoding="utf-8")
    at = edition.clock().isoformat(timespec="seconds")
    keys = [doubt.key for doubt in found.doubts] if "all" in accept else list(accept)
    words: list[tuple[str, str | None]] = [(key, None) for key in keys]
    for one in assigned:
        key, equals, value = one.partition("=")
        if not equals:
            raise BroadsheetError(f"--set {one!r} needs KEY=VALUE.")
        words.append((key.strip(), value))
    for key, word in words:
        try:
            text = review.settle(text, key, by=by, at=at, value=word)
        except (ValueError, content.NotEditableError) as error:
            raise BroadsheetError(f"{file}: {error}") from None
    replace_file(file, text)
    click.echo(f"{file}: {', '.join(key for key, _ in words)} settled by {by}.", err=True)


def _show(found: Item, original: str | None) -> None:
    click.echo(f"{found.file}: {found.article.headline}\n")
    for doubt in found.doubts:
        where = f" (line {doubt.evidence.line})" if doubt.evidence.line else ""
        click.echo(f"  {doubt.key}: {doubt.value}\n      {doubt.why}{where}")
    for note in found.article.notes:
        click.echo(f"  note: {note}")
    click.echo()
    lines = {one.line for one in found.article.evidence.values() if one.line}
    _columns(original or "(no source was kept)", found.article.body, lines)


def _columns(left: str, right: str, marked: set[int]) -> None:
    """Print source and reading side by side; lines that hold evidence are marked with ``>``."""
    width = max(30, (shutil.get_terminal_size((100, 24)).columns - 11) // 2)
    rows = []
    for number, line in enumerate(left.splitlines(), 1):
        wrapped = textwrap.wrap(line, width) or [""]
        head = f"{'>' if number in marked else ' '}{number:4d} "
        rows += [head + wrapped[0], *("      " + more for more in wrapped[1:])]
    reading = [piece for line in right.splitlines() for piece in (textwrap.wrap(line, width) or [""])]
    for at in range(max(len(rows), len(reading))):
        before = rows[at] if at < len(rows) else ""
        after = reading[at] if at < len(reading) else ""
        click.echo(f"{before:<{width + 6}} | {after}".rstrip())
