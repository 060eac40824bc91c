"""The pages at old addresses within a build: written when every other path of the edition is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet import audit, urls
from broadsheet.press import moved
from broadsheet.press.output import digest

if TYPE_CHECKING:
    from broadsheet.build.printing import Edition
    from broadsheet.model import Problem


def lead_on(edition: Edition, damaged: set[str]) -> list[Problem]:
    """Write the pages that are not as they were, or ``damaged``; return what is wrong with old addresses."""
    articles = ((piece.file, urls.article_path(piece.slug), piece.aliases) for piece in edition.pieces.values())
    pages, problems = moved.lead_on(articles, edition.paths, edition.site)
    writer, known = edition.next.writer(), edition.records.prints
    for path, page in pages.items():
        edition.fresh.prints[path] = made_of = digest(page)
        if known.get(path) != made_of or path in damaged:
            writer.write(path, page)
            edition.told.append(audit.audit_listing(page, path))
    edition.next.wrote(writer.take())
    edition.paths.others.update(pages)
    return problems
