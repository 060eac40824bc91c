r"""Values as the cells of delimited text, each way reversible.

* A text that a spreadsheet could take for a formula begins with ``'``, and so does one that
  begins with ``'`` itself: a cell that begins with ``'`` has one ``'`` too many.
  Rule: OWASP, "CSV Injection" (2024), widened to what spreadsheets normalise or skip.
* A list is joined by ``; ``; a ``;`` or ``\`` inside a text has ``\`` before it.
* An object is JSON text; an empty cell is no value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import orjson

from broadsheet.fields.record import Row, Table, Value

#: What spreadsheets read as the start of a formula, full-width and small forms too, and our own guard.
RISKY = frozenset("'=+-@ |%\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212")
SEPARATOR = "; "
_ELEMENT = re.compile(r"(?:[^\\;]|\\.)*", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def guard(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula; `unguard` gives it back."""
    first = text[:1]
    if first.isalnum() or not first or (first not in RISKY and first.isprintable()):
        return text
    return "'" + text


def unguard(cell: str) -> str:
    """Undo `guard`."""
    return cell.removeprefix("'")


def join(texts: Iterable[str]) -> str:
    """Return one text for a list; `split` gives the list back."""
    return SEPARATOR.join(text.replace("\\", "\\\\").replace(";", "\\;") for text in texts)


def split(text: str) -> list[str]:
    """Undo `join`."""
    if "\\" not in text and text.count(";") == text.count(SEPARATOR):
        return text.split(SEPARATOR)
    found, start = [], 0
    while True:
        match = _ELEMENT.match(text, start)
        end = match.end() if match else start
        found.append(_ESCAPE.sub(r"\1", text[start:end]))
        if not text.startswith(SEPARATOR, end):
            return found
        start = end + len(SEPARATOR)


def encoder(table: Table) -> Callable[[Row], list[str]]:
    """Return what makes the cells of one row."""
    encoders = [_ENCODERS.get(one.type, guard) for one in table.fields]
    return lambda row: [
        encode(value) if value else "" if value is None else _empty(value)
        for encode, value in zip(encoders, row, strict=True)
    ]


def line_encoder(table: Table, longest: int | None = None) -> Callable[[Row], bytes]:
    """Return what makes a line of RFC 4180 of one row, its cells cut after ``longest`` characters."""
    encoders = [_cell_encoder(one.type, longest) for one in table.fields]
    nothing = "" if len(encoders) > 1 else '""'  # an empty line would be no row

    def line(row: Row) -> bytes:
        cells = [
            (encode(value) if value else "" if value is None else _empty(value)) or nothing
            for encode, value in zip(encoders, row, strict=True)
        ]
        return (",".join(cells) + "\r\n").encode()

    return line


def _cell_encoder(kind: str, longest: int | None) -> Callable[[Any], str]:
    """Return what makes the cell of a line of a value that is not empty."""
    if kind in {"integer", "number", "boolean"}:
        return _ENCODERS[kind]
    encode = _ENCODERS.get(kind, guard)
    if encode is guard and longest is None:
        return _quoted_text
    return lambda value: _quoted(encode(value)[:longest])


def _quoted_text(text: str) -> str:
    """Do what `guard` and `_quoted` do, in one call: most cells of a paper are texts."""
    first = text[0]
    if not first.isalnum() and (first in RISKY or not first.isprintable()):
        text = "'" + text
    if '"' in text or "," in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _quoted(cell: str) -> str:
    """Return a cell as it stands in a line of RFC 4180."""
    if '"' in cell or "," in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def decoder(table: Table) -> Callable[[list[str]], dict[str, Value]]:
    """Return what reads one line back: the values by column. It raises ValueError for a line of another length."""
    decoders = [_DECODERS.get(one.type, _text) for one in table.fields]
    names = table.names
    return lambda line: {name: decode(cell) for name, decode, cell in zip(names, decoders, line, strict=True)}


def _empty(value: Value) -> str:
    """Return the cell of what is false: nothing for no value, else the number or `false`."""
    if value is None or value in ("", [], {}):
        return ""
    return "false" if value is False else repr(value)


def _encode_list(texts: list[str]) -> str:
    return guard(join(texts))


def _encode_object(value: dict[str, Any]) -> str:
    return orjson.dumps(value).decode()


def _encode_boolean(value: bool) -> str:
    return "true" if value else "false"


def _text(cell: str) -> Value:
    return unguard(cell) or None


_ENCODERS: dict[str, Callable[[Any], str]] = {
    "list": _encode_list,
    "object": _encode_object,
    "boolean": _encode_boolean,
    "integer": str,
    "number": repr,
}
_DECODERS: dict[str, Callable[[str], Value]] = {
    "list": lambda cell: split(unguard(cell)) if cell else [],
    "object": lambda cell: orjson.loads(cell) if cell else None,
    "boolean": lambda cell: cell == "true" if cell else None,
    "integer": lambda cell: int(cell) if cell else None,
    "number": lambda cell: float(cell) if cell else None,
}
