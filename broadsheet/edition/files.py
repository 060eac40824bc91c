"""The content files of a site, found without following links."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from broadsheet.config import Site
from broadsheet.model import Problem

#: Folders of content/ that hold no articles.
NOT_ARTICLES = frozenset({"pages", "images", "sources", "extra"})
MARKDOWN = frozenset({".md", ".markdown"})
SCRAPES = frozenset({".txt", ".html", ".htm"})
#: What others write articles in and broadsheet does not read.
FOREIGN = frozenset(
    {".rst", ".rest", ".adoc", ".asciidoc", ".org", ".textile", ".mdx", ".docx", ".doc", ".odt", ".rtf"}
)
_ARTICLES = MARKDOWN | SCRAPES


def files(site: Site) -> tuple[list[Path], list[Problem]]:
    """Return the content files in the order of their names, and a problem for each link out and each foreign article."""
    found, problems = names(site)
    return [site.root / name for name in found], problems


def names(site: Site) -> tuple[list[str], list[Problem]]:
    """Return what `files` does, each file as its path below the site's root with "/"."""
    found: list[str] = []
    problems: list[Problem] = []
    folder, name = str(site.content), site.content.name
    for entry in _walk(folder):
        _, dot, end = entry.name.rpartition(".")
        suffix = f"{dot}{end}".lower() if dot else ""
        if entry.is_symlink():
            problems.append(_symlink(entry, site))
        elif suffix in _ARTICLES:
            found.append(name + entry.path[len(folder) :])
        elif suffix in FOREIGN:
            problems.append(_foreign(entry, site, suffix))
    if os.sep != "/":
        found = [name.replace(os.sep, "/") for name in found]
    return sorted(found, key=_by_parts), problems


def _by_parts(name: str) -> str:
    """Return what sorts names part by part: no sign comes before the one between these parts."""
    return name.replace("/", "\0")


def _walk(folder: str, depth: int = 0) -> Iterator[os.DirEntry[str]]:
    if not os.path.isdir(folder):  # noqa: PTH112  texts are quicker than paths
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth or entry.name not in NOT_ARTICLES:
                    yield from _walk(entry.path, depth + 1)
            else:
                yield entry


def _symlink(entry: os.DirEntry[str], site: Site) -> Problem:
    file = Path(entry.path).relative_to(site.root).as_posix()
    message = "This is a symbolic link, which content may not be; put the file itself here."
    return Problem(file, 0, "", "content/symlink", "error", message, "broadsheet front matter, 2026-11-22")


def _foreign(entry: os.DirEntry[str], site: Site, suffix: str) -> Problem:
    file = Path(entry.path).relative_to(site.root).as_posix()
    message = (
        f"Articles in {suffix} are not read, so this one is not published; turn it into Markdown, with pandoc for one."
    )
    return Problem(file, 0, "", "content/foreign", "warning", message, "broadsheet front matter, 2026-11-22")
