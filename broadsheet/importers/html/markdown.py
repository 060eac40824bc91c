"""Blocks of a page → Markdown that python-markdown and CommonMark read alike.

Literal marks stay text; only http(s) links and pictures survive, with their address encoded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

from lxml.html import HtmlElement

from broadsheet.importers.html.blocks import Block, Piece
from broadsheet.importers.html.words import UNSEEN, is_hidden
from broadsheet.model import Image

Address = Callable[[str], "str | None"]

_MARKS = re.compile(r"[\\`*_{}\[\]]")
_ENTITY = re.compile(r"&(?=#?\w)")
_LINE = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([#>+=~:|-])", re.MULTILINE)
_BREAK = "\1"  # stands for a line break until the lines are put together
_EMPHASIS = {"em": "*", "i": "*", "cite": "*", "strong": "**", "b": "**"}


def escape(text: str) -> str:
    """Return ``text`` such that no character of it is read as a mark."""
    text = _MARKS.sub(r"\\\g<0>", text)
    return _ENTITY.sub("&amp;", text).replace("<", "&lt;")


def line_start(text: str) -> str:
    """Return escaped text whose lines do not begin a list, heading, quote or fence."""
    return _LINE.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else _guard(m[3]), text)


def _guard(mark: str) -> str:
    return f"\\{mark}" if mark in "#>+-" else f"&#{ord(mark)};"


def encoded(link: str) -> str:
    """Return an address without the characters that end one in Markdown."""
    return quote(link, safe="/:?#@!$&+,;=%~-._").replace("&", "&amp;")


def inline(pieces: Iterable[Piece], address: Address) -> str:
    """Return the inline content as Markdown on one line; a break in it is a hard one."""
    raw = "".join(_piece(piece, address, marked=False) for piece in pieces)
    lines = (" ".join(line.split()) for line in raw.split(_BREAK))
    return "  \n".join(line_start(line) for line in lines if line)


def _piece(piece: Piece, address: Address, *, marked: bool) -> str:
    if isinstance(piece, str):
        return escape(_plain(piece))
    if piece.tag == "br":
        return _BREAK
    if not isinstance(piece.tag, str) or piece.tag in UNSEEN or is_hidden(piece):
        return ""
    within = marked or piece.tag in _EMPHASIS
    inner = escape(_plain(piece.text or "")) + "".join(
        _piece(child, address, marked=within) + escape(_plain(child.tail or "")) for child in piece
    )
    return _marked(piece, inner, address, marked=marked)


def _plain(text: str) -> str:
    return text.replace("\u00ad", "").replace(_BREAK, "")


def _marked(element: HtmlElement, inner: str, address: Address, *, marked: bool) -> str:
    """Return ``inner`` inside the marks of its element; spaces stay outside them, marks do not nest."""
    text = inner.strip()
    if not text or _BREAK in text:
        return inner
    before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    if element.tag == "a" and (link := address(element.get("href") or "")):
        return f"{before}[{text}]({encoded(link)}){after}"
    mark = _EMPHASIS.get(str(element.tag))
    if mark and not marked and "*" not in {text[0], text[-1]}:
        return f"{before}{mark}{text}{mark}{after}"
    return inner


def picture(image: Image) -> str:
    """Return a picture with its caption and credit as the title."""
    title = " ".join(part for part in (image.caption, f"({image.credit})" if image.credit else None) if part)
    alt = _one_line(image.alt or "")
    return f"![{escape(alt)}]({encoded(image.url)}{_title(title)})"


def _title(title: str) -> str:
    text = escape(_one_line(title)).replace('"', "&quot;")
    return f' "{text}"' if text else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def block(one: Block, address: Address, base_level: int = 2) -> str:
    """Return one block as Markdown."""
    text = inline(one.pieces, address)
    if one.kind == "heading":
        level = min(6, max(2, base_level + one.level - 2))
        return f"{'#' * level} {text.replace('  ' + chr(10), ' ')}"
    if one.kind == "entry":
        mark = "1." if one.ordered else "-"
        indent = "    " * (min(one.level, 4) - 1)
        return f"{indent}{mark} " + text.replace("\n", f"\n{indent}    ")
    if one.kind == "code":
        return "\n".join(f"    {line}" for line in "".join(one.owner.itertext()).splitlines())
    if one.quoted:
        return "> " + text.replace("\n", "\n> ")
    return text


def join(parts: Iterable[tuple[Block, str]]) -> str:
    """Return the Markdown of a body: entries of one list together, all else parted by a blank line."""
    out: list[str] = []
    last: Block | None = None
    for one, text in parts:
        if not text.strip():
            continue
        tight = last is not None and last.kind == one.kind == "entry"
        if out:
            out.append("\n" if tight else "\n>\n" if last is not None and last.quoted and one.quoted else "\n\n")
        out.append(text)
        last = one
    return "".join(out)
