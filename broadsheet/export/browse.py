"""data/articles.js: what the data page searches, one short row an article.

A script and not JSON, because a page that was opened from a disk may load scripts
beside it but read no files. It is no part of the dataset: articles.json says the same
and more. Text is data in it and never code: JSON is a JavaScript literal
(ECMA-262, 2019), and every "<" is written as an escape.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Final

import orjson

from broadsheet import urls
from broadsheet.fields import Frame, Row, Table

NAME: Final = "articles.js"
MEDIA_TYPE: Final = "text/javascript"
DESCRIPTION: Final = "What the data page searches."
#: The function that the page's own script defines, and this file calls once.
CALL: Final = "broadsheetArticles"
#: After the path of the article's page; those that a table lacks are left out.
COLUMNS: Final = (
    "published_date",
    "headline",
    "section",
    "authors",
    "agencies",
    "place",
    "published_basis",
    "tags",
)


def frame(table: Table) -> Frame:
    """Return ``broadsheetArticles({"columns": […], "rows": […]})``, one article a line."""
    head = orjson.dumps(["path", *_columns(table)[1:]])
    return Frame(CALL.encode() + b'({"columns":' + head + b',"rows":[', b",", b"\n]})\n")


def encoder(table: Table) -> Callable[[Row], bytes]:
    """Return what makes the line of one article."""
    pick = itemgetter(*map(table.names.index, _columns(table)))

    def line(row: Row) -> bytes:
        slug, *values = pick(row)
        return b"\n" + orjson.dumps([urls.article_path(slug), *values]).replace(b"<", b"\\u003c")

    return line


def _columns(table: Table) -> tuple[str, ...]:
    return ("id", *(one for one in COLUMNS if one in table.names))
