"""Imported articles → content files, and the originals kept once. Never overwrites, never leaves half a file."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Literal

from msgspec import Struct
from msgspec.structs import replace

from broadsheet import importers
from broadsheet.config import Site
from broadsheet.importers import sources
from broadsheet.importers.held import Held, known
from broadsheet.model import Article, Problem, Source
from broadsheet.urls import numbered, slugify

KEEP_BYTES = 64 * 1024 * 1024  # of an original that is copied into the site

Outcome = Literal["imported", "known", "noted", "failed"]


class Kept(Struct, frozen=True):
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
        self._known = known(site.content)
        self._files = {digest: next(iter(held.files)) for (digest, _), held in self._known.items()}
        self._taken = {path.stem.casefold() for path in site.content.rglob("*.md")} if site.content.is_dir() else set()

    def held(self, path: Path) -> str | None:
        """Return the content file of a source of one article that was imported before; it need not be read again."""
        try:
            file = self._files.get(sources.sha256(path)) if self._files else None
        except (OSError, ValueError):
            return None  # its reader says why
        return file if file and importers.holds_one(path) else None

    def keep(self, path: Path, read: Iterable[Article | Problem]) -> Iterator[Kept]:
        """Write what was read of one source; yield every article and every problem of it."""
        found = wrote = False
        claimed: set[str] = set()  # content files that an article of this source has turned out to be
        for one in read:
            if isinstance(one, Problem):
                found = found or one.severity == "error"
                yield Kept(str(path), "failed" if one.severity == "error" else "noted", problems=(one,))
                continue
            found = True
            source = one.source or Source()
            held = self._known.setdefault((source.sha256 or "", source.url or ""), Held())
            file = held.find(one.headline, claimed, alone=bool(source.url))
            kept = Kept(str(path), "known", file, one) if file else self._write(path, one, source)
            held.add(str(kept.file), slugify(one.headline))
            claimed.add(str(kept.file))
            yield kept
            wrote = wrote or file is None
        if wrote and path.stat().st_size > KEEP_BYTES:
            yield Kept(str(path), "noted", problems=(_too_large(path),))
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
            name, number = numbered(slug, number), number + 1
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


def _too_large(path: Path) -> Problem:
    message = f"It is larger than {KEEP_BYTES // 1024 // 1024} MB, so no copy is kept in the site; keep the file: its hash is in the articles."
    return replace(sources.problem(path, "source-not-kept", message), severity="notice")


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
