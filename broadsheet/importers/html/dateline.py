"""The dateline: from the head of the first paragraph to its own field, with its place."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from lxml.html import HtmlElement
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.importers import datelines, places
from broadsheet.importers.html.blocks import Block, Piece
from broadsheet.importers.html.body import prose
from broadsheet.importers.html.candidates import Choice, absent
from broadsheet.model import Agency, Evidence, Place

MAX_PARAGRAPHS = 3  # a dateline stands at the head of the text, behind a standfirst at most


class Found(Struct, frozen=True):
    """The blocks without the dateline, and what it says."""

    blocks: tuple[Block, ...]
    dateline: Choice[str]
    place: Choice[Place]
    agencies: tuple[Agency, ...] = ()
    span: str = ""


def take(blocks: Sequence[Block], language: str | None) -> Found:
    """Take the dateline out of the first paragraphs."""
    paragraphs = [i for i, b in enumerate(blocks) if b.kind == "paragraph" and prose(b)][:MAX_PARAGRAPHS]
    for index in paragraphs:
        found = datelines.split(blocks[index].text, language)
        if found is not None:
            shortened = without_start(blocks[index], found.span)
            line = blocks[index].owner.sourceline
            rest = (*blocks[:index], *([shortened] if shortened.text else []), *blocks[index + 1 :])
            evidence = Evidence("inferred", text=found.span, line=line, path="body", rule=found.rule)
            return Found(rest, Choice(found.text, evidence), _place(found.text, line), found.agencies, found.span)
    return Found(tuple(blocks), absent("The text has no dateline."), absent("The text has no dateline."))


def _place(printed: str, line: int | None) -> Choice[Place]:
    found = places.find(printed)
    if found is None:
        return absent("No gazetteer knows the dateline's place.", (printed,))
    return Choice(
        found.place,
        Evidence(
            "inferred",
            text=printed,
            line=line,
            path="body",
            rule=found.rule,
            note=found.note,
            candidates=found.candidates,
        ),
    )


def without_start(block: Block, start: str) -> Block:
    """Return the block without ``start``; white space is not counted, because lines are written as it comes."""
    left = sum(not char.isspace() for char in start)
    pieces: list[Piece] = []
    for piece in block.pieces:
        if left <= 0:
            pieces.append(piece)
        elif isinstance(piece, str):
            text, left = _drop(piece, left)
            pieces.append(text)
        else:
            element, left = _shorten(piece, left)
            pieces.append(element)
    return replace(block, pieces=tuple(pieces))


def _drop(text: str, count: int) -> tuple[str, int]:
    """Return ``text`` without its first ``count`` letters and the space behind them, and how many are still to go."""
    for place, char in enumerate(text):
        if count == 0:
            return text[place:].lstrip(), 0
        count -= not char.isspace() and char not in "\u00ad\u200b\u2060\ufeff"
    return "", count


def _shorten(element: HtmlElement, count: int) -> tuple[HtmlElement, int]:
    element = copy.deepcopy(element)
    element.tail = None
    for one in element.iter():
        if count <= 0:
            break
        one.text, count = _drop(one.text or "", count)
        for child in one:
            if count <= 0 or len(child):
                break
            child.text, count = _drop(child.text or "", count)
            child.tail, count = _drop(child.tail or "", count)
        break
    return element, count
