"""Comparing what a page says in several places: text of elements, words, agreement."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from lxml.html import HtmlElement

#: Elements whose text no reader sees.
UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "textarea"})
#: Elements inside a line; all others part words.
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q ruby rb s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]|\w+")
_ASCII_WORD = re.compile(r"\w+", re.ASCII)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[\da-fA-F]{1,5}|quot|apos|amp|nbsp|[lr][sd]quo|[nm]dash|hellip);")
_SOFT = str.maketrans(dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF]))


def squeeze(text: str) -> str:
    """Return ``text`` with each run of white space as one space, soft hyphens and zero-width spaces left out."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(text.translate(_SOFT).split())


def decoded(text: str) -> str:
    """Return ``text`` with the entities of common marks decoded: publishers often encode them twice."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def is_hidden(element: HtmlElement) -> bool:
    """Tell whether the element says of itself that it is not shown."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()


def _pieces(element: HtmlElement) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return
    block = element.tag not in INLINE
    if block:
        yield " "
    if element.text:
        yield element.text
    for child in element:
        if not is_hidden(child):
            yield from _pieces(child)
        if child.tail:
            yield child.tail
    if block:
        yield " "


def raw(element: HtmlElement) -> str:
    """Return the text that a reader sees of an element, its white space as written."""
    return "".join(_pieces(element))


def seen(element: HtmlElement) -> str:
    """Return the text that a reader sees of an element, on one line."""
    return squeeze(raw(element))


def words(text: str) -> list[str]:
    """Return the words of a text, for comparing: folded, one character a word in Chinese and Japanese."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def key(text: str) -> str:
    """Return the letters and digits of a text, folded: equal for texts that differ in marks and spaces only."""
    return "".join(words(text)).replace("_", "")


def overlap(one: str, other: str) -> float:
    """Return how far two texts share their words (Dice, 0 to 1)."""
    a, b = words(one), words(other)
    if not a or not b:
        return 0.0
    counts: dict[str, int] = {}
    for word in a:
        counts[word] = counts.get(word, 0) + 1
    shared = 0
    for word in b:
        if counts.get(word, 0) > 0:
            counts[word] -= 1
            shared += 1
    return 2 * shared / (len(a) + len(b))
