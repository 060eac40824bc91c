"""Content files: front matter and Markdown ↔ `Article`, and the one sanitiser."""

from __future__ import annotations

from broadsheet.content.clean import TooDeepError, clean_html
from broadsheet.content.edit import NotEditableError, set_value
from broadsheet.content.header import Header, clean_text, split
from broadsheet.content.markdown_ import Body, render, text
from broadsheet.content.reader import article, parse, read, read_header
from broadsheet.content.writer import dump, front_matter, iso_text

__all__ = [
    "Body",
    "Header",
    "NotEditableError",
    "TooDeepError",
    "article",
    "clean_html",
    "clean_text",
    "dump",
    "front_matter",
    "iso_text",
    "parse",
    "read",
    "read_header",
    "render",
    "set_value",
    "split",
    "text",
]
