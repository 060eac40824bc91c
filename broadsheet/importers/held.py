"""Which articles of which sources a site holds, however people have edited them since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from broadsheet.urls import slugify

HEADER_BYTES = 256 * 1024  # of a content file, enough for its front matter
_SOURCE = re.compile(rb"^source:.*\n(?:[ \t]+.*\n)*", re.MULTILINE)
_SHA256 = re.compile(rb"sha256:\s*['\"]?([0-9a-f]{64})")
_URL = re.compile(rb"url:\s*['\"]?([^\s'\",}]+)")
_HEADLINE = re.compile(rb"^title:(.*\n(?:[ \t]+.*\n)*)", re.MULTILINE)
_FOUND = re.compile(rb"^[ \t]+title:[ \t]*\n(?:[ \t]{4,}.*\n)*?[ \t]+text:(.*\n(?:[ \t]{6,}.*\n)*)", re.MULTILINE)
_NUMBER = re.compile(r"-\d+$")

#: SHA-256 and address of a source: what stays the same while people edit the article.
Key = tuple[str, str]


class Held:
    """The content files that came from one source and address, and headlines by which each may be known."""

    def __init__(self) -> None:
        self.files: dict[str, None] = {}  # in the order of their names
        self._by_slug: dict[str, list[str]] = {}

    def add(self, file: str, *slugs: str) -> None:
        """Remember a content file by its headlines, as slugs."""
        self.files.setdefault(file)
        for slug in slugs:
            named = self._by_slug.setdefault(slug, [])
            if file not in named:
                named.append(file)

    def find(self, headline: str, claimed: set[str], *, alone: bool) -> str | None:
        """Return the file of the article with this headline that is not ``claimed``.

        Where the address is the article's ``alone``, any file of it will do: its headline was edited.
        """
        fit = next((file for file in self._by_slug.get(slugify(headline), ()) if file not in claimed), None)
        return fit or (next((file for file in self.files if file not in claimed), None) if alone else None)


def known(content: Path) -> dict[Key, Held]:
    """Return the content files of a site by the source they came from."""
    found: dict[Key, Held] = {}
    for path in sorted(content.rglob("*.md")) if content.is_dir() else ():
        if path.is_symlink():
            continue
        with path.open("rb") as stream:
            header = stream.read(HEADER_BYTES)
        block = _SOURCE.search(header)
        digest = _SHA256.search(block[0]) if block else None
        if block and digest:
            url = _URL.search(block[0])
            key = (digest[1].decode(), url[1].decode("utf-8", "replace") if url else "")
            file = path.relative_to(content.parent).as_posix()
            found.setdefault(key, Held()).add(file, path.stem, _NUMBER.sub("", path.stem), *_headlines(header))
    return found


def _headlines(header: bytes) -> Iterator[str]:
    """Yield the slugs of an article's headline as it reads now and as its source has it."""
    for match in (_HEADLINE.search(header), _FOUND.search(header)):
        if match:
            yield slugify(" ".join(match[1].decode("utf-8", "replace").split()))
