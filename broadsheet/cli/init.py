"""``broadsheet init``: a new site folder that builds at once."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Final

import click
from msgspec import Struct

STARTER: Final = Path(__file__).with_name("starter")

#: Files whose name in the starter differs from the one in the site folder: packers leave dot files out.
_NAMES: Final = {"gitignore": ".gitignore"}
_TEMPLATES: Final = ("broadsheet.toml", "README.md")
_WORD_BREAK: Final = re.compile(r"[\s._-]+")


class Paper(Struct, frozen=True):
    """What the starter's settings begin with."""

    name: str
    url: str
    language: str
    timezone: str

    def fill(self, text: str) -> str:
        """Return ``text`` with its ``@MARKS@`` replaced; all but the title are TOML strings."""
        marks = {
            "@NAME@": _quoted(self.name),
            "@URL@": _quoted(self.url),
            "@LANGUAGE@": _quoted(self.language),
            "@TIMEZONE@": _quoted(self.timezone),
            "@TITLE@": self.name,
        }
        return re.sub("|".join(marks), lambda match: marks[match.group()], text)


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", default=None, help="The paper's name; when left out, made from the folder's name.")
@click.option("--url", default="https://paper.example", show_default=True, help="The full address of the front page.")
@click.option("--language", default="en", show_default=True, help="The paper's language, a BCP 47 code.")
@click.option("--timezone", default="UTC", show_default=True, help="An IANA time zone, such as America/Los_Angeles.")
@click.option("--dry-run", is_flag=True, help="Print the files that would be made, and make none.")
@click.option("--json", "as_json", is_flag=True, help="Print the folder and its files as one JSON object.")
def command(
    folder: Path, name: str | None, *, url: str, language: str, timezone: str, dry_run: bool, as_json: bool
) -> None:
    """Make DIR a site folder that builds at once.

    It holds broadsheet.toml with every setting explained, three short articles that show
    what the front matter can say, an about page and a picture. No file is ever overwritten:
    DIR must be new or empty (a .git folder may be there), and it appears whole or not at all.

    \b
    Examples:
      broadsheet init mypaper
      broadsheet init mypaper --name "The Valley Paper" --url https://valley.example
      broadsheet init . --dry-run
    """
    paper = Paper(_printable(name or _title(folder), "name"), _printable(url, "url"), language, timezone)
    files = starter_files(paper)
    _refuse_occupied(folder, files)
    if not dry_run:
        _make(folder, files)
    _report(folder, files, dry_run=dry_run, as_json=as_json)


def starter_files(paper: Paper) -> dict[str, bytes]:
    """Return the files of a new site by path, with "/", in order."""
    found: dict[str, bytes] = {}
    for file in sorted(path for path in STARTER.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        name = file.relative_to(STARTER).as_posix()
        raw = file.read_bytes()
        found[_NAMES.get(name, name)] = paper.fill(raw.decode("utf-8")).encode("utf-8") if name in _TEMPLATES else raw
    return found


def _quoted(text: str) -> str:
    """Return a TOML basic string: JSON's escapes are TOML's, but TOML wants U+007F escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _printable(text: str, option: str) -> str:
    if not text.strip() or not text.isprintable():
        raise click.UsageError(f"--{option} must be one line of text, not {text!r}.")
    return text.strip()


def _title(folder: Path) -> str:
    """Return a name for the paper from the folder's: "spokane-daily" gives "Spokane Daily"."""
    words = _WORD_BREAK.split(folder.resolve().name.strip(" ._-"))
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or "The Paper"


def _refuse_occupied(folder: Path, files: dict[str, bytes]) -> None:
    """Raise `click.UsageError` where ``folder`` holds anything but dot files that are not ours."""
    if not folder.exists():
        return
    ours = {name.partition("/")[0] for name in files}
    held = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith(".") or entry.name in ours)
    if held:
        more = f" and {len(held) - 1} more" if len(held) > 1 else ""
        raise click.UsageError(
            f"{folder} is not empty: it holds {held[0]}{more}. Name a folder that is new or empty; nothing was written."
        )


def _make(folder: Path, files: dict[str, bytes]) -> None:
    """Write ``files`` beside their place, try the settings, then move all in at once."""
    there = folder.exists()
    parent = folder if there else folder.resolve().parent
    staging = parent / f".broadsheet-init-{os.getpid()}"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        staging.mkdir()
        _write(staging, files)
        _check(staging)
        if there:
            _move_in(staging, folder)
        else:
            staging.rename(folder.resolve())
    except OSError as error:
        raise click.UsageError(f"{folder} cannot be made: {error.strerror}. Nothing was written.") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write(staging: Path, files: dict[str, bytes]) -> None:
    for name, raw in files.items():
        path = staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    (staging / "content" / "sources").mkdir()


def _check(staging: Path) -> None:
    """Raise `click.UsageError` where the options make settings that no build would take."""
    from broadsheet import config

    try:
        config.load(staging)
    except config.ConfigError as error:
        raise click.UsageError(f"{error.message} Nothing was written.") from error


def _move_in(staging: Path, folder: Path) -> None:
    """Move the made entries into ``folder``; on an error, take back those that were moved."""
    moved: list[Path] = []
    try:
        for entry in sorted(staging.iterdir()):
            target = folder / entry.name
            if target.exists():
                raise FileExistsError(17, f"{target} appeared meanwhile", str(target))
            entry.rename(target)
            moved.append(target)
    except OSError:
        for target in moved:
            target.rename(staging / target.name)
        raise


def _report(folder: Path, files: dict[str, bytes], *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"folder": str(folder), "files": list(files), "made": not dry_run}, ensure_ascii=False))
        return
    for name in files:
        click.echo(folder / name)
    if dry_run:
        click.echo(f"{len(files)} files would be made; nothing was written.", err=True)
        return
    inside = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    click.echo(f"The paper is set up. Next: {inside}broadsheet build, then open output/index.html.", err=True)
