"""Content files of the plain kind → `Article` and `Body`, without YAML, schema or Markdown libraries.

A positive grammar again: a file is taken only where every line of its front matter is
of a form listed here; `broadsheet.edition` reads all others. What is taken has no
problems before its document is judged. tests/press/test_press_lane.py proves it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from sys import intern
from typing import Any, Final

from msgspec import Struct

from broadsheet.model import Article, Image, Person
from broadsheet.press.inert import inert
from broadsheet.press.lane.body import Rendered
from broadsheet.press.lane.body import body as plain_body

_LETTERS: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_INNER: Final = _LETTERS + "0-9 .,:;?!'()/£$€%–—‘’“”…\\-"
#: A text: begins with a letter or a digit, quoted or not, holds no markup, does not end in a blank; & stands between blanks.
_TEXT: Final = re.compile(rf"(?=[\"“‘£$]?[{_LETTERS}0-9])[{_INNER}\"]*+(?:& [{_INNER}\"]*+)*+(?<! )")
_NAME: Final = re.compile(rf"[{_LETTERS}][{_LETTERS}' .\-]*+(?<![ \-'])")
_LIST: Final = re.compile(r'\["[^"\\]+"(?:, "[^"\\]+")*\]')
_ITEM: Final = re.compile(r'"([^"]+)"')
_BARE: Final = re.compile(rf"(?!(?i:true|false|null|yes|no|on|off)\Z)[{_LETTERS}][{_LETTERS}0-9 ]*+(?<! )")
_SLUG: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*+")
_TIME: Final = re.compile(r"(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
_PICTURE: Final = re.compile(r"/?images/[a-z0-9][a-z0-9-]*\.(?:jpg|png|webp)")
_MAX_SLUG: Final = 78
_MAX_TEXT: Final = 300
_MAX_NAME: Final = 60
_MIN_TEXT: Final = 3
_NO_SLUG: Final = re.compile(r"(?:con|prn|aux|nul|index|com\d|lpt\d)\Z")


class Plain(Struct, frozen=True):
    """An article of the plain kind: what its front matter states, and its body as rendered."""

    headline: str
    slug: str
    published: datetime
    section: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str | None
    dateline: str | None
    image: str | None  # its address as stated
    line: int  # of the title, from 1
    markdown: bytes
    body: Rendered


def read(raw: bytes, now: datetime) -> Plain | None:
    """Return what stands in a content file, None where it is not of the plain kind.

    Articles of the future are not taken. Raise UnicodeDecodeError where it is not UTF-8.
    """
    raw.decode()
    if not raw.startswith(b"---\n") or b"\r" in raw:
        return None
    end = raw.find(b"\n---\n", 3)
    if end < 0:
        return None
    values = _values(raw[4:end].decode())
    if values is None or values["date"] >= now:
        return None
    markdown = raw[end + 5 :].lstrip(b"\n")
    rendered = plain_body(markdown)
    if rendered is None or not rendered.text:
        return None
    title, summary, dateline = values["title"], values.get("summary"), values.get("dateline")
    if any(shown and inert(shown) != shown for shown in (title, summary, dateline, opening(rendered.text))):
        return None
    return Plain(
        title,
        values["slug"],
        values["date"],
        values["category"],
        values["authors"],
        values.get("tags", ()),
        summary,
        dateline,
        values.get("image"),
        2 + list(values).index("title"),
        markdown,
        rendered,
    )


def opening(text: bytes) -> str:
    """Return the first 400 characters of a text of the lane's letters, none of which takes more than three bytes."""
    return text[:1200].decode(errors="ignore")[:400]


def article(plain: Plain, file: str, language: str, size: tuple[int, int] | None = None) -> Article:
    """Return the article as the general calls do. ``language`` is the paper's; ``size`` is its picture's, in pixels."""
    width, height = size or (None, None)
    return Article(
        headline=plain.headline,
        body=plain.markdown.decode(),
        slug=plain.slug,
        language=language,
        published=plain.published,
        authors=tuple(map(Person, plain.authors)),
        section=(plain.section,),
        tags=plain.tags,
        summary=plain.summary,
        dateline=plain.dateline,
        images=(Image(plain.image, width=width, height=height),) if plain.image else (),
        file=file,
    )


def _values(header: str) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    for line in header.split("\n"):
        key, _, written = line.partition(": ")
        read_value = _READ.get(key)
        if read_value is None or key in found:
            return None
        value = read_value(written)
        if value is None:
            return None
        found[key] = value
    return found if found.keys() >= _NEEDED and _distinct(found) else None


def _distinct(found: dict[str, Any]) -> bool:
    """Tell whether no two texts are equal: rules that compare them need not be asked."""
    texts = [found["title"], found["category"], found.get("summary", ""), found.get("dateline", "-")]
    texts += found["authors"]
    texts += found.get("tags", ())
    return len({text.casefold() for text in texts}) == len(texts)


def _quoted(written: str) -> str | None:
    inner = written[1:-1]
    if len(written) < len('""') or not written[0] == written[-1] == '"':
        return None
    bare = inner.replace('\\"', "")  # of escapes, this one is listed
    if '"' in bare or "\\" in bare:
        return None
    return inner.replace('\\"', '"')


def _text(written: str) -> str | None:
    value = _quoted(written) if written[:1] == '"' else _bare(written)
    if value is None or not _MIN_TEXT <= len(value) <= _MAX_TEXT or "  " in value or not _TEXT.fullmatch(value):
        return None
    return value


def _bare(written: str) -> str | None:
    return written if _BARE.fullmatch(written) else None


def _name(value: str) -> bool:
    return _MIN_TEXT <= len(value) <= _MAX_NAME and "  " not in value and _NAME.fullmatch(value) is not None


@lru_cache(maxsize=4096)
def _section(written: str) -> str | None:
    value = _quoted(written) if written[:1] == '"' else _bare(written)
    return intern(value) if value is not None and _name(value) else None


@lru_cache(maxsize=4096)  # a few names, and a few lists of them, stand in very many articles
def _names(written: str) -> tuple[str, ...] | None:
    if not _LIST.fullmatch(written):
        return None
    names = tuple(map(intern, _ITEM.findall(written)))
    return names if all(map(_name, names)) and len(set(names)) == len(names) else None


def _authors(written: str) -> tuple[str, ...] | None:
    return _names(written) or None


def _slug(written: str) -> str | None:
    taken = _SLUG.fullmatch(written) and len(written) <= _MAX_SLUG and not _NO_SLUG.match(written)
    return written if taken and written not in {"true", "false", "null", "yes", "no", "on", "off"} else None


def _date(written: str) -> datetime | None:
    if not _TIME.fullmatch(written):
        return None
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _picture(written: str) -> str | None:
    return written if _PICTURE.fullmatch(written) else None


_NEEDED: Final = {"title", "slug", "date", "category", "authors"}
_READ: Final[dict[str, Callable[[str], Any]]] = {
    "title": _text,
    "slug": _slug,
    "date": _date,
    "category": _section,
    "authors": _authors,
    "tags": _names,
    "summary": _text,
    "dateline": _text,
    "image": _picture,
}
