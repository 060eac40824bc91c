"""Change one key of a content file and leave every other byte as the person wrote it."""

from __future__ import annotations

import re
from typing import Any

from broadsheet.content.header import split
from broadsheet.content.writer import to_yaml

_TOP = re.compile(r"[^\s#-]")


class NotEditableError(ValueError):
    """The file has no YAML front matter that a key could be set in."""


def set_value(text: str, key: str, value: Any) -> str:
    """Return ``text`` with the top-level ``key`` set to ``value`` (None takes it out).

    Raise `NotEditableError` for a file without YAML front matter or with one that does
    not come back as it was but for this key.
    """
    rows = text.split("\n")
    if rows[0].rstrip("\r") != "---":
        message = "The file has no YAML front matter between --- lines."
        raise NotEditableError(message)
    end = next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() in {"---", "..."}), None)
    if end is None:
        message = "The front matter has no closing ---."
        raise NotEditableError(message)
    start, stop = _block(rows, key, end)
    new = to_yaml({key: value}).rstrip("\n").split("\n") if value is not None else []
    changed = "\n".join([*rows[:start], *new, *rows[stop:]])
    _compare(text, changed, key)
    return changed


def _block(rows: list[str], key: str, end: int) -> tuple[int, int]:
    """Return the rows of ``key``, or the empty place before the closing line."""
    for start in range(1, end):
        if rows[start].startswith((f"{key}:", f'"{key}":', f"'{key}':")):
            stop = start + 1
            while stop < end and not _TOP.match(rows[stop]):
                stop += 1
            while rows[stop - 1].strip() == "" or rows[stop - 1].startswith("#"):
                stop -= 1
            return start, stop
    return end, end


def _compare(before: str, after: str, key: str) -> None:
    old, new = split(before), split(after)
    kept = {name: value for name, value in old.data.items() if name != key}
    if new.faults or {name: value for name, value in new.data.items() if name != key} != kept or new.body != old.body:
        message = f"{key} stands in a form that cannot be changed safely; edit the file by hand."
        raise NotEditableError(message)
