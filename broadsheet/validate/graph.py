"""The nodes of a document, with their place, types and names resolved once for all rules."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from broadsheet.validate.nodes import Node, token
from broadsheet.validate.terms import ALIASES, PLAIN, Context, context

MAX_DEPTH = 64
_MARKS = frozenset({"@context", "@graph", "@type", "type", "@id"})


def too_deep(doc: Any) -> bool:
    """Return whether objects and lists are nested deeper than rules that recurse can follow."""
    level = [doc] if isinstance(doc, (dict, list)) else []
    for _ in range(MAX_DEPTH):
        level = [
            one
            for value in level
            for one in (value.values() if isinstance(value, dict) else value)
            if isinstance(one, (dict, list))
        ]
        if not level:
            return False
    return True


class Graph:
    """All nodes of a document in document order."""

    def __init__(self, doc: Any) -> None:
        self.nodes: list[Node] = []
        self.contexts: list[tuple[str, Any, Context]] = []  # every @context, with its pointer
        self.roots: list[tuple[Any, str]] = []  # the document's own objects
        self._by_object: dict[int, Node] = {}
        self.by_id: dict[str, list[Node]] = {}
        self._root(doc, "")

    def _root(self, block: Any, path: str) -> None:
        if isinstance(block, list) and path.count("/") < 2:
            for number, one in enumerate(block):
                self._root(one, f"{path}/{number}")
        else:
            self.roots.append((block, path))
            if not isinstance(block, dict) or not block.keys() & _MARKS:
                return  # somebody's own data in a block for JSON-LD
            self._walk(block, path, None, None, PLAIN, top=True)

    def node(self, value: Any) -> Node | None:
        """Return the node that an object of the document is."""
        return self._by_object.get(id(value))

    def resolve(self, value: Any) -> Node | None:
        """Return the node that a value is or points to: the fullest one under that @id."""
        node = self._by_object.get(id(value))
        if node is None or node.id is None:
            return node
        if len(node.values) > 1:
            return node
        return max(self.under(node.id), key=lambda one: (len(one.values), one is node), default=node)

    def under(self, name: str) -> list[Node]:
        """Return the nodes (no references) that carry an @id, relative ones compared by their fragment."""
        found = self.by_id.get(name)
        if found:
            return found
        _, mark, fragment = name.partition("#")
        if not mark or not fragment:
            return []
        if name.startswith("#"):
            return self._fragments.get(fragment, [])
        return self.by_id.get("#" + fragment, [])

    def has(self, node: Node, name: str) -> bool:
        """Return whether a property stands at a node, or where the same @id stands elsewhere."""
        return name in node.values or (node.id is not None and any(name in one.values for one in self.under(node.id)))

    @cached_property
    def _fragments(self) -> dict[str, list[Node]]:
        """Fragment of an @id → the nodes that carry it."""
        found: dict[str, list[Node]] = {}
        for name, nodes in self.by_id.items():
            _, mark, fragment = name.partition("#")
            if mark and fragment:
                found.setdefault(fragment, []).extend(nodes)
        return found

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Return the hosts whose nodes the document defines: a reference to them can be expected to resolve."""
        return frozenset(one for one in map(host, self.by_id) if one)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Return the addresses of the pages that the document says it is about."""
        found = (node.single(name) for node in self.nodes if node.top for name in ("url", "mainEntityOfPage"))
        return frozenset(one.partition("#")[0].rstrip("/") for one in found if isinstance(one, str))

    def types(self, node: Node) -> tuple[str, ...]:
        """Return a node's types, with those that the same @id has elsewhere."""
        if node.id is None or node.types:
            return node.types
        return tuple(dict.fromkeys(one for other in self.under(node.id) for one in other.types))

    def _walk(
        self,
        value: Any,
        path: str,
        via: str | None,
        parent: Node | None,
        ctx: Context,
        *,
        top: bool = False,
    ) -> None:
        if isinstance(value, list):
            for number, one in enumerate(value):
                if isinstance(one, (dict, list)):
                    self._walk(one, f"{path}/{number}", via, parent, ctx, top=top)
        elif isinstance(value, dict):
            self._object(value, path, via, parent, ctx, top=top)

    def _object(
        self,
        value: dict[str, Any],
        path: str,
        via: str | None,
        parent: Node | None,
        ctx: Context,
        *,
        top: bool,
    ) -> None:
        if "@context" in value:
            ctx = context(value["@context"], None if top and not self._inside_graph(path) else ctx)
            self.contexts.append((f"{path}/@context", value["@context"], ctx))
        if "@value" in value:
            return
        for word in ("@list", "@set"):
            if word in value:
                self._walk(value[word], f"{path}/{word}", via, parent, ctx)
                return
        if "@graph" in value:
            self._walk(value["@graph"], f"{path}/@graph", None, None, ctx, top=True)
            if not any(key not in {"@context", "@graph", "@id", "id"} for key in value):
                return
        self._node(value, path, via, parent, ctx, top=top)

    @staticmethod
    def _inside_graph(path: str) -> bool:
        return "/@graph" in path

    def _node(
        self,
        value: dict[str, Any],
        path: str,
        via: str | None,
        parent: Node | None,
        ctx: Context,
        *,
        top: bool,
    ) -> None:
        node = Node(value, path, ctx, parent, via, top)
        self.nodes.append(node)
        self._by_object[id(value)] = node
        terms, values = ctx.terms, node.values
        for key, one in value.items():
            word = ALIASES.get(key, key)
            if word[:1] == "@" or (key in terms and (terms[key] or "")[:1] == "@"):
                self._keyword(node, word if word[:1] == "@" else str(terms[key]), one, path, ctx)
                continue
            name = key if ctx is PLAIN and ":" not in key else ctx.name(key)
            values[name if name is not None else key] = (key, one)
            if isinstance(one, (dict, list)) and key not in ctx.containers:
                self._walk(one, f"{path}/{token(key)}", name, node, ctx)
        if node.id is not None and not node.reference:
            self.by_id.setdefault(node.id, []).append(node)

    def _keyword(self, node: Node, word: str, value: Any, path: str, ctx: Context) -> None:
        if word == "@id":
            node.id = value.strip() if isinstance(value, str) else None
        elif word == "@type":
            self._types(node, value, ctx)
        elif word == "@reverse" and isinstance(value, dict):
            for name, one in value.items():
                self._walk(one, f"{path}/@reverse/{token(name)}", None, node, ctx)
        elif word == "@included":
            self._walk(value, f"{path}/@included", None, None, ctx)

    @staticmethod
    def _types(node: Node, value: Any, ctx: Context) -> None:
        names = []
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                name = one if ctx is PLAIN and ":" not in one else ctx.name(one)
                if name is None:
                    node.foreign = True
                elif name:
                    names.append(name)
        node.types = tuple(names)


def host(address: str) -> str:
    """Return an address's host in lower case, "" where it has none or is no address."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
