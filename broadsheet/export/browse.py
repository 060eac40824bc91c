"""data/articles.js: what the data page searches, one short row an article.

A script and not JSON, because a page that was opened from a disk may load scripts
beside it but read no files. It is no part of the dataset: articles.json says the same
and more. Text is data in it and never code: JSON is a JavaScript literal
(ECMA-262, 2019), and every "<" is written as an escape.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import BinaryIO, Final

import orjson

from broadsheet import urls
from broadsheet.fields import Row, Table

NAME: Final = "articles.js"
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


def write(table: Table, rows: Iterable[Row], out: BinaryIO) -> None:
    """Write ``broadsheetArticles({"columns": […], "rows": […]})``, one article a line."""
    names = ("id", *(one for one in COLUMNS if one in table.names))
    pick = itemgetter(*(table.names.index(one) for one in names))
    head = orjson.dumps(["path", *names[1:]])
    out.write(CALL.encode() + b'({"columns":' + head + b',"rows":[')
    before = b"\n"
    for row in rows:
        slug, *values = pick(row)
        line = orjson.dumps([urls.article_path(slug), *values])
        out.write(before + line.replace(b"<", b"\\u003c"))
        before = b",\n"
    out.write(b"\n]})\n")
