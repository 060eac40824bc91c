"""Compare what a page shows with what its JSON-LD says, and that with what was meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from broadsheet.audit.facts import Facts, from_graph, news_article, same_moment, squeeze
from broadsheet.audit.seen import Seen, solid
from broadsheet.model import Problem

_LONGEST = 120  # characters of a value in a message
_MOST = 5  # differences of one graph that are told


def problem(file: str, rule: str, message: str, pointer: str = "") -> Problem:
    """Return an error of the audit. ``rule`` stands without its "audit-"."""
    return Problem(file, 0, pointer, f"audit-{rule}", "error", message)


def quoted(value: object) -> str:
    """Return a value as it stands in a message: cut short, in curly quotes, or "nothing"."""
    if value in (None, "", (), [], {}):
        return "nothing"
    text = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    text = squeeze(text)
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"


def page(
    seen: Seen, path: str, document: Mapping[str, Any] | None, document_name: str
) -> tuple[Facts | None, list[Problem]]:
    """Return what the JSON-LD of one article page says, None where it holds no article, and every difference inside the page.

    ``document`` is the graph that was meant (or the one beside the page), and
    ``document_name`` what to call it. None leaves that comparison out.
    """
    read = ((one, from_graph(one, path)) for one in seen.graphs)
    graph, facts = next((pair for pair in read if pair[1] is not None), ({}, None))
    if seen.broken is not None:
        message = f"{path} has JSON-LD that extruct cannot read: {seen.broken}."
        return facts, [problem(path, "jsonld-unreadable", message)]
    if facts is None:
        message = f"{path} holds no NewsArticle in JSON-LD; the theme must print it."
        return None, [problem(path, "jsonld-missing", message)]
    found = list(_shown(seen, facts))
    if document is not None:
        found += _text(seen, document, path, document_name)
        found += graphs(graph, document, path, f"the JSON-LD of {path}", document_name)
    return facts, found


def _shown(seen: Seen, facts: Facts) -> Iterator[Problem]:
    """Yield what the reader sees otherwise than the crawler."""
    path = facts.path
    if seen.headlines != (facts.headline,):
        yield _both(path, "headline", seen.headlines, facts.headline)
    if seen.authors != facts.authors:
        yield _both(path, "authors", seen.authors, facts.authors)
    for name, shown, said in (
        ("published", seen.published, facts.published),
        ("modified", seen.modified, facts.modified),
    ):
        hidden = name == "modified" and shown is None  # a theme may leave the change date out
        if not hidden and not same_moment(shown, said):
            yield _both(path, name, shown, said)
    if squeeze(facts.dateline or "") not in (seen.dateline or "") or (seen.dateline and not facts.dateline):
        yield _both(path, "dateline", seen.dateline, facts.dateline)
    if not _in_order(facts.section, seen.trail):
        yield _both(path, "section", seen.trail, facts.section)
    if seen.og_title is not None and seen.og_title != facts.headline:
        yield _both(path, "og-title", seen.og_title, facts.headline)


def _text(seen: Seen, document: Mapping[str, Any], path: str, document_name: str) -> Iterator[Problem]:
    """Yield where the text that the reader sees is not the articleBody."""
    if seen.body is None:
        return
    article = news_article(document)
    said = solid(str(article.get("articleBody", ""))) if article is not None else ""
    if seen.body == said:
        return
    if not seen.body:
        message = f"{path} shows no text in an element of class article-body but {document_name} holds one."
        yield problem(path, "body", message, "/articleBody")
        return
    at = next(
        (n for n, pair in enumerate(zip(seen.body, said, strict=False)) if pair[0] != pair[1]),
        min(len(seen.body), len(said)),
    )
    start = max(at - 20, 0)
    message = (
        f"{path} shows the text {quoted(seen.body[start : at + 40])} where the articleBody of {document_name} "
        f"says {quoted(said[start : at + 40])} (white space left out)."
    )
    yield problem(path, "body", message, "/articleBody")


_WORDS = {
    "headline": "headline",
    "authors": "byline",
    "published": "publication date",
    "modified": "date of change",
    "dateline": "dateline",
    "section": "breadcrumb",
    "og-title": "og:title",
}
_POINTERS = {
    "headline": "/headline",
    "authors": "/author",
    "published": "/datePublished",
    "modified": "/dateModified",
    "dateline": "/dateline",
    "section": "/articleSection",
    "og-title": "/headline",
}


def _both(path: str, name: str, shown: object, said: object) -> Problem:
    message = f"{path} shows the {_WORDS[name]} {quoted(shown)} but its JSON-LD says {quoted(said)}."
    return problem(path, name, message, _POINTERS[name])


def _in_order(wanted: Sequence[str], shown: Sequence[str]) -> bool:
    rest = iter(shown)
    return all(any(one == name for one in rest) for name in wanted)


def graphs(
    one: Mapping[str, Any], other: Mapping[str, Any], path: str, one_name: str, other_name: str
) -> list[Problem]:
    """Return how two graphs differ. The articleBody counts where both hold one."""
    if _same(one, other):
        return []
    found: list[Problem] = []
    for pointer, left, right in _walk(one, other, ""):
        if pointer.endswith("/articleBody") and (left is None or right is None):
            continue
        if len(found) == _MOST:
            break
        message = f"{one_name} says {quoted(left)} at {pointer or '/'} but {other_name} says {quoted(right)}."
        found.append(problem(path, "graph", message, pointer))
    return found


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell quickly that two graphs are alike; False may still mean that they are."""
    try:
        return orjson.dumps(_bodyless(one)) == orjson.dumps(_bodyless(other))
    except TypeError:
        return False


def _bodyless(graph: Mapping[str, Any]) -> dict[str, Any]:
    whole = graph.get("@graph")
    if not isinstance(whole, (list, tuple)) or not whole or not isinstance(whole[0], Mapping):
        return dict(graph)
    first = {key: value for key, value in whole[0].items() if key != "articleBody"}
    return {**graph, "@graph": [first, *whole[1:]]}


def _walk(one: object, other: object, pointer: str) -> Iterator[tuple[str, object, object]]:
    """Yield (JSON Pointer, value, other value) wherever two JSON values differ."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in dict.fromkeys([*one, *other]):
            yield from _walk(one.get(key), other.get(key), f"{pointer}/{_escape(key)}")
    elif isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        for index in range(max(len(one), len(other))):
            left = one[index] if index < len(one) else None
            right = other[index] if index < len(other) else None
            yield from _walk(left, right, f"{pointer}/{index}")
    elif type(one) is not type(other) or one != other:
        yield pointer, one, other


def _escape(key: object) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")
