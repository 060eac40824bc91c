"""Names and words made comparable: case, accents, hyphens and spaces apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROPPED = dict.fromkeys(map(ord, "'’ʼ`´\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff.,"), None)
_SPACED = dict.fromkeys(map(ord, "-‐‑–—_/\u00a0\u202f\u3000"), " ")
_LATIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_TABLE = {**_DROPPED, **_SPACED}


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, full stops, apostrophes or double spaces."""
    plain = unicodedata.normalize("NFKD", text.translate(_TABLE).casefold())
    if not plain.isascii():
        plain = "".join(char for char in plain if not "\u0300" <= char <= "\u036f").translate(_LATIN)
        plain = unicodedata.normalize("NFC", plain)
    return " ".join(plain.split())


_LETTERS = re.compile(r"[^\W_]+")
_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())


def squash(text: str) -> str:
    """Return the letters and digits of ``text`` alone, folded: for "is this the same line"."""
    if text.isascii():
        return text.encode().translate(None, _ASCII_SIGNS).decode().lower()
    return "".join(_LETTERS.findall(unicodedata.normalize("NFKC", text).casefold()))
