"""Plain-text scrapes of article pages: one line a block, with all the furniture of the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.importers import sources
from broadsheet.model import Article, Problem

if TYPE_CHECKING:
    from broadsheet.importers import Options

#: A scrape of one page is never larger; what is, is something else.
MAX_BYTES = 4 * 1024 * 1024


def recognise(head: bytes, name: str) -> bool:  # noqa: ARG001 - the name says nothing about content
    """Take anything that is text in a charset we read."""
    return not sources.is_binary(head)


def read(source: Path, options: Options) -> Iterator[Article | Problem]:
    """Yield the one article of a text scrape."""
    raw = sources.load(source, min(options.max_bytes, MAX_BYTES))
    if isinstance(raw, Problem):
        yield raw
        return
    from broadsheet.importers.text import article

    decoded = sources.decode(raw)
    if not any(char.isalpha() for char in decoded.text):
        yield sources.problem(source, "source-no-words", "There are no words in this file; nothing to import.")
        return
    found = article.read(decoded.text, options.language)
    if not decoded.sure:
        note = f"Which charset it is in is not certain; it was read as {decoded.charset}. Check its letters."
        yield Problem(str(source), 0, "", "source-charset", "warning", note)
    yield found
