"""What an article's graph says, cut down to what every other file repeats of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u2060\ufdd0-\ufdef\ufffe\uffff]")


class Facts(Struct, frozen=True):
    """One article as its NewsArticle states it. Dates are ISO 8601 texts."""

    path: str  # below the output folder: "articles/some-slug.html"
    url: str
    headline: str
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    section: tuple[str, ...] = ()
    dateline: str | None = None
    language: str | None = None
    listed: bool = True  # feeds and sitemaps must hold it; a duplicate names another address
    hidden: bool = False  # robots are asked to leave it out: exports need not hold it either


def squeeze(text: object) -> str:
    """Return text as a reader sees it: white space as one space, no control characters."""
    shown = str(text)
    if shown.isprintable() and "  " not in shown and shown.strip(" ") == shown:
        return shown
    return " ".join(_UNSEEN.sub("", shown).split())


def nodes(graph: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the nodes of a document, whether it holds an ``@graph`` or is one node."""
    inner = graph.get("@graph", graph)
    return [node for node in (inner if isinstance(inner, list) else [inner]) if isinstance(node, Mapping)]


def news_article(graph: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the first node whose type is NewsArticle or one of its kind."""
    return next((node for node in nodes(graph) if any(_is_article(kind) for kind in _list(node.get("@type")))), None)


def from_graph(graph: Mapping[str, Any], path: str) -> Facts | None:
    """Return what the graph says of its article, or None where it holds no article."""
    article = news_article(graph)
    if article is None:
        return None
    known = {node["@id"]: node for node in nodes(graph) if isinstance(node.get("@id"), str)}
    return Facts(
        path=path,
        url=_address(article),
        headline=squeeze(article.get("headline", "")),
        authors=tuple(_names(article.get("author"), known)),
        published=_text(article.get("datePublished")),
        modified=_text(article.get("dateModified")),
        section=_section(graph, article),
        dateline=_text(article.get("dateline")),
        language=_text(article.get("inLanguage")),
    )


def same_moment(one: str | None, other: str | None, *, by_day: bool = False) -> bool:
    """Tell whether two ISO 8601 texts name one moment.

    ``by_day``: a text without a time of day equals any time of that day, since
    Atom and RSS have no way to write a day alone.
    """
    if one == other:
        return True
    if one is None or other is None:
        return False
    if by_day and min(len(one), len(other)) == len("2026-03-04"):
        return one[:10] == other[:10]
    first, second = _moment(one), _moment(other)
    return first is not None and second is not None and _aware(first) == _aware(second) and first == second


def _moment(text: str) -> datetime | None:
    if "T" not in text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _section(graph: Mapping[str, Any], article: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the breadcrumb between the paper and the article, else the articleSection."""
    trail = next((node.get("itemListElement") for node in nodes(graph) if node.get("@type") == "BreadcrumbList"), None)
    if isinstance(trail, list) and all(isinstance(step, Mapping) for step in trail):
        return tuple(squeeze(step.get("name", "")) for step in trail[1:-1])
    return tuple(squeeze(name) for name in _list(article.get("articleSection")))


def _aware(moment: datetime) -> bool:
    return moment.tzinfo is not None


def _is_article(kind: object) -> bool:
    return isinstance(kind, str) and kind.endswith(("Article", "Report"))


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _text(value: object) -> str | None:
    return squeeze(value) if isinstance(value, str) and value.strip() else None


def _address(article: Mapping[str, Any]) -> str:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = article.get(key)
        if isinstance(value, Mapping):
            value = value.get("@id")
        if isinstance(value, str) and value:
            return value.partition("#")[0]
    return ""


def _names(value: object, known: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the names of authors that may be texts, nodes or references to nodes."""
    for one in _list(value):
        if isinstance(one, str):
            yield squeeze(one)
        elif isinstance(one, Mapping):
            node = one if "name" in one else known.get(str(one.get("@id")), one)
            yield squeeze(node.get("name", ""))
