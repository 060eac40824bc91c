"""From files to problems: content through the steps of a build, all else by what it is."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from broadsheet import config, content, edition, press, validate
from broadsheet.cli.checking import files
from broadsheet.cli.checking.files import CONTENT, DOCUMENTS, PAGES
from broadsheet.cli.checking.texts import decoded, is_binary
from broadsheet.model import Problem
from broadsheet.nearest import nearest
from broadsheet.press import moved
from broadsheet.validate.report import rules

MAX_BYTES = 64 * 1024 * 1024
_XML = re.compile(r"[\s\ufeff]*<(?:\?xml|rss|feed|urlset|sitemapindex|rdf:RDF)\b")
_HTML = re.compile(r"<!doctype html|<html\b", re.IGNORECASE)


def known(profiles: Sequence[str], folder: Path | None) -> None:
    """Raise `click.UsageError` for a profile that neither the site nor we have."""
    names = validate.profiles(folder)
    for name in profiles:
        if name not in names:
            near = nearest(name, names)
            hint = f"Did you mean {near}?" if near else f"There are {', '.join(names)}."
            raise click.UsageError(f"There is no profile {name!r}. {hint}")


def problems(paths: Sequence[str], site: Path | None, profiles: Sequence[str]) -> list[Problem]:
    """Return the problems of everything that ``paths`` name, by file and line."""
    folder = files.root(site, paths)
    if not paths:
        if folder is None:
            raise click.UsageError("Name what to check, or run this in a site folder (one with a broadsheet.toml).")
        paths = (os.path.relpath(folder),)
    found: list[Problem] = []
    content_files: dict[Path, list[Path]] = {}
    for path in files.found(paths):
        if path is None:
            found += _text(sys.stdin.read(), "<stdin>", profiles, folder)
        elif path.is_dir():
            found += _paper(path, profiles)
        elif path.suffix.lower() in CONTENT and (home := config.find_root(path.parent) or folder):
            content_files.setdefault(home, []).append(path)
        else:
            found += _file(path, profiles, folder)
    for home, named in content_files.items():
        found += _articles(named, home, profiles)
    return sorted(found, key=lambda one: (one.file, one.line))


def _paper(folder: Path, profiles: Sequence[str]) -> list[Problem]:
    """Judge all content of a site, as a build does."""
    site = config.load(folder)
    read = edition.load(site, profiles=profiles or None)
    judged = sorted([*read.problems, *_old_addresses(site, read.judged)])
    return [replace(one, file=os.path.normpath(folder / one.file)) for one in judged]


def _old_addresses(site: config.Site, judged: Sequence[edition.Judged]) -> list[Problem]:
    """Return what is wrong with the old addresses that articles name, as a build of these articles would."""
    published = [one.published for one in judged if one.published is not None]
    articles = ((one.file, one.published.path, one.aliases) for one in judged if one.published is not None)
    return moved.lead_on(articles, press.paths(site, published), site)[1]


def _articles(paths: list[Path], home: Path, profiles: Sequence[str]) -> list[Problem]:
    """Judge some content files of a site through the same steps."""
    site = config.load(home.resolve())
    named = {path.resolve().relative_to(site.root).as_posix(): path for path in paths}
    readings = [edition.read(path.resolve(), site) for path in paths]
    slugs = edition.settle(readings)
    wanted = profiles or site.build.profiles
    judged = [edition.finish(one, slugs.get(one.file, ""), site, edition.clock(), wanted) for one in readings]
    found = [(one.file, problem) for one in judged for problem in one.problems]
    found += [(one.file, one) for one in _old_addresses(site, judged)]
    return [replace(problem, file=str(named[file])) for file, problem in found]


def _file(path: Path, profiles: Sequence[str], folder: Path | None) -> list[Problem]:
    if path.stat().st_size > MAX_BYTES:
        limit = f"{MAX_BYTES // 1024 // 1024} MB"
        return [_unreadable(str(path), f"The file is larger than {limit}; nothing that large is a document or a page.")]
    raw = path.read_bytes()
    if is_binary(raw):
        return [_unreadable(str(path), f"The file is no text; {_KINDS}")]
    if path.suffix.lower() in CONTENT:
        return _loose_article(path)
    return _text(decoded(raw), str(path), profiles, folder)


_KINDS = "check reads content files, JSON-LD documents and HTML pages."


def _unreadable(file: str, message: str) -> Problem:
    rule = rules()["page/kind"]
    return Problem(file, 0, "", rule.id, rule.severity, message, rule.see)


def _text(text: str, file: str, profiles: Sequence[str], folder: Path | None) -> list[Problem]:
    """Judge a text by its name, or, where that says nothing, by how it begins."""
    suffix = Path(file).suffix.lower()
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if suffix not in DOCUMENTS | PAGES and _XML.match(text) and not _HTML.search(text[:4096]):
        return [_unreadable(file, f"The file is XML, and no page; {_KINDS}")]
    if suffix in PAGES or (suffix not in DOCUMENTS and start == "<"):
        return validate.html_page(text, file=file, profiles=profiles, site_root=folder)
    if suffix not in DOCUMENTS and start not in {"{", "["}:
        return _front(content.split(text), file)
    return validate.json_text(text, file=file, profiles=profiles, site_root=folder)


def _loose_article(path: Path) -> list[Problem]:
    """Judge a content file that belongs to no site: its text, its front matter, its body."""
    header, faults = content.read_header(path, str(path))
    return faults if header is None else _front(header, str(path))


def _front(header: content.Header, file: str) -> list[Problem]:
    article, faults = content.article(header, file, None)
    seen = {(one.line, one.path) for one in faults}
    schema = validate.front_matter(header.data, file=file, lines=header.line)
    found = [*faults, *(one for one in schema if (one.line, one.path) not in seen)]
    try:
        if article is not None:
            content.render(article, None)
    except content.TooDeepError as error:
        found.append(Problem(file, header.body_line, "", "content/body", "error", str(error)))
    return found


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
