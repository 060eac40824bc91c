"""A piece of HTML or plain text → Markdown for a body. Nothing active survives."""

from __future__ import annotations

import re

from lxml import etree, html

from broadsheet.importers.gathered import is_markup
from broadsheet.importers.html import blocks, images, markdown
from broadsheet.importers.html.page import address

_PARTS = re.compile(r"\n\s*\n")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def to_markdown(text: str, base: str | None = None) -> str:
    """Return a body that may be HTML or plain text as Markdown."""
    text = _UNFIT.sub("", text)
    return from_html(text, base) if is_markup(text) else from_text(text)


def from_text(text: str) -> str:
    """Return plain text as Markdown in which every character stays what it is."""
    paragraphs = (" ".join(part.split()) for part in _PARTS.split(text))
    return "\n\n".join(markdown.line_start(markdown.escape(one)) for one in paragraphs if one)


def from_html(fragment: str, base: str | None = None) -> str:
    """Return a fragment of HTML as Markdown; of markup that no parser reads, its text."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(f"<html><body><div>{fragment}</div></body></html>".encode(), parser=parser)
    except (etree.ParserError, ValueError):
        return from_text(re.sub(r"<[^<>]{0,2000}>", " ", fragment))
    found = blocks.read(root)
    levels = [one.level for one in found if one.kind == "heading"]
    shift = 2 - min(levels, default=2)
    parts = [(one, _block(one, base, shift)) for one in found]
    return markdown.join(parts)


def _block(one: blocks.Block, base: str | None, shift: int) -> str:
    if one.kind == "picture":
        image = images.read(one.owner, base)
        return markdown.picture(image) if image else ""
    return markdown.block(one, lambda link: address(link, base) if link and not link.startswith("#") else None, shift)
