"""One node of the graph from one record. Nothing is emitted that no one stated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urljoin

from broadsheet.config import Site
from broadsheet.model import Agency, Article, Author, Correction, Image, Moment, Organization, Place, Publisher

Node = dict[str, Any]


def iso(moment: Moment | None) -> str | None:
    """Return ISO 8601, a day or a time with its offset where one is known."""
    return None if moment is None else moment.isoformat()


def news_node(article: Article, text: str) -> Node:
    """Return the article, values alone, in the order in which a reader expects them."""
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


def publisher_node(publisher: Publisher, site: Site | None = None) -> Node:
    """Return the paper as a NewsMediaOrganization."""
    logo = _absolute(publisher.logo, site)
    return stated(
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


def author_node(author: Author) -> Node:
    """Return a Person, or an Organization for a collective byline."""
    if isinstance(author, Organization):
        return stated({"@type": "Organization", "name": author.name, "url": author.url, "sameAs": list(author.same_as)})
    return stated(
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


def agency_node(agency: Agency) -> Node:
    """Return a wire agency as an Organization."""
    kind = {"@type": "Organization", "name": agency.name, "alternateName": agency.code, "url": agency.url}
    return stated({**kind, "sameAs": list(agency.same_as)})


def place_node(place: Place) -> Node:
    """Return a Place, with coordinates where both are known."""
    geo = None
    if place.latitude is not None and place.longitude is not None:
        geo = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    address = stated(
        {
            "@type": "PostalAddress",
            "addressLocality": place.name,
            "addressRegion": place.region,
            "addressCountry": place.country,
        }
    )
    return stated(
        {
            "@type": "Place",
            "name": place.name,
            "address": address if len(address) > 2 else None,
            "geo": geo,
            "sameAs": list(place.same_as),
        }
    )


def image_node(image: Image, site: Site | None) -> Node:
    """Return an ImageObject; its address is made absolute where the site is known."""
    url = _absolute(image.url, site)
    return stated(
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
    return stated({"@type": "CorrectionComment", "text": correction.text, "datePublished": iso(correction.date)})


def stated(node: Node) -> Node:
    """Leave out what no one stated."""
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def deep_stated(node: Node) -> Node:
    """Leave out what no one stated, in nested nodes too."""
    return {key: deep_stated(value) if isinstance(value, dict) else value for key, value in stated(node).items()}


def one_or_list(found: list[Node]) -> Any:
    """Return the only node, else the list."""
    return found[0] if len(found) == 1 else found
