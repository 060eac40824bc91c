"""Plain-text scrapes of article pages: one line a block, with all the furniture of the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.importers import sources
from broadsheet.model import Article, Problem

if TYPE_CHECKING:
    from broadsheet.importers import Options


def recognise(head: bytes, name: str) -> bool:  # noqa: ARG001 - the name says nothing about content
    """Take anything that is text in a charset we read."""
    return not sources.is_binary(head)


def read(source: Path, options: Options) -> Iterator[Article | Problem]:
    """Yield the one article of a text scrape."""
    raw = sources.load(source, options.max_bytes)
    if isinstance(raw, Problem):
        yield raw
        return
    yield Article(headline=sources.decode(raw).text.strip().splitlines()[0])
