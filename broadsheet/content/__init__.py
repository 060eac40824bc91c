"""Content files: front matter and Markdown ↔ `Article`, and the one sanitiser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from broadsheet import later

if TYPE_CHECKING:
    from broadsheet.content.clean import TooDeepError, clean_html
    from broadsheet.content.edit import NotEditableError, set_value
    from broadsheet.content.header import Header, clean_text, split
    from broadsheet.content.markdown_ import Body, render, text
    from broadsheet.content.reader import article, parse, read, read_header
    from broadsheet.content.writer import dump, front_matter, iso_text

__all__ = [
    "MAX_FILE_BYTES",
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

MAX_FILE_BYTES: Final = 4 * 1024 * 1024  # of a content file; one that is larger is refused
#: name → (module, its name there). An edit of plain articles does without YAML and the sanitiser.
_HOMES = {
    "TooDeepError": ("clean", "TooDeepError"),
    "clean_html": ("clean", "clean_html"),
    "NotEditableError": ("edit", "NotEditableError"),
    "set_value": ("edit", "set_value"),
    "Header": ("header", "Header"),
    "clean_text": ("header", "clean_text"),
    "split": ("header", "split"),
    "Body": ("markdown_", "Body"),
    "render": ("markdown_", "render"),
    "text": ("markdown_", "text"),
    "article": ("reader", "article"),
    "parse": ("reader", "parse"),
    "read": ("reader", "read"),
    "read_header": ("reader", "read_header"),
    "dump": ("writer", "dump"),
    "front_matter": ("writer", "front_matter"),
    "iso_text": ("writer", "iso_text"),
}

__getattr__ = later.names(__name__, _HOMES)
