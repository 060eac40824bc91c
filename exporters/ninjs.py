"""ninjs 2.1, the IPTC's News in JSON: one item a line (https://iptc.org/std/ninjs/ninjs-schema_2.1.json, 2023).

ninjs knows only times with an offset; a day, or a time without one, stands in ``altids``
under the schema.org property's name, since a time that no one stated is not made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urljoin

import orjson

from broadsheet.fields import ARTICLES, Piece
from broadsheet.model import Article, Moment, Person, Place, Published

SUFFIX = "ninjs.jsonl"
DESCRIPTION = "ninjs 2.1: one IPTC news item a line, for newsroom systems."
MEDIA_TYPE = "application/jsonl"
_STANDARD = {"name": "ninjs", "version": "2.1", "schema": "https://iptc.org/std/ninjs/ninjs-schema_2.1.json"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")  # a relative address is no URI
_MORE = ARTICLES.only(("publisher", "license", "words"))


def piece(article: Published) -> Piece:
    """Return one item, on a line of its own."""
    return Piece(orjson.dumps(item(article), option=orjson.OPT_APPEND_NEWLINE))


def item(published: Published) -> dict[str, Any]:
    """Return the ninjs item of one article."""
    article = published.article
    publisher, licence, words = next(iter(_MORE.rows(published)))
    body = _body(published.document)
    found: dict[str, Any] = {
        "uri": published.url,
        "type": "text",
        "representationtype": "full" if body else "partial",
        "versioncreated": _time(article.modified or article.published),
        "firstcreated": _time(article.published),
        "pubstatus": "usable",
        "copyrightholder": publisher,
        "usageterms": licence,
        "language": article.language,
        "title": article.headline,
        "headlines": [{"role": "main", "value": article.headline}, *_kicker(article)],
        "descriptions": [{"role": "summary", "value": article.summary}] if article.summary else [],
        "bodies": [{"role": "main", "contenttype": "text/plain", "wordcount": words, "value": body}] if body else [],
        "by": ", ".join(author.name for author in article.authors if author.name),
        "people": [_known(one.name, "author", one.url) for one in article.authors if isinstance(one, Person)],
        "organisations": [
            _known(one.name, "author", one.url) for one in article.authors if not isinstance(one, Person)
        ],
        "infosources": [{"name": agency.name, "role": "source"} for agency in article.agencies],
        "located": article.dateline,
        "places": [_place(article.place)] if article.place else [],
        "subjects": [{"name": name, "rel": "section"} for name in article.section]
        + [{"name": tag} for tag in article.tags],
        "associations": [_picture(image, number, published) for number, image in enumerate(article.images, 1)],
        "altids": [*_days(article), {"role": "slug", "value": published.slug}],
        "slugline": published.slug,
        "standard": _STANDARD,
    }
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def _body(document: Mapping[str, Any]) -> str:
    """Return the text, which the graph holds only where texts are exported."""
    graph: Sequence[Mapping[str, Any]] = document.get("@graph", ())
    text = graph[0].get("articleBody") if graph else None
    return text if isinstance(text, str) else ""


def _kicker(article: Article) -> list[dict[str, str]]:
    return [{"role": "kicker", "value": article.kicker}] if article.kicker else []


def _time(moment: Moment | None) -> str | None:
    if isinstance(moment, datetime) and moment.utcoffset() is not None and moment.year > 0:
        return moment.isoformat(timespec="seconds")
    return None


def _days(article: Article) -> list[dict[str, str]]:
    moments = (("datePublished", article.published), ("dateModified", article.modified))
    return [{"role": role, "value": moment.isoformat()} for role, moment in moments if moment and not _time(moment)]


def _known(name: str, rel: str, url: str | None) -> dict[str, str]:
    return {"name": name, "rel": rel, **({"uri": _uri(url)} if url and _SCHEME.match(url) else {})}


def _place(place: Place) -> dict[str, Any]:
    found: dict[str, Any] = {"name": place.name, "rel": "dateline"}
    if place.latitude is not None and place.longitude is not None:
        found["geojson"] = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    return found


def _picture(image: Any, number: int, published: Published) -> dict[str, Any]:
    home = published.url.removesuffix(published.path)
    address = _uri(urljoin(home, image.url))
    size = {key: value for key, value in (("width", image.width), ("height", image.height)) if value is not None}
    told = (("alt", image.alt), ("caption", image.caption))
    found = {
        "name": f"image-{number}",
        "uri": f"{published.url}#image-{number}",
        "type": "picture",
        "copyrightnotice": image.credit,
        "descriptions": [{"role": role, "value": text} for role, text in told if text],
        "renditions": [{"name": "original", "href": address, **size}],
    }
    return {key: value for key, value in found.items() if value not in (None, [])}


def _uri(address: str) -> str:
    """Return the address with what no URI may hold percent-encoded (RFC 3986)."""
    return quote(address, safe=":/?#[]@!$&'()*+,;=%-._~")
