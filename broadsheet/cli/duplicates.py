"""`broadsheet duplicates`: the same story in several articles."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import click

from broadsheet import config
from broadsheet.cli.words import many
from broadsheet.model import BroadsheetError


@click.command("duplicates", short_help="Find the same story in several articles.")
@click.option(
    "--site", "folder", type=click.Path(path_type=Path, file_okay=False), help="Site folder; the nearest by default."
)
@click.option("--threshold", type=click.FloatRange(0.1, 1.0), help="Likeness from which two texts are one story (0.6).")
@click.option("--write", is_flag=True, help="Set `canonical:` in the others, so that they point to the first.")
@click.option("--json", "as_json", is_flag=True, help="One list of {canonical, others, likeness}.")
def command(folder: Path | None, threshold: float | None, write: bool, as_json: bool) -> None:
    """Find articles that are the same story: wire copy that several papers ran.

    The earliest of a group, or the fullest where no date says, is its canonical copy. Nothing is ever
    dropped: with --write the others get a line `canonical:` with its address, which their pages then name.

    \b
    Examples:
      broadsheet duplicates
      broadsheet duplicates --write
      broadsheet duplicates --threshold 0.8 --json
    """
    from broadsheet import edition
    from broadsheet.importers import duplicates

    root = folder or config.find_root(Path.cwd())
    if root is None:
        raise BroadsheetError("There is no broadsheet.toml here or above; name the site with --site DIR.")
    site = config.load(root)
    published = {one.article.file or one.slug: one for one in edition.load(site).published}
    found = duplicates.groups(
        ((file, one.text, one.article.published) for file, one in published.items()), threshold or duplicates.THRESHOLD
    )
    if as_json:
        click.echo(
            json.dumps(
                [{"canonical": one.canonical, "others": one.others, "likeness": one.likeness} for one in found],
                indent=2,
            )
        )
    for group in () if as_json else found:
        click.echo(f"{group.canonical} ({group.likeness:.0%} alike)")
        for other in group.others:
            click.echo(
                f"  = {other}" + ("" if published[other].article.canonical is None else " (already points elsewhere)")
            )
    if write:
        for group in found:
            for other in group.others:
                if published[other].article.canonical is None:
                    _point(site.root / other, published[group.canonical].url)
    click.echo(f"{many(len(found), 'group')} among {many(len(published), 'article')}.", err=True)


def _point(path: Path, url: str) -> None:
    from broadsheet import content

    if path.suffix.lower() not in {".md", ".markdown"}:
        click.echo(f"{path}: import this scrape first; only content files can be marked.", err=True)
        return
    try:
        text = content.set_value(path.read_text(encoding="utf-8"), "canonical", url)
    except content.NotEditableError as error:
        click.echo(f"{path}: {error}", err=True)
        return
    replace_file(path, text)


def replace_file(path: Path, text: str) -> None:
    """Write ``text`` to a temporary name beside ``path`` and rename it; where that fails nothing is left."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
