"""Every article of a site, read and judged."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadsheet import config, edition

NOW = datetime(2026, 6, 1, tzinfo=UTC)
GOOD = "---\ntitle: {title}\ndate: {date}\nauthors: [A. Writer]\n---\n\nSome text.\n"


def _write(folder: Path, name: str, title: str = "Bridge", date: str = "2026-03-04", extra: str = "") -> None:
    path = folder / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = GOOD.format(title=title, date=date)
    path.write_text(text.replace("---\n\n", f"{extra}---\n\n") if extra else text, encoding="utf-8")


def _load(folder: Path) -> edition.Edition:
    return edition.load(config.load(folder), now=NOW)


def test_articles_stand_newest_first_and_undated_last(site_folder: Path) -> None:
    """The order is that of a newspaper's archive."""
    _write(site_folder, "a.md", "Old", "2026-01-01")
    _write(site_folder, "b.md", "New", "2026-02-01T10:00:00Z")
    (site_folder / "content" / "c.md").write_text("---\ntitle: Undated\n---\nx", encoding="utf-8")
    assert [one.article.headline for one in _load(site_folder).published] == ["New", "Old", "Undated"]


def test_a_broken_article_is_left_out_and_the_rest_is_published(site_folder: Path) -> None:
    """One mistake does not stop the paper."""
    _write(site_folder, "a.md")
    _write(site_folder, "b.md", date="2026-02-31")
    loaded = _load(site_folder)
    errors = [(one.file, one.line) for one in loaded.problems if one.severity == "error"]
    assert (len(loaded.published), loaded.held("error"), errors) == (1, 1, [("content/b.md", 3)])


def test_drafts_are_held(site_folder: Path) -> None:
    """A draft has no page anywhere."""
    _write(site_folder, "a.md", extra="status: draft\n")
    assert (_load(site_folder).published, _load(site_folder).held("draft")) == ((), 1)


def test_the_future_is_held(site_folder: Path) -> None:
    """What is dated after the build waits."""
    _write(site_folder, "a.md", date="2026-06-02")
    assert _load(site_folder).held("future") == 1


def test_equal_headlines_get_addresses_of_their_own(site_folder: Path) -> None:
    """Two pieces called the same do not replace each other."""
    _write(site_folder, "a.md")
    _write(site_folder, "b.md")
    assert {one.path for one in _load(site_folder).published} == {"articles/bridge.html", "articles/bridge-2.html"}


def test_a_symbolic_link_is_refused(site_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A link out of content/ would publish any file of the machine."""
    secret = tmp_path_factory.mktemp("secret") / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\n", encoding="utf-8")
    (site_folder / "content" / "a.md").symlink_to(secret)
    loaded = _load(site_folder)
    assert (loaded.published, loaded.problems[0].rule) == ((), "content/symlink")


@pytest.mark.parametrize("name", ["bridge.rst", "bridge.DOCX", "north/bridge.adoc"])
def test_an_article_that_cannot_be_read_is_told(site_folder: Path, name: str) -> None:
    """What is not read is not passed over in silence."""
    file = site_folder / "content" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("Bridge\n======\n", encoding="utf-8")
    told = [(one.rule, one.severity, one.file) for one in _load(site_folder).problems]
    assert told == [("content/foreign", "warning", f"content/{name}")]


def test_pages_images_and_sources_are_not_articles(site_folder: Path) -> None:
    """Only the rest of content/ is read for articles."""
    for folder in ("pages", "images", "sources"):
        _write(site_folder, f"{folder}/a.md")
    assert _load(site_folder).judged == ()


def test_a_scrape_among_the_content_is_read(site_folder: Path) -> None:
    """A text that was not imported yet is published as it is read."""
    scrape = "The Daily Gull\n\nLocal\n\nHarbor seals return to the inner bay\n\nBy Ada Holm\n\n" + (
        "The seals came back on the morning tide, and the keeper of the light counted forty of them. " * 6
    )
    (site_folder / "content" / "seals.txt").write_text(scrape, encoding="utf-8")
    assert _load(site_folder).published[0].article.headline == "Harbor seals return to the inner bay"


def test_the_article_takes_the_papers_language(site_folder: Path) -> None:
    """A paper's language is configured; its articles are written in it unless they say otherwise."""
    _write(site_folder, "a.md")
    assert _load(site_folder).published[0].document["@graph"][0]["inLanguage"] == "en"


def test_a_translation_of_nothing_is_a_warning(site_folder: Path) -> None:
    """A slip in ``translationOf`` is told."""
    _write(site_folder, "a.md", extra="translationOf: no-such-slug\n")
    assert "content/translation" in {one.rule for one in _load(site_folder).problems}


def test_a_picture_of_the_paper_is_measured(site_folder: Path) -> None:
    """Width and height come from the file where the front matter leaves them out."""
    images = site_folder / "content" / "images"
    images.mkdir()
    (images / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"></svg>', encoding="utf-8"
    )
    _write(site_folder, "a.md", extra="image: images/a.svg\n")
    image = _load(site_folder).published[0].article.images[0]
    assert (image.width, image.height) == (120, 80)


@pytest.mark.parametrize("url", ["images/../../secret.png", "images/none.png", "https://other.example/a.png"])
def test_no_other_file_is_measured(site_folder: Path, url: str) -> None:
    """A missing file and another host's picture have no size; a path out of content/ is no picture at all."""
    _write(site_folder, "a.md", extra=f"image: {url}\n")
    assert not any(image.width for image in _load(site_folder).published[0].article.images)
