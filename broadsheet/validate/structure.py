"""Layer ld: can a reader of JSON-LD tell what each object is?"""

from __future__ import annotations

from typing import Any

from broadsheet.validate.graph import Graph
from broadsheet.validate.nodes import Node
from broadsheet.validate.report import Report
from broadsheet.validate.terms import is_ours
from broadsheet.validate.vocabulary import Vocabulary, is_long_text
from broadsheet.validate.wording import quoted

#: Properties whose object must say whether it is a person or an organisation.
AGENTS = frozenset(
    {
        "author",
        "creator",
        "contributor",
        "editor",
        "publisher",
        "provider",
        "copyrightHolder",
        "sourceOrganization",
        "funder",
        "sponsor",
    }
)
_NO_TYPE_NEEDED = frozenset({"query-input", "potentialAction", "interactionStatistic", "item"})


def structure(graph: Graph, words: Vocabulary, report: Report) -> None:
    """Judge contexts and types."""
    _contexts_there(graph, report)
    for path, value, ctx in graph.contexts:
        for fault in ctx.faults:
            _context_fault(path, value, fault, report, others=ctx.open)
    for node in graph.nodes:
        if not node.types and not node.foreign and not graph.types(node):
            _untyped(node, words, report)


def _contexts_there(graph: Graph, report: Report) -> None:
    for block, path in graph.roots:
        if isinstance(block, dict) and "@context" not in block and block:
            message = 'The document has no @context, so nobody knows whose words it uses; add "@context": "https://schema.org".'
            report.add("ld/context-missing", f"{path}/@context", message)
            if not block.keys() & {"@type", "type", "@graph", "@id"}:
                report.add(
                    "ld/type-missing", f"{path}/@type", "The object has no @type either; it is no schema.org data."
                )
        elif not isinstance(block, dict):
            message = f"The document is {quoted(block)}; JSON-LD is an object with @context and @type."
            report.add("ld/type-missing", path, message)
        elif not block:
            report.add("vocab/empty-value", path, "The document is an empty object; remove it or fill it.")


def _context_fault(path: str, value: Any, fault: str, report: Report, *, others: bool) -> None:
    if others:
        message = f"The context {quoted(fault)} is not schema.org's; its words are not judged here."
        report.add("ld/context-wrong", path, message, "notice")
    elif value in ("", None) or value in ([], {}):
        report.add("ld/context-wrong", path, 'The @context is empty; write "https://schema.org".')
    elif isinstance(value, str) and is_ours("https://" + value.removeprefix("//")):
        report.add(
            "ld/context-wrong", path, f'The @context {quoted(value)} is no full address; write "https://schema.org".'
        )
    else:
        report.add(
            "ld/context-wrong", path, f'The @context {quoted(fault)} is not schema.org\'s; write "https://schema.org".'
        )


def _untyped(node: Node, words: Vocabulary, report: Report) -> None:
    if "@type" in node.data or "type" in node.data or node.reference or node.via in _NO_TYPE_NEEDED:
        return  # an unknown or empty type has its own rule
    if not node.values:
        return  # an empty object has its own rule
    if node.top:
        message = 'The object has no @type, so nobody knows what it describes; add one, such as "@type": "NewsArticle".'
        report.add("ld/type-missing", f"{node.path}/@type", message)
    elif node.via in AGENTS:
        message = f'The {node.via} has no @type; add "@type": "Person" or "Organization".'
        report.add("ld/type-missing", f"{node.path}/@type", message)
    elif node.via == "mainEntity":
        message = 'The object that the page is about has no @type; add one, such as "@type": "NewsArticle".'
        report.add("ld/type-missing", f"{node.path}/@type", message)
    elif node.via is not None and _may_be_object(node.via, words):
        message = f"The object under {node.via} has no @type; say what it is."
        report.add("ld/type-missing", f"{node.path}/@type", message, "warning")


def _may_be_object(name: str, words: Vocabulary) -> bool:
    known = words.property(name)
    return known is not None and bool(known.classes) and not is_long_text(known)
