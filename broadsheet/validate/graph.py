"""The nodes of a document, with their place, types and names resolved once for all rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from broadsheet.validate.terms import ALIASES, PLAIN, Context, context

MAX_DEPTH = 64
_MARKS = frozenset({"@context", "@graph", "@type", "type", "@id"})


@dataclass(slots=True, eq=False)
class Node:
    """One object of a document that describes something.

    ``values`` holds its properties by schema.org name → (key as written, value);
    ``types`` its schema.org types; ``via`` the property that led here.
    """

    data: dict[str, Any]
    path: str  # JSON Pointer
    context: Context
    parent: Node | None = None
    via: str | None = None
    top: bool = False
    id: str | None = None
    types: tuple[str, ...] = ()
    foreign: bool = False  # carries a type of another vocabulary
    values: dict[str, tuple[str, Any]] = field(default_factory=dict)

    @property
    def reference(self) -> bool:
        """Return whether the object only points to a node: {"@id": …}."""
        return self.id is not None and not self.types and not self.values and not self.foreign

    def get(self, name: str) -> Any:
        """Return a property's value, None where it is absent."""
        found = self.values.get(name)
        return found[1] if found else None

    def at(self, name: str) -> str:
        """Return the pointer of a property, as written or as it should be."""
        found = self.values.get(name)
        return f"{self.path}/{token(found[0])}" if found else f"{self.path}/{name}"

    def each(self, name: str) -> list[tuple[Any, str]]:
        """Return a property's values one by one, each with its pointer."""
        if name not in self.values:
            return []
        return list(unlisted(self.get(name), self.at(name)))


def unlisted(value: Any, path: str) -> Iterator[tuple[Any, str]]:
    """Yield the values of a list, @list or @set, however nested; a single value as it is."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from unlisted(one, f"{path}/{number}")
    elif isinstance(value, dict) and ("@list" in value or "@set" in value):
        word = "@list" if "@list" in value else "@set"
        yield from unlisted(value[word], f"{path}/{word}")
    else:
        yield value, path


def token(key: str) -> str:
    """Return a key as a JSON Pointer token (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key


def plain(value: Any) -> Any:
    """Return what a value object says: {"@value": "x", "@language": "en"} is "x"."""
    return value["@value"] if isinstance(value, dict) and "@value" in value else value


class Graph:
    """All nodes of a document in document order."""

    def __init__(self, doc: Any) -> None:
        self.nodes: list[Node] = []
        self.contexts: list[tuple[str, Any, Context]] = []  # every @context, with its pointer
        self.roots: list[tuple[Any, str]] = []  # the document's own objects
        self.too_deep: str | None = None
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
            self._walk(block, path, None, None, PLAIN, 0, top=True)

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
        if name.startswith("#"):
            return [one for key, nodes in self.by_id.items() if key.endswith(name) for one in nodes]
        _, mark, fragment = name.partition("#")
        return self.by_id.get("#" + fragment, []) if mark and fragment else []

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
        depth: int,
        *,
        top: bool = False,
    ) -> None:
        if isinstance(value, list):
            for number, one in enumerate(value):
                if isinstance(one, (dict, list)):
                    self._walk(one, f"{path}/{number}", via, parent, ctx, depth + 1, top=top)
        elif isinstance(value, dict):
            if depth > MAX_DEPTH:
                self.too_deep = path
                return
            self._object(value, path, via, parent, ctx, depth, top=top)

    def _object(
        self,
        value: dict[str, Any],
        path: str,
        via: str | None,
        parent: Node | None,
        ctx: Context,
        depth: int,
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
                self._walk(value[word], f"{path}/{word}", via, parent, ctx, depth + 1)
                return
        if "@graph" in value:
            self._walk(value["@graph"], f"{path}/@graph", None, None, ctx, depth + 1, top=True)
            if not any(key not in {"@context", "@graph", "@id", "id"} for key in value):
                return
        self._node(value, path, via, parent, ctx, depth, top=top)

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
        depth: int,
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
                self._keyword(node, word if word[:1] == "@" else str(terms[key]), one, path, ctx, depth)
                continue
            name = key if ctx is PLAIN and ":" not in key else ctx.name(key)
            values[name if name is not None else key] = (key, one)
            if isinstance(one, (dict, list)) and key not in ctx.containers:
                self._walk(one, f"{path}/{token(key)}", name, node, ctx, depth + 1)
        if node.id is not None and not node.reference:
            self.by_id.setdefault(node.id, []).append(node)

    def _keyword(self, node: Node, word: str, value: Any, path: str, ctx: Context, depth: int) -> None:
        if word == "@id":
            node.id = value.strip() if isinstance(value, str) else None
        elif word == "@type":
            self._types(node, value, ctx)
        elif word == "@reverse" and isinstance(value, dict):
            for name, one in value.items():
                self._walk(one, f"{path}/@reverse/{token(name)}", None, node, ctx, depth + 1)
        elif word == "@included":
            self._walk(value, f"{path}/@included", None, None, ctx, depth + 1)

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


def hosts(graph: Graph) -> frozenset[str]:
    """Return the hosts whose nodes a document defines: a reference to them can be expected to resolve."""
    found = (host(name) for name in graph.by_id)
    return frozenset(one for one in found if one)


def host(address: str) -> str:
    """Return an address's host in lower case, "" where it has none or is no address."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
