"""Markdown of the plain kind → the same HTML and text that python-markdown and the sanitiser give, ninety times as fast.

A positive grammar: only text of which every character and every construct is listed
here is taken; for all other `body` returns None and `broadsheet.content.render` does
it. tests/press/test_press_lane.py proves the two equal on random text with fresh seeds.

Listed are paragraphs, headings, quotes of one paragraph, unordered lists of one-line
items; in them plain text, ``*emphasis*``, ``**strong**`` and ``[text](address)``. All of
it is UTF-8: signs that are no ASCII stand in no class below, but before or behind one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

#: Letters that neither Markdown nor HTML reads as anything but themselves, besides those of ASCII.
_LETTERS: Final = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0386-\u03ff\u0400-\u045f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3"
#: Signs that may begin a line, with letters: none of them begins a list, quote, table, heading, rule or definition.
_FIRST: Final = "\"'(£$€%¥¡¿«»‘’“”„‚…–—"
#: Signs that plain text may hold besides; & only before a blank, so that it is no reference.
_OTHERS: Final = " .,:;?!)/@+=°²³½¼¾§©®™·•†‡‰′″×÷‐‑‒-"
#: Signs of the constructs that are listed, and of the addresses in them.
_MARKS: Final = "*[]&#>~\n"
_ASCII: Final = bytes(
    code for code in range(128) if chr(code).isalnum() or chr(code) in _FIRST + _OTHERS + _MARKS
)  # all that is listed of ASCII
_BEYOND: Final = re.compile(f"[{_LETTERS}{re.escape(_FIRST + _OTHERS)}]*+")


def _without(signs: str) -> str:
    """Return the class of all listed bytes but those of ASCII ``signs``: short, since the whole text was looked at before."""
    return f"[^{re.escape(''.join(filter(str.isascii, signs)))}]"


def _beyond(signs: str) -> list[str]:
    """Return the signs that are no ASCII as alternatives, those of two bytes and those of three."""
    sizes = ((sign for sign in signs if len(sign.encode()) == size) for size in (2, 3))
    return ["|".join(some) for some in map(list, sizes) if some]


def _from(signs: str) -> str:
    """Return what begins a character that is none of ``signs``."""
    return "".join(f"(?!{some})" for some in _beyond(signs)) + _without(signs)


def _to(signs: str) -> str:
    """Return what ends a character that is none of ``signs``."""
    return _without(signs) + "".join(f"(?<!{some})" for some in _beyond(signs))


_OPENING, _CLOSING = (
    "£$€“‘\"'",
    ".,?!%”’\"')",
)  # of the signs, what may stand after an opening star, before a closing one
_TEXT: Final = _without(_MARKS)
_START: Final = _from(_OTHERS + _MARKS.replace("*", "").replace("[", ""))
_OPEN: Final = _from("".join(sorted(set(_FIRST + _OTHERS) - set(_OPENING))) + _MARKS)
_CLOSE: Final = _to("".join(sorted(set(_FIRST + _OTHERS) - set(_CLOSING))) + _MARKS)

_WORDS: Final = f"{_TEXT}*+(?:& {_TEXT}*+)*+"
_SPAN: Final = f"{_OPEN}(?:{_TEXT}*{_CLOSE})?"
_ADDRESS: Final = r"(?:https?://[A-Za-z0-9][A-Za-z0-9./?=&%#:,+~-]*|/?(?!images/)[A-Za-z0-9][A-Za-z0-9./-]*|/)"
_TOKEN: Final = rf"(?:\*\*{_SPAN}\*\*(?!\*)|\*{_SPAN}\*(?!\*)|(?<!!)\[{_SPAN}\]\({_ADDRESS}\))"
#: A line: words, and spans between them; no two spans touch, and it does not end in a blank.
_LINE: Final = re.compile(
    rf"(?!\d+[.)])(?={_START}){_WORDS}(?:{_TOKEN}(?:(?=[^*\[\]\n#>~]){_WORDS}|\Z))*+(?<! )".encode()
)
_GAPS: Final = re.compile(rb"\n{3,}")  # blocks may stand further apart
_LEVELS: Final = (b"", b"h2", b"h2", b"h3", b"h4", b"h5", b"h6")  # the page's own headline is the only h1


class Rendered(NamedTuple):
    """A body as `broadsheet.content.Body` has it, in UTF-8."""

    html: bytes
    text: bytes

    @property
    def length(self) -> int:
        """Return how many words the text has: `broadsheet.press.present.length` of it, and its wordCount.

        Words are parted by one blank, blocks by two ends of a line.
        """
        return self.text.count(b" ") + self.text.count(b"\n") // 2 + 1 if self.text else 0

    @property
    def json(self) -> bytes:
        """Return the text as it stands between the quotes of JSON, which escapes two of the signs that are listed."""
        return self.text.replace(b'"', b'\\"').replace(b"\n", b"\\n")


def body(markdown: bytes) -> Rendered | None:
    """Return HTML and text of a body in UTF-8, or None where it is not of the plain kind."""
    beyond = markdown.translate(None, _ASCII)
    if (beyond and not _BEYOND.fullmatch(beyond.decode())) or b"  " in markdown:
        return None
    html: list[bytes] = []
    text: list[bytes] = []
    last = b""
    markdown = markdown.strip(b"\n")
    for block in markdown.split(b"\n\n"):
        kind = block[:1]
        if kind == last and kind in _JOINED:
            return None  # python-markdown joins two lists, or two quotes, that follow each other
        made = _LISTED.get(kind, _paragraph)(block)
        if made is None:  # as of a block before which there is too much room, of which nothing was asked
            return body(_GAPS.sub(b"\n\n", markdown)) if b"\n\n\n" in markdown else None
        html.append(made[0])
        text.append(made[1])
        last = kind
    return _spanned(b"\n".join(html), b"\n\n".join(text))


_Made = tuple[bytes, bytes] | None


def _are_lines(block: bytes) -> bool:
    """Tell whether every line of a block is one that the grammar lists."""
    if b"\n" in block:
        return all(map(_LINE.fullmatch, block.split(b"\n")))
    return _LINE.fullmatch(block) is not None


def _paragraph(block: bytes) -> _Made:
    return (b"<p>%b</p>" % block, block.replace(b"\n", b" ")) if _are_lines(block) else None


def _heading(block: bytes) -> _Made:
    marks, _, title = block.partition(b" ")
    if len(marks) >= len(_LEVELS) or marks.strip(b"#") or not _LINE.fullmatch(title):
        return None
    level = _LEVELS[len(marks)]
    return b"<%b>%b</%b>" % (level, title, level), title


def _quote(block: bytes) -> _Made:
    inner = _inner(block, b"> ")
    if inner is None:
        return None
    return b"<blockquote>\n<p>%b</p>\n</blockquote>" % inner, inner.replace(b"\n", b" ")


def _list(block: bytes) -> _Made:
    inner = _inner(block, b"- ")
    if inner is None:
        return None
    return b"<ul>\n<li>%b</li>\n</ul>" % inner.replace(b"\n", b"</li>\n<li>"), inner.replace(b"\n", b"\n\n")


def _inner(block: bytes, mark: bytes) -> bytes | None:
    """Return the lines of a block behind their marks, None where one has no mark or is none that is listed."""
    first, *lines = (b"\n" + block).split(b"\n" + mark)
    inner = b"\n".join(lines)
    return inner if not first and len(lines) == block.count(b"\n") + 1 and _are_lines(inner) else None


_LISTED: Final[dict[bytes, Callable[[bytes], _Made]]] = {b"#": _heading, b">": _quote, b"-": _list}
_JOINED: Final = frozenset((b">", b"-"))


def _spanned(html: bytes, text: bytes) -> Rendered:
    """Return blocks with their spans as HTML, and as text. The grammar lets stars and brackets stand in spans alone."""
    if b"&" in html:
        html = html.replace(b"&", b"&amp;")
    if b"[" in html:
        html = _linked(html, b'<a href="%b">%b</a>')
        text = _linked(text, None)
    if b"*" in html:
        html = _marked(html)
        text = text.replace(b"*", b"")
    return Rendered(html, text)


def _marked(html: bytes) -> bytes:
    """Return emphasis as elements. Two stars that touch have nothing between them: they begin and end what is strong."""
    first, *parts = html.split(b"*")
    made, at = [first], 0
    while at < len(parts):
        if parts[at]:
            made += (b"<em>", parts[at], b"</em>", parts[at + 1])
            at += 2
        else:
            made += (b"<strong>", parts[at + 1], b"</strong>", parts[at + 3])
            at += 4
    return b"".join(made)


def _linked(text: bytes, anchor: bytes | None) -> bytes:
    """Return a text with its links as ``anchor``, which takes address and label; without it, as their labels."""
    first, *links = text.split(b"[")
    parts = [first]
    for link in links:
        label, _, rest = link.partition(b"](")
        address, _, after = rest.partition(b")")
        parts += (label if anchor is None else anchor % (address, label), after)
    return b"".join(parts)
