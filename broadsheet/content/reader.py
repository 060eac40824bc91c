"""A content file → Article. What cannot be read is a Problem at its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from broadsheet.config import Site
from broadsheet.content import MAX_FILE_BYTES, records, values
from broadsheet.content.header import Header, clean_text, split
from broadsheet.content.keys import ALIASES, FIELDS, KEPT, PROPERTIES
from broadsheet.model import Article, Problem, Severity

_PATH = re.compile(r"\s+>\s+")


def read(path: Path, site: Site | None) -> tuple[Article | None, list[Problem]]:
    """Read one content file. Never raises for what is wrong with the content."""
    file = _shown(path, site)
    header, problems = read_header(path, file)
    return (None, problems) if header is None else article(header, file, site)


def read_header(path: Path, file: str, raw: bytes | None = None) -> tuple[Header | None, list[Problem]]:
    """Read a content file as far as its front matter and body. ``file`` is the name that problems carry.

    ``raw`` is what stands in it, where that was read before.
    """
    try:
        raw = raw if raw is not None else _bytes(path)
    except OSError as error:
        return None, [
            _problem(file, 0, "", "content/unreadable", f"The file cannot be read: {error.strerror or error}.")
        ]
    if len(raw) > MAX_FILE_BYTES:
        message = f"The file is larger than {MAX_FILE_BYTES:,} bytes; split it or cut it."
        return None, [_problem(file, 0, "", "content/too-large", message)]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, [_problem(file, line, "", "content/encoding", "The file is not UTF-8; save it as UTF-8.")]
    return split(text), []


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MAX_FILE_BYTES + 1)


def _shown(path: Path, site: Site | None) -> str:
    if site is not None and path.is_relative_to(site.root):
        return path.relative_to(site.root).as_posix()
    return path.as_posix()


def parse(text: str, file: str, site: Site | None) -> tuple[Article | None, list[Problem]]:
    """Read the text of a content file. ``file`` is the name that problems carry."""
    header = split(text)
    return article(header, file, site)


def article(header: Header, file: str, site: Site | None) -> tuple[Article | None, list[Problem]]:
    """Fill an `Article` from front matter and body."""
    reading = _Reading(header, file, site.timezone if site else None)
    problems = [_problem(file, line, "", rule, message) for line, rule, message in header.faults]
    if not header.data:
        return None, problems
    found = reading.article()
    return found, [*problems, *reading.problems]


def _problem(file: str, line: int, path: str, rule: str, message: str, severity: Severity = "error") -> Problem:
    return Problem(file, line, path, rule, severity, message, "broadsheet front matter, 2026-11-22")


class _Reading(Struct):
    """The reading of one header; gathers problems as it goes."""

    header: Header
    file: str
    zone: str | None
    problems: list[Problem] = field(default_factory=list)

    def article(self) -> Article | None:
        data = self._named()
        title = self._get(data, "title", values.text)
        if title is None:
            if not self.problems:
                self._fault("/title", "content/title", "The article has no title; add a line title: …")
            return None
        section = self._get(data, "category", _section) or ()
        return Article(
            headline=title,
            body=clean_text(self.header.body),
            type=self._get(data, "type", values.text) or "NewsArticle",
            slug=self._get(data, "slug", values.text),
            language=self._get(data, "lang", values.language, "warning"),
            published=self._get(data, "date", self._moment),
            modified=self._get(data, "modified", self._moment),
            authors=self._get(data, "authors", self._authors) or (),
            agencies=self._get(data, "agency", records.agencies) or (),
            publisher=self._get(data, "publisher", records.publisher),
            section=section,
            tags=self._get(data, "tags", values.texts) or (),
            kicker=self._get(data, "kicker", values.text),
            summary=self._get(data, "summary", values.text),
            dateline=self._get(data, "dateline", values.text),
            place=self._get(data, "place", records.place),
            images=self._get(data, "image", records.images) or (),
            corrections=self._get(data, "correction", self._corrections) or (),
            status=self._status(data),
            translation_of=self._get(data, "translationOf", values.text),
            canonical=self._get(data, "canonical", values.text),
            aliases=self._get(data, "aliases", _list) or (),
            source=self._get(data, "source", records.source),
            properties={key: data[key][1] for key in PROPERTIES if key in data and data[key][1] is not None},
            evidence=self._get(data, "evidence", records.evidence) or {},
            notes=self._get(data, "review", _list) or (),
            file=self.file,
        )

    def _named(self) -> dict[str, tuple[str, Any]]:
        """Return our key → (key as written, value); the file's own word wins over an alias."""
        found: dict[str, tuple[str, Any]] = {}
        for written, value in self.header.data.items():
            ours = ALIASES.get(written, written)
            if ours in found and ours != written:
                continue
            found[ours] = (written, value)
        known = (*FIELDS, *PROPERTIES, *KEPT)
        folded = {key.casefold(): key for key in known}
        for written in list(found):
            if written not in known and written.casefold() in folded:
                found.setdefault(folded[written.casefold()], found[written])
        return found

    def _get(
        self,
        data: Mapping[str, tuple[str, Any]],
        key: str,
        read_value: Callable[[Any], Any],
        severity: Severity = "error",
    ) -> Any:
        if key not in data or data[key][1] is None:
            return None
        written, value = data[key]
        try:
            return read_value(value)
        except values.BadValueError as error:
            self._fault(f"/{written}{error.at}", f"content/{key}", f"{written}: {error}", severity)
            return None

    def _fault(self, path: str, rule: str, message: str, severity: Severity = "error") -> None:
        line = self.header.line(path)
        self.problems.append(_problem(self.file, line, path, rule, message, severity))

    def _moment(self, value: Any) -> Any:
        return values.moment(value, self.zone)

    def _corrections(self, value: Any) -> Any:
        return records.corrections(value, self.zone)

    def _authors(self, value: Any) -> Any:
        return records.authors(value, parted="author" not in self.header.data)

    def _status(self, data: Mapping[str, tuple[str, Any]]) -> Any:
        status = self._get(data, "status", values.text) or "published"
        if status.casefold() in {"published", "draft", "hidden"}:
            return status.casefold()
        message = f"status {status!r} is not known; write published, draft or hidden. The article is kept as a draft."
        self._fault("/status", "content/status", message, "warning")
        return "draft"


def _section(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return values.texts(value, parted=False)
    written = values.text(value)
    parts = (part.strip() for part in _PATH.split(written or ""))
    return tuple(part for part in parts if part)


def _list(value: Any) -> tuple[str, ...]:
    return values.texts(value, parted=False)
