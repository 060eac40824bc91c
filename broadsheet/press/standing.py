"""Standing pages: ``content/pages/*.md`` → pages/SLUG.html (about, corrections policy …)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet import content, urls
from broadsheet.model import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.config import Site
    from broadsheet.model import Article

FOLDER = "pages"


class Standing(Struct, frozen=True):
    """One page. ``html`` is sanitised."""

    path: str
    title: str
    description: str
    language: str
    html: str


def files(site: Site) -> list[Path]:
    """Return the files of standing pages, in order. Links out of content/ are left out."""
    folder = site.content / FOLDER
    if folder.is_symlink() or not folder.is_dir():
        return []
    return sorted(path for path in folder.glob("*.md") if path.is_file() and not path.is_symlink())


def read(site: Site) -> tuple[list[Standing], list[Problem]]:
    """Read every standing page; one with an error is left out."""
    pages: list[Standing] = []
    problems: list[Problem] = []
    taken: set[str] = set()
    for path in files(site):
        article, faults = content.read(path, site)
        problems += faults
        if article is None or article.status != "published" or any(fault.severity == "error" for fault in faults):
            continue
        page = _page(article, path, site)
        if isinstance(page, Problem):
            problems.append(page)
        elif page.path in taken:
            message = f"Two pages want the address {page.path}; give one of them another slug."
            problems.append(
                Problem(str(path.relative_to(site.root)), 1, "/slug", "press/page-address", "error", message)
            )
        else:
            taken.add(page.path)
            pages.append(page)
    return pages, problems


def _page(article: Article, path: Path, site: Site) -> Standing | Problem:
    try:
        body = content.render(article, site)
    except content.TooDeepError as error:
        return Problem(str(path.relative_to(site.root)), 1, "", "content/too-deep", "error", str(error))
    slug = urls.slugify(article.slug or path.stem)
    return Standing(
        urls.page_path(slug), article.headline, article.summary or "", article.language or site.language, body.html
    )
