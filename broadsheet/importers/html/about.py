"""Publisher, section, tags, summary and language: what the page says the article belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from broadsheet.importers.html import linked
from broadsheet.importers.html.candidates import Candidate, Choice, absent, taken
from broadsheet.importers.html.headline import TITLE_PARTS
from broadsheet.importers.html.page import Page, address
from broadsheet.importers.html.words import decoded, key, seen, squeeze
from broadsheet.model import Publisher

_SECTIONS = (
    "article:section",
    "og:article:section",
    "parsely-section",
    "section",
    "category",
    "cxenseparse:category",
    "articlesection",
    "cg",
    "dc.subject",
    "sailthru.section",
)
_HOME = {
    "home",
    "homepage",
    "start",
    "startseite",
    "accueil",
    "inicio",
    "portada",
    "forside",
    "hem",
    "hjem",
    "anasayfa",
    "trangchu",
    "главная",
    "ホーム",
    "トップ",
    "홈",
    "news",
}
_KEYWORDS = ("news_keywords", "keywords", "article:tag", "parsely-tags", "sailthru.tags")
MAX_TAGS = 40
MAX_LABEL = 30  # characters of a section's name beside the headline
MAX_PAPER = 40  # characters of a paper's name in a title


def publisher(page: Page) -> Choice[Publisher]:
    """Return the paper that published the page, with its logo and address where stated."""
    readings = list(_publishers(page))
    return taken(readings[0], readings[1:]) if readings else absent("The page does not name its publisher.")


def _publishers(page: Page) -> Iterator[Candidate[Publisher]]:
    for item in page.articles:
        for one in linked.as_list(item.data.get("publisher")):
            yield from _named(linked.resolve(page.items, one), page, f"{item.syntax}/publisher", item.line)
    for name in ("og:site_name", "application-name", "publisher", "dc.publisher", "copyright"):
        for meta in page.meta.get(name, ())[:1]:
            if meta.content and len(meta.content) < 80:
                yield Candidate(Publisher(meta.content), f"meta/{name}", meta.content, meta.line)
    for item in page.items:
        if "WebSite" in item.types or any(t.endswith("Organization") for t in item.types):
            yield from _named(item.data, page, f"{item.syntax}/name", item.line)
    yield from _in_title(page)


def _in_title(page: Page) -> Iterator[Candidate[Publisher]]:
    """Yield the end of the page's title where a logo, the page's foot or its address calls the site so too."""
    parts = TITLE_PARTS.split(page.title)
    name = parts[-1] if len(parts) > 1 and len(parts[-1]) <= MAX_PAPER else ""
    if len(key(name)) < 3:
        return
    shown = [img.get("alt") or "" for img in islice(page.root.iter("img"), 60)]
    shown += [seen(foot)[:2_000] for foot in page.root.iter("footer")]
    shown += [link.get("title") or link.text or "" for link in page.root.xpath("//a[@href='/' or @rel='home']")[:10]]
    host = key((urlsplit(page.canonical or "").hostname or "").removeprefix("www."))
    if key(name) in host or any(key(name) in key(text) for text in shown):
        yield Candidate(Publisher(name), "title", name, None, rule="title-tail")


def _named(data: Any, page: Page, path: str, line: int | None) -> Iterator[Candidate[Publisher]]:
    if text := linked.text(data):
        yield Candidate(_publisher(squeeze(text), data, page), path, text, line)


def _publisher(name: str, data: Any, page: Page) -> Publisher:
    if not isinstance(data, Mapping):
        return Publisher(name)
    logo = data.get("logo")
    logo = next(
        (x.get("url") or x.get("@id") for x in linked.as_list(logo) if isinstance(x, Mapping)), linked.text(logo)
    )
    link = linked.text(data.get("url"))
    return Publisher(
        name,
        url=address(link, page.base) if link else None,
        logo=address(linked.text(logo) or "", page.base) if logo else None,
        same_as=tuple(a for a in (address(t, None) for t in linked.texts(data.get("sameAs"))) if a),
    )


def section(page: Page, heading: HtmlElement | None) -> Choice[tuple[str, ...]]:
    """Return the path of sections, from general to special; ``heading`` shows the headline."""
    readings = [c for c in (*_sections(page), *_labels(page, heading)) if c.value]
    return taken(readings[0], readings[1:]) if readings else absent("The page states no section.")


def _sections(page: Page) -> Iterator[Candidate[tuple[str, ...]]]:
    for item in page.articles:
        if texts := linked.texts(item.data.get("articleSection")):
            yield Candidate(_path(texts[:1]), f"{item.syntax}/articleSection", texts[0], item.line)
    for name in _SECTIONS:
        for meta in page.meta.get(name, ())[:1]:
            if meta.content and len(meta.content) < 80:
                yield Candidate(_path([meta.content]), f"meta/{name}", meta.content, meta.line)
    yield from _breadcrumbs(page)


def _labels(page: Page, heading: HtmlElement | None) -> Iterator[Candidate[tuple[str, ...]]]:
    """Yield the links near the headline that call themselves section, category or kicker."""
    if heading is None:
        return
    place = page.order[heading]
    for link in page.root.iter("a"):
        if not -60 <= page.order[link] - place <= 40:
            continue
        owners = (link, link.getparent())
        named = any(o is not None and _LABEL.search(f"{o.get('class') or ''} {o.get('rel') or ''}") for o in owners)
        text = seen(link) if named else ""
        if 1 < len(text) <= MAX_LABEL and key(text) not in _HOME:
            yield Candidate((text,), "section-link", text, link.sourceline)


_LABEL = re.compile(
    r"section|categor|kicker|rubri[kc]|ressort|eyebrow|channel|overline|topline|dachzeile|vertical|tag-primary|label|seccion|sezione",
    re.IGNORECASE,
)


def _path(texts: list[str]) -> tuple[str, ...]:
    parts = [squeeze(p) for text in texts for p in re.split(r"\s+[>\u203a\u00bb|]\s+", text)]
    return tuple(dict.fromkeys(p for p in parts if p and key(p)))


def _breadcrumbs(page: Page) -> Iterator[Candidate[tuple[str, ...]]]:
    for item in page.items:
        if "BreadcrumbList" in item.types:
            names = [
                linked.text(e.get("name") or e.get("item"))
                for e in linked.as_list(item.data.get("itemListElement"))
                if isinstance(e, Mapping)
            ]
            path = _trail([n for n in names if n], page)
            yield Candidate(path, f"{item.syntax}/BreadcrumbList", " > ".join(path), item.line)
    for element in page.root.iter("nav", "ol", "ul", "div", "p"):
        name = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('aria-label') or ''}".lower()
        if "breadcrumb" in name:
            path = _trail([seen(a) for a in element.iter("a", "li", "span")], page)
            yield Candidate(path, "breadcrumb", " > ".join(path), element.sourceline)


def _trail(names: list[str], page: Page) -> tuple[str, ...]:
    """Return a breadcrumb without the front page and without the article's own title."""
    title = key(page.title)
    steps = [n for n in dict.fromkeys(squeeze(n) for n in names) if n and len(n) < 40]
    return tuple(n for n in steps if key(n) and key(n) not in _HOME and not (len(key(n)) > 12 and key(n) in title))[:4]


def tags(page: Page) -> Choice[tuple[str, ...]]:
    """Return the keywords that the page states."""
    for item in page.articles:
        if texts := linked.texts(item.data.get("keywords")):
            found = _tags(texts)
            return taken(Candidate(found, f"{item.syntax}/keywords", ", ".join(texts), item.line))
    for name in _KEYWORDS:
        metas = [m for m in page.meta.get(name, ()) if m.content]
        if metas:
            found = _tags([m.content for m in metas])
            return taken(Candidate(found, f"meta/{name}", ", ".join(m.content for m in metas), metas[0].line))
    return absent("The page states no keywords.")


def _tags(texts: list[str]) -> tuple[str, ...]:
    parts = texts if len(texts) > 1 else re.split(r"\s*[,;\u3001]\s*", texts[0])
    return tuple(dict.fromkeys(t for t in (squeeze(p) for p in parts) if t and len(t) <= 300))[:MAX_TAGS]


def summary(page: Page) -> Choice[str]:
    """Return the standfirst or description that the page states."""
    stated = [(linked.text(i.data.get("description")), f"{i.syntax}/description", i.line) for i in page.articles[:2]]
    names = ("og:description", "description", "twitter:description", "dc.description")
    stated += [(m.content, f"meta/{m.name}", m.line) for m in (page.first(name) for name in names) if m]
    readings = [Candidate(squeeze(decoded(text)), path, squeeze(text), line) for text, path, line in stated if text]
    return taken(readings[0], readings[1:]) if readings else absent("The page states no summary.")
