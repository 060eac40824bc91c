"""The language: of the text itself; the page's own word only where the text is too short to tell."""

from __future__ import annotations

import re

from broadsheet.importers.html.candidates import Candidate, Choice, absent, taken
from broadsheet.importers.html.page import Page

_TAG = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}", re.IGNORECASE)
MIN_LETTERS = 40


def choose(page: Page, text: str, stated: str | None = None) -> Choice[str]:
    """Return the BCP 47 tag of the article's language; ``stated`` is the caller's word."""
    claims = _claims(page)
    if len(text) >= MIN_LETTERS and (found := detect(text)):
        agreeing = next((c for c in claims if c.value.split("-")[0] == found), None)
        return taken(agreeing or Candidate(found, "body", text[:80], rule="language-of-text"), claims)
    return taken(claims[0], claims) if claims else absent("The page states no language and its text is too short to tell.")


def _claims(page: Page) -> list[Candidate[str]]:
    html = page.root.get("lang") or page.root.get("xml:lang") or ""
    metas = [m for n in ("og:locale", "content-language", "language", "dc.language") for m in page.meta.get(n, ())]
    claims = [(html, "html/lang", page.root.sourceline), *((m.content, f"meta/{m.name}", m.line) for m in metas)]
    return [Candidate(tag.replace("_", "-"), path, tag, line) for tag, path, line in claims if _TAG.fullmatch(tag)]


def detect(text: str) -> str | None:
    """Return the language of a text, None when it cannot be told."""
    import pycld2

    try:
        reliable, _, details = pycld2.detect(text[:20_000].encode("utf-8", "ignore"))
    except pycld2.error:
        return None
    code = str(details[0][1])
    return code.split("-")[0] if reliable and code != "un" else None
