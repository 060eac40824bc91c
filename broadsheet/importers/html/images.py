"""Pictures with their captions, credits and descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from msgspec.structs import replace

from broadsheet.importers.html import linked
from broadsheet.importers.html.page import Page, address
from broadsheet.importers.html.words import seen, squeeze
from broadsheet.model import Image

_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-url", "src")
_CREDIT = re.compile(r"credit|copyright|byline|photographer|fotograf|source|quelle|author|attribution", re.IGNORECASE)
_BRACKETED = re.compile(
    r"[(\[]((?:photo|foto|image|bild|credit|picture|\u00a9|ap|reuters|afp|getty)[^()\[\]]{2,80})[)\]]\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,5}")
#: The folder that browsers put beside a "complete page": no address of the picture.
_KEPT = re.compile(
    r"(?:\./)?[^/:]{1,255}(?:_files|_data|[-_.](?:dateien|fichiers|archivos|bestanden|file|arquivos|filer))/",
    re.IGNORECASE,
)
MAX_CAPTION = 1_000


def lead(page: Page) -> tuple[Image, str, int | None] | None:
    """Return the picture that stands for the article, where it is said, and the line."""
    for item in page.articles:
        for one in linked.as_list(item.data.get("image")):
            if image := _stated(linked.resolve(page.items, one), page):
                return image, f"{item.syntax}/image", item.line
    for name in ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "image"):
        for meta in page.meta.get(name, ())[:1]:
            if link := address(meta.content, page.base):
                alt = page.first("og:image:alt", "twitter:image:alt")
                return Image(link, alt=alt.content if alt else None), f"meta/{name}", meta.line
    return None


def _stated(value: Any, page: Page) -> Image | None:
    if isinstance(value, str):
        link = address(value, page.base)
        return Image(link) if link else None
    if not isinstance(value, Mapping):
        return None
    links = linked.texts(value.get("url")) or linked.texts(value.get("contentUrl")) or linked.texts(value.get("@id"))
    link = address(links[0], page.base) if links else None
    if not link:
        return None
    caption = linked.text(value.get("caption")) or linked.text(value.get("description"))
    credit = (
        linked.text(value.get("creditText"))
        or linked.text(value.get("copyrightHolder"))
        or linked.text(value.get("creator"))
    )
    return Image(
        link,
        caption=squeeze(caption) if caption else None,
        credit=squeeze(credit) if credit else None,
        width=_number(value.get("width")),
        height=_number(value.get("height")),
    )


def completed(image: Image, root: HtmlElement, base: str | None) -> Image:
    """Return the picture with the description, caption and credit that the page shows beside it."""
    name = file_name(image.url)
    for img in root.iter("img", "amp-img"):
        if any(file_name(link) == name for link in _links(img, base)):
            shown = read(next(img.iterancestors("figure"), img), base) or read(img, base)
            if shown is not None:
                return replace(
                    image,
                    alt=image.alt or shown.alt,
                    caption=image.caption or shown.caption,
                    credit=image.credit or shown.credit,
                )
    return image


def file_name(link: str) -> str:
    """Return what copies of one picture in several sizes share: the file's name without its size."""
    name = urlsplit(link).path.rsplit("/", 1)[-1]
    return _SIZE.sub("", name).casefold() or link


_SIZE = re.compile(r"[-_.]?\d{2,5}x\d{2,5}")


def _number(value: Any) -> int | None:
    """Return a number of pixels: 640, "640", "640px", {"value": 640}."""
    if isinstance(value, Mapping):
        value = value.get("value") or value.get("@value")
    found = _NUMBER.match(str(value)) if value is not None and not isinstance(value, bool) else None
    return int(found[0]) if found and int(found[0]) > 0 else None


def read(element: HtmlElement, base: str | None) -> Image | None:
    """Return the picture that an ``img``, ``picture`` or ``figure`` holds, None without a usable address."""
    img = element if element.tag in {"img", "amp-img"} else next(element.iter("img", "amp-img"), None)
    link = next(_links(img, base), None) if img is not None else None
    if img is None or link is None or _is_tiny(img):
        return None
    caption, credit = _caption(element)
    alt = squeeze(img.get("alt") or "") or None
    return Image(link, alt, caption, credit, _number(img.get("width")), _number(img.get("height")))


def _links(img: HtmlElement, base: str | None) -> Iterator[str]:
    for name in _SOURCES:
        if _KEPT.match(img.get(name) or ""):
            continue
        if link := address(img.get(name) or "", base):
            yield link
    for sources in (img.get("data-srcset"), img.get("srcset")):
        first = (sources or "").split(",")[0].split()
        if first and (link := address(first[0], base)):
            yield link


def _is_tiny(img: HtmlElement) -> bool:
    """Tell a tracking pixel or an icon by its stated size."""
    return any((size := _number(img.get(side))) is not None and size < 60 for side in ("width", "height"))


def _caption(element: HtmlElement) -> tuple[str | None, str | None]:
    figure = element if element.tag == "figure" else next(element.iterancestors("figure"), None)
    holder = figure.find(".//figcaption") if figure is not None else None
    if holder is None:
        return None, None
    credit_element = next((e for e in holder.iter() if e is not holder and _CREDIT.search(e.get("class") or "")), None)
    text = seen(holder)[:MAX_CAPTION]
    credit = seen(credit_element)[:200] if credit_element is not None else None
    if credit and credit in text:
        text = squeeze(text.replace(credit, " ", 1))
    elif match := _BRACKETED.search(text):
        text, credit = text[: match.start()].strip(), match[1]
    return text or None, credit or None
