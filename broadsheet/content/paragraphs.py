"""A body that is paragraphs and nothing else, without python-markdown: what importers of text write.

A positive grammar: `words` takes only text of which every character is listed here and returns
None for all other, so that what it gives, and `html` of it, is what python-markdown and the
sanitiser give. A test holds the two equal.
"""

from __future__ import annotations

import re
from html import escape, unescape

from broadsheet.content.header import without

_MOST = 1024 * 1024  # characters; what is longer is weighed by `bounds` first
#: Neither Markdown nor HTML reads these as anything but themselves, wherever they stand within a line.
_PLAIN = r"[^\x00-\x1f\x7f-\x9f\s\\`*_{}\[\]<&\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff0-\uffff\U0001fff0-\U0010ffff]"
_ESCAPED = r"\\[\\`*_{}\[\]()>#+\-.!]"
_REFERENCE = r"&(?:lt|gt|amp|#(?:58|61|62|94|124|126));"
_ITEM = rf"(?:{_PLAIN}|{_ESCAPED}|{_REFERENCE}|&(?!\\|#|[-.0-9A-Za-z]*;))"
#: What may begin a block that is no paragraph does not begin one.
_BEGIN = r"(?![#=:+\-!>~^|]|\d+[.)](?: |\Z))"
_BLOCK = re.compile(rf"{_BEGIN}{_ITEM}++(?: {_ITEM}++)*+")
#: How one begins in which nothing is escaped.
_OPENING = re.compile(rf"{_BEGIN}[^ \n]")
_SIMPLE = bytes(code for code in range(128) if re.match(rf"{_PLAIN}|[ \n]", chr(code)))
_BEYOND = re.compile(rf"{_PLAIN}*+")
_GAPS = re.compile(r"\n{3,}")  # paragraphs may stand further apart
_MEANT = re.compile(rf"\\(.)|{_REFERENCE}")


def words(body: str) -> str | None:
    """Return the text of a Markdown body of one-line paragraphs, parted by blank lines; None for any other body."""
    if len(body) > _MOST:
        return None
    body = body.strip("\n")
    if not body:
        return ""
    blocks = (_GAPS.sub("\n\n", body) if "\n\n\n" in body else body).split("\n\n")
    if _simple(body) and body.count("\n") == 2 * (len(blocks) - 1):
        return "\n\n".join(blocks) if all(map(_OPENING.match, blocks)) else None
    if not all(map(_is_block, blocks)):
        return None
    return "\n\n".join(map(_unescaped, blocks))


def _simple(text: str) -> bool:
    """Tell at a glance whether nothing is escaped and no blank stands where it may not; the pattern takes ten times as long."""
    if not _BEYOND.fullmatch(without(text, _SIMPLE)):
        return False
    return "  " not in text and " \n" not in text and "\n " not in text and text[-1:] != " "


def _is_block(block: str) -> bool:
    if _simple(block) and "\n" not in block:
        return _OPENING.match(block) is not None
    return _BLOCK.fullmatch(block) is not None


def html(words: str) -> str:
    """Return the HTML of paragraphs that are parted by blank lines."""
    if not words:
        return ""
    return f"<p>{escape(words, quote=False)}</p>".replace("\n\n", "</p>\n<p>")


def _unescaped(block: str) -> str:
    if "\\" in block or "&" in block:
        return _MEANT.sub(lambda match: match[1] or unescape(match[0]), block)
    return block
