"""Pages at the addresses that articles had before, which lead on to the present ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from broadsheet import forward
from broadsheet.model import Problem

if TYPE_CHECKING:
    from broadsheet.config import Site

RULE = "content/alias"
SEE = "broadsheet front matter, 2026-11-22"


class Old(Struct, frozen=True, order=True):
    """An old address, as the front matter of the article at ``path`` names it."""

    file: str
    number: int  # its place in the list, from 0
    line: int
    alias: str
    path: str


#: Content file and path of an article, and the old addresses that it names, each with its line.
Named = tuple[str, str, Iterable[tuple[str, int]]]


def lead_on(articles: Iterable[Named], taken: Iterable[str], site: Site) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the pages at old addresses, by path, and what is wrong with such addresses.

    ``taken`` are all other files of the output: none of them gives way. Where no article names any, no one asks for them.
    """
    wanted = sorted(
        Old(file, number, line, alias, path)
        for file, path, aliases in articles
        for number, (alias, line) in enumerate(aliases)
    )
    if not wanted:
        return {}, []
    ground, pages, problems = _Ground.of(taken), dict[str, bytes](), []
    for old in wanted:
        file = _file(old.alias)
        why = _unfit(old.alias) if file is None else ground.refuse(file, old)
        if why:
            problems.append(_problem(old, why))
        elif file is not None:
            ground.take(file, old)
            pages[file] = forward.page(site.url, file, old.path)
    return pages, problems


class _Ground(Struct):
    """Who stands where; small and capital letters are the same, as on many a disk."""

    files: set[str]
    folders: set[str]
    given: dict[str, Old] = field(default_factory=dict)

    @classmethod
    def of(cls, taken: Iterable[str]) -> _Ground:
        """Return the ground of an output without old addresses."""
        files = {path.casefold() for path in taken}
        return cls(files, {folder for path in files for folder in _above(path)})

    def refuse(self, file: str, old: Old) -> str:
        """Return why there can be no page in ``file``, "" where there can."""
        path = file.casefold()
        first = self.given.get(path)
        if first is not None and first.path != old.path:
            return f"{first.file} names it too, and leads on from there; remove one of them"
        if first is None and path in self.files:
            return "a page of the paper stands there; remove it"
        if path in self.folders or not self.files.isdisjoint(_above(path)):
            return "it wants a folder where a file stands, or a file where a folder does; remove it"
        return ""

    def take(self, file: str, old: Old) -> None:
        """Give ``file`` to an old address."""
        path = file.casefold()
        self.given[path] = self.given.get(path, old)
        self.files.add(path)
        self.folders.update(_above(path))


def _file(alias: str) -> str | None:
    old = forward.address(alias)
    return forward.place(old) if old is not None else None


def _unfit(alias: str) -> str:
    if forward.address(alias) is None:
        return "that is no plain path below the paper's address; write one such as 2019/05/ferry.html, or remove it"
    return "no page can stand there; only a host that redirects by rules leads on from it (docs/deploy.md)"


def _above(path: str) -> list[str]:
    """Return the folders above a path."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def _problem(old: Old, why: str) -> Problem:
    message = f"aliases names {old.alias[:120]!r}, but {why}."
    return Problem(old.file, old.line, f"/aliases/{old.number}", RULE, "warning", message, SEE)
