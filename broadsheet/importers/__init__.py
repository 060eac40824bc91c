"""Sources → articles with evidence. One module a format, recognised by content.

A format is a module with two functions (see `Format`): ``recognise`` looks at the
first bytes, ``read`` yields articles and problems as it finds them. Nothing here
writes, prints or opens a network connection.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Protocol, cast

from msgspec import Struct, field
from msgspec.structs import replace

from broadsheet.config import Site
from broadsheet.importers import sources
from broadsheet.model import Article, Evidence, Moment, Problem, Source

#: Asked in this order; the first that recognises the source reads it. Text is last: it takes any text.
FORMATS: tuple[str, ...] = (
    "broadsheet.importers.warc",
    "broadsheet.importers.wxr",
    "broadsheet.importers.newsml",
    "broadsheet.importers.feeds",
    "broadsheet.importers.ninjs",
    "broadsheet.importers.frontmatter",
    "broadsheet.importers.records",
    "broadsheet.importers.mhtml",
    "broadsheet.importers.html",
    "broadsheet.importers.text",
)

#: Formats whose sources hold one article each.
SINGLE: frozenset[str] = frozenset(
    {"broadsheet.importers.mhtml", "broadsheet.importers.html", "broadsheet.importers.text"}
)


class Options(Struct, frozen=True):
    """What the caller knows about the sources."""

    site: Site | None = None
    language: str | None = None  # BCP 47; wins over what the text looks like
    published: Moment | None = None  # a date that a person vouches for: `configured`
    url: str | None = None  # where the source was found
    retrieved: Moment | None = None
    fields: Mapping[str, str] = field(default_factory=dict)  # front-matter key → name of the field in JSON records
    max_bytes: int = 16 * 1024 * 1024  # of one document; archives stream and are bounded by record
    jobs: int = 1  # processes that may read the pages of one archive


class Format(Protocol):
    """What every module named in `FORMATS` offers."""

    def recognise(self, head: bytes, name: str) -> bool:
        """Tell whether a source that begins with ``head`` (up to 64 KiB) is of this format."""

    def read(self, source: Path, options: Options) -> Iterator[Article | Problem]:
        """Yield the articles of ``source``; what cannot be read becomes a `Problem`."""


_NO_OPTIONS: Final = Options()


def read(source: Path, options: Options = _NO_OPTIONS) -> Iterator[Article | Problem]:
    """Yield every article of one source file, and a problem for what cannot be read.

    An article that does not say otherwise gets this file's name and SHA-256 as its source.
    """
    head = sources.head(source)
    if isinstance(head, Problem):
        yield head
        return
    module = recognise(head, source.name)
    if module is None:
        yield sources.problem(source, "source-format", "This is no text, page or feed that broadsheet can read.")
        return
    digest: str | None = None
    for found in module.read(source, options):
        if isinstance(found, Problem):
            yield found
            continue
        if found.source is None or found.source.sha256 is None:
            digest = digest or sources.sha256(source)
        yield _complete(found, source, digest, options)


def recognise(head: bytes, name: str) -> Format | None:
    """Return the format of a source that begins with ``head``."""
    for path in FORMATS:
        module = cast("Format", importlib.import_module(path))
        if module.recognise(head, name):
            return module
    return None


def holds_one(source: Path) -> bool:
    """Tell whether ``source`` is of a format that holds one article, such as a page."""
    head = sources.head(source)
    module = None if isinstance(head, Problem) else recognise(head, source.name)
    return getattr(module, "__name__", "") in SINGLE


def _complete(article: Article, source: Path, digest: str | None, options: Options) -> Article:
    """Return ``article`` with its source's hash and the values that the caller vouches for."""
    known = article.source or Source(url=options.url, retrieved=options.retrieved)
    if known.sha256 is None:
        known = replace(known, file=known.file or source.name, sha256=digest)
    article = replace(article, source=known)
    if options.published is None:
        return article
    evidence = Evidence("configured", note="The date was given with the import command.")
    return replace(article, published=options.published, evidence={**article.evidence, "date": evidence})
