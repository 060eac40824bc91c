"""Front matter → plain data with the line of every key.

YAML 1.2's plain data only: no aliases, no tags, no "Norway problem". Dates stay
text here. Pelican's ``Key: value`` header lines are read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct, field

MAX_HEADER_BYTES = 64 * 1024
MAX_DEPTH = 12
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]")
_WANTED = bytes(code for code in range(128) if not _UNWANTED.match(chr(code)))
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
_FLOAT = re.compile(r"[-+]?[0-9]{1,30}\.[0-9]{1,30}\Z")
_CONSTANTS = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_PELICAN_LINE = re.compile(r"([A-Za-z][\w-]{0,40}):(?:[ \t]+(.*))?$")


class Header(Struct, frozen=True):
    """Front matter as plain data.

    ``lines`` maps a JSON Pointer of ``data`` to its 1-based line; ``body_line`` is the
    line on which the body begins; ``faults`` are (line, rule, sentence).
    """

    data: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    faults: tuple[tuple[int, str, str], ...] = ()

    def line(self, pointer: str) -> int:
        """Return the line of ``pointer`` or of the nearest value around it; 1 at the least."""
        while pointer and pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return self.lines.get(pointer, 1)


class _BadHeaderError(Exception):
    def __init__(self, line: int, rule: str, message: str) -> None:
        super().__init__(line, rule, message)
        self.fault = (line, rule, message)


def clean_text(text: str) -> str:
    """Take out control characters and non-characters; a lone surrogate becomes U+FFFD."""
    return _UNWANTED.sub(_replacement, text) if _UNWANTED.search(without(text, _WANTED)) else text


def without(text: str, signs: bytes) -> str:
    """Return ``text`` without these signs of ASCII: what is left is asked of a pattern sooner than the whole."""
    return text.encode("utf-8", "surrogatepass").translate(None, signs).decode("utf-8", "surrogatepass")


def _replacement(match: re.Match[str]) -> str:
    if "\ud800" <= match[0] <= "\udfff":
        return "\N{REPLACEMENT CHARACTER}"
    return " " if match[0] in "\x0b\x0c" else ""


def split(text: str) -> Header:
    """Part a content file into front matter and body. What is wrong stands in ``faults``."""
    text = clean_text(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    if text.startswith("---\n"):
        return _yaml_header(text)
    return _pelican_header(text)


def _yaml_header(text: str) -> Header:
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE).search(text, 4)
    if end is None:
        fault = (
            1,
            "content/front-matter",
            "The front matter that begins with --- has no closing ---; add that line below the last key.",
        )
        return Header({}, faults=(fault,))
    raw, body = text[4 : end.start()], text[end.end() :]
    body_line = text.count("\n", 0, end.end()) + 1
    while body.startswith("\n"):
        body, body_line = body[1:], body_line + 1
    if len(raw) > MAX_HEADER_BYTES:
        fault = (
            1,
            "content/front-matter",
            f"The front matter is {len(raw):,} characters long; the limit is {MAX_HEADER_BYTES:,}. Move text into the body.",
        )
        return Header({}, body=body, body_line=body_line, faults=(fault,))
    try:
        data, lines, faults = _Reader(raw).mapping()
    except _BadHeaderError as error:
        return Header({}, body=body, body_line=body_line, faults=(error.fault,))
    return Header(data, lines, body, body_line, tuple(faults))


def _pelican_header(text: str) -> Header:
    data: dict[str, Any] = {}
    lines: dict[str, int] = {}
    key = ""
    rows = text.split("\n")
    number = 0
    for number, row in enumerate(rows, 1):
        match = _PELICAN_LINE.match(row[:MAX_HEADER_BYTES])
        if match:
            key = match[1].lower()
            data[key] = (match[2] or "").strip()
            lines[f"/{key}"] = number
        elif row.startswith("    ") and row.strip() and key:
            data[key] = f"{data[key]} {row.strip()}".strip()
        else:
            break
    if not data:
        fault = (
            1,
            "content/front-matter",
            "The file has no front matter; begin it with --- lines around at least a title.",
        )
        return Header({}, body=text, faults=(fault,))
    body = "\n".join(rows[number - 1 :])
    return Header(data, lines, body.lstrip("\n"), number + len(body) - len(body.lstrip("\n")))


class _Reader:
    """One pass over libyaml's events."""

    def __init__(self, raw: str) -> None:
        self.lines: dict[str, int] = {}
        self.faults: list[tuple[int, str, str]] = []
        self.raw = raw
        self.events: Iterator[yaml.Event] = iter(())

    def mapping(self) -> tuple[dict[str, Any], dict[str, int], list[tuple[int, str, str]]]:
        try:
            self.events = iter(yaml.CSafeLoader(self.raw).get_event, None)  # as `yaml.parse`, without its own loop
            return self._mapping()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 2 if mark else 1
            raise _BadHeaderError(
                line,
                "content/front-matter",
                f"The front matter is not YAML: {error.problem}. Quote values that hold : or #.",
            ) from None
        except (yaml.YAMLError, UnicodeError) as error:
            raise _BadHeaderError(1, "content/front-matter", f"The front matter is not YAML: {error}.") from None

    def _mapping(self) -> tuple[dict[str, Any], dict[str, int], list[tuple[int, str, str]]]:
        for event in self.events:
            if isinstance(event, (yaml.MappingStartEvent, yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.AliasEvent)):
                value = self._value(event, "", 0)
                if value is None:
                    value = {}
                if not isinstance(value, dict):
                    raise _BadHeaderError(
                        2, "content/front-matter", "The front matter must be lines of the form key: value."
                    )
                self._rest()
                return value, self.lines, self.faults
        return {}, self.lines, self.faults

    def _rest(self) -> None:
        for _ in self.events:  # a second document or an error further down must not pass unseen
            pass

    def _value(self, event: Any, pointer: str, depth: int) -> Any:
        line = _line(event)
        self.lines.setdefault(pointer, line)
        if event.anchor is not None:  # of an alias, what it names
            raise _BadHeaderError(
                line,
                "content/front-matter",
                "YAML anchors and aliases (& and *) are not read; write the value out, or quote it.",
            )
        if event.tag is not None and event.tag != "!":
            raise _BadHeaderError(
                line,
                "content/front-matter",
                f"The YAML tag {event.tag} is not read; write plain text, numbers, lists or keys.",
            )
        if isinstance(event, yaml.ScalarEvent):
            return scalar(event.value) if event.implicit[0] else _quoted(event)
        if depth > MAX_DEPTH:
            raise _BadHeaderError(
                line, "content/front-matter", f"The front matter is nested more than {MAX_DEPTH} levels deep."
            )
        return self._map(pointer, depth) if isinstance(event, yaml.MappingStartEvent) else self._list(pointer, depth)

    def _map(self, pointer: str, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _BadHeaderError(
                    line, "content/front-matter", "A key must be a word, not a list or another mapping."
                )
            key = _quoted(event)
            here = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            if key in values:
                self.faults.append(
                    (line, "content/duplicate-key", f"{key} stands twice; remove one of them. The last one is used.")
                )
            self.lines[here] = line
            values[key] = self._value(next(self.events), here, depth + 1)
        return values

    def _list(self, pointer: str, depth: int) -> list[Any]:
        values: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self._value(event, f"{pointer}/{len(values)}", depth + 1))
        return values


def _line(event: yaml.Event) -> int:
    """Return the line of the file: the header begins on its second."""
    return event.start_mark.line + 2 if event.start_mark else 1


def scalar(text: str) -> Any:
    """Read a plain YAML scalar by the 1.2 core schema; dates stay text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text


def _quoted(event: yaml.ScalarEvent) -> str:
    """Return a quoted text; only escapes in double quotes can bring in what `split` took out."""
    return clean_text(event.value) if event.style == '"' else event.value
