"""Old addresses: which may have a page of their own, and the page that leads on to the present address.

Builds and deploys make the same page, so that either knows the other's from any page that a theme printed.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final

from broadsheet import urls

_LONGEST: Final = 300
_PART: Final = r"[A-Za-z0-9][A-Za-z0-9._~-]*(?<!\.)"
_ADDRESS: Final = re.compile(rf"{_PART}(?:/{_PART})*/?")
_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Moved</title>
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={link}">
<link rel="canonical" href="{address}">
</head>
<body>
<main>
<h1>Moved</h1>
<p>This article now stands at <a href="{link}">{address}</a>.</p>
</main>
</body>
</html>
"""
_LEADING: Final = _PAGE.partition("{link}")[0].encode()
_LINK: Final = re.compile(r'<a href="([^"]*)">([^<]*)</a>')


def address(alias: str) -> str | None:
    """Return an old address as a path below the site, without "/" at its head; None where it is no plain path."""
    path = alias.removeprefix("/")
    plain = len(path) <= _LONGEST and ".." not in path and _ADDRESS.fullmatch(path)
    return path if plain else None


def place(old: str) -> str | None:
    """Return the file, below the output, that a host shows at an old address.

    None where a page cannot be shown there, as at "story.php".
    """
    name = old.rpartition("/")[2]
    if not name:
        return f"{old}index.html"
    if "." not in name:
        return f"{old}/index.html"
    return old if name.endswith(".html") else None


def page(site_url: str, file: str, new: str) -> bytes:
    """Return the page in ``file`` that leads to ``new``; both are paths below the output."""
    link, shown = escape(urls.root_of(file) + new), escape(f"{site_url}/{new}")
    return _PAGE.format(link=link, address=shown).encode()


def target(raw: bytes, file: str) -> str | None:
    """Return where the page in ``file`` leads, a path below the output; None where `page` did not make it."""
    if not raw.startswith(_LEADING):
        return None
    found = _LINK.search(raw.decode("utf-8", "replace"))
    if found is None:
        return None
    new, shown = unescape(found[1]).removeprefix(urls.root_of(file)), unescape(found[2])
    same = shown.endswith(f"/{new}") and page(shown.removesuffix(f"/{new}"), file, new) == raw
    return new if same else None
