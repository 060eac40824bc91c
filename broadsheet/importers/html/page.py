"""Bytes of a saved page → one parsed tree, shared by every field. Bounded; never fetches."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from msgspec import Struct, field

from broadsheet.importers.html import blocks, bounds, linked
from broadsheet.importers.html.bounds import MAX_DEPTH
from broadsheet.importers.html.bounds import UnusablePage as UnusablePage  # noqa: PLC0414 - callers know the page, not its bounds
from broadsheet.importers.html.words import overlap, seen, squeeze, words

_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w:.-]{1,40})""", re.IGNORECASE
)
MAX_SAME = 100  # metas of one name
#: Labels that the WHATWG Encoding Standard reads as a superset of what they name.
_LABELS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


#: What browsers and SingleFile write at the head of a saved page.
_SAVED = re.compile(r"<!--[^>]{0,400}?(?:saved from url=\(\d{1,8}\)|\burl:\s{0,4})(https?://[^\s<>\"']{1,2000})")


class Meta(Struct, frozen=True):
    """One ``<meta>`` with a name. ``name`` is in lower case."""

    name: str
    content: str
    line: int | None


class Page(Struct, dict=True):
    """A parsed page. Fields read it and leave it as it is."""

    root: html.HtmlElement
    size: int
    text: str = ""  # the characters that were parsed: scripts left out, the lines as in the file
    url: str | None = None  # where the page was found, if the file or the caller says so
    meta: Mapping[str, tuple[Meta, ...]] = field(default_factory=dict)

    @cached_property
    def items(self) -> tuple[linked.Item, ...]:
        """Return what the page says in JSON-LD, microdata and RDFa, in that order."""
        return linked.items(self.root)

    @cached_property
    def articles(self) -> tuple[linked.Item, ...]:
        """Return the items that describe this page's article, the fullest first; pages describe their teasers too."""
        found = linked.articles(self.items)
        shown = [
            self.title,
            *(m.content for m in self.meta.get("og:title", ())),
            *(seen(h) for h in self.root.xpath("//h1")[:10]),
        ]
        close = [
            max(
                (_shared(str(text), s) for text in linked.texts(item.data.get("headline"))[:1] for s in shown),
                default=0.5,
            )
            for item in found
        ]
        if not found or (len(found) == 1 and found[0].syntax == "json-ld"):
            return tuple(found)
        return tuple(
            item
            for item, likeness in zip(found, close, strict=True)
            if likeness >= min(0.5, max(close)) and likeness >= 0.3
        )

    @cached_property
    def order(self) -> dict[html.HtmlElement, int]:
        """Return the place of every element in reading order.

        It also keeps every element's Python object alive: making them anew for each walk
        was a third of the time a page took.
        """
        return {element: number for number, element in enumerate(self.root.iter())}

    @cached_property
    def blocks(self) -> list[blocks.Block]:
        """Return the lines of the page in reading order."""
        body = self.root.find("body")
        return blocks.read(self.root if body is None else body)

    @cached_property
    def title(self) -> str:
        """Return the text of ``<title>``."""
        found = self.root.find(".//head/title")
        found = self.root.find(".//title") if found is None else found
        return "" if found is None else squeeze(found.text_content())

    @cached_property
    def canonical(self) -> str | None:
        """Return the absolute address that the page gives itself, else None."""
        links = self.root.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
        wishes = [*links, *(m.content for m in self.meta.get("og:url", ()))]
        return next((w for w in (address(str(wish), self.url) for wish in wishes) if w), self.url)

    @cached_property
    def base(self) -> str | None:
        """Return what relative links count from."""
        bases = self.root.xpath("//base/@href")
        start = self.url or self.canonical
        return next((b for b in (address(str(base), start) for base in bases) if b), start)

    def first(self, *names: str) -> Meta | None:
        """Return the first meta that has one of ``names`` and holds something."""
        return next((m for name in names for m in self.meta.get(name, ()) if m.content), None)


def _shared(one: str, other: str) -> float:
    """Return how far the words of the shorter text are in the longer one, 0 to 1."""
    short, long = sorted((words(one), words(other)), key=len)
    return 1.0 if short and set(short) <= set(long) and len(short) > 3 else overlap(one, other)


def address(link: str, base: str | None) -> str | None:
    """Return ``link`` as an absolute http(s) address, else None."""
    link = _CONTROL.sub("", link).strip()
    if not link or len(link) > 4096 or "\\" in link:
        return None
    try:
        whole = urljoin(base, link) if base else ("https:" + link if link.startswith("//") else link)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme.lower() in {"http", "https"} and parts.netloc else None


def decode(data: bytes, charset: str | None = None) -> str:
    """Return the text of a page: by byte order mark, as UTF-8, as ``charset`` (of a header) or the page declares."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    if data[:1] == b"<" and data[1:2] == b"\0":
        return data.decode("utf-16-le", "replace")
    if data[:2] == b"\0<":
        return data.decode("utf-16-be", "replace")
    declared = _codec(charset) or _declared(data)
    if declared not in {"iso-2022-jp", "hz"}:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return data.decode(declared or "cp1252", "replace")


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:8192])
    if not found:
        return None
    return _codec(found[1].decode("ascii"))


def _codec(label: str | None) -> str | None:
    """Return Python's name for a charset's label, read as browsers read it."""
    label = _LABELS.get((label or "").lower(), (label or "").lower())
    try:
        return codecs.lookup(label).name if not label.startswith("utf-16") else "utf-8"
    except LookupError:
        return None


def parse(data: bytes, url: str | None = None, charset: str | None = None) -> Page:
    """Parse a saved page. Raise `UnusablePage` when it is too large, too deep or holds nothing.

    ``url`` is where it was found, ``charset`` what a header says of it; browsers write
    the address into the pages that they save.
    """
    bounds.check_bytes(data)
    text = bounds.without_scripts(_CONTROL.sub("", decode(data, charset)).rstrip())
    bounds.check_text(text)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnusablePage("not-html", "The file holds no HTML elements; give it a saved web page.") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        message = f"Elements are nested more than {MAX_DEPTH} deep, or one text is too long; this is no news page."
        raise UnusablePage("too-deep", message)
    saved = _SAVED.search(text[:4096])
    page = Page(root, len(data), text, url or (address(saved[1], None) if saved else None))
    page.order  # noqa: B018 - made first, see there
    page.meta = _metas(root)
    return page


def _metas(root: html.HtmlElement) -> dict[str, tuple[Meta, ...]]:
    metas: dict[str, list[Meta]] = {}
    for element in root.iter("meta"):
        content = squeeze(element.get("content") or element.get("value") or "")
        names = (element.get(key) for key in ("property", "name", "itemprop"))
        name = next((n.strip().lower() for n in names if n and n.strip()), None)
        if name and len(metas.setdefault(name, [])) < MAX_SAME:
            metas[name].append(Meta(name, content, element.sourceline))
    return {name: tuple(found) for name, found in metas.items()}
