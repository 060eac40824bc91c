"""Read every built page, on several processors where there are many."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from broadsheet import forward
from broadsheet.audit import differences
from broadsheet.audit.differences import problem
from broadsheet.audit.facts import Facts
from broadsheet.audit.seen import UnreadablePage, read
from broadsheet.model import BroadsheetError, Problem

#: Bytes of one page or document that are read; a larger one is a problem.
MAX_BYTES = 16 * 1024 * 1024
_MANY = 300  # pages from which a second process pays
_CHUNK = 32  # pages handed to a process at once

Progress = Callable[[int, int], None]


class Told(Struct, frozen=True):
    """What one page tells the audit of the whole site."""

    path: str
    problems: tuple[Problem, ...] = ()
    facts: Facts | None = None  # of an article page
    links: tuple[str, ...] = ()
    canonical: str | None = None
    noindex: bool = False
    leads: str | None = None  # where the page at an old address leads on


class NoOutput(BroadsheetError):
    """There is no built site to audit."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(folder, why)
        self.folder = folder
        self.why = why

    def __str__(self) -> str:
        return f"{self.folder}: {self.why}"


def all_files(output: Path) -> list[str]:
    """Return every file below ``output``, sorted, with "/". Links to files count; folders are not followed."""
    return sorted(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())


def is_article(path: str) -> bool:
    """Tell whether a path is that of an article's page."""
    return path.startswith("articles/") and path.endswith(".html")


def tell(output: Path, path: str) -> Told:
    """Read one page, and the document beside it where it is an article's."""
    whole = output / path
    if whole.stat().st_size > MAX_BYTES:
        return Told(path, (problem(path, "page-unreadable", f"{path} is larger than {MAX_BYTES} bytes."),))
    raw = whole.read_bytes()
    forwarding = tell_forward(raw, path)
    if forwarding is not None:
        return forwarding
    document, found = document_beside(output, path) if is_article(path) else (None, [])
    told = tell_page(raw, path, document)
    return replace(told, problems=(*found, *told.problems)) if found else told


def tell_forward(raw: bytes, path: str) -> Told | None:
    """Read a page at an old address, which holds no article and needs none; None where it is another page."""
    leads = forward.target(raw, path)
    return Told(path, noindex=True, leads=leads) if leads is not None else None


def tell_page(raw: bytes, path: str, document: Mapping[str, Any] | None = None) -> Told:
    """Read one page, and compare an article's with its ``document``."""
    try:
        seen = read(raw)
    except UnreadablePage as error:
        return Told(path, (problem(path, "page-unreadable", f"{path} cannot be read: {error}."),))
    facts: Facts | None = None
    found: list[Problem] = []
    if is_article(path):
        facts, found = differences.page(seen, path, document, document_name(path))
    elif seen.broken is not None:
        found = [problem(path, "jsonld-unreadable", f"{path} has JSON-LD that extruct cannot read: {seen.broken}.")]
    return Told(path, tuple(found), facts, seen.links, seen.canonical, seen.noindex)


def document_name(path: str) -> str:
    """Return the path of the document beside an article's page."""
    return path.removesuffix(".html") + ".json"


def document_beside(output: Path, path: str) -> tuple[Mapping[str, Any] | None, list[Problem]]:
    """Return the document beside an article page, or why there is none to compare with."""
    name = document_name(path)
    whole = output / name
    if not whole.is_file():
        return None, [problem(path, "document-missing", f"{path} has no {name} beside it.")]
    try:
        raw = whole.read_bytes()[: MAX_BYTES + 1]
        document = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return None, [problem(name, "document-unreadable", f"{name} is not JSON: {error}.")]
    if not isinstance(document, dict):
        return None, [problem(name, "document-unreadable", f"{name} holds no JSON object.")]
    return document, []


def tell_all(output: Path, pages: Sequence[str], jobs: int, progress: Progress | None = None) -> Iterator[Told]:
    """Yield what every page tells, in order. ``jobs`` processes read where there are many pages."""
    results: Iterator[Told]
    if jobs > 1 and len(pages) >= _MANY:
        import multiprocessing

        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            work = [(output, page) for page in pages]
            results = pool.imap(_tell_pair, work, _CHUNK)
            yield from _counted(results, len(pages), progress)
    else:
        results = (tell(output, page) for page in pages)
        yield from _counted(results, len(pages), progress)


def _tell_pair(pair: tuple[Path, str]) -> Told:
    return tell(*pair)


def _counted(results: Iterator[Told], whole: int, progress: Progress | None) -> Iterator[Told]:
    for number, told in enumerate(results, 1):
        if progress is not None:
            progress(number, whole)
        yield told
