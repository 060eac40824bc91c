"""JSON text → data, with the line of every value and the keys that stand twice."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct

from broadsheet.validate.nodes import token

MAX_CHARACTERS = 8 * 1024 * 1024
_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_ATOM = re.compile(r"[^\s,\]}]+")
_ENTITY = re.compile(r"\{\s*&(?:quot|#34|#x22);")


class Fault(Struct):
    """Why a text is no JSON: 1-based line and column, one sentence."""

    line: int
    column: int
    message: str


class Text(Struct, dict=True):
    """One JSON text. ``first_line`` is its line in the file that holds it."""

    raw: str
    first_line: int = 1
    data: Any = None
    fault: Fault | None = None
    repeated: bool = False

    def line(self, pointer: str) -> int:
        """Return the line of a JSON Pointer, or of the nearest value around it."""
        while pointer and pointer not in self.places:
            pointer = pointer.rpartition("/")[0]
        return self._line_of(self.places.get(pointer, 0))

    def _line_of(self, offset: int) -> int:
        return self.first_line + bisect_left(self._ends, offset)

    @cached_property
    def _ends(self) -> list[int]:
        """Return the offset of every end of line."""
        return [found.start() for found in re.finditer("\n", self.raw)]

    @cached_property
    def places(self) -> dict[str, int]:
        """JSON Pointer → offset of the value's key, or of the value in a list."""
        return {pointer: offset for pointer, offset, _ in self._scan()}

    @cached_property
    def doubles(self) -> list[tuple[str, int]]:
        """Return the pointers of keys that stand more than once, with the line of the later one."""
        return [(pointer, self._line_of(offset)) for pointer, offset, again in self._scan() if again]

    def _scan(self) -> Iterator[tuple[str, int, bool]]:
        """Yield (pointer, offset, seen before in this object) of every value of valid JSON."""
        if self.fault is None:
            yield from _values(self.raw)


def _values(raw: str) -> Iterator[tuple[str, int, bool]]:
    """Walk valid JSON without recursion."""
    # each level: [pointer, keys seen, number of the next entry] - keys is None in a list
    levels: list[list[Any]] = []
    at = _after_space(raw, 0)
    pointer = ""
    yield "", at, False
    while at < len(raw):
        char = raw[at]
        if char in "{[":
            levels.append([pointer, set() if char == "{" else None, 0])
            at = _after_space(raw, at + 1)
            if raw[at] not in "}]":
                at, pointer, again, offset = _entry(raw, at, levels[-1])
                yield pointer, offset, again
            continue
        if char in "}]":
            levels.pop()
            at = _after_space(raw, at + 1)
        elif char == ",":
            at, pointer, again, offset = _entry(raw, _after_space(raw, at + 1), levels[-1])
            yield pointer, offset, again
        else:
            found = _STRING.match(raw, at) if char == '"' else _ATOM.match(raw, at)
            at = _after_space(raw, found.end() if found else len(raw))
        if not levels:
            return


def _entry(raw: str, at: int, level: list[Any]) -> tuple[int, str, bool, int]:
    """Step to the next value of an object or list: (its start, pointer, repeated, offset to show)."""
    base, keys, number = level
    level[2] += 1
    if keys is None:
        return at, f"{base}/{number}", False, at
    found = _STRING.match(raw, at)
    end = found.end() if found else len(raw)
    key = json.loads(raw[at:end], strict=False)
    again = key in keys
    keys.add(key)
    colon = _after_space(raw, end)
    return _after_space(raw, colon + 1), f"{base}/{token(key)}", again, at


def _after_space(raw: str, at: int) -> int:
    found = _SPACE.match(raw, at)
    return found.end() if found else at


def read(raw: str, first_line: int = 1) -> Text:
    """Read a JSON text; what is wrong with it stands in ``fault`` and ``doubles``."""
    text = Text(raw, first_line)
    if not raw.strip():
        text.fault = Fault(first_line, 1, "The text is empty; it should hold one JSON-LD object.")
        return text
    if len(raw) > MAX_CHARACTERS:
        text.fault = Fault(
            first_line, 1, f"The text is longer than {MAX_CHARACTERS:,} characters; no reader takes that much."
        )
        return text
    try:
        text.data = json.loads(raw.removeprefix("\ufeff"), object_pairs_hook=_pairs(text), parse_constant=_constant)
    except json.JSONDecodeError as error:
        text.fault = _sentence(raw, error, first_line)
    except RecursionError:
        text.fault = Fault(
            first_line, 1, "The objects are nested too deep to be read; nothing needs more than 64 levels."
        )
    except _NoNumberError as error:
        offset = raw.find(str(error))
        line = first_line + raw.count("\n", 0, max(offset, 0))
        text.fault = Fault(line, 1, f"{error} is no JSON number; leave the property out where no number is known.")
    except ValueError:
        text.fault = Fault(first_line, 1, "A number has more digits than can be read.")
    return text


class _NoNumberError(ValueError):
    """NaN or Infinity."""


def _constant(name: str) -> Any:
    raise _NoNumberError(name)


def _pairs(text: Text) -> Any:
    def hook(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            text.repeated = True
        return found

    return hook


def _sentence(raw: str, error: json.JSONDecodeError, first_line: int) -> Fault:
    """Say what a person did, where the parser says what it expected."""
    starts = [0, *(found.end() for found in re.finditer("\n", raw))]
    row = bisect_right(starts, error.pos) - 1
    return Fault(first_line + row, error.pos - starts[row] + 1, f"The text is no JSON. {_cause(raw, error)}")


def _cause(raw: str, error: json.JSONDecodeError) -> str:
    before, here = raw[: error.pos].rstrip(), raw[error.pos : error.pos + 1]
    if _ENTITY.match(raw.lstrip()):
        return 'The text holds &quot; where " belongs; JSON in a page is not escaped as HTML.'
    if before.endswith(",") and here in {"}", "]"}:
        return f"There is a comma too many before {here}; remove it."
    if "control character" not in error.msg and (not here or "Unterminated" in error.msg):
        return "The text ends too early: a quotation mark or a bracket is not closed."
    for words, sentence in _CAUSES.items():
        if words in error.msg:
            return sentence.replace("{here}", _shown(here))
    return f"A value belongs here, not {_shown(raw[error.pos : error.pos + 12])}."


#: Words of the parser → what to tell a person.
_CAUSES = {
    "control character": "A text runs over the end of its line, or holds a tab; write \\n for a new line within a text.",
    "Extra data": "There is more text after the end of the JSON; put several objects into one list.",
    "property name": "A name in double quotes belongs here, not {here}.",
    "',' delimiter": "A comma or a closing bracket is missing before {here}; or a quotation mark within a text lacks its \\.",
    "':' delimiter": "A colon is missing before {here}.",
    "escape": "A backslash stands where it has no meaning; write \\\\ for a backslash.",
}


def _shown(text: str) -> str:
    return f"“{' '.join(text.split()) or 'white space'}”"
