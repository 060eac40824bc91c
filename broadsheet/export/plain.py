"""The rows of articles of the plain kind in the tables beside `articles`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from broadsheet.export.record import Distinct, Ordinary
from broadsheet.fields import Row
from broadsheet.model import Article, Image, Person, Published

#: Tables to which plain articles add rows that differ in article, position and one more column → that column, its values.
PARTS: dict[str, tuple[str, Callable[[Article], Iterable[str]] | None]] = {
    "article_authors": ("author", lambda one: [author.name for author in one.authors]),
    "article_tags": ("tag", lambda one: one.tags),
    "images": ("url", lambda one: [image.url for image in one.images]),
}
#: Distinct tables in which a name tells the row of a plain article → its names.
NAMES: dict[str, Callable[[Article], Sequence[str]]] = {
    "authors": lambda one: [author.name for author in one.authors],
    "sections": lambda one: one.section,
    "tags": lambda one: one.tags,
}
#: Tables to which plain articles add nothing.
NOTHING = frozenset({"article_agencies", "agencies", "places", "corrections", "evidence"})


class Parts:
    """The rows that plain articles have in one table besides `articles`."""

    def __init__(self, ordinary: Ordinary, blank: Published) -> None:
        self.ordinary = ordinary
        table = self._table = ordinary.table
        column, self._values = PARTS.get(table.name, ("", None))
        if self._values is not None:
            article = Article("", authors=(Person("-"),), tags=("-",), images=(Image("-"),))
            self._row = next(iter(table.rows(replace(blank, article=article))))
            self._places = [table.position(one) for one in ("article", "position", column)]

    def rows(self, published: Published) -> list[Row]:
        """Return the rows of an article."""
        if self._values is None:
            return [] if self._table.name in NOTHING else list(self._table.rows(published))
        slug, position, value = self._places
        found: list[Row] = []
        for number, one in enumerate(self._values(published.article), 1):
            row = self._row.copy()
            row[slug], row[position], row[value] = published.slug, number, one
            found.append(row)
        return found


class Names:
    """The rows that plain articles have in one distinct table: their lines by the one name that they differ in."""

    def __init__(self, distinct: Distinct) -> None:
        self._distinct = distinct
        self._values = NAMES.get(distinct.table.name)
        self._known: dict[str, bytes] = {}

    def lines(self, published: Published) -> tuple[bytes, ...]:
        """Return the rows of an article as JSON lines."""
        if self._values is None:
            return () if self._distinct.table.name in NOTHING else self._distinct.lines(published)
        values = self._values(published.article)
        try:
            return tuple([self._known[one] for one in values])
        except KeyError:
            found = self._distinct.lines(published)
            self._known.update(zip(values, found, strict=True))
            return found
