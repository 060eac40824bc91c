"""The graph as text: in a page, and beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson


def script_text(node: Mapping[str, Any]) -> str:
    """Return JSON that cannot leave a ``<script>`` element and parses to the same value.

    HTML ends a script at ``</script`` and is confused by ``<!--`` (HTML Standard,
    "Restrictions for contents of script elements", 2026); so ``<``, ``>`` and ``&``
    are written as JSON escapes.
    """
    text = orjson.dumps(node).decode()
    for mark, escape in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        if mark in text:
            text = text.replace(mark, escape)
    return text


def without_body(node: Mapping[str, Any]) -> dict[str, Any]:
    """Return the graph without ``articleBody``: what stands in the page, whose text is the body."""
    graph = node["@graph"]
    news = {key: value for key, value in graph[0].items() if key != "articleBody"}
    return {**node, "@graph": [news, *graph[1:]]}
