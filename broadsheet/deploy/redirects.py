"""Old addresses keep leading somewhere: what earlier deploys published and this build moved or dropped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Final

from broadsheet import urls
from broadsheet.config import Site
from broadsheet.deploy.aliases import addresses
from broadsheet.deploy.hosting import safe_redirects

#: Old path → new path, both below the site; None: gone.
Redirects = dict[str, str | None]

_FILE: Final = "redirects.json"
_EXPORT: Final = "articles.jsonl"
_MOST: Final = 10_000
_STUB = """<!DOCTYPE html>
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


def known(site: Site, output: Path, aliases: Mapping[str, str] | None = None) -> Redirects:
    """Return every redirect: those remembered, those of this build, and ``aliases`` (old path → new).

    A path at which something stands again is no redirect; a chain leads to its end.
    """
    found: Redirects = {**_remembered(site), **_moved(site, output), **(aliases or {})}
    found = {old: new for old, new in found.items() if not (output / old).is_file()}
    whole = {old: _end(old, found) for old in found}
    ends = {old: new for old, new in whole.items() if new is None or (output / new).is_file()}
    plain = safe_redirects(ends)
    return {old.lstrip("/"): new and new.lstrip("/") for old, new in list(plain.items())[:_MOST]}


def remember(site: Site, redirects: Redirects) -> None:
    """Keep the redirects for later deploys."""
    site.state.mkdir(exist_ok=True)
    (site.state / _FILE).write_text(json.dumps(redirects, indent=1, sort_keys=True), encoding="utf-8")


def stubs(site: Site, redirects: Redirects) -> dict[str, bytes]:
    """Return a small page for each article that moved, for hosts that cannot redirect."""
    return {
        old: _stub(site, old, new)
        for old, new in redirects.items()
        if new is not None and old.endswith(".html") and ".." not in old
    }


def _stub(site: Site, old: str, new: str) -> bytes:
    link, address = escape(urls.root_of(old) + new), escape(f"{site.url}/{new}")
    return _STUB.format(link=link, address=address).encode()


def _remembered(site: Site) -> Redirects:
    try:
        found = json.loads((site.state / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(old): new for old, new in found.items() if new is None or isinstance(new, str)}


def _moved(site: Site, output: Path) -> Redirects:
    """Return what the exports of the last deploy and of this build tell: same content file, another address."""
    last, built = site.state / "published" / _EXPORT, output / "data" / _EXPORT
    if not last.is_file() or not built.is_file() or last.read_bytes() == built.read_bytes():
        return {}
    before, now = addresses(last, site.url), addresses(built, site.url)
    if not before or not now:
        return {}
    return {path: now.get(file) for file, path in before.items() if now.get(file) != path}


def _end(old: str, found: Mapping[str, str | None]) -> str | None:
    """Follow a chain of redirects to its end; a circle is gone."""
    seen, at = {old}, found[old]
    while at is not None and at in found:
        if at in seen:
            return None
        seen.add(at)
        at = found[at]
    return at
