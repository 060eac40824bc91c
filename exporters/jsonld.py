"""JSON-LD: one graph of the whole paper, each shared node (paper, author, agency) once.

The own nodes of an article stand on one line; the shared ones follow after all articles, a line each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from broadsheet.fields import Frame, Piece
from broadsheet.model import Published

NAME = "paper"
SUFFIX = "jsonld"
DESCRIPTION = "JSON-LD: the schema.org graph of the whole paper."
MEDIA_TYPE = "application/ld+json"
QUOTES = "json"
FRAME = Frame(b'{"@context":"https://schema.org","@graph":[', b",", b"\n]}\n")
_GRAPH = b'"@graph":['


def piece(article: Published) -> Piece:
    """Return the nodes of one article, those that others may have too apart."""
    own, shared = [], []
    for node in article.document.get("@graph", ()):
        (shared if _shared(node, article.url) else own).append(orjson.dumps(node))
    return Piece(b"\n" + b",".join(own) if own else b"", tuple(b"\n" + one for one in shared))


def _shared(node: Mapping[str, Any], url: str) -> bool:
    """Tell whether other articles may have the node too: an article's own have names that begin with its address."""
    name = node.get("@id")
    return isinstance(name, str) and not name.startswith(url)


def cut(document: bytes, shared: Sequence[bytes]) -> Piece | None:
    """Return the same from the JSON of an article's graph, in which the shared nodes follow an own one in a row."""
    before, found, after = document.partition(b"," + b",".join(shared))
    start = before.find(_GRAPH)
    if not found or start < 0 or not after.endswith(b"]}"):
        return None
    return Piece(b"\n" + before[start + len(_GRAPH) :] + after[:-2], tuple(b"\n" + one for one in shared))
