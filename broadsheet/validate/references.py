"""Layer pub: every @id leads to one thing, and addresses stand on their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from broadsheet.model import Severity
from broadsheet.validate import formats
from broadsheet.validate.graph import Graph, host
from broadsheet.validate.nodes import Node, plain
from broadsheet.validate.report import Report
from broadsheet.validate.structure import AGENTS
from broadsheet.validate.vocabulary import Property, Vocabulary
from broadsheet.validate.wording import listed, quoted

_NAMES = ("name", "headline")
#: Addresses that readers follow; a part of one leads them nowhere.
_FOLLOWED = frozenset(
    {
        "url",
        "image",
        "logo",
        "mainEntityOfPage",
        "thumbnailUrl",
        "contentUrl",
        "embedUrl",
        "item",
        "thumbnail",
        "primaryImageOfPage",
    }
)
#: References that readers follow for what they show, apart from people and papers.
_CREDITED = frozenset({"image", "logo", "breadcrumb", "primaryImageOfPage"})


def references(graph: Graph, words: Vocabulary, report: Report) -> None:
    """Judge every @id of a document, over the whole page."""
    twice = [name for name, nodes in graph.by_id.items() if len(nodes) > 1 and _one_thing(name, nodes, words, report)]
    for node in graph.nodes:
        if node.id and node.id.split() != [node.id]:
            message = f"The @id {quoted(node.id)} holds a space, which no address may; write - or %20."
            report.add("vocab/url-format", _where(node), message, "warning")
        if "@id" in node.data and not node.id:
            _no_address(node, report)
        if node.reference and node.via is not None and node.id:
            _resolves(node, graph, report, explained=bool(twice))


def _no_address(node: Node, report: Report) -> None:
    """Judge an @id of nothing; an empty one on an object that says more is the address of the page itself."""
    alone = node.reference or len(node.data) == 1
    if alone or not isinstance(node.data["@id"], str):
        message = "The @id is no address; write one such as https://paper.example/#paper, or leave it out."
        report.add("vocab/empty-value", _where(node), message, None if alone else "warning")


def _resolves(node: Node, graph: Graph, report: Report, *, explained: bool) -> None:
    """Judge a reference; one that leads nowhere is ``explained`` where another @id stands twice."""
    name = node.id or ""
    if graph.under(name):
        return
    message = (
        f"{node.via} points to {quoted(name)}, and no object of the page has that @id; correct it or add the object."
    )
    severity = _severity(node, name, graph)
    if severity is not None:
        report.add("pub/id-unresolved", _where(node), message, "notice" if explained else severity)


def _where(node: Node) -> str:
    return f"{node.path}/@id" if "@id" in node.data else f"{node.path}/id"


def _severity(node: Node, name: str, graph: Graph) -> Severity | None:
    """Return how much a reference to nothing weighs; None where it may lead to another site."""
    credited = node.via in AGENTS or node.via in _CREDITED
    if not formats.is_absolute(name) or name.startswith("_:"):
        return "error" if name.startswith(("#", "_:")) or credited else "warning"
    page, mark, _ = name.partition("#")
    if host(name) not in graph.hosts and not (mark and page.rstrip("/") in graph.addresses):
        return None
    if mark:
        return "error" if credited else "warning"
    return "notice" if node.via in AGENTS else None


def _one_thing(name: str, nodes: Sequence[Node], words: Vocabulary, report: Report) -> bool:
    """Judge objects that share an @id: they must be able to be one thing. Return whether they are not."""
    first = nodes[0]
    for other in nodes[1:]:
        clash = _clash(first, other, words)
        if clash:
            message = f"Two different objects have the @id {quoted(name)}: {clash}; give each its own."
            grave = (
                clash.startswith("one is of type")
                or words.is_a(other.types, "Person")
                or words.is_any(other.types, ("Article", "ImageObject"))
            )
            label = not (first.types and other.types)  # {"@id": …, "name": …} is a reference that shows a name
            report.add("pub/id-duplicate", _where(other), message, "notice" if label else None if grave else "warning")
            return True
    return False


def _clash(one: Node, other: Node, words: Vocabulary) -> str | None:
    if one.types and other.types and not _akin(one.types, other.types, words):
        return f"one is of type {listed(one.types, 'and')}, one of type {listed(other.types, 'and')}"
    for key in _NAMES:
        texts = [plain(node.get(key)) for node in (one, other)]
        if all(isinstance(text, str) and text.strip() for text in texts) and _differ(
            _folded(texts[0]), _folded(texts[1])
        ):
            return f"one is {quoted(texts[0])}, one {quoted(texts[1])}"
    files = [_file(node, words) for node in (one, other)]
    if all(files) and files[0] != files[1]:
        return f"one is the file {quoted(files[0])}, one {quoted(files[1])}"
    return None


def _file(node: Node, words: Vocabulary) -> str:
    """Return the address of a picture's or film's file, without what only sizes it; "" where there is none."""
    value = node.single("contentUrl") or node.single("url") if words.is_a(node.types, "MediaObject") else None
    return value.partition("?")[0] if isinstance(value, str) else ""


def _differ(one: str, other: str) -> bool:
    """Return whether two names name two things: "By Ada Marsh" and "Ada Marsh" do not."""
    return one not in other and other not in one


def _folded(text: Any) -> str:
    return " ".join(str(text).split()).casefold()


def _akin(some: Sequence[str], others: Sequence[str], words: Vocabulary) -> bool:
    """Return whether two sets of types share a type that is more than Thing."""
    common = {a for one in some for a in words.ancestors(one)} & {a for one in others for a in words.ancestors(one)}
    known = all(words.ancestors(one) for one in (*some, *others))
    nested = any(a in words.ancestors(b) or b in words.ancestors(a) for a in some for b in others)
    return not known or nested or bool(common - {"Thing", "Intangible", "StructuredValue"})


def absolute(known: Property, value: str, path: str, words: Vocabulary, report: Report, *, grave: bool) -> None:
    """Judge that an address is absolute; asked by the walk for every address it meets."""
    if formats.is_absolute(value) or value.startswith("#"):
        return
    if (
        formats.is_url(value) == formats.BAD
        or value.rpartition("/")[2] in words.members
        or known.name in words.tolerated
    ):
        return
    if known.classes and "/" not in value and "." not in value:
        message = f"{known.name} {quoted(value)} is no address; write a full one, such as https://paper.example/page."
    elif formats.lacks_scheme(value) and not value.startswith("/"):
        message = f"{known.name} {quoted(value)} lacks its https://; write the full address."
    else:
        message = f"{known.name} {quoted(value)} is only a part of an address; write the full one, with https:// and the host."
    followed = known.name in _FOLLOWED or (known.name == "sameAs" and "/" in value)
    report.add("pub/absolute-url", path, message, None if grave and followed else "warning")
