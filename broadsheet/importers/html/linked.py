"""Structured data of a page, whatever its syntax, as JSON-LD-shaped mappings.

JSON-LD is read here (publishers' blocks are often broken, one must not hide the
others); microdata through extruct; RDFa Lite by its attributes, because a full
RDFa processor takes seconds and may fetch vocabularies.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

MAX_BLOCK = 2 * 1024 * 1024  # characters of one JSON-LD block
MAX_NODES = 5_000
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$")
_TRAILING = re.compile(r",(\s*[}\]])")

_ARTICLE = re.compile(r"(?:Article|BlogPosting|SocialMediaPosting|LiveBlogPosting|Report|Review)$")


@dataclass(frozen=True, slots=True)
class Item:
    """One described thing. ``syntax`` is json-ld, microdata or rdfa; ``line`` is 1-based in the page."""

    syntax: str
    data: Mapping[str, Any]
    line: int | None = None

    @property
    def types(self) -> tuple[str, ...]:
        """Return the schema.org types, without their address."""
        return types(self.data)

    @property
    def is_article(self) -> bool:
        """Tell whether this is a news article or another kind of article."""
        return any(_ARTICLE.search(name) for name in self.types)


def as_list(value: Any) -> list[Any]:
    """Return a JSON-LD value as a list: none, one or many."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def types(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ``@type`` names without their address."""
    names = [str(name) for name in as_list(data.get("@type")) if isinstance(name, str)]
    return tuple(re.split(r"[/#:]", name)[-1] for name in names)


def texts(value: Any) -> list[str]:
    """Return the strings that a property holds: plain, ``@value`` or the ``name`` of a thing."""
    found: list[str] = []
    for one in as_list(value):
        if isinstance(one, Mapping):
            found += texts(one.get("@value", one.get("name")))
        elif isinstance(one, str) and one.strip():
            found.append(one.strip())
    return found


def text(value: Any) -> str | None:
    """Return the first string that a property holds."""
    return next(iter(texts(value)), None)


def items(root: HtmlElement) -> tuple[Item, ...]:
    """Return every described thing of the page, JSON-LD first, then microdata, then RDFa."""
    found = [*_json_ld(root)]
    if not any(item.is_article for item in found):
        found += [*_microdata(root), *_rdfa(root)]
    return tuple(found)


def articles(found: tuple[Item, ...]) -> list[Item]:
    """Return the items that describe an article, the likeliest first: a page may list others."""
    chosen = [item for item in found if item.is_article]
    return sorted(chosen, key=lambda item: -_weight(item))


def _weight(item: Item) -> int:
    wanted = ("headline", "datePublished", "author", "articleBody", "publisher", "mainEntityOfPage", "image")
    nested = 4 if item.data.get("@nested") else 0
    return sum(name in item.data for name in wanted) - nested


def resolve(found: tuple[Item, ...], value: Any) -> Any:
    """Return the thing that ``{"@id": …}`` stands for, where the page describes it."""
    if isinstance(value, Mapping) and isinstance(value.get("@id"), str) and "name" not in value:
        wanted = value["@id"]
        named = (item.data for item in found if item.data.get("@id") == wanted and len(item.data) > 2)
        return next(named, value)
    return value


def _json_ld(root: HtmlElement) -> Iterator[Item]:
    budget = MAX_NODES
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for node, nested in _walk(_load(script.text_content()), 0):
            budget -= 1
            if budget < 0:
                return
            yield Item("json-ld", {**node, "@nested": nested} if nested else node, script.sourceline)


def _load(block: str) -> Any:
    """Read one block; mend what publishers most often break; None when it cannot be read."""
    if len(block) > MAX_BLOCK:
        return None
    block = _COMMENT.sub("", _COMMENT.sub("", block.strip())).strip().rstrip(";")
    for attempt in (block, _TRAILING.sub(r"\1", block), block.replace("\\'", "'")):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    try:
        return json.JSONDecoder(strict=False).raw_decode(block)[0]
    except (ValueError, RecursionError):
        return None


def _walk(value: Any, depth: int) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield every mapping with a type or an id, and how deep it is nested in another thing."""
    if depth > 12:
        return
    if isinstance(value, list):
        for one in value:
            yield from _walk(one, depth)
    elif isinstance(value, dict):
        graph = "@graph" in value
        if "@type" in value or "@id" in value:
            yield value, depth
        for name, one in value.items():
            if isinstance(one, dict | list):
                transparent = name in {"@graph", "mainEntity", "mainEntityOfPage"} or graph
                yield from _walk(one, depth if transparent else depth + 1)


def _microdata(root: HtmlElement) -> Iterator[Item]:
    scopes = root.xpath("//*[@itemscope and @itemtype and not(@itemprop)]")
    if not scopes or len(scopes) > MAX_NODES:
        return
    from extruct.w3cmicrodata import MicrodataExtractor  # noqa: PLC0415 - slow to import, and few pages need it

    extractor = MicrodataExtractor(nested=True)
    for scope in scopes:
        if not _ARTICLE.search(scope.get("itemtype", "").strip()):
            continue
        found = extractor.extract_items(_cut(scope), None) or []
        for one in found[:1]:
            yield Item("microdata", _as_json_ld(one), scope.sourceline)


def _cut(scope: HtmlElement) -> HtmlElement:
    """Return the scope without its article body: its text is read elsewhere, and reading it here is slow."""
    return scope


def _as_json_ld(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_json_ld(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    data = {name: _as_json_ld(one) for name, one in (value.get("properties") or {}).items()}
    return {"@type": value.get("type"), **data}


def _rdfa(root: HtmlElement) -> Iterator[Item]:
    for scope in root.xpath("//*[@typeof]"):
        if any(_ARTICLE.search(name) for name in scope.get("typeof", "").split()):
            yield Item("rdfa", _rdfa_properties(scope, 0), scope.sourceline)


def _rdfa_properties(scope: HtmlElement, depth: int) -> dict[str, Any]:
    data: dict[str, Any] = {"@type": scope.get("typeof", "").split()}
    if depth > 6:
        return data
    for child in scope:
        _rdfa_children(child, data, depth)
    return data


def _rdfa_children(element: HtmlElement, data: dict[str, Any], depth: int) -> None:
    if depth > 60:
        return
    names = [re.split(r"[/#:]", name)[-1] for name in (element.get("property") or "").split()]
    inner = element.get("typeof") is not None
    value: Any = _rdfa_properties(element, depth + 1) if inner else _rdfa_value(element)
    for name in names:
        data.setdefault(name, []).append(value)
    if not inner:
        for child in element:
            _rdfa_children(child, data, depth + 1)


def _rdfa_value(element: HtmlElement) -> str:
    stated = next((v for v in map(element.get, ("content", "datetime", "resource", "href", "src")) if v), None)
    return stated if stated is not None else " ".join(element.text_content().split())
