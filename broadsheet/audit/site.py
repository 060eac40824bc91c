"""The audit of a whole output folder: pages, their documents, links, feeds, sitemaps, exports."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from broadsheet.audit import links, lists, tables, walk, xml
from broadsheet.audit.differences import problem, quoted
from broadsheet.audit.facts import Facts
from broadsheet.audit.glance import audit_listing
from broadsheet.audit.meant import as_meant
from broadsheet.audit.seen import ids
from broadsheet.audit.walk import NoOutput, Progress, Told
from broadsheet.model import Problem, Published


class _Site(Struct):
    """What the pages told so far. ``place`` tells where a file of the site is now."""

    place: Callable[[str], Path]
    url: str
    files: AbstractSet[str]
    articles: dict[str, Facts] = field(default_factory=dict)  # by address
    problems: list[Problem] = field(default_factory=list)
    fragments: dict[str, dict[str, str]] = field(default_factory=dict)
    targets: set[str] = field(default_factory=set)  # paths that some page links to
    fine: dict[str, set[str]] = field(default_factory=dict)  # folder → links of its pages that were found to be fine
    lists: AbstractSet[str] | None = None  # feeds and sitemaps, where they are known among the files


def audit(
    output: Path,
    site_url: str | None = None,
    *,
    meant: Iterable[Published] | None = None,
    jobs: int = 0,
    progress: Progress | None = None,
) -> list[Problem]:
    """Read the built site back and return every difference, sorted by file.

    ``site_url`` is the paper's address; without it the front page's canonical address
    tells. ``meant`` are the records that were to be published. ``jobs`` processes read
    (0: one a processor). Raise `NoOutput` where there is no site. Files of the problems
    are relative to ``output``.
    """
    site = _open(output, site_url)
    pages = [file for file in sorted(site.files) if file.endswith(".html")]
    told = walk.tell_all(output, pages, jobs or len(os.sched_getaffinity(0)), progress)
    return [*_settle(site, told), *(sorted(as_meant(output, site.files, meant)) if meant is not None else ())]


def settle(output: Path, site_url: str, told: Iterable[Told], files: Iterable[str] | None = None) -> list[Problem]:
    """Audit what stands between pages that have been read: links, feeds, sitemaps, exports.

    ``told`` are all article pages (`audit_page`); the other pages are read here.
    ``files`` are the paths below ``output``, where the caller knows them.
    """
    site = _Site(output.joinpath, site_url.rstrip("/"), frozenset(walk.all_files(output) if files is None else files))
    known = list(told)
    rest = site.files - frozenset(one.path for one in known)
    pages = (audit_listing((output / file).read_bytes(), file) for file in sorted(rest) if file.endswith(".html"))
    return _settle(site, [*known, *pages])


def settle_edition(
    place: Callable[[str], Path],
    site_url: str,
    told: Iterable[Told],
    files: AbstractSet[str],
    listed: Iterable[str] = (),
    targets: Iterable[str] = (),
) -> list[Problem]:
    """Audit what stands between the pages of a new edition.

    ``listed`` are articles' pages of which each must be linked; ``targets`` are pages
    to which others surely lead. Feeds and sitemaps are left to `settle_lists`, exports
    to `settle_table`.
    """
    site = _Site(place, site_url.rstrip("/"), files, targets=set(targets))
    for one in told:
        _hear(site, replace(one, facts=None))
    return [*site.problems, *_fragments(site), *(_unlinked(path) for path in listed if path not in site.targets)]


def settle_lists(
    place: Callable[[str], Path],
    site_url: str,
    articles: Mapping[str, Facts],
    files: AbstractSet[str],
    names: AbstractSet[str],
    written: AbstractSet[str] | None = None,
) -> list[Problem]:
    """Compare feeds and sitemaps with the articles, which are keyed by address.

    ``names`` are all lists of the edition, ``written`` those that are new where the others stand as they were audited
    before; None where all are new.
    """
    site = _Site(place, site_url.rstrip("/"), files, dict(articles), lists=names)
    return [*_feeds(site, written), *_sitemaps(site, written)]


def settle_table(file: str, path: Path, articles: Mapping[str, Facts]) -> list[Problem]:
    """Compare one export with the articles, which are keyed by address."""
    return list(_export(file, path, articles))


def _settle(site: _Site, told: Iterable[Told]) -> list[Problem]:
    for one in told:
        _hear(site, one)
    site.problems += [*_fragments(site), *_no_links(site), *_feeds(site), *_sitemaps(site), *_exports(site)]
    return sorted(set(site.problems))


def _fragments(site: _Site) -> list[Problem]:
    held = {path: ids(site.place(path).read_bytes()) for path in site.fragments}
    return links.check_fragments(site.fragments, held)


def _open(output: Path, site_url: str | None) -> _Site:
    if output.is_file():
        raise NoOutput(
            output, "This is a file; name the folder of a built site. `broadsheet check` reads single pages."
        )
    if not output.is_dir():
        raise NoOutput(output, "There is no such folder; `broadsheet build` makes the site.")
    files = walk.all_files(output)
    if "index.html" not in files:
        raise NoOutput(output, "This folder holds no index.html, so it is not a built site.")
    url = site_url or _canonical_of_front(output)
    return _Site(output.joinpath, url.rstrip("/"), frozenset(files))


def _canonical_of_front(output: Path) -> str:
    told = walk.tell(output, "index.html")
    if not told.canonical:
        raise NoOutput(output, "The front page names no canonical address; name the paper's address with --url.")
    return told.canonical.removesuffix("index.html")


def _hear(site: _Site, told: Told) -> None:
    site.problems += told.problems
    if told.leads is not None:
        site.problems += links.check_forward(told.path, told.leads, site.files)
        return
    fine = site.fine.setdefault(told.path.rpartition("/")[0], set())
    site.problems += links.check(told.links, told.path, site.url, site.files, site.fragments, site.targets, fine)
    site.problems += _canonical(site, told)
    if told.facts is not None:
        facts = replace(told.facts, listed=not told.noindex and _own(site, told), hidden=told.noindex)
        if facts.url in site.articles:
            other = site.articles[facts.url].path
            message = f"{told.path} and {other} both say in their JSON-LD that they are {quoted(facts.url)}."
            site.problems.append(problem(told.path, "address-twice", message, "/url"))
        site.articles[facts.url] = facts


def _address(site: _Site, path: str) -> set[str]:
    """Return the addresses that a page may call its own."""
    whole = f"{site.url}/{path}"
    return {whole, whole.removesuffix("index.html")} if path.endswith("index.html") else {whole}


def _own(site: _Site, told: Told) -> bool:
    return told.canonical in _address(site, told.path)


def _canonical(site: _Site, told: Told) -> Iterator[Problem]:
    if told.canonical is None:
        if not told.noindex:
            yield problem(told.path, "canonical-missing", f"{told.path} names no canonical address.")
    elif not _own(site, told) and not _leads(site, told.canonical):
        message = (
            f"{told.path} names the canonical address {quoted(told.canonical)} but its own is {site.url}/{told.path}."
        )
        yield problem(told.path, "canonical-wrong", message)
    if told.facts is not None and told.facts.url not in _address(site, told.path):
        message = f"{told.path} stands at {site.url}/{told.path} but its JSON-LD says {quoted(told.facts.url)}."
        yield problem(told.path, "address", message, "/url")


def _leads(site: _Site, canonical: str) -> bool:
    """Tell whether a duplicate's canonical address leads to another article, here or elsewhere."""
    if not canonical.startswith(("http://", "https://")):
        return False
    if not canonical.startswith(site.url + "/"):
        return True
    place = links.target(canonical, "index.html", site.url)
    return place is not None and walk.is_article(place[0]) and place[0] in site.files


def _no_links(site: _Site) -> Iterator[Problem]:
    return (_unlinked(facts.path) for facts in _listed(site) if facts.path not in site.targets)


def _unlinked(path: str) -> Problem:
    return problem(path, "unlinked", f"{path} is linked from no page, so no reader finds it.")


def _listed(site: _Site) -> list[Facts]:
    return [facts for facts in site.articles.values() if facts.listed]


def _feeds(site: _Site, written: AbstractSet[str] | None = None) -> Iterator[Problem]:
    for file in sorted(_names(site) if written is None else written):
        if file.endswith((".atom.xml", ".rss.xml")) and not file.startswith("data/"):  # those tell changes
            held, faults = _held(site, file)
            if faults:
                yield from faults
                continue
            seen: set[str] = set()
            yield from lists.check_entries(file, held, site.articles, seen)
            if file in {"feed.atom.xml", "feed.rss.xml"}:
                yield from lists.check_complete(file, seen, lists.expected_in_feed(held, _listed(site)))


def _names(site: _Site) -> AbstractSet[str]:
    return site.files if site.lists is None else site.lists


def _is_sitemap(file: str) -> bool:
    return "/" not in file and file.endswith(".xml") and "sitemap" in file


def _sitemaps(site: _Site, written: AbstractSet[str] | None = None) -> Iterator[Problem]:
    names = list(filter(_is_sitemap, _names(site) if written is None else written))
    if written is not None and any(not file.startswith("news-") for file in names):
        names = list(filter(_is_sitemap, _names(site)))  # they are complete together
    elif written is not None:
        yield from (one for file in sorted(names) for one in _news(site, file))
        return
    seen: set[str] = set()
    for file in sorted(names):
        if file.startswith("news-"):
            yield from _news(site, file)
            continue
        held, faults = _held(site, file)
        yield from faults or lists.check_sitemap(file, held, site.articles, site.files, site.url, seen)
    if "sitemap.xml" in names:
        yield from lists.check_complete("sitemap.xml", seen, _listed(site))
    else:
        yield problem("sitemap.xml", "file-missing", "There is no sitemap.xml in the output.")


def _news(site: _Site, file: str) -> Iterable[Problem]:
    held, faults = _held(site, file)
    return faults or lists.check_entries(file, held, site.articles, set())


def _held(site: _Site, file: str) -> tuple[list[xml.Entry], list[Problem]]:
    """Return the entries of a feed or sitemap, or why they cannot be read."""
    try:
        return list(xml.entries(site.place(file))), []
    except xml.UnreadableXml as error:
        return [], [problem(file, "xml-unreadable", f"{file} is not XML: {error}.")]


def _exports(site: _Site) -> Iterator[Problem]:
    for file in sorted(one for one in site.files if one.startswith("data/")):
        if tables.readable(file):
            yield from _export(file, site.place(file), site.articles)


def _export(file: str, path: Path, articles: Mapping[str, Facts]) -> Iterator[Problem]:
    seen: set[str] = set()
    try:
        yield from lists.check_entries(file, tables.rows(path), articles, seen, exact=True)
    except tables.UnreadableTable as error:
        yield problem(file, "export-unreadable", f"{file} cannot be read: {error}.")
        return
    yield from lists.check_complete(file, seen, (one for one in articles.values() if not one.hidden))
