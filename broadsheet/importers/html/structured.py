"""Text that only the page's data holds: the article's body where none is shown, and its corrections."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from broadsheet.importers.html import linked, markdown, moments
from broadsheet.importers.html.candidates import Choice, absent
from broadsheet.importers.html.page import Page
from broadsheet.importers.html.words import key, squeeze
from broadsheet.model import Correction, Evidence

MIN_BODY = 400  # letters of an articleBody that is more than a teaser
MAX_BODY = 400_000
_PARAGRAPH = re.compile(r"\s*\n\s*|</p\s*>|<br\s*/?>\s*<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


def body(page: Page, shown: str) -> Choice[str]:
    """Return the stated articleBody as Markdown where the visible text is less than half of it."""
    for item in page.articles:
        text = linked.text(item.data.get("articleBody")) or ""
        if MIN_BODY <= len(text) <= MAX_BODY and len(key(shown)) * 2 < len(key(text)):
            paragraphs = [squeeze(html.unescape(_TAG.sub(" ", part))) for part in _PARAGRAPH.split(text)]
            written = "\n\n".join(markdown.line_start(markdown.escape(p)) for p in paragraphs if p)
            return Choice(
                written, Evidence("stated", text=text[:200], line=item.line, path=f"{item.syntax}/articleBody")
            )
    return absent("The page's data holds no fuller text.")


def corrections(page: Page) -> tuple[Correction, ...]:
    """Return the corrections that the page's data states."""
    found: dict[str, Correction] = {}
    for item in page.articles:
        for one in linked.as_list(item.data.get("correction")):
            made = _correction(linked.resolve(page.items, one))
            if made is not None:
                found.setdefault(made.text, made)
    return tuple(found.values())


def _correction(value: object) -> Correction | None:
    if isinstance(value, str) and value.strip() and "://" not in value:
        return Correction(squeeze(value)[:2000])
    if not isinstance(value, Mapping):
        return None
    text = linked.text(value.get("text")) or linked.text(value.get("description")) or linked.text(value.get("name"))
    date = linked.text(value.get("datePublished")) or linked.text(value.get("dateCreated"))
    return Correction(squeeze(text)[:2000], moments.read(date) if date else None) if text else None
