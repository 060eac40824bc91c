"""IPTC NewsML-G2 (newsItem, newsMessage, packageItem's items) → articles, one item at a time.

https://iptc.org/std/NewsML-G2/ (2.34, 2024). Bodies: XHTML, NITF or plain text in contentSet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from broadsheet.importers import Options, agencies, bylines, fragment, sources, xmltree
from broadsheet.importers.gathered import Gathered, squeeze
from broadsheet.importers.html.page import address
from broadsheet.model import Agency, Article, Person, Place, Problem, Source

_NAMESPACE = b"http://iptc.org/std/nar/2006-10-01/"
_ITEM = "{http://iptc.org/std/nar/2006-10-01/}newsItem"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NITF = {"hl1": "h1", "hl2": "h2", "block": "div", "media-caption": "figcaption"}
_TEXT = ("text", "composite", "")


def recognise(head: bytes, name: str) -> bool:
    """Tell whether a source that begins with ``head`` is NewsML-G2."""
    del name
    return _NAMESPACE in head[:8192] and (b"newsItem" in head or b"newsMessage" in head)


def read(source: Path, options: Options) -> Iterator[Article | Problem]:
    """Yield the text items."""
    del options
    for item in xmltree.records(source, (_ITEM,)):
        if isinstance(item, Problem):
            yield item
            continue
        kind = item.find("{*}itemMeta/{*}itemClass")
        if kind is not None and squeeze(kind.get("qcode")).rpartition(":")[2] not in _TEXT:
            continue
        article = _gather(item).article()
        line = item.sourceline or 0
        yield article or sources.problem(
            source, "newsml-headline", "The newsItem has no headline; it is left out.", line
        )


def _gather(item: etree._Element) -> Gathered:
    found = Gathered()
    content = item.find("{*}contentMeta")
    meta = content if content is not None else item
    found.source = Source(url=address(squeeze(item.get("guid")), None))
    found.words(
        "title", xmltree.child(meta, "{*}headline") or xmltree.child(item, "{*}itemMeta/{*}title"), "newsml/headline"
    )
    for key, paths in (
        ("date", ("{*}contentMeta/{*}contentCreated", "{*}itemMeta/{*}firstCreated", "{*}itemMeta/{*}versionCreated")),
        ("modified", ("{*}contentMeta/{*}contentModified", "{*}itemMeta/{*}versionCreated")),
    ):
        path = next((one for one in paths if xmltree.child(item, one)), paths[0])
        found.moment(key, xmltree.child(item, path), "newsml/" + path.rpartition("}")[2])
    if found.values.get("modified") == found.values.get("date"):
        found.values.pop("modified", None)
        found.evidence.pop("modified", None)
    _people(meta, found)
    _agency(item, meta, found)
    _where(meta, found)
    subjects = [_name(one) for one in meta.iterfind("{*}subject")]
    found.many("tags", [*subjects, *(xmltree.text(one) for one in meta.iterfind("{*}keyword"))], "newsml/subject")
    genre = next((name for one in meta.iterfind("{*}genre") if (name := _name(one))), "")
    found.put("category", (genre,) if genre else (), genre, "newsml/genre")
    found.words("summary", xmltree.child(meta, "{*}description"), "newsml/description")
    tag = meta.find("{*}language")
    found.words("lang", (tag.get("tag") if tag is not None else None) or item.get(_LANG), "newsml/language")
    found.words("slug", xmltree.child(meta, "{*}slugline"), "newsml/slugline")
    _status(item, found)
    _body(item, found)
    return found


def _name(element: etree._Element) -> str:
    return squeeze(xmltree.child(element, "{*}name") or element.get("literal") or "")


def _people(meta: etree._Element, found: Gathered) -> None:
    creators = [one for one in meta.iterfind("{*}creator") if "organisation" not in squeeze(one.get("type"))]
    names = [name for one in creators if (name := _name(one))]
    byline = squeeze(xmltree.child(meta, "{*}by"))
    if byline:
        read = bylines.parse(byline)
        found.put("authors", tuple(read.authors), byline, "newsml/by")
        found.put("agency", tuple(read.agencies), byline, "newsml/by")
    found.put("authors", tuple(map(Person, names)), "; ".join(names), "newsml/creator")


def _agency(item: etree._Element, meta: etree._Element, found: Gathered) -> None:
    for element, path in (
        (meta.find("{*}infoSource"), "infoSource"),
        (item.find("{*}itemMeta/{*}provider"), "provider"),
    ):
        name = _name(element) if element is not None else ""
        found.put("agency", (agencies.find(name) or Agency(name),) if name else (), name, f"newsml/{path}")


def _where(meta: etree._Element, found: Gathered) -> None:
    located = meta.find("{*}located")
    name = _name(located) if located is not None else ""
    found.put("place", Place(name) if name else None, name, "newsml/located")
    found.words("dateline", xmltree.child(meta, "{*}dateline") or name, "newsml/dateline")


def _status(item: etree._Element, found: Gathered) -> None:
    status = item.find("{*}itemMeta/{*}pubStatus")
    if status is not None and squeeze(status.get("qcode")).rpartition(":")[2] in {"canceled", "withheld"}:
        found.values["status"] = "draft"
        found.notes.append("The agency withdrew this item (pubStatus is not usable); it is kept as a draft.")


def _body(item: etree._Element, found: Gathered) -> None:
    inline = item.find("{*}contentSet/{*}inlineXML")
    body = inline.find(".//{*}body.content") if inline is not None else None
    if body is None and inline is not None:
        body = inline.find(".//{*}body")
    if body is not None:
        found.body(fragment.from_html(_markup(body)), "newsml/inlineXML")
        return
    data = item.find("{*}contentSet/{*}inlineData")
    if data is not None:
        found.body(fragment.to_markdown(xmltree.text(data)), "newsml/inlineData")


def _markup(body: etree._Element) -> str:
    """Return XHTML or NITF as plain HTML tags, without namespaces and attributes but addresses."""
    for element in body.iter(etree.Element):
        name = etree.QName(element).localname
        element.tag = _NITF.get(name, name)
    etree.cleanup_namespaces(body)
    markup: str = etree.tostring(body, encoding="unicode", method="html")
    return markup
