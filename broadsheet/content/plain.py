"""Sanitised HTML → plain text, and the addresses in it. Reads only what the sanitiser wrote.

The sanitiser's serialisation is regular (quotes around every value, ``<`` and ``&``
escaped in text), so tags can be found without parsing again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"]*")*)\s*/?>')
_BLOCKS = frozenset(
    [
        "blockquote",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "table",
        "tr",
        "ul",
    ]
)
_LINK = re.compile(r'<(a|img|blockquote|q)((?:\s+[a-z-]+="[^"]*")+)(\s*/?)>')
_ADDRESS = re.compile(r'(\s(?:href|src|cite)=")([^"]*)(")')
_BACK = re.compile(r'<a href="#fnref[^"]*"[^>]*>[^<]*</a>')
_MARK = re.compile(r'<sup id="fnref[^"]*">.*?</sup>', re.DOTALL)
_ELSEWHERE = re.compile(r'<(a|span) class="picture-elsewhere"[^>]*>[^<]*</\1>')
_WORDS = re.compile(r'\s(src|alt|title)="([^"]*)"')
_SPACE = re.compile(r"[ \t\n\r\f]+")


def plain_text(html: str) -> str:
    """Return the text a reader sees, paragraphs parted by a blank line, without footnote marks."""
    if 'class="picture-elsewhere"' in html:
        html = _ELSEWHERE.sub("", html)
    if "#fn" in html:
        html = _MARK.sub("", _BACK.sub("", html))
    pieces: list[str] = []
    at = 0
    for match in _TAG.finditer(html):
        pieces.append(html[at : match.start()])
        at = match.end()
        name = match[2]
        if name in _BLOCKS:
            pieces.append("\0")
        elif name == "br":
            pieces.append("\1")
        elif name in {"td", "th"} and match[1]:
            pieces.append(" \2")
    pieces.append(html[at:])
    blocks = (_block(block) for block in "".join(pieces).split("\0"))
    return "\n\n".join(block for block in blocks if block)


def _block(block: str) -> str:
    lines = (_SPACE.sub(" ", unescape(line.replace("\2", " "))).strip() for line in block.split("\1"))
    return "\n".join(line for line in lines if line)


def readdress(html: str, change: Callable[[str], str | None]) -> str:
    """Return ``html`` with each address put through ``change``; None takes the attribute out."""

    def attribute(match: re.Match[str]) -> str:
        new = change(unescape(match[2]))
        return "" if new is None else f"{match[1]}{escape(new)}{match[3]}"

    return _LINK.sub(lambda tag: f"<{tag[1]}{_ADDRESS.sub(attribute, tag[2])}{tag[3]}>", html)


def link_pictures(html: str) -> str:
    """Return ``html`` with each picture of another host as a link to it: a page loads nothing from elsewhere."""
    pieces: list[str] = []
    at = 0
    inside = False  # an anchor, which may not hold another
    for match in _TAG.finditer(html):
        name = match[2]
        if name == "a":
            inside = not match[1]
        elif name == "img" and (new := _picture_link(match[3], inside)):
            pieces += [html[at : match.start()], new]
            at = match.end()
    return "".join([*pieces, html[at:]])


def _picture_link(attributes: str, inside: bool) -> str | None:
    words = dict(_WORDS.findall(attributes))
    address = words.get("src", "")
    if not address.startswith(("http://", "https://")):
        return None
    label = words.get("alt") or words.get("title") or f"Picture at {address.split('/')[2]}"
    element = "span" if inside else "a"
    link = "" if inside else f' href="{address}"'
    return f'<{element} class="picture-elsewhere"{link}>{label.replace("<", "&lt;").replace(">", "&gt;")}</{element}>'
