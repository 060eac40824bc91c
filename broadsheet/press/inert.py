"""Text that begins like an address which a browser would run is written so that it is none.

A headline may be "javascript:alert(1)", and it stands in ``<meta content>``, in feeds and
in sitemaps. No browser takes it for an address there; a careless reader of the page may.
A word joiner (U+2060, invisible, of no width) before the colon settles it.
"""

from __future__ import annotations

import re

_SCHEMES = (
    *("javascript", "vbscript", "livescript", "mocha", "data", "jar", "feed", "view-source", "filesystem", "blob"),
    *("file", "about"),
)
_GAP = r"[\t\n\r]*"  # what browsers leave out of an address
_SPELT = "|".join(_GAP.join(map(re.escape, scheme)) for scheme in _SCHEMES)
_RUNS = re.compile(
    rf"((?:\A|url=)[\s\x00-\x20\"']*(?:{_SPELT}|ms-[a-z]+){_GAP}|{_GAP.join('javascript')}\s*)(?=:)", re.IGNORECASE
)
_SMALL = bytes(range(256)).lower()
_GAPS = b"\t\n\r"
_FOLDED = "\u017f\u0131\u0130\u212a"  # to the pattern, which knows no case, these are letters of ASCII


def inert(text: str) -> str:
    """Return ``text`` with a word joiner before each colon that ends such a scheme."""
    if ":" not in text or (text.startswith(("https:", "http:")) and text.count(":") == 1):
        return text
    return _RUNS.sub("\\1\N{WORD JOINER}", text) if _might(text) else text


def _might(text: str) -> bool:
    """Tell whether a text may hold such a scheme: the pattern tries every place of it, which takes long in a body."""
    bare = text.encode("utf-8", "surrogatepass").translate(_SMALL, _GAPS)
    return b"javascript" in bare or b"url=" in bare or any(sign in text for sign in _FOLDED) or bool(_RUNS.match(text))
