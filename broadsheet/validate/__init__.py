"""The gate: documents and rules give Problems.

Three layers, one report: the schema.org vocabulary, the publication profile, and the
consumer profiles that the caller asks for. Nothing here prints, and nothing raises for
what is wrong with content.
"""

from broadsheet.validate.consumers import names as profiles
from broadsheet.validate.document import document, forget, json_text, withholds
from broadsheet.validate.front import front_matter
from broadsheet.validate.page import html_page

__all__ = ["document", "forget", "front_matter", "html_page", "json_text", "profiles", "withholds"]
