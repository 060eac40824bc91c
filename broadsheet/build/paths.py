"""The paths of an edition: those of articles follow from their slugs, so that no one need hold them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, MutableSet
from typing import Final

from broadsheet import urls

_FOLDER, _PAGE, _DOCUMENT = urls.article_path("\0").partition("\0")[0], ".html", ".json"
_ENDS: Final = len(_PAGE)  # as long as that of a document


class Paths(MutableSet[str]):
    """A set of paths: the page and the document of every article, and others."""

    def __init__(self, slugs: Collection[str]) -> None:
        self.slugs = slugs
        self.others: set[str] = set()

    def slug(self, path: str) -> str | None:
        """Return the slug of the article whose page or document stands at ``path``, None where it is another file."""
        slug = path[len(_FOLDER) : -_ENDS]
        return slug if path.startswith(_FOLDER) and path.endswith((_PAGE, _DOCUMENT)) and slug in self.slugs else None

    def __contains__(self, path: object) -> bool:
        return path in self.others or (isinstance(path, str) and self.slug(path) is not None)

    def __iter__(self) -> Iterator[str]:
        for slug in self.slugs:
            yield urls.article_path(slug)
            yield urls.document_path(slug)
        yield from self.others

    def __len__(self) -> int:
        return 2 * len(self.slugs) + len(self.others)

    def add(self, value: str) -> None:
        """Take another path."""
        self.others.add(value)

    def discard(self, value: str) -> None:
        """Forget another path."""
        self.others.discard(value)
