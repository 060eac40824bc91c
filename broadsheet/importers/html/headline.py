"""The headline: the visible heading on which the rest of the page agrees."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from broadsheet.importers.html import linked
from broadsheet.importers.html.candidates import Candidate, Choice, absent, taken
from broadsheet.importers.html.page import Page
from broadsheet.importers.html.words import decoded, is_hidden, key, overlap, seen, squeeze, words

MAX_HEADINGS = 60
MAX_CHARS = 400
MIN_LETTERS = 15  # of a heading that can stand alone
MAX_LINES = 400  # of the page, searched for a headline that is no heading
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:head-?line|(?:article|entry|post|story|page|news|content|main)[_-]*_?(?:title|head(?:ing|line)?))",
    re.IGNORECASE,
)
TITLE_PARTS = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022\u00bb\u2039\u203a:-]+\s+|\s*[|\uff5c]\s*")
#: How far a source's words are believed when headings are compared with it.
_WITNESSES = {
    "json-ld/headline": 3.0,
    "meta/og:title": 2.5,
    "meta/twitter:title": 1.5,
    "title": 1.5,
    "json-ld/name": 1.0,
}


def choose(page: Page) -> tuple[Choice[str], HtmlElement | None]:
    """Return the headline as displayed, else as the page's data or title names it, and the heading that shows it."""
    elements = _heading_elements(page.root)
    choice = _choose(page, headings(elements))
    wanted = key(choice.value or "")
    return choice, next((e for e in elements if key(seen(e)) == wanted), next(iter(elements), None))


def _choose(page: Page, shown: list[Candidate[str]]) -> Choice[str]:
    witnesses = _stated(page)
    best = max(shown, key=lambda h: _agreement(h, witnesses) * h.weight, default=None)
    if best is not None and (not witnesses or _agreement(best, witnesses) >= _enough(best)):
        return taken(best, witnesses)
    if (alone := _alone(shown)) is not None:
        return taken(alone, witnesses, "The page's only heading of the first rank; its title says it in other words.")
    if witnesses and (within := _within(page, witnesses)) is not None:
        return taken(within, witnesses)
    if witnesses:
        return taken(_unbranded(witnesses[0], page), [*witnesses[1:], *shown[:2]])
    return absent("The page has no heading and no title.")


def _alone(shown: list[Candidate[str]]) -> Candidate[str] | None:
    """Return the only h1 of several words, None where there are more or none."""
    first = {
        key(h.value): h
        for h in shown
        if h.path == "h1" and len(key(h.value)) >= MIN_LETTERS and len(words(h.value)) > 3
    }
    return next(iter(first.values())) if len(first) == 1 else None


def _within(page: Page, witnesses: list[Candidate[str]]) -> Candidate[str] | None:
    """Return the longest visible line with which the page's title begins: a headline that is no heading."""
    stated = {key(w.value) for w in witnesses}
    best: Candidate[str] | None = None
    for line in page.blocks[:MAX_LINES]:
        if line.hidden:
            continue
        name = line.key if MIN_LETTERS / 2 < len(line.text) <= MAX_CHARS else ""
        if len(name) < MIN_LETTERS / 2 or (best is not None and len(line.text) <= len(best.text)):
            continue
        if any(title.startswith(name) and len(name) > 0.4 * len(title) for title in stated):
            best = Candidate(line.text, str(line.owner.tag), line.text, line.owner.sourceline)
    return best


def headings(elements: list[HtmlElement]) -> list[Candidate[str]]:
    """Return the visible headings that may be the headline, h1 first."""
    found: list[Candidate[str]] = []
    for element in elements:
        text = seen(element)
        if text and len(text) <= MAX_CHARS and not any(is_hidden(up) for up in element.iterancestors()):
            weight = 1.0 if element.tag == "h1" else 0.85
            found.append(Candidate(text, str(element.tag), text, element.sourceline, weight))
    return found


def _heading_elements(root: HtmlElement) -> list[HtmlElement]:
    first = list(root.iter("h1"))[:MAX_HEADINGS]
    others = [e for e in root.iter("h2", "h3", "div", "p", "span", "header") if _is_named(e)]
    return [*first, *others[: MAX_HEADINGS - len(first)]]


def _is_named(element: HtmlElement) -> bool:
    if "headline" in (element.get("itemprop") or "").split():
        return True
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_NAMED.search(name)) and element.find(".//h1") is None and len(element) < 6


def _stated(page: Page) -> list[Candidate[str]]:
    """Return what the page's data and title call the article, the most believed first."""
    items = [(i, name) for i in page.articles[:3] for name in ("headline", "name")]
    found = [
        _witness(decoded(text), f"{i.syntax}/{name}", i.line, f"json-ld/{name}")
        for i, name in items
        if (text := linked.text(i.data.get(name)))
    ]
    names = ("og:title", "twitter:title", "title", "dc.title", "sailthru.title", "parsely-title")
    metas = [m for m in (page.first(name) for name in names) if m is not None]
    found += [_witness(decoded(m.content), f"meta/{m.name}", m.line, f"meta/{m.name}") for m in metas]
    if page.title:
        found.append(_witness(page.title, "title", None, "title"))
    return [c for c in found if c.value]


def _witness(text: str, path: str, line: int | None, kind: str) -> Candidate[str]:
    return Candidate(squeeze(text), path, squeeze(text), line, _WITNESSES.get(kind, 1.0))


def _enough(heading: Candidate[str]) -> float:
    """Return the agreement below which a heading is not the headline; one of many words may differ more."""
    return 0.25 if heading.path == "h1" and len(words(heading.value)) > 3 else 0.5


def _agreement(heading: Candidate[str], witnesses: list[Candidate[str]]) -> float:
    """Return how far the witnesses' words are those of the heading, 0 to 1, by how far each is believed."""
    if not witnesses:
        return 1.0 / (1 + len(heading.value) / MAX_CHARS)
    total = sum(w.weight for w in witnesses)
    return sum(w.weight * _likeness(heading.value, w.value) for w in witnesses) / total


def _likeness(shown: str, stated: str) -> float:
    if key(shown) == key(stated):
        return 1.0
    parts = TITLE_PARTS.split(stated)[:6]
    longest = max(map(len, parts))
    best = max(overlap(shown, part) for part in (stated, *(p for p in parts if len(p) * 2 > longest)))
    return min(best, 0.98)


def _unbranded(witness: Candidate[str], page: Page) -> Candidate[str]:
    """Return the witness without the paper's name behind it ("Bridge reopens | The Courier")."""
    names = {key(n) for n in papers(page)}
    parts = list(TITLE_PARTS.finditer(witness.value))
    if parts and key(witness.value[parts[-1].end() :]) in names:
        text = witness.value[: parts[-1].start()].strip()
        return Candidate(text, witness.path, witness.text, witness.line, witness.weight)
    return witness


def site_names(page: Page) -> list[str]:
    """Return what the page calls the site: og:site_name, publisher names, application name."""
    names = [
        m.content
        for name in ("og:site_name", "application-name", "al:iphone:app_name")
        for m in page.meta.get(name, ())
    ]
    for item in page.articles[:3]:
        names += linked.texts(linked.resolve(page.items, item.data.get("publisher")))
    return [name for name in names if name]


def papers(page: Page) -> list[str]:
    """Return every name that may be the paper's: what the page states, its host, and the tail of its title that is like it."""
    host = (urlsplit(page.canonical or "").hostname or "").removeprefix("www.")
    names = [*site_names(page), host, host.split(".")[0]]
    known = [k for k in map(key, names) if len(k) > 2]
    for part in TITLE_PARTS.split(page.title)[1:]:
        name = key(part)
        if len(name) > 2 and any(name in k or k in name for k in known):
            names.append(part)
    return [name for name in names if name]
