"""What is empty, and how much an empty value weighs."""

from __future__ import annotations

from typing import Any

from broadsheet.model import Severity
from broadsheet.validate.nodes import Node
from broadsheet.validate.vocabulary import Vocabulary

#: Where an empty value is worse than a gap: what readers take first.
_ESSENTIAL = {
    "Article": {"headline", "author", "publisher", "image", "datePublished", "dateModified", "url", "mainEntityOfPage"},
    "WebPage": {"url"},
    "Person": {"name"},
    "Organization": {"name"},
    "ImageObject": {"url", "contentUrl"},
    "VideoObject": {"name", "thumbnailUrl", "uploadDate"},
    "ListItem": {"position", "name", "item"},
    "BreadcrumbList": {"itemListElement"},
    "Dataset": {"name", "description"},
    "ClaimReview": {"claimReviewed", "reviewRating", "url"},
}


def is_empty(value: Any) -> bool:
    """Return whether a value says nothing: null, blank text, an empty list or object."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value in ([], {})


def empty_weight(node: Node | None, name: str | None, words: Vocabulary) -> Severity:
    """Return how much an empty value weighs: an error where a reader would take it first."""
    if node is None or name is None:
        return "error"
    essential = any(name in names and words.is_a(node.types, kind) for kind, names in _ESSENTIAL.items())
    return "error" if essential and words.is_news(node.types) and _credited(node, name) else "warning"


def _credited(node: Node, name: str) -> bool:
    """Return whether a person or paper is one of those an article names."""
    return name != "name" or node.top or node.via in {"author", "publisher", "itemListElement"}
