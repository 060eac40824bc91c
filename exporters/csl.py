"""CSL-JSON: citations for Zotero, pandoc and word processors. Names are not split into given and family."""

from __future__ import annotations

from typing import Any

import orjson

from broadsheet.fields import ARTICLES, Frame, Piece
from broadsheet.model import Moment, Published

NAME = "news"
SUFFIX = "csl.json"
DESCRIPTION = "CSL-JSON: citations for Zotero, pandoc and word processors."
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"
FRAME = Frame(b"[", b",", b"\n]\n")
_MORE = ARTICLES.only(("publisher", "license"))


def piece(article: Published) -> Piece:
    """Return one citation, on a line of its own in the list."""
    return Piece(b"\n" + orjson.dumps(citation(article)))


def citation(published: Published) -> dict[str, Any]:
    """Return one citation (citationstyles.org, CSL 1.0.2 schema)."""
    article = published.article
    publisher, _ = next(iter(_MORE.rows(published)))
    found = {
        "id": published.slug,
        "type": "article-newspaper",
        "title": article.headline,
        "author": [{"literal": author.name} for author in article.authors if author.name],
        "issued": _parts(article.published),
        "container-title": publisher,
        "section": " > ".join(article.section),
        "event-place": article.place.name if article.place else None,
        "URL": published.url,
        "language": article.language,
        "abstract": article.summary,
        "keyword": ", ".join(article.tags),
    }
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def _parts(moment: Moment | None) -> dict[str, Any] | None:
    return {"date-parts": [[moment.year, moment.month, moment.day]]} if moment else None
