"""Layer pub: pictures large enough to be shown, paid parts named so that they are not taken for cloaking."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from broadsheet.validate.graph import Graph
from broadsheet.validate.nodes import Node, plain
from broadsheet.validate.report import Report
from broadsheet.validate.wording import quoted

#: Google's Article page (2026-09-08): width times height of at least 50,000 pixels.
SMALLEST = 50_000
_PIXELS = re.compile(r"\s*(\d{1,6})(?:\.\d{1,6})?\s*(?:px|pixels?)?\s*\Z", re.IGNORECASE)
_CLASSES = re.compile(
    r"\s*\.-?[A-Za-z_][\w-]*(?:\.-?[A-Za-z_][\w-]*)*(?:\s*,\s*\.-?[A-Za-z_][\w-]*(?:\.-?[A-Za-z_][\w-]*)*)*\s*\Z"
)


def media(found: Iterable[Node], graph: Graph, report: Report) -> None:
    """Judge the pictures and the paid parts of articles."""
    for node in found:
        _pictures(node, graph, report)
        if _is_false(node.single("isAccessibleForFree")):
            _paid(node, graph, report)


def _pictures(node: Node, graph: Graph, report: Report) -> None:
    sizes = []
    for value, _ in node.each("image"):
        picture = graph.resolve(value)
        if picture is not None:
            width, height = pixels(picture.single("width"), graph), pixels(picture.single("height"), graph)
            if width and height:
                sizes.append((width * height, width, height, picture.path))
    largest = max((size[0] for size in sizes), default=0)
    for area, width, height, path in sizes:
        if area < SMALLEST:
            message = f"The picture is {width} by {height} pixels; use one of at least 50,000 pixels in all, such as 300 by 200."
            report.add("pub/image-size", path, message, None if largest < SMALLEST else "notice")


def pixels(value: Any, graph: Graph) -> int | None:
    """Return a number of pixels from 1080, "1080", "1080 px" or a QuantitativeValue."""
    node = graph.resolve(value)
    value = plain(node.get("value") if node is not None else value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return int(value) if 0 < value < 1e6 else None
    matched = _PIXELS.match(value) if isinstance(value, str) else None
    return int(matched[1]) if matched else None


def _is_false(value: Any) -> bool:
    if isinstance(value, str):
        return value.strip().casefold().rpartition("/")[2] == "false"
    return value is False


def _paid(node: Node, graph: Graph, report: Report) -> None:
    if "hasPart" not in node.values:
        message = "The article is not free, and hasPart does not say which part is paid; add a WebPageElement with its cssSelector."
        report.add("pub/paywall-haspart", f"{node.path}/hasPart", message)
        return
    for value, _ in node.each("hasPart"):
        part = graph.resolve(value)
        if part is None or not ("WebPageElement" in part.types or "cssSelector" in part.values):
            continue
        if "isAccessibleForFree" not in part.values:
            message = "The part does not say that it is paid; add isAccessibleForFree: false to it."
            report.add("pub/paywall-haspart", f"{part.path}/isAccessibleForFree", message)
        if not part.values.keys() & {"cssSelector", "xpath"}:
            report.add(
                "pub/paywall-selector",
                f"{part.path}/cssSelector",
                "The paid part has no cssSelector; name its class, such as .paywall.",
            )
        for selector, path in part.each("cssSelector"):
            words = plain(selector)
            if isinstance(words, str) and words.strip() and not _CLASSES.match(words):
                message = f"The cssSelector {quoted(words)} is more than a class; name the paid part by its class alone, such as .paywall."
                report.add("pub/paywall-selector", path, message)
