"""Compare feeds, sitemaps and exports with the articles: what they say, and which they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from html import unescape
from typing import Any

from broadsheet.audit.differences import problem, quoted
from broadsheet.audit.facts import Facts, same_moment, squeeze
from broadsheet.audit.links import target
from broadsheet.audit.xml import Entry
from broadsheet.model import Problem

_ANGLES = str.maketrans("<>", "‹›")
_MOST = 20  # lacking articles that are told one by one


def check_entries(
    file: str, entries: Iterable[Entry], articles: Mapping[str, Facts], seen: set[str], *, exact: bool = False
) -> Iterator[Problem]:
    """Yield how the entries of one feed, news sitemap or export differ from the articles.

    ``articles`` are keyed by address; ``seen`` gathers the addresses met. ``exact``: dates
    must be written alike, as in exports; a feed must write a time where only a day is
    known, and the publication as the change where there was none.
    """
    for entry in entries:
        facts = articles.get(entry.url)
        if entry.url in seen:
            yield problem(file, "list-twice", f"{file} holds {quoted(entry.url)} twice.")
        elif facts is None:
            message = f"{file} holds {quoted(entry.url)} but no article page has that address."
            yield problem(file, "list-unknown", message)
        else:
            yield from _values(file, entry, facts, exact=exact)
        seen.add(entry.url)


def _values(file: str, entry: Entry, facts: Facts, *, exact: bool) -> Iterator[Problem]:
    changed = facts.modified if exact else facts.modified or facts.published
    compared: tuple[tuple[str, Any, Any, Callable[..., bool]], ...] = (
        ("headline", entry.headline, facts.headline, _same_text),
        ("authors", entry.authors, facts.authors, _same_names),
        ("date", entry.published, facts.published, _same),
        ("date of change", entry.modified, changed, _same),
    )
    for what, listed, said, alike in compared:
        if listed is not None and listed != said and not alike(listed, said, exact=exact):
            message = f"{file} gives {entry.url} the {what} {quoted(listed)} but {facts.path} says {quoted(said)}."
            yield problem(file, "list-differs", message)


def _same_names(listed: tuple[str, ...], said: tuple[str, ...], *, exact: bool) -> bool:
    if len(listed) != len(said):
        return False
    return all(_same_text(one, other, exact=exact) for one, other in zip(listed, said, strict=True))


def _same_text(listed: str, said: str, *, exact: bool) -> bool:
    """Compare headlines and names.

    Feed readers take many a text for HTML. So a feed may write it as HTML, or with ‹
    and › for the signs of markup.
    """
    if listed == said:
        return True
    readings = (listed, squeeze(unescape(listed)))
    return not exact and said.translate(_ANGLES) in {one.translate(_ANGLES) for one in readings}


def _same(listed: str, said: str | None, *, exact: bool) -> bool:
    return same_moment(listed or None, said, by_day=not exact)


def check_complete(file: str, seen: AbstractSet[str], articles: Iterable[Facts]) -> Iterator[Problem]:
    """Yield the articles that ``file`` should hold and does not."""
    lacking = [one for one in articles if one.url not in seen]
    for facts in lacking[:_MOST]:
        yield problem(file, "list-lacks", f"{file} lacks {facts.path}, {quoted(facts.headline)}.")
    if len(lacking) > _MOST:
        yield problem(file, "list-lacks", f"{file} lacks {len(lacking) - _MOST} further articles.")


def expected_in_feed(entries: Iterable[Entry], articles: Iterable[Facts]) -> list[Facts]:
    """Return the listed articles that are newer than the oldest entry of a feed of the newest."""
    days = [entry.published[:10] for entry in entries if entry.published]
    if not days:
        return []
    oldest = min(days)
    return [one for one in articles if one.listed and one.published and one.published[:10] > oldest]


def check_sitemap(
    file: str,
    entries: Iterable[Entry],
    articles: Mapping[str, Facts],
    files: AbstractSet[str],
    site_url: str,
    seen: set[str],
) -> Iterator[Problem]:
    """Yield the addresses of a sitemap that lead nowhere or whose lastmod is not the article's."""
    for entry in entries:
        if entry.url in seen:
            yield problem(file, "list-twice", f"{file} holds {quoted(entry.url)} twice.")
        seen.add(entry.url)
        place = target(entry.url, file, site_url) if entry.url.startswith(site_url) else None
        if place is None:
            message = f"{file} holds {quoted(entry.url)}, which is not an address of {site_url}."
            yield problem(file, "sitemap-elsewhere", message)
        elif place[0] not in files:
            yield problem(file, "sitemap-broken", f"{file} holds {quoted(entry.url)} but there is no {place[0]}.")
        elif entry.url in articles:
            yield from _values(file, entry, articles[entry.url], exact=False)
