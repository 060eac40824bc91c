"""Do the addresses in a page lead somewhere?"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from broadsheet.audit.differences import problem, quoted
from broadsheet.model import Problem

_ELSEWHERE = ("mailto:", "tel:", "data:")
_PLAIN = re.compile(r"[a-z0-9][a-z0-9.-]*(?:/[a-z0-9][a-z0-9.-]*)*")  # a path that is an address as it stands
_MOST_FINE = 4096  # those of the masthead come first
_HARMFUL = ("javascript:", "vbscript:", "file:", "blob:")


def target(link: str, page: str, site_url: str) -> tuple[str, str] | None:
    """Return the path below the output that ``link`` on ``page`` leads to, and its fragment.

    None where the link leads elsewhere. A path that leaves the output comes back
    with its leading "..", so that it is never taken for a file. Raise ValueError for
    what is no address.
    """
    if link.startswith("#") or not link:
        return page, unquote(link[1:])
    if link.startswith("?"):
        return page, ""
    plain = link[len(site_url) + 1 :] if link.startswith(f"{site_url}/") else ""
    if _PLAIN.fullmatch(plain):
        return plain, ""
    return _target(link, page.rpartition("/")[0], site_url)


@lru_cache(maxsize=100_000)  # the pages of one folder mostly lead to the same places
def _target(link: str, folder: str, site_url: str) -> tuple[str, str] | None:
    if link.lower().startswith(_ELSEWHERE):
        return None
    if link == site_url or link.startswith((site_url + "/", site_url + "#", site_url + "?")):
        link = link[len(site_url) :] or "/"
        base = ""
    elif link.startswith("//") or urlsplit(link).scheme:
        return None
    else:
        base = urlsplit(site_url).path.rstrip("/")
    parts = urlsplit(link)
    path = unquote(parts.path) or "/"
    if path.startswith("/"):
        if not (path + "/").startswith(base + "/"):
            return "../" + path.lstrip("/"), parts.fragment
        path = path[len(base) :].lstrip("/")
    else:
        path = posixpath.join(folder, path)
    whole = posixpath.normpath(path) if path else "."
    if whole == "." or path.endswith("/"):
        whole = posixpath.join("" if whole == "." else whole, "index.html")
    return whole, unquote(parts.fragment)


def check(
    links: Iterable[str],
    page: str,
    site_url: str,
    files: AbstractSet[str],
    fragments: dict[str, dict[str, str]] | None = None,
    targets: set[str] | None = None,
    fine: set[str] | None = None,
) -> list[Problem]:
    """Return the links of one page that lead nowhere.

    ``fragments`` gathers the "#…" to look for later, since their page may not have
    been read yet: target path → fragment → page that links there. ``targets`` gathers
    the other pages that are linked. ``fine`` remembers, for the pages of one folder, links of which nothing more is to be said.
    """
    found: list[Problem] = []
    for link in links:
        if fine is not None and link in fine:
            continue
        try:
            harmful = link.lower().startswith(_HARMFUL)
            place = None if harmful else target(link, page, site_url)
        except ValueError:
            message = f"{page} links to {quoted(link)}, which is not an address."
            found.append(problem(page, "link-unreadable", message))
            continue
        if harmful:
            found.append(problem(page, "link-harmful", f"{page} links to {quoted(link)}, which a browser would run."))
        elif place is not None:
            path, fragment = place
            if targets is not None and path != page:
                targets.add(path)
            if path not in files:
                message = f"{page} links to {quoted(link)} but there is no {path} in the output."
                found.append(problem(page, "link-broken", message))
            elif fragment and fragments is not None and path.endswith(".html"):
                fragments.setdefault(path, {}).setdefault(fragment, page)
            elif fine is not None and path != page and len(fine) < _MOST_FINE:
                fine.add(link)
    return found


def check_forward(page: str, leads: str, files: AbstractSet[str]) -> list[Problem]:
    """Return what is wrong where the page at an old address ``leads`` to no file of the output."""
    if leads in files:
        return []
    return [problem(page, "forward-broken", f"{page} leads on to {leads}, which is not in the output.")]


def check_fragments(fragments: Mapping[str, Mapping[str, str]], ids: Mapping[str, AbstractSet[str]]) -> list[Problem]:
    """Return the "#…" of links that no element of their page bears. ``#top`` always leads somewhere."""
    return [
        problem(
            page,
            "fragment-missing",
            f"{page} links to {path}#{fragment} but no element there has the id {quoted(fragment)}.",
        )
        for path, wanted in sorted(fragments.items())
        for fragment, page in sorted(wanted.items())
        if fragment != "top" and fragment not in ids[path]
    ]
