"""A text with holes, and what fills them: what every article of one shape shares is kept once.

All of it is UTF-8, as it will be written: one dash would double the room of a page as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from operator import itemgetter
from typing import Any, Final

import orjson

#: Parts values while all of them are escaped at once; the lane's grammars let no text hold it.
_NUL: Final = "\x00"
_END: Final = _NUL.encode()
_ESCAPED_NUL: Final = b"\\u0000"
_HTML: Final = ((b"&", b"&amp;"), (b"<", b"&lt;"), (b">", b"&gt;"), (b"'", b"&#39;"), (b'"', b"&#34;"))
#: What a script in HTML escapes beyond JSON.
_SCRIPT: Final = tuple((mark.encode(), b"\\u%04x" % ord(mark)) for mark in "<>&\u2028\u2029")
#: A token: ``Zqtitlezq`` stands for a value, ``zqtagzq`` in small letters for its slug.
_TOKEN: Final = re.compile(r"[Zz]q([a-z]+\d*)zq(?:\.jpg)?")


class Text:
    """A text with holes. ``names`` tells at which place in the values each name stands."""

    def __init__(self, text: str, names: dict[str, int]) -> None:
        self.parts: list[bytes] = []
        picks: list[int] = []
        at = 0
        for match in _TOKEN.finditer(text):
            place = names.get(match[1] if match[0][0] == "Z" else f"/{match[1]}")
            if place is not None:  # else it is the paper's own text
                self.parts += (text[at : match.start()].encode(), b"")
                picks.append(place)
                at = match.end()
        self.parts.append(text[at:].encode())
        self.picks = picks
        self._pick = _picker(picks)

    @classmethod
    def restored(cls, parts: list[bytes], picks: list[int]) -> Text:
        """Return the text of these ``parts`` and ``picks``."""
        made = cls("", {})
        made.parts, made.picks, made._pick = parts, picks, _picker(picks)
        return made

    def fill(self, values: Sequence[bytes]) -> bytes:
        """Return the text with ``values`` in its holes."""
        parts = self.parts.copy()
        parts[1::2] = self._pick(values)
        return b"".join(parts)

    def bound(self, change: Callable[[str], str]) -> Text:
        """Return the text with what is the same in all articles changed."""
        made = copy(self)
        made.parts = [part if number % 2 else change(part.decode()).encode() for number, part in enumerate(self.parts)]
        return made


def _picker(picks: list[int]) -> Callable[[Any], Any]:
    if len(picks) > 1:
        return itemgetter(*picks)
    return lambda values: [values[place] for place in picks]


def joined(texts: Iterable[str]) -> str:
    """Return texts as one, as `Written` takes them."""
    return _NUL.join(texts)


def parted(texts: str) -> list[str]:
    """Return the texts that were `joined`."""
    return texts.split(_NUL)


class Written:
    """Texts that were `joined`, as they stand in files of each kind. Mostly that is as they are."""

    __slots__ = ("_joined", "_raw", "texts")

    def __init__(self, texts: str) -> None:
        self._joined = texts
        self._raw = texts.encode()
        self.texts: list[bytes] = self._raw.split(_END)

    def html(self) -> list[bytes]:
        """Return them as they stand in HTML and in its quoted attributes, as `markupsafe.escape` writes them."""
        return _replaced(self._raw, _HTML) or self.texts

    def json(self) -> list[bytes]:
        """Return them as they stand between the quotes of JSON."""
        written = orjson.dumps(self._joined)
        more = len(_ESCAPED_NUL) - len(_END)
        if len(written) == len(self._raw) + len('""') + more * (len(self.texts) - 1):
            return self.texts
        return written[1:-1].split(_ESCAPED_NUL)

    def script(self, json: list[bytes]) -> list[bytes]:
        """Return what `json` gave as it stands in a script, as `broadsheet.jsonld.script_text` escapes it."""
        return _replaced(_END.join(json), _SCRIPT) or json


def _replaced(raw: bytes, escapes: tuple[tuple[bytes, bytes], ...]) -> list[bytes] | None:
    """Return texts that were joined with signs replaced, in order; None where none of the signs is there."""
    written = raw
    for mark, instead in escapes:
        if mark in written:
            written = written.replace(mark, instead)
    return written.split(_END) if written is not raw else None
