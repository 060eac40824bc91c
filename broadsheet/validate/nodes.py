"""One object of a document, and the values of its properties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from broadsheet.validate.terms import Context


class Node(Struct, eq=False):
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

    def single(self, name: str) -> Any:
        """Return a property's value, taken out of a list of one and of a value object."""
        value = self.get(name)
        return plain(value[0] if isinstance(value, list) and len(value) == 1 else value)

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
