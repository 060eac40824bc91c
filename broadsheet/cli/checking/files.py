"""From paths on the command line to problems."""

from __future__ import annotations

import codecs
import difflib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from broadsheet import config, edition, validate
from broadsheet.config import Site
from broadsheet.model import Problem
from broadsheet.validate.report import rules

CONTENT = frozenset({".md", ".markdown"})
DOCUMENTS = frozenset({".json", ".jsonld", ".ldjson"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
STDIN = "-"
MAX_BYTES = 64 * 1024 * 1024
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,30})""", re.IGNORECASE)


def root(site: Path | None, paths: Sequence[str]) -> Path | None:
    """Return the site folder: as stated, else the nearest one above the first path."""
    if site is not None:
        return site.resolve()
    first = next((Path(one) for one in paths if one != STDIN), Path())
    return config.find_root(first if first.is_dir() else first.parent)


def known(profiles: Sequence[str], folder: Path | None) -> None:
    """Raise `click.UsageError` for a profile that neither the site nor we have."""
    names = validate.profiles(folder)
    for name in profiles:
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(names)}."
            raise click.UsageError(f"There is no profile {name!r}. {hint}")


def problems(paths: Sequence[str], site: Path | None, profiles: Sequence[str]) -> list[Problem]:
    """Return the problems of everything that ``paths`` name, by file and line."""
    folder = root(site, paths)
    if not paths:
        if folder is None:
            raise click.UsageError("Name what to check, or run this in a site folder (one with a broadsheet.toml).")
        paths = (os.path.relpath(folder),)
    found: list[Problem] = []
    content: dict[Path, list[Path]] = {}
    for path in _files(paths):
        if path is not None and path.suffix.lower() in CONTENT:
            content.setdefault(config.find_root(path.parent) or folder or Path(), []).append(path)
        elif path is None:
            found += _text(sys.stdin.read(), "<stdin>", profiles, folder)
        else:
            found += _file(path, profiles, folder)
    for where, files in content.items():
        found += _content(files, where, profiles)
    return sorted(found, key=lambda one: (one.file, one.line))


def _files(paths: Iterable[str]) -> Iterator[Path | None]:
    """Yield every file; None is standard input."""
    for name in paths:
        path = Path(name)
        if name == STDIN:
            yield None
        elif path.is_dir():
            yield from _below(path)
        elif path.is_file():
            yield path
        else:
            raise click.UsageError(f"There is no file or folder {name}.")


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder that can be judged; in a site folder, those of its content."""
    if (folder / config.FILE).is_file():
        folder = folder / "content"
    for where, names, files in os.walk(folder):
        names[:] = sorted(one for one in names if not one.startswith("."))
        if Path(where).resolve().parent == _content_folder(Path(where)):
            names[:] = []
            continue
        for name in sorted(files):
            path = Path(where, name)
            if not path.is_symlink() and path.suffix.lower() in CONTENT | DOCUMENTS | PAGES and _is_ours(path):
                yield path


def _content_folder(where: Path) -> Path | None:
    """Return the site's content folder where ``where`` is one of its folders without articles."""
    resolved = where.resolve()
    site = config.find_root(resolved) if resolved.name in edition_folders() else None
    return site / "content" if site is not None else None


def edition_folders() -> frozenset[str]:
    """Return the names of folders below content/ that hold no articles."""
    from broadsheet.edition.files import NOT_ARTICLES

    return NOT_ARTICLES


def _is_ours(path: Path) -> bool:
    """Return whether a .json file looks like JSON-LD: data exports lie beside documents."""
    if path.suffix.lower() != ".json":
        return True
    with path.open("rb") as stream:
        head = stream.read(4096).lstrip()
    return head.startswith((b"{", b"[")) and b'"@' in head


def _file(path: Path, profiles: Sequence[str], folder: Path | None) -> list[Problem]:
    if path.stat().st_size > MAX_BYTES:
        return [
            _unreadable(
                path,
                f"The file is larger than {MAX_BYTES // 1024 // 1024} MB; nothing that large is a document or a page.",
            )
        ]
    raw = path.read_bytes()
    return _text(decoded(raw), str(path), profiles, folder)


def _unreadable(path: Path, message: str) -> Problem:
    rule = rules()["json/syntax"]
    return Problem(str(path), 0, "", rule.id, rule.severity, message, rule.see)


def decoded(raw: bytes) -> str:
    """Read bytes as the text that browsers would see: by BOM, UTF-8, the page's own word, or Windows-1252."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        stated = _CHARSET.search(raw[:4096])
        return _as_stated(raw, stated[1].decode("ascii") if stated else "cp1252")


def _as_stated(raw: bytes, name: str) -> str:
    try:
        return raw.decode(name, "replace")
    except LookupError:
        return raw.decode("cp1252", "replace")


def _text(text: str, file: str, profiles: Sequence[str], folder: Path | None) -> list[Problem]:
    """Judge a text by its name, or, where that says nothing, by how it begins."""
    suffix = Path(file).suffix.lower()
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if suffix in PAGES or (suffix not in DOCUMENTS and start == "<"):
        return validate.html_page(text, file=file, profiles=profiles, site_root=folder)
    if suffix in CONTENT or (suffix not in DOCUMENTS and start not in {"{", "["}):
        return _content_text(text, file, folder)
    return validate.json_text(text, file=file, profiles=profiles, site_root=folder)


def _content_text(text: str, file: str, folder: Path | None) -> list[Problem]:
    """Judge a content file that belongs to no site: its front matter."""
    from broadsheet import content

    site = config.load(folder) if folder is not None else None
    header = content.split(text)
    _, faults = content.article(header, file, site)
    seen = {(one.line, one.path) for one in faults}
    schema = validate.front_matter(header.data, file=file, lines=header.line, site_root=folder)
    return [*faults, *(one for one in schema if (one.line, one.path) not in seen)]


def _content(files: list[Path], where: Path, profiles: Sequence[str]) -> list[Problem]:
    """Judge content files through the same steps as a build."""
    if not (where / config.FILE).is_file():
        return [problem for path in files for problem in _content_text(decoded(path.read_bytes()), str(path), None)]
    site = config.load(where)
    return _edition(files, site, profiles or site.build.profiles)


def _edition(files: list[Path], site: Site, profiles: Sequence[str]) -> list[Problem]:
    named = {path.resolve().relative_to(site.root.resolve()).as_posix(): path for path in files}
    home = replace(site, root=site.root.resolve())
    readings = [edition.read(path.resolve(), home) for path in files]
    slugs = edition.settle(readings)
    judged = [edition.finish(one, slugs.get(one.file, ""), home, edition.clock(), profiles) for one in readings]
    found = [*(problem for one in judged for problem in one.problems)]
    return [replace(one, file=str(named.get(one.file, one.file))) for one in found]


def chosen(found: Iterable[Problem], select: Sequence[str], ignore: Sequence[str]) -> list[Problem]:
    """Return the problems of the selected rules without the ignored ones."""
    wanted, unwanted = _names(select), _names(ignore)
    return [
        one
        for one in found
        if (not wanted or one.rule.startswith(wanted)) and not (unwanted and one.rule.startswith(unwanted))
    ]


def _names(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for one in given for name in one.split(",") if name.strip())
