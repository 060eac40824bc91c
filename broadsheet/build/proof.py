"""The audit within a build: what was written is read back, and what stands between pages is compared.

Pages of the fast lane differ from a page that was read thoroughly by their values
alone, so most are only glanced at; `broadsheet audit` reads every page as a crawler would.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
from markupsafe import escape

from broadsheet import audit
from broadsheet.audit import Told
from broadsheet.audit.differences import problem
from broadsheet.audit.facts import Facts
from broadsheet.model import Article, Problem, Published
from broadsheet.press.clips import Clip
from broadsheet.press.sheets import Sheet

_LINK = re.compile(r' (?:href|src)="([^"]*)"')
_SCRIPT = '<script type="application/ld+json">{"@context":'


def read_back(clip: Clip, data: bytes, html: str, document: bytes) -> Told:
    """Read an article's page as it was written, and compare it with its document."""
    meant = Published(Article(clip.card.headline, file=clip.file), clip.slug, clip.path, clip.url, html, "", orjson.loads(document))
    return audit.audit_page(data, meant)


def glance(clip: Clip, page: str, html: str) -> Told:
    """Look whether a page of the fast lane shows its headline, its address and its document once each."""
    marks = (f"<h1>{escape(clip.card.headline)}</h1>", f'<link rel="canonical" href="{escape(clip.url)}">', _SCRIPT)
    wrong = [mark for mark in marks if page.count(mark) != 1]
    problems = tuple(problem(clip.path, "page-differs", f"{clip.path} does not hold {mark} once.") for mark in wrong)
    when = clip.card.published
    facts = Facts(
        clip.path,
        clip.url,
        clip.card.headline,
        clip.authors,
        when.iso if when else None,
        section=clip.section,
        language=clip.card.language,
    )
    links = tuple(_LINK.findall(html)) if "=\"" in html else ()
    picture = clip.card.image
    shown = (*links, f"../{picture.src}") if picture is not None and picture.local else links
    return Told(clip.path, problems, facts, shown, clip.url)


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


def settle(root: Path, site_url: str, told: list[Told], files: set[str]) -> list[Problem]:
    """Compare links, feeds, sitemaps and exports with the articles.

    A link that leads nowhere is a warning: it comes from content, and withholds nothing.
    """
    found = [problem for one in told for problem in one.problems]
    found += audit.settle(root, site_url, told, files)
    return [replace(one, severity="warning") if one.rule == "audit-link-broken" else one for one in found]
