"""Bytes of any origin → text; text of any origin → what a terminal may show."""

from __future__ import annotations

import codecs
import re
import unicodedata

_CHARSET = re.compile(rb"""<meta[^<>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,30})""", re.IGNORECASE)


def decoded(raw: bytes) -> str:
    """Read bytes as the text that browsers would see: by BOM, UTF-8, the page's own word, or Windows-1252."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        stated = _CHARSET.search(raw[:4096])
        return _as_stated(raw, stated[1].decode("ascii") if stated else "cp1252")


def _as_stated(raw: bytes, name: str) -> str:
    try:
        return raw.decode(name, "replace")
    except LookupError:
        return raw.decode("cp1252", "replace")


def is_binary(raw: bytes) -> bool:
    """Return whether bytes are no text: a picture, an archive."""
    head = raw[:8192]
    return b"\0" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def visible(text: str) -> str:
    """Return text of the same length without what would command a terminal: a file may hold escape sequences."""
    return "".join("·" if unicodedata.category(char) in {"Cc", "Cs"} else char for char in text)
