"""Old addresses keep leading somewhere: what earlier deploys published and this build moved or dropped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from broadsheet import forward
from broadsheet.config import Site
from broadsheet.deploy.aliases import addresses
from broadsheet.deploy.hosting import safe_redirects

#: Old path → new path, both below the site; None: gone.
Redirects = dict[str, str | None]

_FILE: Final = "redirects.json"
_EXPORT: Final = "articles.jsonl"
_MOST: Final = 10_000


def known(site: Site, output: Path, aliases: Mapping[str, str] | None = None) -> Redirects:
    """Return every redirect: those remembered, those of this build, and ``aliases`` (old path → new).

    A path at which something else stands again is no redirect, but one at which the build
    wrote a page that leads on is; a chain leads to its end.
    """
    found: Redirects = {**_remembered(site), **_moved(site, output), **(aliases or {})}
    found = {old: new for old, new in found.items() if not _taken(output, old)}
    whole = {old: _end(old, found) for old in found}
    ends = {old: new for old, new in whole.items() if new is None or (output / new).is_file()}
    plain = safe_redirects(ends)
    return {old.lstrip("/"): new and new.lstrip("/") for old, new in list(plain.items())[:_MOST]}


def remember(site: Site, redirects: Redirects) -> None:
    """Keep the redirects for later deploys."""
    site.state.mkdir(exist_ok=True)
    (site.state / _FILE).write_text(json.dumps(redirects, indent=1, sort_keys=True), encoding="utf-8")


def stubs(site: Site, redirects: Redirects) -> dict[str, bytes]:
    """Return the page that leads on from each old address, for hosts that cannot redirect."""
    leading = ((file, new) for old, new in redirects.items() if new is not None and (file := _place(old)))
    return {file: forward.page(site.url, file, new) for file, new in leading}


def built(output: Path, redirects: Redirects) -> frozenset[str]:
    """Return the pages of the build that stand at old addresses, for hosts that redirect and should not see them."""
    files = {file for old, new in redirects.items() if new is not None and (file := _place(old))}
    return frozenset(file for file in files if _leads(output, file))


def _place(old: str) -> str | None:
    address = forward.address(old)
    return forward.place(address) if address is not None else None


def _leads(output: Path, file: str) -> bool:
    try:
        return forward.target((output / file).read_bytes(), file) is not None
    except OSError:
        return False


def _taken(output: Path, old: str) -> bool:
    """Tell whether something stands at an old address that does not lead on, or in the way of a page there."""
    file = _place(old) or old
    if any((output / folder).is_file() for folder in PurePosixPath(file).parents) or (output / file).is_dir():
        return True
    return (output / file).is_file() and not _leads(output, file)


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
