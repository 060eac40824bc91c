"""Invented articles for the tests of the exports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from broadsheet import config, jsonld
from broadsheet.config import Site
from broadsheet.model import (
    Agency,
    Article,
    Correction,
    Evidence,
    Image,
    Organization,
    Person,
    Place,
    Published,
    Source,
)


@pytest.fixture
def site(site_folder: Path) -> Site:
    """Return a site without own parts."""
    return config.load(site_folder)


@pytest.fixture
def publish(site: Site) -> Callable[..., Published]:
    """Return what publishes an article under a slug."""

    def make(article: Article, slug: str = "a-story", text: str = "Two words.") -> Published:
        path = f"articles/{slug}.html"
        document: dict[str, Any] = jsonld.document(article, site, path, text)
        return Published(article, slug, path, f"{site.url}/{path}", f"<p>{text}</p>", text, document)

    return make


@pytest.fixture
def paper(publish: Callable[..., Published]) -> tuple[Published, ...]:
    """Return a paper of three articles that use every column."""
    quill = Person("Ada Quill", "Harbour reporter", "Tidewire", same_as=("https://quill.example",))
    first = Article(
        "Swing bridge reopens",
        "The bridge **opens**.",
        language="en",
        published=datetime(2026, 3, 4, 18, 30, tzinfo=UTC),
        modified=date(2026, 3, 6),
        authors=(quill, Organization("The Desk")),
        agencies=(Agency("Tidewire", "TW"),),
        section=("News", "Local"),
        tags=("bridges; old", "harbour"),
        kicker="Harbour",
        summary='=HYPERLINK("https://evil.example")',
        dateline="PORT ELLERY, Wash.",
        place=Place("Port Ellery", "Washington", "US", 0.0, -122.4),
        images=(Image("images/bridge.svg", "A bridge", width=1200, height=0),),
        corrections=(Correction("The vote was 5 to 2.", date(2026, 3, 5)),),
        source=Source("3f9c.html", "3f9c", "https://old.example/17", date(2026, 3, 5)),
        evidence={"date": Evidence("stated", "March 4, 2026", 7), "dateline": Evidence("inferred", rule="dash")},
        notes=("No photographer is named.",),
        file="content/bridge.md",
    )
    second = Article("Tide tables", authors=(Person("Ada Quill", url="https://quill.example/"),), section=("News",))
    third = Article("Ferry late", published=date(2025, 12, 31), authors=(quill,), section=("Sport",))
    return (publish(first, "bridge"), publish(second, "tides"), publish(third, "ferry"))


@pytest.fixture
def own_format(site: Site) -> Callable[[str], None]:
    """Return what puts a format "own" into the site."""
    head = 'SUFFIX = "txt"\nDESCRIPTION = "Own."\nMEDIA_TYPE = "text/plain"\n'

    def write(code: str) -> None:
        (site.root / "exporters").mkdir(exist_ok=True)
        (site.root / "exporters" / "own.py").write_text(head + code, encoding="utf-8")

    return write
