"""A body that is paragraphs and nothing else, without python-markdown: what importers of text write.

A positive grammar: `words` takes only text of which every character is listed here and returns
None for all other, so that what it gives, and `html` of it, is what python-markdown and the
sanitiser give. A test holds the two equal.
"""

from __future__ import annotations

import re
from html import escape, unescape

_MOST = 1024 * 1024  # characters; what is longer is weighed by `bounds` first
#: Neither Markdown nor HTML reads these as anything but themselves, wherever they stand within a line.
_PLAIN = r"[^\x00-\x1f\x7f-\x9f\s\\`*_{}\[\]<&\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff0-\uffff\U0001fff0-\U0010ffff]"
_ESCAPED = r"\\[\\`*_{}\[\]()>#+\-.!]"
_REFERENCE = r"&(?:lt|gt|amp|#(?:58|61|62|94|124|126));"
_ITEM = rf"(?:{_PLAIN}|{_ESCAPED}|{_REFERENCE}|&(?!\\|#|[-.0-9A-Za-z]*;))"
#: What may begin a block that is no paragraph does not begin one.
_BLOCK = re.compile(rf"(?![#=:+\-!>~^|]|\d+[.)](?: |\Z)){_ITEM}++(?: {_ITEM}++)*+")
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
    if not all(map(_BLOCK.fullmatch, blocks)):
        return None
    return "\n\n".join(map(_unescaped, blocks))


def html(words: str) -> str:
    """Return the HTML of paragraphs that are parted by blank lines."""
    if not words:
        return ""
    return f"<p>{escape(words, quote=False)}</p>".replace("\n\n", "</p>\n<p>")


def _unescaped(block: str) -> str:
    if "\\" in block or "&" in block:
        return _MEANT.sub(lambda match: match[1] or unescape(match[0]), block)
    return block
