"""Records of articles of the plain kind, without reading their graph or asking for what they do not state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from broadsheet import jsonld, urls
from broadsheet.export.load import blamed
from broadsheet.export.plain import Names, Parts
from broadsheet.export.record import Made, Maker, Ordinary, Record
from broadsheet.fields import Piece, Row, Value
from broadsheet.model import Article, Author, Published

if TYPE_CHECKING:
    from broadsheet.export.plan import Plan

_BODY = b',"articleBody":'  # cannot stand inside a text, where quotes are escaped
_LINE = orjson.OPT_APPEND_NEWLINE
#: Columns of `articles` in which plain articles differ; in all others they are as an article that states nothing.
PLAIN = frozenset(
    """
    id url headline summary published published_date published_year section section_path tags authors dateline images
    document_url content_file body
    """.split()
)


class Express:
    """Makes the records of one plan."""

    def __init__(self, plan: Plan, maker: Maker) -> None:
        self.site = plan.site
        self._maker = maker
        articles = plan.articles
        self._words = articles.names.index("words") if "words" in articles.names else None
        self._readers = [(n, one.read) for n, one in enumerate(articles.fields) if one.name in PLAIN]
        blank = _blank(plan)
        self._row_of_none: list[Value] = next(iter(articles.rows(blank)))
        self._parts = [Parts(one, blank) for one in maker.ordinary[1:]]
        self._names = [Names(one) for one in maker.distinct]
        self._nodes: dict[Author, bytes] = {}
        self._publisher = self._shared(None)
        self._able = all(hasattr(one.form.module, "cut") for one in maker.papers if one.form is not None)

    def record(self, published: Published, document: bytes, words: int) -> Record | None:
        """Return what exports need of a plain article, None where that cannot be told this way."""
        if not self._able or published.article.status == "hidden":
            return None
        papers = self._pieces(published, document)
        if papers is None:
            return None
        made = [self._made(self._maker.ordinary[0], [self._row(published, words)], always=True)]
        made += [self._made(one.ordinary, one.rows(published)) for one in self._parts]
        return self._maker.whole(published, made, [one.lines(published) for one in self._names], papers)

    @staticmethod
    def _made(ordinary: Ordinary, rows: list[Row], *, always: bool = False) -> Made:
        if not rows:
            return ordinary.nothing
        lines = [orjson.dumps(row, option=_LINE) for row in rows] if ordinary.kept or always else []
        return Made(rows, lines, ordinary.pieces(rows))

    def _row(self, published: Published, words: int) -> list[Value]:
        row = self._row_of_none.copy()
        for number, read in self._readers:
            row[number] = read(published)
        if self._words is not None:
            row[self._words] = words
        return row

    def _pieces(self, published: Published, document: bytes) -> list[Piece] | None:
        """Return what the article puts into the files of the whole paper."""
        if not self._maker.papers:
            return []
        if not self.site.exports.bodies:
            body = _BODY + orjson.dumps(published.text)
            start = document.find(_BODY)
            if not document.startswith(body, max(start, 0)):
                return None
            document = document[:start] + document[start + len(body) :]
        authors = published.article.authors
        shared = [*[self._nodes.get(one) or self._shared(one) for one in authors], self._publisher]
        cut = [_cut(one, document, shared) for one in self._maker.papers]
        pieces = [one for one in cut if one is not None]
        return pieces if len(pieces) == len(cut) else None

    def _shared(self, author: Author | None) -> bytes:
        """Return the node of an author, or that of the paper, as it stands in every graph."""
        article = Article("", authors=(author,) if author is not None else ())
        path = urls.article_path("a")
        graph = jsonld.document(article, self.site, path, "")["@graph"]
        node = next(one for one in graph[1:] if not one["@id"].startswith(f"{self.site.url}/{path}"))
        found: bytes = orjson.dumps(node)
        if author is not None:
            self._nodes[author] = found
        return found


def _cut(slot: Any, document: bytes, shared: list[bytes]) -> Piece | None:
    try:
        found = slot.form.module.cut(document, shared)
    except Exception as error:
        raise blamed(slot.path, error) from error
    return Piece(*found) if found is not None else None


def _blank(plan: Plan) -> Published:
    """Return an article that states nothing."""
    article = Article("", language=plan.site.language)
    path = urls.article_path("a")
    document = jsonld.document(article, plan.site, path, "")
    return Published(article, "a", path, f"{plan.site.url}/{path}", "", "", document)
