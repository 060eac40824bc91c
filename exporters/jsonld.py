"""JSON-LD: one graph of the whole paper, each shared node (paper, author, agency) once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

import orjson

from broadsheet.model import Published

NAME = "paper"
SUFFIX = "jsonld"
DESCRIPTION = "JSON-LD: the schema.org graph of the whole paper."
MEDIA_TYPE = "application/ld+json"
_CONTEXT = "https://schema.org"


def export(articles: Iterable[Published], out: BinaryIO) -> None:
    """Write the graph, one node a line."""
    before = b'{"@context":' + orjson.dumps(_CONTEXT) + b',"@graph":[\n'
    for node in nodes(articles):
        out.write(before + orjson.dumps(node))
        before = b",\n"
    out.write(b"\n]}\n" if before == b",\n" else before + b"]}\n")


def nodes(articles: Iterable[Published]) -> Iterator[Mapping[str, Any]]:
    """Yield every node of every graph; what several articles say alike of a shared node comes once.

    Only shared nodes are remembered: an article's own have names that begin with its address.
    """
    seen: set[bytes] = set()
    for article in articles:
        for node in article.document.get("@graph", ()):
            name = node.get("@id")
            if isinstance(name, str) and not name.startswith(article.url):
                said = hashlib.sha256(orjson.dumps(node)).digest()
                if said in seen:
                    continue
                seen.add(said)
            yield node
