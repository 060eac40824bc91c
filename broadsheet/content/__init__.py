"""Content files: front matter and Markdown ↔ `Article`, and the one sanitiser."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

#: name → module. Imported when asked for: an edit of plain articles does without YAML and the sanitiser.
_HOMES = {
    "TooDeepError": "clean",
    "clean_html": "clean",
    "NotEditableError": "edit",
    "set_value": "edit",
    "Header": "header",
    "clean_text": "header",
    "split": "header",
    "Body": "markdown_",
    "render": "markdown_",
    "text": "markdown_",
    "article": "reader",
    "parse": "reader",
    "read": "reader",
    "read_header": "reader",
    "dump": "writer",
    "front_matter": "writer",
    "iso_text": "writer",
}


def __getattr__(name: str) -> Any:
    """Import a name of this room when it is asked for."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
