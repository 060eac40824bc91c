"""The tables that no single article makes: what the gate found, and what changed since the last version."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from broadsheet.fields.record import Field, Table, Value
from broadsheet.model import Problem


class Change(Struct, frozen=True):
    """What became of one article since an earlier version of the dataset."""

    article: str  # its id
    change: str  # added, changed or removed
    headline: str | None
    url: str | None
    columns: tuple[str, ...] = ()  # that differ, where it was changed


def _stated(attribute: str) -> Callable[[Problem], Value]:
    return lambda problem: getattr(problem, attribute) or None


def _of(attribute: str) -> Callable[[Change], Value]:
    return lambda change: getattr(change, attribute) or None


PROBLEMS = Table(
    "problems",
    "Problems",
    "One row a problem that the gate found, of articles that were not published too.",
    (
        Field("file", "string", "File.", "content/bridge.md", _stated("file")),
        Field("line", "integer", "Line, from 1.", "7", _stated("line")),
        Field("path", "string", "JSON Pointer (RFC 6901) to the value.", "/datePublished", _stated("path")),
        Field("rule", "string", "Rule.", "date-absent", _stated("rule")),
        Field("severity", "string", "error, warning or notice.", "warning", _stated("severity")),
        Field("message", "string", "What is wrong and what to do.", "No date was found.", _stated("message")),
        Field("see", "string", "Source of the rule.", "Google, article markup (2025-12-10)", _stated("see")),
    ),
    (), lambda _: (),
)  # fmt: skip
CHANGES = Table(
    "changes",
    "Changes",
    "One row an article that was added, changed or removed since the version published before.",
    (
        Field("article", "string", "Id of the article.", "bridge-reopens", _of("article"), required=True),
        Field("change", "string", "added, changed or removed.", "changed", _of("change")),
        Field("headline", "string", "Headline.", "Swing bridge reopens", _of("headline"), "headline"),
        Field("url", "uri", "Address of its page, as it is or was.", "https://paper.example/articles/bridge-reopens.html",
              _of("url"), "url"),
        Field("columns", "list", "Columns that differ, where it was changed.", "summary; tags",
              lambda change: list(change.columns)),
    ),
    ("article",), lambda _: (),
)  # fmt: skip
