"""Markdown of the plain kind → the same `Body` that python-markdown and the sanitiser give, sixty times as fast.

A positive grammar: only text of which every character and every construct is listed
here is taken; for all other `body` returns None and `broadsheet.content.render` does
it. tests/test_press_lane_body.py proves the two equal on random text with fresh seeds.

Listed are paragraphs, headings, quotes of one paragraph, unordered lists of one-line
items; in them plain text, ``*emphasis*``, ``**strong**`` and ``[text](address)``.
"""

from __future__ import annotations

import re
from typing import Final

from broadsheet.content import Body

#: Letters that neither Markdown nor HTML reads as anything but themselves.
_LETTERS: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0386-\u03ff\u0400-\u045f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3"
#: Characters that may begin a line: none of them begins a list, quote, table, heading, rule or definition.
_FIRST: Final = _LETTERS + "\"'(£$€%¥¡¿«»‘’“”„‚…–—"
#: All characters of plain text besides digits' places; & only before a blank, so that it is no reference.
_TEXT: Final = _FIRST + "0-9 .,;:?!)/@+=°²³½¼¾§©®™·•†‡‰′″×÷‐‑‒\\-"
_OPEN: Final = _LETTERS + "0-9£$€“‘\"'"  # after an opening star
_CLOSE: Final = _LETTERS + "0-9.,?!%”’\"')"  # before a closing star

_WORDS: Final = f"[{_TEXT}]*+(?:& [{_TEXT}]*+)*+"
_SPAN: Final = f"[{_OPEN}](?:[{_TEXT}]*[{_CLOSE}])?"
_ADDRESS: Final = r"(?:https?://[A-Za-z0-9][A-Za-z0-9./?=&%#:,+~-]*|/?(?!images/)[A-Za-z0-9][A-Za-z0-9./-]*|/)"
_TOKEN: Final = re.compile(
    rf"\*\*(?P<strong>{_SPAN})\*\*(?!\*)|\*(?P<em>{_SPAN})\*(?!\*)|(?<!!)\[(?P<text>[{_OPEN}](?:[{_TEXT}]*[{_CLOSE}])?)\]\((?P<address>{_ADDRESS})\)"
)
_PLAIN: Final = re.compile(rf"(?!\d+[.)]|  )[0-9{_FIRST}]{_WORDS}")
_START: Final = re.compile(rf"(?!\d+[.)])[0-9{_FIRST}*\[]")


def body(markdown: str) -> Body | None:
    """Return the body's HTML and text, or None where it is not of the plain kind."""
    html: list[str] = []
    text: list[str] = []
    last = ""
    for block in markdown.strip("\n").split("\n\n"):
        first = block[:1]
        kind = first if first in {">", "-"} else ""
        if kind and kind == last:
            return None  # python-markdown joins two lists, or two quotes, that follow each other
        made = _LISTED[first](block) if first in _LISTED else _paragraph(block)
        if made is None:
            return None
        html.append(made[0])
        text.append(made[1])
        last = kind
    return Body("\n".join(html), "\n\n".join(text))


def _paragraph(block: str) -> tuple[str, str] | None:
    lines = [_inline(line) for line in block.split("\n")]
    if None in lines:
        return None
    found = [line for line in lines if line is not None]
    return f"<p>{_joined(found, 0)}</p>", " ".join(line[1] for line in found)


def _joined(lines: list[tuple[str, str]], part: int) -> str:
    return "\n".join(line[part] for line in lines)


def _heading(block: str) -> tuple[str, str] | None:
    marks, _, title = block.partition(" ")
    level = len(marks)
    if marks.strip("#") or not 1 <= level <= 6 or "\n" in title:
        return None
    made = _inline(title)
    level = max(level, 2)  # the page's own headline is the only h1
    return (f"<h{level}>{made[0]}</h{level}>", made[1]) if made else None


def _quote(block: str) -> tuple[str, str] | None:
    lines = block.split("\n")
    if any(not line.startswith("> ") for line in lines):
        return None
    made = _paragraph("\n".join(line[2:] for line in lines))
    return (f"<blockquote>\n{made[0]}\n</blockquote>", made[1]) if made else None


def _list(block: str) -> tuple[str, str] | None:
    lines = block.split("\n")
    if any(not line.startswith("- ") for line in lines):
        return None
    items = [_inline(line[2:]) for line in lines]
    if None in items:
        return None
    found = [item for item in items if item is not None]
    return "<ul>\n" + "".join(f"<li>{one[0]}</li>\n" for one in found) + "</ul>", "\n\n".join(one[1] for one in found)


_LISTED: Final = {"#": _heading, ">": _quote, "-": _list}


def _inline(line: str) -> tuple[str, str] | None:
    """Return (HTML, text) of one line."""
    if _PLAIN.fullmatch(line) and line[-1] != " " and "  " not in line:
        return (line.replace("&", "&amp;"), line) if "&" in line else (line, line)
    if not _START.match(line) or line[-1:] == " " or "  " in line:
        return None
    return _spans(line)


def _spans(line: str) -> tuple[str, str] | None:
    """Return (HTML, text) of a line with emphasis or links in it."""
    html: list[str] = []
    text: list[str] = []
    at = 0
    for match in _TOKEN.finditer(line):
        before = line[at : match.start()]
        if (at and not before) or not _between(before):
            return None
        inner = match["strong"] or match["em"] or match["text"]
        if "& " in inner or "&" in inner:
            return None
        html += (before.replace("&", "&amp;"), _element(match, inner))
        text += (before, inner)
        at = match.end()
    rest = line[at:]
    if not at or not _between(rest):
        return None
    return "".join([*html, rest.replace("&", "&amp;")]), "".join([*text, rest])


_BETWEEN: Final = re.compile(_WORDS)


def _between(text: str) -> bool:
    return _BETWEEN.fullmatch(text) is not None


def _element(match: re.Match[str], inner: str) -> str:
    if match["strong"]:
        return f"<strong>{inner}</strong>"
    if match["em"]:
        return f"<em>{inner}</em>"
    return f'<a href="{match["address"].replace("&", "&amp;")}">{inner}</a>'
