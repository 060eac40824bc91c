"""A text with holes, and what fills them: what every article of one shape shares is kept once.

All of it is UTF-8, as it will be written: one dash would double the room of a page as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from operator import itemgetter
from typing import Any, Final

import orjson
from markupsafe import escape

#: Parts values while all of them are escaped at once; the lane's grammars let no text hold it.
_NUL: Final = "\x00"
#: What a script in HTML escapes beyond JSON.
_ESCAPES: Final = tuple((mark.encode(), b"\\u%04x" % ord(mark)) for mark in "<>&\u2028\u2029")
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


def as_json(values: Sequence[str]) -> list[bytes]:
    """Return texts as they stand between the quotes of JSON."""
    return orjson.dumps(_NUL.join(values))[1:-1].split(b"\\u0000")


def as_script(json: list[bytes]) -> list[bytes]:
    """Return texts that `as_json` gave as they stand in a script, as `broadsheet.jsonld.script_text` escapes them."""
    joined = _NUL.encode().join(json)
    if not any(mark in joined for mark, _ in _ESCAPES):
        return json
    for mark, written in _ESCAPES:
        joined = joined.replace(mark, written)
    return joined.split(_NUL.encode())


def as_html(values: Sequence[str]) -> list[bytes]:
    """Return texts as they stand in HTML and in its quoted attributes."""
    return escape(_NUL.join(values)).encode().split(_NUL.encode())


def as_text(values: Sequence[str]) -> list[bytes]:
    """Return texts as they are."""
    return _NUL.join(values).encode().split(_NUL.encode())
