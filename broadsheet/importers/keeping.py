"""Imported articles → content files, and the originals kept once. Never overwrites, never leaves half a file."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from broadsheet import importers
from broadsheet.config import Site
from broadsheet.importers import Options, sources
from broadsheet.model import Article, Problem, Source
from broadsheet.urls import slugify

KEEP_BYTES = 64 * 1024 * 1024  # of an original that is copied into the site
HEADER_BYTES = 256 * 1024  # of a content file, enough for its front matter
_SOURCE = re.compile(rb"^source:.*\n(?:[ \t]+.*\n)*", re.MULTILINE)
_SHA256 = re.compile(rb"sha256:\s*['\"]?([0-9a-f]{64})")
_URL = re.compile(rb"url:\s*['\"]?([^\s'\",}]+)")

#: SHA-256 and address of a source: what stays the same while people edit the article.
Key = tuple[str, str]

Outcome = Literal["imported", "known", "noted", "failed"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one article of one source."""

    source: str
    outcome: Outcome
    file: str | None = None  # the content file, relative to the site folder
    article: Article | None = None
    problems: tuple[Problem, ...] = ()


class Keeper:
    """Writes into one site. Knows by their hashes which sources the site holds."""

    def __init__(self, site: Site, *, dry_run: bool = False) -> None:
        self.site = site
        self.dry_run = dry_run
        self._original_of: tuple[Path, str, int] | None = None  # the last source: path, hash, bytes
        self._known = _known(site.content)
        self._taken = {path.stem.casefold() for path in site.content.rglob("*.md")} if site.content.is_dir() else set()

    def keep(self, path: Path, options: Options) -> Iterator[Kept]:
        """Import one source; yield every article and every problem of it."""
        found = False
        seen: Counter[Key] = Counter()  # how many articles of one key this source has given so far
        for one in importers.read(path, options):
            if isinstance(one, Problem):
                found = found or one.severity == "error"
                yield Kept(str(path), "failed" if one.severity == "error" else "noted", problems=(one,))
                continue
            found = True
            source = one.source or Source()
            key = (source.sha256 or "", source.url or "")
            held = self._known.setdefault(key, [])
            if seen[key] < len(held):
                yield Kept(str(path), "known", held[seen[key]], one)
            else:
                kept = self._write(path, one, source)
                held.append(str(kept.file))
                yield kept
            seen[key] += 1
        if not found:
            nothing = sources.problem(path, "source-no-article", "No article was found in this file.")
            yield Kept(str(path), "failed", problems=(nothing,))

    def _write(self, path: Path, article: Article, source: Source) -> Kept:
        """Write the content file of a new article, and its original where it is not kept yet."""
        kept = replace(article, source=self._original(path, source))
        file = self._named(article.headline)
        if not self.dry_run:
            from broadsheet.content import dump

            text = dump(kept).encode("utf-8", "replace")
            while not _written(file, text):  # another import has taken the name meanwhile
                file = self._named(article.headline)
        return Kept(str(path), "imported", file.relative_to(self.site.root).as_posix(), kept)

    def _named(self, headline: str) -> Path:
        return self.site.content / f"{self._free(slugify(headline))}.md"

    def _free(self, slug: str) -> str:
        """Return a file name's stem that no content file bears, on no file system."""
        name, number = slug, 2
        while name.casefold() in self._taken:
            name, number = f"{slug[:74].rstrip('-')}-{number}", number + 1
        self._taken.add(name.casefold())
        return name

    def _original(self, path: Path, source: Source) -> Source:
        """Keep the source's bytes under their hash; return the source with the name it is kept by.

        An archive larger than `KEEP_BYTES` stays where it is: its name and hash say which it was.
        """
        if self._original_of is None or self._original_of[0] != path:
            self._original_of = (path, sources.sha256(path), path.stat().st_size)
        _, digest, size = self._original_of
        if size > KEEP_BYTES:
            return replace(source, file=None, sha256=source.sha256 or digest)
        suffix = re.sub(r"[^.a-z0-9]", "", path.suffix.lower())[:8] or ".txt"
        target = self.site.sources / f"{digest}{suffix}"
        if not self.dry_run and not target.exists():
            with suppress(FileExistsError):  # another import has kept it meanwhile
                _copy(path, target)
        return replace(source, file=target.name, sha256=source.sha256 or digest)


def _known(content: Path) -> dict[Key, list[str]]:
    """Return the content files of a site by the source they came from, in the order of their names."""
    found: dict[Key, list[str]] = {}
    for path in sorted(content.rglob("*.md")) if content.is_dir() else ():
        if path.is_symlink():
            continue
        with path.open("rb") as stream:
            block = _SOURCE.search(stream.read(HEADER_BYTES))
        digest = _SHA256.search(block[0]) if block else None
        if block and digest:
            url = _URL.search(block[0])
            key = (digest[1].decode(), url[1].decode("utf-8", "replace") if url else "")
            found.setdefault(key, []).append(path.relative_to(content.parent).as_posix())
    return found


def _written(path: Path, data: bytes) -> bool:
    """Write a new file whole or not at all; tell whether the name was free."""
    try:
        _place(path, lambda out: out.write(data))
    except FileExistsError:
        return False
    return True


def _copy(source: Path, target: Path) -> None:
    """Copy a source whole or not at all, in pieces."""
    with source.open("rb") as stream:
        _place(target, lambda out: shutil.copyfileobj(stream, out))


def _place(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Give a file its name when it is finished."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".import-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            fill(out)
        temporary.chmod(0o644)
        _link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _link(temporary: Path, path: Path) -> None:
    """Give a finished file its name; raise FileExistsError where the name has been taken meanwhile."""
    try:
        os.link(temporary, path)
    except OSError as error:
        if isinstance(error, FileExistsError):
            raise
        if path.exists():
            raise FileExistsError(path) from error
        temporary.rename(path)  # a file system without hard links
