"""What wants a person's eye, and how a person's word is written down.

A value is in doubt where the importer inferred it, where the source allows other
readings, or where nothing was found; and wherever the importer left a note. A value
that a person confirmed is never in doubt again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from broadsheet import content
from broadsheet.config import Site
from broadsheet.content.keys import FIELDS
from broadsheet.edition import files
from broadsheet.model import Article, Evidence

#: How much it matters that a value is right: what Google and a reader look at first.
_WEIGHTS: Final = {"title": 5, "date": 4, "authors": 3, "body": 3, "dateline": 2, "agency": 2, "category": 1}
#: Values whose absence wants a look; most articles rightly have no kicker.
_WANTED: Final = ("date", "authors")


class Doubt(Struct, frozen=True):
    """One value in doubt. ``why`` is a sentence; ``weight`` orders the queue."""

    key: str
    value: str
    why: str
    evidence: Evidence
    weight: int


class Item(Struct, frozen=True):
    """One article of the queue."""

    file: str  # relative to the site folder
    article: Article
    doubts: tuple[Doubt, ...]

    @property
    def weight(self) -> int:
        """Return how much doubt there is, all values together; notes count one each."""
        return sum(one.weight for one in self.doubts) + len(self.article.notes)


def queue(site: Site) -> list[Item]:
    """Return the articles with doubts or notes, the most doubtful first."""
    found, _ = files(site)
    items = (item(path, site) for path in found if path.suffix.lower() in {".md", ".markdown"})
    return sorted((one for one in items if one is not None and one.weight), key=lambda one: (-one.weight, one.file))


def item(path: Path, site: Site) -> Item | None:
    """Return one article with its doubts; None where it cannot be read."""
    article, _ = content.read(path, site)
    if article is None:
        return None
    values = content.front_matter(article)
    return Item(article.file or path.name, article, tuple(_doubts(article, values)))


def is_wanted(article: Article) -> bool:
    """Tell whether an article would stand in the queue."""
    return bool(article.notes) or any(_doubts(article, content.front_matter(article)))


def _doubts(article: Article, values: Mapping[str, Any]) -> Iterable[Doubt]:
    for key, evidence in article.evidence.items():
        why = _why(key, evidence)
        if why and evidence.by is None:
            yield Doubt(key, spoken(values.get(key)), why, evidence, _WEIGHTS.get(key, 1))


def _why(key: str, evidence: Evidence) -> str:
    if evidence.basis == "absent":
        return (evidence.note or "The source does not say.") if key in _WANTED else ""
    if evidence.candidates:
        return "The source allows other readings: " + "; ".join(evidence.candidates[:5]) + "."
    if evidence.basis == "inferred":
        return evidence.note or f"It was inferred by the rule {evidence.rule or 'unnamed'}."
    return ""


def spoken(value: Any) -> str:
    """Return a front-matter value on one line, as a person would say it."""
    if value is None:
        return "none"
    if isinstance(value, Mapping):
        return str(
            value.get("name") or value.get("url") or ", ".join(f"{key}: {spoken(one)}" for key, one in value.items())
        )
    return "; ".join(map(spoken, value)) if isinstance(value, list) else str(value)


def settle(text: str, key: str, *, by: str, at: str, value: str | None = None) -> str:
    """Return the content file ``text`` with a person's word on ``key``.

    Without ``value`` the value that stands there is confirmed. Raise
    `content.NotEditableError`, and ValueError for a key or a value that cannot be.
    """
    if key not in FIELDS and key != "body":
        raise ValueError(f"{key} is no key of the front matter; known are {', '.join(FIELDS)}.")
    if value is not None:
        if key == "body":
            raise ValueError("Edit the body in the file itself.")
        text = content.set_value(text, key, _typed(key, value))
    header = content.split(text)
    evidence = dict(header.data.get("evidence") or {})
    evidence[key] = {**_kept(evidence.get(key), value), "by": by, "at": at}
    evidence[key] = {"basis": "stated" if key in header.data or key == "body" else "absent", **evidence[key]}
    if value is not None and header.data.get("review"):
        text = content.set_value(text, "review", _open_notes(header.data["review"], key))
    changed = content.set_value(text, "evidence", evidence)
    article, problems = content.parse(changed, "", None)
    wrong = next((one.message for one in problems if one.severity == "error"), None)
    if article is None or wrong:
        raise ValueError(wrong or "The article would have no title.")
    return changed


def _kept(old: Any, value: str | None) -> dict[str, Any]:
    """Return what stays true of the old evidence: the span, where it holds the value."""
    if not isinstance(old, dict) or (value is not None and value not in str(old.get("text", ""))):
        return {}
    return {name: one for name, one in old.items() if name in {"line", "text", "path"}}


def _open_notes(notes: Any, key: str) -> list[str] | None:
    """Return the importer's notes without those that a value for ``key`` answers."""
    words = {"date": ("date", "undated"), "authors": ("author", "byline")}.get(key, (key,))
    listed = notes if isinstance(notes, list) else [notes]
    return [str(one) for one in listed if not any(word in str(one).casefold() for word in words)] or None


def _typed(key: str, value: str) -> Any:
    if not value.strip():
        return None
    if key in {"date", "modified"}:
        return content.iso_text(value.strip())
    if key in {"authors", "tags", "aliases"}:
        return [one.strip() for one in value.split(";") if one.strip()]
    return value.strip()


def original(item_: Item, site: Site) -> str | None:
    """Return the kept source of an article as text, None where there is none."""
    source = item_.article.source
    if source is None or source.file is None:
        return None
    path = site.sources / source.file
    if path.is_symlink() or not path.is_file() or not path.resolve().is_relative_to(site.sources.resolve()):
        return None
    with path.open("rb") as stream:
        return content.clean_text(stream.read(4 * 1024 * 1024).decode("utf-8", "replace"))
