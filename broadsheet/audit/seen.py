"""Read a built page as a crawler does (extruct) and as a reader does (its HTML)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from broadsheet.audit.facts import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: attribute that holds an address → elements; srcset is read apart.
_LINKING = {
    "href": {"a", "link", "area", "use", "image"},
    "src": {"img", "script", "source", "audio", "video", "track", "iframe", "embed"},
    "poster": {"video"},
    "action": {"form"},
    "data": {"object"},
}


class Seen(Struct, frozen=True):
    """What a built page says: to a crawler (``graphs``) and to a reader (the rest).

    ``None`` and ``()`` mean that the page shows no such thing.
    """

    graphs: tuple[Mapping[str, Any], ...] = ()
    broken: str | None = None  # why the JSON-LD cannot be read
    canonical: str | None = None
    noindex: bool = False
    og_title: str | None = None
    og_url: str | None = None
    headlines: tuple[str, ...] = ()  # the text of every h1
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    dateline: str | None = None
    body: str | None = None  # its text without white space; "" where there is none, None where no one looked
    trail: tuple[str, ...] = ()  # breadcrumb, from general to special
    links: tuple[str, ...] = ()  # every address as it stands in the page, each once


def solid(text: str) -> str:
    """Return text without white space, since blocks and lines may be parted in several ways."""
    return "".join(squeeze(text).split())


class UnreadablePage(ValueError):
    """The bytes are not a page."""


def read(html: bytes) -> Seen:
    """Read a page. Raise `UnreadablePage` where there is nothing to read."""
    tree = _tree(html)
    graphs, broken = _graphs(tree)
    head = _head(tree)
    main = next(iter(tree.xpath("//main")), tree)
    return Seen(
        graphs=graphs,
        broken=broken,
        canonical=head.get("canonical"),
        noindex="noindex" in head.get("robots", ""),
        og_title=head.get("og:title"),
        og_url=head.get("og:url"),
        headlines=tuple(_text(one) for one in tree.iter("h1")),
        authors=_authors(main),
        published=_time(main, "published"),
        modified=_time(main, "modified"),
        dateline=_first(main, "dateline"),
        body=_body(main),
        trail=_trail(tree),
        links=tuple(dict.fromkeys(_links(tree))),
    )


def ids(html: bytes) -> frozenset[str]:
    """Return what a "#fragment" may name on a page; nothing where the page cannot be read."""
    try:
        return frozenset(_tree(html).xpath("//@id | //a/@name"))
    except UnreadablePage:
        return frozenset()


@cache
def _extractor() -> Any:
    from extruct.jsonld import JsonLdExtractor

    return JsonLdExtractor()


def _tree(html: bytes) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        return document_fromstring(html, parser=HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadablePage(str(error)) from error


def _graphs(tree: HtmlElement) -> tuple[tuple[Mapping[str, Any], ...], str | None]:
    try:
        found = _extractor().extract_items(tree)
    except (ValueError, RecursionError) as error:
        return (), f"{error}"[:200]
    return tuple(one for one in found if isinstance(one, Mapping)), None


def _head(tree: HtmlElement) -> dict[str, str]:
    values: dict[str, str] = {}
    for element in tree.iter("meta", "link"):
        if element.tag == "link" and "canonical" in element.get("rel", "").split():
            values.setdefault("canonical", element.get("href", ""))
        elif element.tag == "meta":
            name = element.get("property") or element.get("name") or ""
            values.setdefault(name.lower(), squeeze(element.get("content", "")))
    return values


def _text(element: HtmlElement) -> str:
    return squeeze(element.text_content())


def _has_class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def _authors(main: HtmlElement) -> tuple[str, ...]:
    inside = f".//*[{_has_class('byline')}]//*[contains(concat(' ', @rel, ' '), ' author ') or {_has_class('author')}]"
    return tuple(_text(one) for one in main.xpath(inside))


def _time(main: HtmlElement, name: str) -> str | None:
    found = main.xpath(f".//time[{_has_class(name)}]/@datetime")
    return squeeze(found[0]) if found else None


def _first(main: HtmlElement, name: str) -> str | None:
    found = main.xpath(f".//*[{_has_class(name)}]")
    return _text(found[0]) if found else None


def _body(main: HtmlElement) -> str:
    from lxml.html import tostring

    from broadsheet.content.plain import plain_text

    found = main.xpath(f".//*[{_has_class('article-body')}]")
    if not found:
        return ""
    inner = escape(found[0].text or "") + "".join(tostring(child, encoding="unicode") for child in found[0])
    return solid(plain_text(inner))


def _trail(tree: HtmlElement) -> tuple[str, ...]:
    return tuple(
        _text(one)
        for one in tree.xpath(
            f"//nav[{_has_class('breadcrumb')}]//li | //nav[{_has_class('breadcrumb')}][not(.//li)]//a"
        )
    )


def _links(tree: HtmlElement) -> list[str]:
    found: list[str] = []
    for attribute, elements in _LINKING.items():
        found += [one.get(attribute, "") for one in tree.iter(*elements) if one.get(attribute) is not None]
    for sources in tree.xpath("//@srcset"):
        found += [one.split()[0] for one in sources.split(",") if one.strip()]
    return [one.strip() for one in found]
