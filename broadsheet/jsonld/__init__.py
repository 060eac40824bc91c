"""Article → NewsArticle JSON-LD; text that is safe in a script element."""

from __future__ import annotations

from broadsheet.jsonld.graph import CONTEXT, document, standalone
from broadsheet.jsonld.nodes import iso
from broadsheet.jsonld.script import script_text, without_body

__all__ = ["CONTEXT", "document", "iso", "script_text", "standalone", "without_body"]
