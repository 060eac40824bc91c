"""A site's own theme files win over the shipped ones, file by file."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet import build, config
from broadsheet.model import BroadsheetError


def built(site: Path) -> Path:
    """Build ``site`` with one article and return its output folder."""
    (site / "content" / "news.md").write_text("---\ntitle: News\ndate: 2025-01-01\n---\nText.\n", encoding="utf-8")
    build.build(config.load(site), site / "output")
    return site / "output"


def own(site: Path, name: str, text: str) -> None:
    """Put a file into the site's own theme."""
    path = site / "theme" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_own_colours_win(site_folder: Path) -> None:
    """A tokens.css of the site is the one that is published."""
    own(site_folder, "static/tokens.css", ":root{--accent:#0b5a6b}")
    assert (built(site_folder) / "theme" / "tokens.css").read_text(encoding="utf-8") == ":root{--accent:#0b5a6b}"


def test_other_files_stay(site_folder: Path) -> None:
    """The styles that the site does not replace are published beside its own."""
    own(site_folder, "static/tokens.css", ":root{--accent:#0b5a6b}")
    assert (built(site_folder) / "theme" / "newspaper.css").is_file()


def test_own_partial_wins(site_folder: Path) -> None:
    """A footer of the site stands on every page."""
    own(site_folder, "templates/_footer.html", "<footer>Ours: {{ paper.name }}</footer>")
    page = (built(site_folder) / "articles" / "news.html").read_text(encoding="utf-8")
    assert "<footer>Ours: The Test Gazette</footer>" in page


def test_own_template_is_escaped_too(site_folder: Path) -> None:
    """Autoescape holds for the site's own templates as for ours."""
    own(site_folder, "templates/404.html", '{{ "<script>" }}')
    assert (built(site_folder) / "404.html").read_text(encoding="utf-8") == "&lt;script&gt;"


def test_a_mistyped_name_stops_the_build(site_folder: Path) -> None:
    """An unknown name in a template is an error that names the file and the line."""
    own(site_folder, "templates/404.html", "\n{{ paper.nmae }}")
    with pytest.raises(BroadsheetError, match=r"404\.html:2"):
        built(site_folder)


def test_an_own_template_may_look_into_a_list_of_cards(site_folder: Path) -> None:
    """What `cards_html` gives is the text itself, wherever a theme may do something with it."""
    own(
        site_folder,
        "templates/listing.html",
        '{{ cards_html(cards)|length > 99 }} {{ cards_html(cards)|replace("a", "A") }}',
    )
    page = (built(site_folder) / "archive" / "2025-01.html").read_text(encoding="utf-8")
    assert page.startswith("True ")
    assert "<Article" in page
