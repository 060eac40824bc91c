"""Slugs, and the paths of everything that is published.

A path is below the output folder, with "/", and ends in a file name. A slug is
``[a-z0-9-]``, 1 to 80 bytes, never a name that a file system or a web server
treats specially. Both are pure functions of a name, so that any worker may ask.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

MAX_BYTES = 80
_MOST_DIGITS = 9  # of a number at the end of a file's name
_WORDS = {"&": " and ", "+": " plus ", "#": " sharp ", "%": " percent ", "@": " at "}
_SPELT = str.maketrans(_WORDS)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
#: Names that Windows keeps for devices, and the one that servers show for a folder.
_RESERVED = {"con", "prn", "aux", "nul", "index", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def slugify(text: str) -> str:
    """Return the slug of ``text``; of a text without a letter or digit, one from its hash."""
    if len(text) <= MAX_BYTES and _SLUG.fullmatch(text) and text not in _RESERVED:
        return text
    return _slugified(text)


@lru_cache(maxsize=65536)
def _slugified(text: str) -> str:
    plain = (
        unicodedata.normalize("NFKC", text[:1000])
        .translate(_SPELT)
        .replace("'", "")
        .replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    )
    slug = _NOT_SLUG.sub("-", _ascii(plain).lower()).strip("-")
    if len(slug) > MAX_BYTES:
        slug = slug[: MAX_BYTES + 1].rpartition("-")[0] or slug[:MAX_BYTES]
        slug = slug.strip("-")
    if not slug:
        folded = unicodedata.normalize("NFC", text).casefold()
        slug = "x-" + hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{slug}-1" if slug in _RESERVED else slug


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    from anyascii import anyascii

    return anyascii(text)


def allocate(wishes: Iterable[tuple[str, str, bool]]) -> dict[str, str]:
    """Give every file a slug of its own.

    ``wishes`` are (file, wished slug or headline, stated in the front matter). Stated
    slugs are served first, then files in the order of their names, ``x.md`` before
    ``x-2.md`` and that before ``x-10.md``; who comes late to a taken slug gets ``-2``,
    ``-3`` … So what imports number as they find them is addressed as it is named, and
    keeps its address when more is imported.
    """
    asked = [(file, slugify(wish), stated) for file, wish, stated in wishes]
    if len({slug for _, slug, _ in asked}) == len(asked):  # as nearly always: no one comes late
        return {file: slug for file, slug, _ in asked}
    given: dict[str, str] = {}
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    for file, wish, _ in sorted(asked, key=lambda one: (not one[2], _turn(*one[:2]))):
        slug = _free(wish, taken, numbers)
        taken.add(slug)
        given[file] = slug
    return given


def likely(file: str, wish: str) -> str:
    """Return the slug that `allocate` will most likely give a file that wishes ``wish`` and does not state it."""
    slug = slugify(wish)
    _, number, _ = _turn(file, slug)
    return numbered(slug, number) if number > 1 else slug


def _turn(file: str, slug: str) -> tuple[str, int, str]:
    """Return what sorts files by their names; one that is named by its slug and a number, by these."""
    folder, slash, name = file.rpartition("/")
    stem = name.rpartition(".")[0]
    number = stem.rpartition("-")[2]
    if number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS and stem == numbered(slug, int(number)):
        return f"{folder}{slash}{slug}", int(number), file
    return f"{folder}{slash}{stem}", 0, file


def numbered(slug: str, number: int) -> str:
    """Return a slug with a number behind it, cut to make room."""
    tail = f"-{number}"
    return slug[: MAX_BYTES - len(tail)].rstrip("-") + tail


def _free(slug: str, taken: set[str], numbers: dict[str, int]) -> str:
    """Return ``slug`` or its first free number; ``numbers`` remembers where the last search ended."""
    candidate = slug
    number = numbers.get(slug, 1)
    while candidate in taken:
        number += 1
        candidate = numbered(slug, number)
    numbers[slug] = number
    return candidate


def _page(stem: str, page: int) -> str:
    return f"{stem}.html" if page == 1 else f"{stem}.p{page}.html"


def article_path(slug: str) -> str:
    """Return where the article's page stands."""
    return f"articles/{slug}.html"


def article_slug(path: str) -> str:
    """Return the slug of the article whose page stands at ``path``: what `article_path` was given."""
    return path[len("articles/") : -len(".html")]


def document_path(slug: str) -> str:
    """Return where the article's JSON-LD document stands."""
    return f"articles/{slug}.json"


def section_path(section: Sequence[str], page: int = 1) -> str:
    """Return the section front of ``section``, from general to special."""
    return _page("section/" + "/".join(slugify(name) for name in section), page)


def author_path(name: str, page: int = 1) -> str:
    """Return the page of an author."""
    return _page(f"author/{slugify(name)}", page)


def agency_path(name: str, page: int = 1) -> str:
    """Return the page of a wire agency."""
    return _page(f"agency/{slugify(name)}", page)


def place_path(name: str, page: int = 1) -> str:
    """Return the page of a place that datelines name."""
    return _page(f"place/{slugify(name)}", page)


def tag_path(name: str, page: int = 1) -> str:
    """Return the page of a tag."""
    return _page(f"tag/{slugify(name)}", page)


def month_path(year: int, month: int, page: int = 1) -> str:
    """Return the archive page of a month."""
    return _page(f"archive/{year:04d}-{month:02d}", page)


def page_path(slug: str) -> str:
    """Return where a standing page (about, corrections policy …) stands."""
    return f"pages/{slug}.html"


def root_of(path: str) -> str:
    """Return the relative prefix from ``path`` to the output folder: one "../" a level."""
    return "../" * path.count("/")
