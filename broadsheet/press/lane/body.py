"""Markdown of the plain kind → the same `Body` that python-markdown and the sanitiser give, sixty times as fast.

A positive grammar: only text of which every character and every construct is listed
here is taken; for all other `body` returns None and `broadsheet.content.render` does
it. tests/test_press_lane_body.py proves the two equal on random text with fresh seeds.

Listed are paragraphs, headings, quotes of one paragraph, unordered lists of one-line
items; in them plain text, ``*emphasis*``, ``**strong**`` and ``[text](address)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from broadsheet.content import Body

#: Letters that neither Markdown nor HTML reads as anything but themselves.
_LETTERS: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0386-\u03ff\u0400-\u045f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3"
#: Signs that may begin a line, with letters: none of them begins a list, quote, table, heading, rule or definition.
_FIRST: Final = "\"'(£$€%¥¡¿«»‘’“”„‚…–—"
#: Signs that plain text may hold besides; & only before a blank, so that it is no reference.
_OTHERS: Final = " .,;:?!)/@+=°²³½¼¾§©®™·•†‡‰′″×÷‐‑‒-"
#: Signs of the constructs that are listed, and of the addresses in them.
_MARKS: Final = "*[]&#>~\n"
_ALL: Final = re.compile(f"[{_LETTERS}0-9{re.escape(_FIRST + _OTHERS + _MARKS)}]*+")


def _without(signs: str) -> str:
    """Return the class of all listed characters but these: short, since `_ALL` has looked at the whole text before."""
    return f"[^{re.escape(signs)}]"


_OPENING, _CLOSING = (
    "£$€“‘\"'",
    ".,?!%”’\"')",
)  # of the signs, what may stand after an opening star, before a closing one
_TEXT: Final = _without(_MARKS)
_START: Final = _without(_OTHERS + _MARKS.replace("*", "").replace("[", ""))
_OPEN: Final = _without("".join(set(_FIRST + _OTHERS) - set(_OPENING)) + _MARKS)
_CLOSE: Final = _without("".join(set(_FIRST + _OTHERS) - set(_CLOSING)) + _MARKS)

_WORDS: Final = f"{_TEXT}*+(?:& {_TEXT}*+)*+"
_SPAN: Final = f"{_OPEN}(?:{_TEXT}*{_CLOSE})?"
_ADDRESS: Final = r"(?:https?://[A-Za-z0-9][A-Za-z0-9./?=&%#:,+~-]*|/?(?!images/)[A-Za-z0-9][A-Za-z0-9./-]*|/)"
_TOKEN: Final = rf"(?:\*\*{_SPAN}\*\*(?!\*)|\*{_SPAN}\*(?!\*)|(?<!!)\[{_SPAN}\]\({_ADDRESS}\))"
#: A line: words, and spans between them; no two spans touch, and it does not end in a blank.
_LINE: Final = rf"(?!\d+[.)])(?={_START}){_WORDS}(?:{_TOKEN}(?:(?=[^*\[\]\n#>~]){_WORDS}|(?=\n|\Z)))*+(?<! )"
_LINES: Final = re.compile(rf"{_LINE}(?:\n{_LINE})*+")
_QUOTED: Final = re.compile(rf"> {_LINE}(?:\n> {_LINE})*+")
_ITEMS: Final = re.compile(rf"- {_LINE}(?:\n- {_LINE})*+")
_TITLE: Final = re.compile(rf"(#{{1,6}}) ({_LINE})")
_LEVELS: Final = ("", "h2", "h2", "h3", "h4", "h5", "h6")  # the page's own headline is the only h1


def body(markdown: str) -> Body | None:
    """Return the body's HTML and text, or None where it is not of the plain kind."""
    if "  " in markdown or not _ALL.fullmatch(markdown):
        return None
    html: list[str] = []
    text: list[str] = []
    last = ""
    for block in _blocks(markdown.strip("\n")):
        kind = block[:1]
        if kind == last and kind in _JOINED:
            return None  # python-markdown joins two lists, or two quotes, that follow each other
        made = _LISTED.get(kind, _paragraph)(block)
        if made is None:
            return None
        html.append(made[0])
        text.append(made[1])
        last = kind
    return _spanned("\n".join(html), "\n\n".join(text))


def _blocks(markdown: str) -> list[str]:
    """Return what blank lines part; mostly every other line is one, and one letter is found sooner than two."""
    lines = markdown.split("\n")
    return markdown.split("\n\n") if any(lines[1::2]) else lines[::2]


def _paragraph(block: str) -> tuple[str, str] | None:
    return (f"<p>{block}</p>", block.replace("\n", " ")) if _LINES.fullmatch(block) else None


def _heading(block: str) -> tuple[str, str] | None:
    match = _TITLE.fullmatch(block)
    if match is None:
        return None
    level, title = _LEVELS[len(match[1])], match[2]
    return f"<{level}>{title}</{level}>", title


def _quote(block: str) -> tuple[str, str] | None:
    if not _QUOTED.fullmatch(block):
        return None
    inner = block[2:].replace("\n> ", "\n")
    return f"<blockquote>\n<p>{inner}</p>\n</blockquote>", inner.replace("\n", " ")


def _list(block: str) -> tuple[str, str] | None:
    if not _ITEMS.fullmatch(block):
        return None
    inner = block[2:]
    items = inner.replace("\n- ", "</li>\n<li>")
    return f"<ul>\n<li>{items}</li>\n</ul>", inner.replace("\n- ", "\n\n")


_LISTED: Final = {"#": _heading, ">": _quote, "-": _list}
_JOINED: Final = frozenset(">-")


def _spanned(html: str, text: str) -> Body:
    """Return blocks with their spans as HTML, and as text. The grammar lets stars and brackets stand in spans alone."""
    if "&" in html:
        html = html.replace("&", "&amp;")
    if "[" in html:
        html = _linked(html, _anchor)
        text = _linked(text, _label)
    if "*" in html:
        html = _marked(html)
        text = text.replace("*", "")
    return Body(html, text)


def _marked(html: str) -> str:
    """Return emphasis as elements. Two stars that touch have nothing between them: they begin and end what is strong."""
    first, *parts = html.split("*")
    made, at = [first], 0
    while at < len(parts):
        if parts[at]:
            made += ("<em>", parts[at], "</em>", parts[at + 1])
            at += 2
        else:
            made += ("<strong>", parts[at + 1], "</strong>", parts[at + 3])
            at += 4
    return "".join(made)


def _linked(text: str, made: Callable[[str, str], str]) -> str:
    first, *links = text.split("[")
    parts = [first]
    for link in links:
        label, _, rest = link.partition("](")
        address, _, after = rest.partition(")")
        parts += (made(label, address), after)
    return "".join(parts)


def _anchor(label: str, address: str) -> str:
    return f'<a href="{address}">{label}</a>'


def _label(label: str, _: str) -> str:
    return label
