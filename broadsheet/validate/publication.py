"""Layer pub: what broadsheet promises of every article, by schema/news_article.schema.json."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from broadsheet.model import Severity
from broadsheet.validate.graph import Graph
from broadsheet.validate.nodes import Node, plain
from broadsheet.validate.report import Report
from broadsheet.validate.vocabulary import Vocabulary
from broadsheet.validate.wording import quoted

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

MAX_KEYS = 200  # of an object that are looked through for a misspelling
_PICTURED = frozenset({"image", "logo", "primaryImageOfPage"})
_ADDRESSES = ("url", "contentUrl", "embedUrl", "thumbnailUrl")
_NAMED = ("author", "creator", "publisher")
_NAMES = ("name", "familyName", "givenName", "legalName", "alternateName")
_FOLLOWED = {"author": "image", "publisher": "logo", "image": ""}


def articles(graph: Graph, words: Vocabulary) -> list[Node]:
    """Return the articles that a document is about: its own objects and main entities."""
    return [node for node in graph.nodes if is_main(node, words)]


def is_main(node: Node, words: Vocabulary) -> bool:
    """Return whether a node is an article that its document is about."""
    return (node.top or node.via == "mainEntity") and not node.reference and words.is_a(node.types, "Article")


def publication(found: list[Node], graph: Graph, words: Vocabulary, report: Report, validator: Validator) -> None:
    """Judge every article by the publication schema."""
    for node in found:
        view = _View(graph, node, report)
        for error in validator.iter_errors(view.data):
            _explain(error, view, words, report)
    judged = set(map(id, found))
    for node in graph.nodes:
        if id(node) not in judged and not node.values.keys().isdisjoint(_NAMED):
            _named(node, graph, words, report)
        if node.via in _PICTURED and not node.reference:
            _addressed(node, graph, words, report)


def _addressed(node: Node, graph: Graph, words: Vocabulary, report: Report) -> None:
    """Judge that a picture or logo beside the article's own has an address."""
    path = f"{node.path}/url"
    if not words.is_a(node.types, "ImageObject") or report.has({"pub/required-nested"}, path):
        return
    named = node.id is not None and "://" in node.id and "#" not in node.id
    if not named and not any(graph.has(node, one) for one in _ADDRESSES):
        grave = node.parent is not None and (node.parent.top or node.parent.via == "publisher")
        report.add(
            "pub/required-nested", path, "The picture has no url; add its address.", None if grave else "warning"
        )


def _named(node: Node, graph: Graph, words: Vocabulary, report: Report) -> None:
    """Judge that the people and papers of a video, a fact check, a dataset or a page have names."""
    grave = node.top or node.via == "liveBlogUpdate"
    for name in _NAMED:
        for value, _ in node.each(name):
            agent = graph.resolve(value) if isinstance(value, dict) else None
            if agent is None or _says_nothing(agent) or not words.is_any(agent.types, ("Person", "Organization")):
                continue
            if not any(graph.has(agent, one) for one in _NAMES) and not report.has(
                {"pub/required-nested"}, f"{agent.path}/name"
            ):
                message = f"The {name} has no name; add it."
                weight: Severity | None = None if grave and words.is_news(node.types) else "warning"
                report.add("pub/required-nested", f"{agent.path}/name", message, weight)


def compiled(path: Path) -> Validator:
    """Return the publication schema, ready to run, its references written out: they cost most of the time."""
    from jsonschema import Draft202012Validator

    schema = orjson.loads(path.read_bytes())
    return Draft202012Validator(_written_out(schema, schema.get("$defs", {})))


def _written_out(part: Any, defs: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_written_out(one, defs) for one in part]
    if not isinstance(part, dict):
        return part
    if str(part.get("$ref", "")).startswith("#/$defs/"):
        return _written_out(defs[part["$ref"].removeprefix("#/$defs/")], defs)
    return {key: _written_out(value, defs) for key, value in part.items() if key != "$defs"}


class _View:
    """An article as the schema sees it, and where each part stands in the document."""

    def __init__(self, graph: Graph, node: Node, report: Report) -> None:
        self.graph = graph
        self.report = report
        self.node = node
        self.pointers: dict[tuple[Any, ...], str] = {(): node.path}
        self.data: dict[str, Any] = {name: value for name, (_, value) in node.values.items() if name not in _FOLLOWED}
        for name in _FOLLOWED:
            if name in node.values:
                self.data[name] = self._parts(node, name, ())

    def _parts(self, node: Node, name: str, at: tuple[Any, ...]) -> list[Any]:
        found: list[Any] = []
        for value, path in node.each(name):
            here = (*at, name, len(found))
            shown = self._part(value, here, path)
            if shown is not None:
                found.append(shown)
        return found

    def _part(self, value: Any, here: tuple[Any, ...], path: str) -> Any:
        value = plain(value)
        if not isinstance(value, dict):
            self.pointers[here] = path
            return value if isinstance(value, str) and value.strip() else None
        node = self.graph.resolve(value)
        if node is None or _says_nothing(node) or self.report.has({"vocab/value-type"}, path):
            return None  # an empty object, or a reference to nothing: other rules
        self.pointers[here] = node.path
        return self._object(node, here)

    def _object(self, node: Node, here: tuple[Any, ...]) -> dict[str, Any]:
        shown = {name: value for name, (_, value) in node.values.items() if name not in {"logo", "image"}}
        for other in self.graph.under(node.id) if node.id is not None else ():
            for name, (_, value) in other.values.items():
                shown.setdefault(name, value)
        inner = _FOLLOWED.get(here[0], "") if len(here) == 2 else ""
        if inner and inner in node.values:
            shown[inner] = self._parts(node, inner, here)
        if node.values.keys() & {"contentUrl", "@id"} or (
            node.id is not None and "://" in node.id and "#" not in node.id
        ):
            shown.setdefault("url", node.id)
        if "name" not in shown and node.values.keys() & {"familyName", "givenName"}:
            shown["name"] = node.get("familyName") or node.get("givenName")
        if "Role" in node.types or any(one.endswith("Role") for one in node.types):
            shown.setdefault("name", "")  # the Role pattern: the person stands inside
        return shown

    def pointer(self, steps: list[Any]) -> str:
        """Return the place in the document of a place in the view."""
        known = tuple(steps)
        while known not in self.pointers:
            known = known[:-1]
        return self.pointers[known] + "".join(f"/{step}" for step in steps[len(known) :])


def _says_nothing(node: Node) -> bool:
    """Return whether an object holds nothing to judge: it is empty or points elsewhere."""
    return not node.values and (node.id is not None or not node.types)


def _explain(error: ValidationError, view: _View, words: Vocabulary, report: Report) -> None:
    part: Any = error.schema
    here: Any = error.instance
    wanted: Any = error.validator_value
    rule, severity, sentence = part["rules"][error.validator]
    path = view.pointer(list(error.absolute_path))
    if error.validator == "required":
        for name in wanted:
            if name not in here and not _misspelled(name, here, words):
                report.add(rule, f"{path}/{name}", sentence, severity)
    else:
        report.add(rule, path, sentence.replace("{value}", quoted(here)), severity)


def _misspelled(name: str, present: dict[str, Any], words: Vocabulary) -> bool:
    """Return whether a missing property stands there under a wrong name: that has its own rule."""
    return any(words.property(one) is None and words.near_property(one) == name for one in islice(present, MAX_KEYS))
