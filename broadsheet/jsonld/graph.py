"""Article → NewsArticle graph. Pure functions. schema.org 30.0: https://schema.org/NewsArticle."""

from __future__ import annotations

from broadsheet import urls
from broadsheet.config import Site
from broadsheet.jsonld.nodes import (
    Node,
    agency_node,
    author_node,
    deep_stated,
    image_node,
    iso,
    news_node,
    one_or_list,
    place_node,
    publisher_node,
    stated,
)
from broadsheet.model import Article, Author, Person, Publisher

CONTEXT = "https://schema.org"


def document(article: Article, site: Site, path: str, text: str) -> Node:
    """Return the ``@graph`` of the article at ``path`` below the output folder.

    ``text`` is the body as plain text. Everything that has a page or stands in the
    paper twice is a node of its own with an ``@id``.
    """
    url = f"{site.url}/{path}"
    nodes: list[Node] = []
    news = news_node(article, text)
    news |= {"@id": f"{url}#article", "url": url, "mainEntityOfPage": {"@id": url}}
    news["author"] = [
        _put(nodes, author_node(one), f"{site.url}/{urls.author_path(one.name)}", _kind(one)) for one in article.authors
    ]
    news["sourceOrganization"] = one_or_list(
        [
            _put(nodes, agency_node(one), f"{site.url}/{urls.agency_path(one.name)}", "agency")
            for one in article.agencies
        ]
    )
    publisher = _put_publisher(nodes, site.publisher, site)
    news["sdPublisher"] = {"@id": publisher["@id"]}
    news["publisher"] = _article_publisher(nodes, article, site) or publisher
    if article.place is not None:
        news["locationCreated"] = _put(
            nodes, place_node(article.place), f"{site.url}/{urls.place_path(article.place.name)}", "place"
        )
    news["image"] = [
        _put(nodes, image_node(one, site), f"{url}#image-{n}", None) for n, one in enumerate(article.images, 1)
    ]
    news |= _provenance(article, site)
    page = _page(article, site, url)
    nodes.append(page)
    if article.section:
        page["breadcrumb"] = {"@id": f"{url}#breadcrumb"}
        nodes.append(_breadcrumb(article, site, url))
    return {"@context": CONTEXT, "@graph": [stated(news), *map(stated, nodes)]}


def standalone(article: Article, site: Site | None, text: str) -> Node:
    """Return one NewsArticle with everything nested in it: what ``convert`` prints.

    ``articleSection`` holds the whole path of sections, the most special first.
    """
    news = news_node(article, text)
    if len(article.section) > 1:  # no breadcrumb stands beside it to tell the rest of the path
        news["articleSection"] = list(reversed(article.section))
    news["author"] = [author_node(one) for one in article.authors]
    news["sourceOrganization"] = one_or_list([agency_node(one) for one in article.agencies])
    publisher = article.publisher or (site.publisher if site else None)
    news["publisher"] = publisher_node(publisher) if publisher else None
    news["locationCreated"] = place_node(article.place) if article.place else None
    news["image"] = [image_node(one, site) for one in article.images]
    if article.source is not None:
        news |= {"url": article.source.url, "isBasedOn": article.source.url}
    return {"@context": CONTEXT, **deep_stated(news)}


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
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": item} for n, (name, item) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumb", "itemListElement": items}


def _kind(author: Author) -> str:
    return "person" if isinstance(author, Person) else "organization"


def _put(nodes: list[Node], node: Node, url: str, fragment: str | None) -> Node:
    """Add ``node`` to the graph once and return the reference to it."""
    identity = f"{url}#{fragment}" if fragment else url
    if all(one.get("@id") != identity for one in nodes):
        page = {"url": url} if fragment else {}
        nodes.append({"@type": node["@type"], "@id": identity, **page, **stated(node)})
    return _reference(node, identity) if fragment else {"@id": identity}


def _reference(node: Node, identity: str) -> Node:
    """Return a reference that also says what it is called: many consumers do not resolve ``@id``."""
    return {"@type": node["@type"], "@id": identity, "name": node["name"]}


def _put_publisher(nodes: list[Node], publisher: Publisher, site: Site) -> Node:
    identity = f"{site.url}/#publisher"
    node = publisher_node(publisher, site)
    nodes.append({"@type": node["@type"], "@id": identity, **node})
    return _reference(node, identity)


def _article_publisher(nodes: list[Node], article: Article, site: Site) -> Node | None:
    own = article.publisher
    if own is None or urls.slugify(own.name) == urls.slugify(site.publisher.name):
        return None
    identity = f"{site.url}/#publisher-{urls.slugify(own.name)}"
    node = publisher_node(own)
    nodes.append({"@type": node["@type"], "@id": identity, **node})
    return _reference(node, identity)
