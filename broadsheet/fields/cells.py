r"""Values as the cells of delimited text, each way reversible.

* A text that a spreadsheet could take for a formula begins with ``'``, and so does one that
  begins with ``'`` itself: a cell that begins with ``'`` has one ``'`` too many.
  Rule: OWASP, "CSV Injection" (2024), widened to what spreadsheets normalise or skip.
* A list is joined by ``; ``; a ``;`` or ``\`` inside a text has ``\`` before it.
* An object is JSON text; an empty cell is no value.
"""

from __future__ import annotations

import csv
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
        "" if value is None else encode(value) if value else _empty(value)
        for encode, value in zip(encoders, row, strict=True)
    ]


def line_encoder(table: Table, longest: int | None = None) -> Callable[[Row], bytes]:
    """Return what makes a line of RFC 4180 of one row, its cells cut after ``longest`` characters."""
    encode = encoder(table)
    write = csv.writer(_Encoded(), lineterminator="\r\n").writerow  # returns what `_Encoded.write` does
    if longest is None:
        return lambda row: write(encode(row))
    return lambda row: write([cell[:longest] for cell in encode(row)])


class _Encoded:
    """Where the csv module writes a line: it is given back as UTF-8."""

    @staticmethod
    def write(line: str) -> bytes:
        return line.encode()


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
