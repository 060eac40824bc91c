"""Values of one article as a structured source states them, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field

from broadsheet.importers.html import moments
from broadsheet.model import Article, Evidence, Image, Person, Publisher, Source

#: Front-matter key → field of `Article`, where they differ.
_FIELDS = {
    "title": "headline",
    "date": "published",
    "agency": "agencies",
    "category": "section",
    "lang": "language",
    "image": "images",
    "translationOf": "translation_of",
}
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_MAX_TEXT = 4000


class Gathered(Struct):
    """What one record of a feed, an export or an archive says of one article."""

    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    source: Source | None = None
    notes: list[str] = field(default_factory=list)

    def put(self, key: str, value: Any, text: str, path: str, line: int | None = None) -> None:
        """Keep the first value of ``key``; ``text`` is the span that holds it, ``path`` where it stands."""
        if value in (None, "", ()) or key in self.values:
            return
        self.values[key] = value
        self.evidence[key] = Evidence("stated", text=text[:_MAX_TEXT], path=path, line=line)

    def words(self, key: str, text: Any, path: str) -> None:
        """Keep one line of text."""
        plain = squeeze(text)
        self.put(key, plain, plain, path)

    def moment(self, key: str, text: Any, path: str) -> None:
        """Keep a machine-written time; a note tells of one that cannot be read."""
        written = squeeze(text)
        found = moments.read(written) if written else None
        if written and found is None:
            self.notes.append(f"{path} holds {written[:80]!r}, which is not a date; state the date by hand.")
        self.put(key, found, written, path)

    def names(self, names: Iterable[Any], path: str) -> None:
        """Keep the authors, one name each."""
        found = tuple(dict.fromkeys(name for one in names if (name := squeeze(one))))
        self.put("authors", tuple(Person(name) for name in found), "; ".join(found), path)

    def many(self, key: str, texts: Iterable[Any], path: str) -> None:
        """Keep a list of words."""
        found = tuple(dict.fromkeys(word for one in texts if (word := squeeze(one))))
        self.put(key, found, "; ".join(found), path)

    def publisher(self, name: Any, path: str, url: str | None = None) -> None:
        """Keep the paper's name and address."""
        plain = squeeze(name)
        self.put("publisher", Publisher(plain, url=url) if plain else None, plain, path)

    def picture(self, url: str | None, path: str, **more: Any) -> None:
        """Keep one picture."""
        self.put("image", (Image(url, **more),) if url else (), url or "", path)

    def body(self, markdown: str, path: str) -> None:
        """Keep the body, in Markdown."""
        self.put("body", markdown.strip(), first_line(markdown), path)

    def article(self) -> Article | None:
        """Return the article, None without a headline."""
        if not self.values.get("title"):
            return None
        for key in ("date", "authors"):
            if key not in self.values:
                self.evidence[key] = Evidence("absent", note="The source does not say.")
        filled = {_FIELDS.get(key, key): value for key, value in self.values.items()}
        return Article(**filled, source=self.source, evidence=self.evidence, notes=tuple(self.notes))


def squeeze(text: Any) -> str:
    """Return a text on one line; of anything that is not a text or number, nothing."""
    if isinstance(text, bool) or not isinstance(text, (str, int, float)):
        return ""
    return _SPACE.sub(" ", str(text)).strip()


def first_line(text: str) -> str:
    """Return the beginning of a text: what the evidence of a body shows."""
    return text.strip().partition("\n")[0][:200]


def is_markup(text: str) -> bool:
    """Tell whether a text holds HTML rather than plain words."""
    return bool(_TAG.search(text))
