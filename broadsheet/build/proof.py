"""The audit within a build: what was written is read back, and what stands between pages is compared.

Pages of the fast lane differ from a page that was read thoroughly by their values
alone, so most are only glanced at; `broadsheet audit` reads every page as a crawler would.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import orjson
from markupsafe import escape

from broadsheet import audit
from broadsheet.audit import Told, lists, xml
from broadsheet.audit.differences import problem
from broadsheet.audit.facts import Facts, squeeze
from broadsheet.audit.links import check
from broadsheet.model import Article, Problem, Published
from broadsheet.press.clips import Clip
from broadsheet.press.sheets import Sheet

#: The exports that a build reads back; `broadsheet audit` reads all of them.
EXPORTS = frozenset({"data/articles.csv"})
_LINK = re.compile(r' (?:href|src)="([^"]*)"')
_SCRIPT = '<script type="application/ld+json">{"@context":'


def read_back(clip: Clip, data: bytes, html: str, document: bytes) -> Told:
    """Read an article's page as it was written, and compare it with its document."""
    meant = Published(
        Article(clip.card.headline, file=clip.file), clip.slug, clip.path, clip.url, html, "", orjson.loads(document)
    )
    return audit.audit_page(data, meant)


def glance(clip: Clip, page: str) -> Told:
    """Look whether a page of the fast lane shows its headline, its address and its document once each."""
    marks = (f"<h1>{escape(clip.card.headline)}</h1>", f'<link rel="canonical" href="{escape(clip.url)}">', _SCRIPT)
    wrong = [mark for mark in marks if page.count(mark) != 1]
    problems = tuple(problem(clip.path, "page-differs", f"{clip.path} does not hold {mark} once.") for mark in wrong)
    return Told(clip.path, problems, facts_of(clip), (), clip.url)


def facts_of(clip: Clip) -> Facts:
    """Return what other files repeat of an article."""
    when = clip.card.published
    return Facts(
        clip.path,
        clip.url,
        squeeze(clip.card.headline),
        tuple(map(squeeze, clip.authors)),
        when.iso if when else None,
        clip.modified,
        section=clip.section,
        language=clip.card.language,
        listed=clip.canonical and not clip.hidden,
        hidden=clip.hidden,
    )


def content_links(clip: Clip, html: str) -> tuple[str, ...]:
    """Return the links that come from content: those of the body, and the picture."""
    links = tuple(dict.fromkeys(unescape(link) for link in _LINK.findall(html))) if '="' in html else ()
    picture = clip.card.image
    return (*links, f"../{picture.src}") if picture is not None and picture.local else links


def listing(sheet: Sheet, root: str) -> Told:
    """Return what a listing links to: its cards and its neighbours."""
    cards = sheet.values.get("cards", ())
    links = [f"{root}{card.path}" for card in cards]
    links += [f"{root}{path}" for path in (sheet.page.previous_path, sheet.page.next_path) if path]
    return Told(sheet.page.path, (), None, tuple(links), sheet.page.canonical)


def plain(told: Told) -> tuple[Any, ...]:
    """Return ``told`` as plain data."""
    facts = told.facts
    stated = tuple(getattr(facts, name) for name in _FACTS) if facts is not None else None
    problems = tuple(tuple(getattr(one, name) for name in _PROBLEM) for one in told.problems)
    return told.path, problems, stated, told.links, told.canonical, told.noindex


def from_plain(values: tuple[Any, ...]) -> Told:
    """Return what `plain` made plain."""
    path, problems, stated, links, canonical, noindex = values
    facts = Facts(*stated) if stated is not None else None
    return Told(path, tuple(Problem(*one) for one in problems), facts, links, canonical, noindex)


_FACTS = tuple(Facts.__dataclass_fields__)
_PROBLEM = tuple(Problem.__dataclass_fields__)


def settle(root: Path, site_url: str, told: list[Told], paths: set[str]) -> list[Problem]:
    """Compare links, feeds, sitemaps and exports of a whole new edition with its articles.

    Of the exports, the table of articles is read back. Broken links are left to
    `broken`, which knows those that come from content.
    """
    tables = {path for path in paths if path.startswith("data/") and path not in EXPORTS}
    looked = audit.settle(root, site_url, told, paths - tables)
    return [one for one in looked if one.rule != "audit-link-broken"]


def settle_lists(
    file_of: Callable[[str], Path], site_url: str, clips: Iterable[Clip], written: Iterable[str], paths: set[str]
) -> list[Problem]:
    """Compare the feeds and sitemaps among ``written`` with all articles; data/ has a feed of changes, which names old ones."""
    files = [path for path in sorted(written) if path.endswith(".xml") and not path.startswith("data/")]
    if not files:
        return []
    articles = {facts.url: facts for facts in map(facts_of, clips)}
    found: list[Problem] = []
    seen: set[str] = set()
    for file in files:
        held = list(xml.entries(file_of(file)))
        if "sitemap" in file and not file.startswith("news-"):
            found += lists.check_sitemap(file, held, articles, paths, site_url, seen)
        else:
            found += lists.check_entries(file, held, articles, set())
    return found


def broken(links: Mapping[str, Iterable[str]], site_url: str, paths: set[str]) -> list[Problem]:
    """Return the links from content that lead nowhere in the paper: warnings, for they withhold nothing."""
    found = (one for page, some in links.items() for one in check(some, page, site_url, paths))
    return [replace(one, severity="warning") for one in found]
