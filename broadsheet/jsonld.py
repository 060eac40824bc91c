"""Article → NewsArticle graph. Pure functions; nothing is emitted that no one stated.

The graph is schema.org 30.0: https://schema.org/NewsArticle.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urljoin

import orjson

from broadsheet import urls
from broadsheet.config import Site
from broadsheet.model import (
    Agency,
    Article,
    Author,
    Correction,
    Image,
    Moment,
    Organization,
    Person,
    Place,
    Publisher,
)

CONTEXT = "https://schema.org"
Node = dict[str, Any]


def document(article: Article, site: Site, path: str, text: str) -> Node:
    """Return the ``@graph`` of the article at ``path`` below the output folder.

    ``text`` is the body as plain text. Everything that has a page or stands in the
    paper twice is a node of its own with an ``@id``.
    """
    url = f"{site.url}/{path}"
    nodes: list[Node] = []
    news = _news(article, text)
    news |= {"@id": f"{url}#article", "url": url, "mainEntityOfPage": {"@id": url}}
    news["author"] = [_put(nodes, _author(one), f"{site.url}/{urls.author_path(one.name)}", _kind(one)) for one in article.authors]
    news["sourceOrganization"] = _one_or_list(
        [_put(nodes, _agency(one), f"{site.url}/{urls.agency_path(one.name)}", "agency") for one in article.agencies]
    )
    publisher = _put_publisher(nodes, site.publisher, site)
    news["sdPublisher"] = publisher
    news["publisher"] = _article_publisher(nodes, article, site) or publisher
    if article.place is not None:
        news["locationCreated"] = _put(nodes, _place(article.place), f"{site.url}/{urls.place_path(article.place.name)}", "place")
    news["image"] = [_put(nodes, _image(one, site), f"{url}#image-{n}", None) for n, one in enumerate(article.images, 1)]
    news |= _provenance(article, site)
    page = _page(article, site, url)
    nodes.append(page)
    if article.section:
        page["breadcrumb"] = {"@id": f"{url}#breadcrumb"}
        nodes.append(_breadcrumb(article, site, url))
    return {"@context": CONTEXT, "@graph": [_stated(news), *map(_stated, nodes)]}


def standalone(article: Article, site: Site | None, text: str) -> Node:
    """Return one NewsArticle with everything nested in it: what ``convert`` prints."""
    news = _news(article, text)
    news["author"] = [_author(one) for one in article.authors]
    news["sourceOrganization"] = _one_or_list([_agency(one) for one in article.agencies])
    publisher = article.publisher or (site.publisher if site else None)
    news["publisher"] = _publisher(publisher) if publisher else None
    news["locationCreated"] = _place(article.place) if article.place else None
    news["image"] = [_image(one, site) for one in article.images]
    if article.source is not None:
        news |= {"url": article.source.url, "isBasedOn": article.source.url}
    return {"@context": CONTEXT, **_deep_stated(news)}


def script_text(node: Mapping[str, Any]) -> str:
    """Return JSON that cannot leave a ``<script>`` element and parses to the same value.

    HTML ends a script at ``</script`` and is confused by ``<!--`` (HTML Standard,
    "Restrictions for contents of script elements", 2026); so ``<``, ``>`` and ``&``
    are written as JSON escapes.
    """
    text = orjson.dumps(node).decode()
    for mark, escape in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        if mark in text:
            text = text.replace(mark, escape)
    return text


def without_body(node: Mapping[str, Any]) -> Node:
    """Return the graph without ``articleBody``: what stands in the page, whose text is the body."""
    graph = node["@graph"]
    news = {key: value for key, value in graph[0].items() if key != "articleBody"}
    return {**node, "@graph": [news, *graph[1:]]}


def iso(moment: Moment | None) -> str | None:
    """Return ISO 8601, a day or a time with its offset where one is known."""
    return None if moment is None else moment.isoformat()


def _news(article: Article, text: str) -> Node:
    """Return what holds only values, in the order in which a reader expects it."""
    return {
        "@type": article.type,
        "@id": None,
        "url": None,
        "mainEntityOfPage": None,
        "headline": article.headline,
        "description": article.summary,
        "inLanguage": article.language,
        "datePublished": iso(article.published),
        "dateModified": iso(article.modified),
        "author": None,
        "sourceOrganization": None,
        "publisher": None,
        "articleSection": article.section[-1] if article.section else None,
        "keywords": list(article.tags),
        "dateline": article.dateline,
        "locationCreated": None,
        "image": None,
        **_properties(article),
        "correction": [_correction(one) for one in article.corrections],
        "wordCount": len(text.split()) or None,
        "articleBody": text,
    }


def _properties(article: Article) -> Node:
    found = dict(article.properties)
    if found.get("isAccessibleForFree") is False:
        # Google, "Subscription and paywalled content" (2026): the part behind the wall is named by a class.
        part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".article-body"}
        found.setdefault("hasPart", part)
    return found


def _provenance(article: Article, site: Site) -> Node:
    source = article.source
    found: Node = {}
    if article.translation_of:
        original = f"{site.url}/{urls.article_path(urls.slugify(article.translation_of))}"
        found["translationOfWork"] = {"@type": "NewsArticle", "@id": f"{original}#article", "url": original}
    if article.canonical:
        found["sameAs"] = article.canonical
    if source is not None:
        found["isBasedOn"] = source.url
        found["sdDatePublished"] = iso(source.retrieved)
    if site.license.content and article.publisher is None:
        found.setdefault("license", article.properties.get("license", site.license.content))
    found["sdLicense"] = site.license.data
    return found


def _page(article: Article, site: Site, url: str) -> Node:
    return {
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "name": article.headline,
        "inLanguage": article.language,
        "isPartOf": {"@type": "WebSite", "@id": f"{site.url}/#website", "url": f"{site.url}/", "name": site.name},
    }


def _breadcrumb(article: Article, site: Site, url: str) -> Node:
    trail = [(site.name, f"{site.url}/")]
    for depth, name in enumerate(article.section, 1):
        trail.append((name, f"{site.url}/{urls.section_path(article.section[:depth])}"))
    trail.append((article.headline, url))
    items = [{"@type": "ListItem", "position": n, "name": name, "item": item} for n, (name, item) in enumerate(trail, 1)]
    return {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumb", "itemListElement": items}


def _kind(author: Author) -> str:
    return "person" if isinstance(author, Person) else "organization"


def _put(nodes: list[Node], node: Node, url: str, fragment: str | None) -> Node:
    """Add ``node`` to the graph once and return the reference to it."""
    identity = f"{url}#{fragment}" if fragment else url
    if all(one.get("@id") != identity for one in nodes):
        page = {"url": url} if fragment else {}
        nodes.append({"@type": node["@type"], "@id": identity, **page, **_stated(node)})
    return {"@id": identity}


def _put_publisher(nodes: list[Node], publisher: Publisher, site: Site) -> Node:
    identity = f"{site.url}/#publisher"
    nodes.append({"@type": "NewsMediaOrganization", "@id": identity, **_publisher(publisher, site)})
    return {"@id": identity}


def _article_publisher(nodes: list[Node], article: Article, site: Site) -> Node | None:
    own = article.publisher
    if own is None or urls.slugify(own.name) == urls.slugify(site.publisher.name):
        return None
    identity = f"{site.url}/#publisher-{urls.slugify(own.name)}"
    nodes.append({"@type": "NewsMediaOrganization", "@id": identity, **_publisher(own)})
    return {"@id": identity}


def _publisher(publisher: Publisher, site: Site | None = None) -> Node:
    logo = _absolute(publisher.logo, site)
    return _stated(
        {
            "@type": "NewsMediaOrganization",
            "name": publisher.name,
            "legalName": publisher.legal_name,
            "url": publisher.url,
            "logo": {"@type": "ImageObject", "url": logo} if logo else None,
            "foundingDate": publisher.founding_date,
            "address": _address(publisher.address),
            "sameAs": list(publisher.same_as),
            **publisher.properties,
        }
    )


def _address(address: str | Mapping[str, str] | None) -> Any:
    return {"@type": "PostalAddress", **address} if isinstance(address, Mapping) else address


def _author(author: Author) -> Node:
    if isinstance(author, Organization):
        return _stated({"@type": "Organization", "name": author.name, "url": author.url, "sameAs": list(author.same_as)})
    return _stated(
        {
            "@type": "Person",
            "name": author.name,
            "jobTitle": author.job_title,
            "affiliation": {"@type": "Organization", "name": author.affiliation} if author.affiliation else None,
            "url": author.url,
            "email": author.email,
            "sameAs": list(author.same_as),
        }
    )


def _agency(agency: Agency) -> Node:
    kind = {"@type": "Organization", "name": agency.name, "alternateName": agency.code, "url": agency.url}
    return _stated({**kind, "sameAs": list(agency.same_as)})


def _place(place: Place) -> Node:
    geo = None
    if place.latitude is not None and place.longitude is not None:
        geo = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    address = _stated({"@type": "PostalAddress", "addressLocality": place.name, "addressRegion": place.region, "addressCountry": place.country})
    return _stated(
        {
            "@type": "Place",
            "name": place.name,
            "address": address if len(address) > 2 else None,
            "geo": geo,
            "sameAs": list(place.same_as),
        }
    )


def _image(image: Image, site: Site | None) -> Node:
    url = _absolute(image.url, site)
    return _stated(
        {
            "@type": "ImageObject",
            "url": url,
            "contentUrl": url,
            "caption": image.caption,
            "creditText": image.credit,
            "width": image.width,
            "height": image.height,
            "license": image.license,
        }
    )


def _absolute(address: str | None, site: Site | None) -> str | None:
    if not address or site is None or address.startswith(("http://", "https://")):
        return address
    return urljoin(f"{site.url}/", quote(address, safe="/%?=&#:;,+@!$'()*~-._"))


def _correction(correction: Correction) -> Node:
    return _stated({"@type": "CorrectionComment", "text": correction.text, "datePublished": iso(correction.date)})


def _stated(node: Node) -> Node:
    """Leave out what no one stated."""
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def _deep_stated(node: Node) -> Node:
    return {key: _deep_stated(value) if isinstance(value, dict) else value for key, value in _stated(node).items()}


def _one_or_list(found: list[Node]) -> Any:
    return found[0] if len(found) == 1 else found
