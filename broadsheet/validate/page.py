"""The JSON-LD of an HTML page through the gate: all blocks together, as search engines read them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from broadsheet.model import Problem
from broadsheet.validate import jsontext
from broadsheet.validate.document import document, syntax
from broadsheet.validate.report import Report, rules

_PIECE = re.compile(r"<!--(?!>)|<script(?=[\s/>])([^<>]{0,2000})>", re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?\s*application/ld\+json""", re.IGNORECASE)
_END = re.compile(r"</script", re.IGNORECASE)
_WRAPPED = re.compile(r"\A\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*;?\s*\Z")
_MICRODATA = re.compile(r"<[a-z][^<>]{0,2000}\sitemscope\b", re.IGNORECASE)
_KIND = re.compile(r"""<meta[^<>]{0,200}og:type["'][^<>]{0,200}content\s*=\s*["']([a-z.]{1,30})""", re.IGNORECASE)
_KIND_REVERSED = re.compile(
    r"""<meta[^<>]{0,200}content\s*=\s*["']([a-z.]{1,30})["'][^<>]{0,200}og:type""", re.IGNORECASE
)
MAX_HEAD = 256 * 1024
MAX_CHARACTERS = 32 * 1024 * 1024


class Page(Struct, dict=True):
    """The JSON-LD blocks of a page.

    A JSON Pointer leads into the one block of the page, or, where there are several,
    begins with the number of the block, from 0.
    """

    blocks: list[jsontext.Text]

    @cached_property
    def good(self) -> list[jsontext.Text]:
        """Return the blocks that are JSON."""
        return [one for one in self.blocks if one.fault is None]

    def line(self, pointer: str) -> int:
        """Return the line of the page at which a value stands."""
        block, inner = self.place(pointer)
        return block.line(inner) if block else 1

    def place(self, pointer: str) -> tuple[jsontext.Text | None, str]:
        """Return the block that a pointer leads into, and the pointer inside it."""
        if len(self.blocks) == 1:
            return self.blocks[0], pointer
        _, _, rest = pointer.partition("/")
        number, mark, inner = rest.partition("/")
        found = self.blocks[int(number)] if number.isdecimal() and int(number) < len(self.blocks) else None
        return found, mark + inner

    @cached_property
    def data(self) -> object:
        """Return the page's JSON-LD as one document; a block that is no JSON is an empty list there."""
        if len(self.blocks) == 1:
            return self.blocks[0].data
        return [one.data if one.fault is None else [] for one in self.blocks]


def html_page(text: str, *, file: str, profiles: Sequence[str] = (), site_root: Path | None = None) -> list[Problem]:
    """Judge every JSON-LD block of a page as one document: an @id may stand in another block."""
    page = blocks(text)
    report = Report(file, lambda _: 1, rules(site_root))
    if not page.blocks:
        _without(text, report)
        return report.problems
    problems: list[Problem] = []
    several = len(page.blocks) > 1
    for number, block in enumerate(page.blocks):
        problems += syntax(block, file, report, f"/{number}" if several else "")
    if page.good:
        problems += document(page.data, file=file, lines=page.line, profiles=profiles, site_root=site_root)
    return problems


def blocks(text: str) -> Page:
    """Read the page's blocks of type application/ld+json; those in HTML comments do not count."""
    return Page([jsontext.read(raw, line) for raw, line in _scripts(text[:MAX_CHARACTERS])])


def _scripts(text: str) -> Iterator[tuple[str, int]]:
    at = line = 0
    counted = 0
    while found := _PIECE.search(text, at):
        if found[1] is None:
            end = text.find("-->", found.end())
            at = len(text) if end < 0 else end + 3
            continue
        closing = _END.search(text, found.end())
        at = closing.start() if closing else len(text)
        if _TYPE.search(found[1]):
            line += text.count("\n", counted, found.end())
            counted = found.end()
            yield _unwrapped(text[found.end() : at]), line + 1


def _unwrapped(raw: str) -> str:
    """Take away the CDATA marks that some systems put around a script; the line count stays."""
    return _WRAPPED.sub(lambda mark: "\n" * mark[0].count("\n"), raw) if "<!" in raw[:40] or "-->" in raw[-40:] else raw


def _without(text: str, report: Report) -> None:
    """Tell that a page has no JSON-LD; a page that says it is no article (a list, a profile) need have none."""
    head = text[:MAX_HEAD]
    kind = _KIND.search(head) or _KIND_REVERSED.search(head)
    if _MICRODATA.search(text):
        message = "The page says what it is about in microdata alone, which is not judged here; add JSON-LD."
        report.add("page/microdata", "", message)
    elif kind is None or kind[1].casefold() == "article":
        message = "The page has no JSON-LD, so machines must guess headline, date and author; add a NewsArticle."
        report.add("page/no-json-ld", "", message, "notice" if kind is None else None)
