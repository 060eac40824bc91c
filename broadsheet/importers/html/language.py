"""The language: of the text itself; the page's own word only where the text is too short to tell."""

from __future__ import annotations

import re

from broadsheet.importers import languages
from broadsheet.importers.html.candidates import Candidate, Choice, absent, taken
from broadsheet.importers.html.page import Page
from broadsheet.model import Evidence

_TAG = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}", re.IGNORECASE)
MIN_LETTERS = 40
MIN_SHARE = 0.5  # of the text in one language


def choose(page: Page, text: str, stated: str | None = None) -> Choice[str]:
    """Return the BCP 47 tag of the article's language; ``stated`` is the caller's word, which wins."""
    if stated:
        return Choice(stated, Evidence("configured", note="The language was given with the command."))
    claims = _claims(page)
    found, share = languages.detect(text) if len(text) >= MIN_LETTERS else (None, 0.0)
    if found and share > MIN_SHARE:
        agreeing = next((c for c in claims if languages.base(c.value) == languages.base(found)), None)
        return taken(agreeing or Candidate(found, "body", text[:80], rule="language-of-text"), claims)
    if claims:
        return taken(claims[0], claims)
    return absent("The page states no language and its text is too short to tell.")


def _claims(page: Page) -> list[Candidate[str]]:
    html = page.root.get("lang") or page.root.get("xml:lang") or ""
    metas = [m for n in ("og:locale", "content-language", "language", "dc.language") for m in page.meta.get(n, ())]
    claims = [(html, "html/lang", page.root.sourceline), *((m.content, f"meta/{m.name}", m.line) for m in metas)]
    return [
        Candidate(tag.replace("_", "-"), path, tag, line, rule="language-tag" if "_" in tag else None)
        for tag, path, line in claims
        if _TAG.fullmatch(tag)
    ]
