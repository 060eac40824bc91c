"""Where in the front matter a value of the graph stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from broadsheet.content import Header
from broadsheet.content.keys import ALIASES

#: Property of the document → the front-matter key that it comes from.
_KEYS = {
    "headline": "title",
    "description": "summary",
    "inLanguage": "lang",
    "datePublished": "date",
    "dateModified": "modified",
    "author": "authors",
    "sourceOrganization": "agency",
    "articleSection": "category",
    "keywords": "tags",
    "locationCreated": "place",
    "isBasedOn": "source",
    "sdDatePublished": "source",
    "translationOfWork": "translationOf",
    "sameAs": "canonical",
    "@type": "type",
}
#: Type of a further node of the graph → the front-matter key that it comes from.
_NODE_KEYS = {
    "Person": "authors",
    "Organization": "authors",
    "ImageObject": "image",
    "Place": "place",
    "BreadcrumbList": "category",
}


def lines_of(header: Header | None, document: Mapping[str, Any]) -> Callable[[str], int]:
    """Return a function from a JSON Pointer into the graph to a line of the front matter."""

    def line(pointer: str) -> int:
        if header is None:
            return 0
        parts = pointer.split("/")  # "", "@graph", "0", "headline", …
        key = ""
        if len(parts) > 2 and parts[2].isdigit() and int(parts[2]) < len(document["@graph"]):
            node = document["@graph"][int(parts[2])]
            name = parts[3] if len(parts) > 3 else "@type"
            key = _KEYS.get(name, name) if parts[2] == "0" else _NODE_KEYS.get(str(node.get("@type")), "")
        written = next((one for one in header.data if _named(one) == key), "title")
        return header.line(f"/{written}")

    return line


def aliases(header: Header | None, stated: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return earlier addresses with the line of each, 0 where unknown."""
    if header is None:
        return tuple((alias, 0) for alias in stated)
    written = next((one for one in header.data if one.casefold() == "aliases"), "aliases")
    return tuple((alias, header.line(f"/{written}/{number}")) for number, alias in enumerate(stated))


def _named(written: str) -> str:
    return ALIASES.get(written, written)
