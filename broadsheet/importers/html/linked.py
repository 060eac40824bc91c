"""Structured data of a page, whatever its syntax, as JSON-LD-shaped mappings.

JSON-LD is read by extruct, block by block: publishers' blocks are often broken, and
one must not hide the others. What extruct gives up is mended here. Microdata and
RDFa Lite are read by one walk over their attributes: on the pages measured, extruct
took up to 930 ms for microdata alone, and a full RDFa processor takes longer and may
fetch vocabularies.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement
from msgspec import Struct

from broadsheet.importers.html.words import squeeze

MAX_BLOCK = 2 * 1024 * 1024  # characters of one JSON-LD block
MAX_NODES = 5_000
MAX_SCOPES = 8  # things inside things
MAX_TEXT = 2_000  # characters of one property
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING = re.compile(r",(\s*[}\]])")

_ARTICLE = re.compile(r"(?:Article|BlogPosting|SocialMediaPosting|LiveBlogPosting|Report|Review)$")


class Item(Struct, frozen=True):
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
        found += [*_attributes(root)]
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
        for node, nested in _walk(_block(script), 0):
            budget -= 1
            if budget < 0:
                return
            yield Item("json-ld", {**node, "@nested": nested} if nested else node, script.sourceline)


def _block(script: HtmlElement) -> Any:
    """Return what one script holds: as extruct reads it, else mended; None when it cannot be read."""
    from extruct.jsonld import JsonLdExtractor

    text = script.text_content()
    if len(text) > MAX_BLOCK:
        return None
    if "*/" not in text and "//" not in text.replace("://", ""):  # extruct takes comments out letter by letter
        try:
            if found := JsonLdExtractor().extract_items(script):
                return found
        except (ValueError, RecursionError):
            pass
    return _load(text)


def _load(block: str) -> Any:
    """Mend what publishers most often break; None when it cannot be read."""
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


def _attributes(root: HtmlElement) -> Iterator[Item]:
    """Yield the articles that the page describes by attributes: microdata, RDFa Lite."""
    for syntax in (_MICRODATA, _RDFA):
        for scope in root.xpath(f"//*[@{syntax.type}]"):
            names = scope.get(syntax.type, "").split()
            if any(_ARTICLE.search(name) for name in names) and scope.get(syntax.property) is None:
                yield Item(syntax.name, _described(scope, syntax, 0), scope.sourceline)


class _Syntax(Struct, frozen=True):
    name: str
    scope: str  # the attribute that begins a thing
    type: str
    property: str


_MICRODATA = _Syntax("microdata", "itemscope", "itemtype", "itemprop")
_RDFA = _Syntax("rdfa", "typeof", "typeof", "property")


def _described(scope: HtmlElement, syntax: _Syntax, depth: int) -> dict[str, Any]:
    """Return the thing that an element describes: its type, and its properties as lists."""
    data: dict[str, Any] = {"@type": scope.get(syntax.type, "").split()}
    if depth <= MAX_SCOPES:
        _gather(scope, data, syntax, depth)
    return data


def _gather(scope: HtmlElement, data: dict[str, Any], syntax: _Syntax, depth: int) -> None:
    waiting = list(reversed(scope))
    while waiting:
        element = waiting.pop()
        inner = element.get(syntax.scope) is not None
        names = [re.split(r"[/#:]", name)[-1] for name in (element.get(syntax.property) or "").split()]
        if names and names != ["articleBody"]:
            value = _described(element, syntax, depth + 1) if inner else _stated(element)
            for name in names:
                data.setdefault(name, []).append(value)
        if not inner:
            waiting.extend(reversed(element))


def _stated(element: HtmlElement) -> str:
    """Return the value of a property without a thing: an attribute's, else the text."""
    values = map(element.get, ("content", "datetime", "resource", "href", "src"))
    stated = next((value for value in values if value), None)
    return stated if stated is not None else squeeze(element.text_content()[:MAX_TEXT])
