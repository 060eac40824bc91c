"""The source line of a problem, and where in it the caret belongs."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from broadsheet.cli.checking.files import CONTENT, DOCUMENTS, PAGES
from broadsheet.cli.checking.texts import decoded, is_binary, visible
from broadsheet.model import Problem
from broadsheet.validate import jsontext, page

WIDTH = 96  # characters of a line that are shown


class Excerpts:
    """The lines of one file, read when the first one is asked for."""

    def __init__(self, file: str) -> None:
        self.path = Path(file)

    @cached_property
    def text(self) -> str:
        """Return the file's text, "" where it cannot be read (standard input)."""
        try:
            raw = self.path.read_bytes()
        except OSError:
            return ""
        return "" if is_binary(raw) else decoded(raw)

    @cached_property
    def lines(self) -> list[str]:
        """Return the file's lines."""
        return self.text.split("\n")

    def of(self, problem: Problem) -> tuple[str, int, int] | None:
        """Return (a part of the line, column of the caret in it, its width), None where there is no line."""
        if problem.rule.startswith("page/") or not 0 < problem.line <= len(self.lines) or not self.text:
            return None
        line = self.lines[problem.line - 1].rstrip("\r").replace("\t", " ")
        start, width = self._mark(problem, line)
        indent = len(line) - len(line.lstrip())
        first = max(indent, start - 24) if len(line) - indent > WIDTH else indent
        part = visible(line[first : first + WIDTH])
        return part, max(start - first, 0), max(1, min(width, first + len(part) - start))

    def _mark(self, problem: Problem, line: str) -> tuple[int, int]:
        key = problem.path.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        column = self._column(problem)
        if column is not None and line[column : column + 1] == '"':
            end = line.find('"', column + 1)
            return column, max(end - column + 1, 1)
        if column is not None and column < len(line):
            return column, 1
        for written in (f'"{key}"', f"{key}:"):
            at = line.find(written) if key else -1
            if at >= 0:
                return at, len(key) + (2 if written[0] == '"' else 0)
        indent = len(line) - len(line.lstrip())
        words = line.strip()
        yaml_key = words.partition(":")[0] if self.path.suffix.lower() in CONTENT else words
        return indent, max(len(yaml_key), 1)

    def _column(self, problem: Problem) -> int | None:
        """Return the column of the value's key in its line, where the file is JSON or holds it."""
        block, pointer = self._block(problem.path)
        if block is None or block.fault is not None:
            return block.fault.column - 1 if block is not None and block.fault is not None else None
        while pointer and pointer not in block.places:
            pointer = pointer.rpartition("/")[0]
        offset = block.places.get(pointer, 0)
        if block.line(pointer) != problem.line:
            return None
        before = block.raw[:offset]
        inside = offset - before.rfind("\n") - 1
        return inside + (self._first_column(block) if "\n" not in before else 0)

    def _block(self, pointer: str) -> tuple[jsontext.Text | None, str]:
        suffix = self.path.suffix.lower()
        if suffix in PAGES:
            return self._page.place(pointer)
        return (self._document, pointer) if suffix in DOCUMENTS else (None, pointer)

    def _first_column(self, block: jsontext.Text) -> int:
        """Return the column at which a block begins in its page's line."""
        line = self.lines[block.first_line - 1]
        start = block.raw.split("\n", 1)[0]
        return max(line.find(start), 0) if start else len(line)

    @cached_property
    def _page(self) -> page.Page:
        return page.blocks(self.text)

    @cached_property
    def _document(self) -> jsontext.Text:
        return jsontext.read(self.text)
