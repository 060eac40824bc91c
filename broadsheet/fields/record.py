"""What a column and a table are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.model import Published

#: ``moment`` is an ISO 8601 day or time as text; ``list`` is a list of texts; ``object`` is a JSON object.
Type = Literal["string", "integer", "number", "boolean", "date", "moment", "uri", "list", "object"]

Value = str | int | float | bool | list[str] | dict[str, Any] | None

#: One value a column, in the order of the table's fields.
Row = Sequence[Value]


class Field(Struct, frozen=True):
    """One column. ``read`` takes what the table's ``items`` yields."""

    name: str
    type: Type
    description: str  # one sentence, ends with a full stop
    example: str
    read: Callable[[Any], Value]
    term: str | None = None  # the schema.org property it says
    evidence: str | None = None  # the front-matter key whose evidence tells how the value is known
    required: bool = False


class Table(Struct, frozen=True):
    """One table. ``items`` yields what the fields read, for one article, in order.

    ``distinct`` tables (authors, places …) keep one row a key over all articles: the
    first value that is not empty stays, and the last column counts the articles.
    ``links`` are foreign keys: column → (table, column).
    """

    name: str
    title: str
    description: str  # one sentence
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    items: Callable[[Published], Iterable[Any]]
    distinct: bool = False
    links: tuple[tuple[str, str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(one.name for one in self.fields)

    def rows(self, published: Published) -> Iterable[list[Value]]:
        """Yield the rows of one article."""
        readers = [one.read for one in self.fields]
        for item in self.items(published):
            yield [read(item) for read in readers]

    def position(self, name: str) -> int:
        """Return the 0-based column of ``name``. Raise KeyError."""
        for number, one in enumerate(self.fields):
            if one.name == name:
                return number
        raise KeyError(name)

    def only(self, names: Iterable[str]) -> Table:
        """Return the table with these columns, in this order. Raise KeyError."""
        return replace(self, fields=tuple(self.fields[self.position(name)] for name in names))
