"""Layer vocab: every type, property and value of a document against schema.org's release."""

from __future__ import annotations

from typing import Any

from broadsheet.validate.emptiness import empty_weight, is_empty
from broadsheet.validate.graph import Graph
from broadsheet.validate.nodes import Node, token
from broadsheet.validate.report import Report
from broadsheet.validate.structure import AGENTS
from broadsheet.validate.terms import KEYWORDS, PLAIN
from broadsheet.validate.values import Judge
from broadsheet.validate.vocabulary import Property, Vocabulary
from broadsheet.validate.wording import clipped, listed, quoted

_ANNOTATIONS = ("-input", "-output")


def vocabulary_layer(graph: Graph, words: Vocabulary, report: Report) -> None:
    """Judge every node."""
    judge = Judge(graph, words, report)
    lost: set[Node] = set()  # below a property that does not exist: told once, there
    for node in graph.nodes:
        if node.parent is not None and (node.parent in lost or (node.via and words.property(node.via) is None)):
            lost.add(node)
        elif not report.full:
            _node(node, judge, words, report)
    _without_consequences(judge, report)


def _node(node: Node, judge: Judge, words: Vocabulary, report: Report) -> None:
    types = _types(node, judge, words, report)
    judge.begin(node)
    for name, (key, value) in node.values.items():
        known = words.property(name)
        if known is None:
            _unknown(node, name, key, words, report)
            continue
        path = f"{node.path}/{token(key)}"
        if types and known.domains.isdisjoint(types):
            _domain(node, known, path, words, report)
        if known.superseded_by is not None:
            _superseded(known, path, words, report)
        if is_empty(value):
            _empty(node, name, value, path, words, report)
        elif key not in node.context.containers:
            judge.value(node, known, value, path)
    if not node.data and not report.has({"vocab/empty-value"}, node.path):
        weight = empty_weight(node.parent, node.via, words)
        report.add("vocab/empty-value", node.path, "An empty object says nothing; remove it or fill it.", weight)


def _without_consequences(judge: Judge, report: Report) -> None:
    """Take back what follows from a wrong type: that its properties belong to the right one."""
    if judge.misfits:
        report.problems = [
            one
            for one in report.problems
            if one.rule != "vocab/prop-domain" or one.path.rpartition("/")[0] not in judge.misfits
        ]


def _types(node: Node, judge: Judge, words: Vocabulary, report: Report) -> frozenset[str]:
    """Return the node's types and their supertypes; empty where one of them is not known."""
    found: set[str] = set()
    whole = not node.foreign
    for name in node.types:
        above = words.ancestors(name)
        if not above:
            whole = False
            _unknown_type(node, name, words, report)
        else:
            found |= above
            instead = words.superseded_type(name)
            if instead:
                message = f"schema.org has replaced the type {name} by {instead}; write {instead}."
                report.add("vocab/prop-superseded", f"{node.path}/@type", message)
    _type_values(node, report)
    if not node.types and not node.foreign and node.id is not None:
        found = {above for one in judge.graph.types(node) for above in words.ancestors(one)}
    return frozenset(found) if whole else frozenset()


def _unknown_type(node: Node, name: str, words: Vocabulary, report: Report) -> None:
    near = words.near_type(name)
    hint = f"did you mean {near}?" if near else "write a type of schema.org."
    if near == name.strip():
        hint = "remove the spaces around it."
    kind = "data type" if name in words.members else "type"
    message = f"schema.org {words.release} has no {kind} {quoted(name)}; {hint}"
    grave = near is None or words.is_news([near]) or node.via in AGENTS
    where = node.path + ("/@type" if "@type" in node.data else "/type")
    report.add("vocab/type-unknown", where, message, None if grave else "warning")


def _type_values(node: Node, report: Report) -> None:
    """Judge what stands under @type apart from names: nothing, numbers, lists in lists."""
    for key in ("@type", "type"):
        if key not in node.data:
            continue
        value = node.data[key]
        path = f"{node.path}/{key}"
        if is_empty(value):
            report.add(
                "vocab/empty-value", path, "The @type is empty; say what the object is, such as NewsArticle.", "error"
            )
        elif not all(isinstance(one, str) for one in (value if isinstance(value, list) else [value])):
            report.add(
                "vocab/type-unknown",
                path,
                f"The @type is {quoted(value)}; write the name of a type, such as NewsArticle.",
            )


def _unknown(node: Node, name: str, key: str, words: Vocabulary, report: Report) -> None:
    """Judge a key that is no property of the release."""
    context = node.context
    if context is not PLAIN and (context.open or name in context.terms.values() or context.name(key) is None):
        return  # another vocabulary's word
    if ":" in key and context.name(key) is None:
        return
    if key.startswith("@") and key in KEYWORDS:
        return
    bare = name
    for ending in _ANNOTATIONS:
        bare = bare.removesuffix(ending)
    if bare != name and (words.property(bare) is not None or words.is_a(graph_types(node), "Action")):
        return
    near = None if report.full else words.near_property(name.lstrip("@"), node.types)
    hint = f"did you mean {near}?" if near and near != name else "remove it, or use a property of schema.org."
    message = f"schema.org {words.release} has no property {quoted(key)}; {hint}"
    # JSON-LD 1.1 section 9.3: readers pass over what looks like a keyword and is none.
    grave = words.is_news(node.types) and not key.startswith("@")
    report.add("vocab/prop-unknown", f"{node.path}/{token(key)}", message, None if grave else "warning")


def graph_types(node: Node) -> tuple[str, ...]:
    """Return the types of a node or, where it has none, of the node around it."""
    return node.types or (node.parent.types if node.parent else ())


def _domain(node: Node, known: Property, path: str, words: Vocabulary, report: Report) -> None:
    if node.types == ("Thing",):
        return  # too vague a type, which has its own rules where it matters
    if "Role" in {above for one in node.types for above in words.ancestors(one)} and known.name == node.via:
        return  # the Role pattern: the property is repeated inside the Role
    belongs = listed(sorted(known.domains)[:3]) or "other types"
    message = f"{known.name} is not a property of {listed(node.types, 'and')}; it belongs to {belongs}."
    report.add("vocab/prop-domain", path, message)


def _superseded(known: Property, path: str, words: Vocabulary, report: Report) -> None:
    if words.property(known.superseded_by or "") is None:
        return
    message = f"schema.org has replaced {known.name} by {known.superseded_by}; write {known.superseded_by}."
    report.add("vocab/prop-superseded", path, message)


def _empty(node: Node, name: str, value: Any, path: str, words: Vocabulary, report: Report) -> None:
    kinds = {"str": "an empty text", "NoneType": "empty", "list": "an empty list", "dict": "an empty object"}
    message = f"{clipped(name)} is {kinds[type(value).__name__]}; fill it or leave it out."
    report.add("vocab/empty-value", path, message, empty_weight(node, name, words))
