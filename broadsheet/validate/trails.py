"""Layer pub: breadcrumbs."""

from __future__ import annotations

from typing import Any

from broadsheet.validate import formats
from broadsheet.validate.graph import Graph
from broadsheet.validate.nodes import Node
from broadsheet.validate.report import Report
from broadsheet.validate.vocabulary import Vocabulary
from broadsheet.validate.wording import quoted


def trails(graph: Graph, words: Vocabulary, report: Report) -> None:
    """Judge every BreadcrumbList."""
    for node in graph.nodes:
        if words.is_a(node.types, "BreadcrumbList") and not node.reference:
            _trail(node, graph, report)


def _trail(node: Node, graph: Graph, report: Report) -> None:
    crumbs = [(graph.resolve(value), path) for value, path in node.each("itemListElement") if isinstance(value, dict)]
    known = [(crumb, path) for crumb, path in crumbs if crumb is not None]
    if len(known) < 2:
        count = "one breadcrumb" if known else "no breadcrumbs"
        report.add(
            "pub/breadcrumb-short", node.at("itemListElement"), f"The trail has {count}; readers show it from two on."
        )
    places = [_position(crumb, report) for crumb, _ in known]
    numbered = [(place, crumb) for place, (crumb, _) in zip(places, known, strict=True) if place is not None]
    if len(numbered) == len(known):
        _sequence(numbered, report)
    last = max(places, key=lambda one: one or 0, default=None)
    for at, (crumb, _) in enumerate(known):
        is_last = places[at] == last if last is not None and places[at] is not None else at == len(known) - 1
        _crumb(crumb, graph, report, last=is_last or at == len(known) - 1)


def _position(crumb: Node, report: Report) -> int | None:
    if "position" not in crumb.values:
        report.add(
            "pub/breadcrumb-position", f"{crumb.path}/position", "The breadcrumb has no position; number them 1, 2, 3."
        )
        return None
    value = crumb.single("position")
    place = _whole(value)
    if place is None and value not in ("", None):
        report.add(
            "pub/breadcrumb-position",
            crumb.at("position"),
            f"The position {quoted(value)} is no whole number; number them 1, 2, 3.",
        )
    return place


def _whole(value: Any) -> int | None:
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 9:
        return int(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value == value // 1:
        return int(value)
    return None


def _sequence(numbered: list[tuple[int, Node]], report: Report) -> None:
    for expected, (place, crumb) in enumerate(sorted(numbered, key=lambda one: one[0]), 1):
        if place != expected:
            message = f"The position is {place} where {expected} belongs; number the breadcrumbs 1, 2, 3."
            report.add("pub/breadcrumb-position", crumb.at("position"), message)
            return


def _crumb(crumb: Node, graph: Graph, report: Report, *, last: bool) -> None:
    page = graph.resolve(crumb.single("item"))
    named = crumb if "name" in crumb.values else page
    if named is None or "name" not in named.values:
        report.add(
            "pub/breadcrumb-name", f"{crumb.path}/name", "The breadcrumb has no name; add the words that readers see."
        )
    if "item" not in crumb.values:
        if "url" in crumb.values:
            report.add(
                "pub/breadcrumb-item",
                f"{crumb.path}/item",
                "The breadcrumb's address stands under url; write it under item.",
                "notice",
            )
        elif not last:
            report.add(
                "pub/breadcrumb-item",
                f"{crumb.path}/item",
                "The breadcrumb has no item; add the address that it leads to.",
            )
    elif page is not None and _is_part(page):
        message = f"The breadcrumb's item {quoted(page.id)} is only a part of an address; write the full one, with https:// and the host."
        report.add("pub/absolute-url", crumb.at("item"), message)
    elif page is not None and page.id is None and not page.values.keys() & {"url", "@id"} and not last:
        report.add(
            "pub/breadcrumb-item", crumb.at("item"), "The breadcrumb's item has no address; give it an @id or a url."
        )


def _is_part(page: Node) -> bool:
    """Return whether an item's only address is relative; "#page" and "_:b0" name objects of this page."""
    return (
        bool(page.id)
        and "url" not in page.values
        and not formats.is_absolute(page.id or "")
        and (page.id or "")[:1] != "#"
    )
