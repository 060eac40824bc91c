"""The demo paper holds what the README promises, and every value of it can be checked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from broadsheet import config, edition
from broadsheet.model import Article, Image, Organization, Published

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"


@cache
def demo() -> edition.Edition:
    """Read the demo paper once for all tests."""
    return edition.load(config.load(ROOT))


@cache
def articles() -> tuple[Article, ...]:
    """Return every content file, drafts included."""
    site = config.load(ROOT)
    paths, _ = edition.files(site)
    readings = (edition.read(path, site) for path in paths)
    return tuple(one.article for one in readings if one.article is not None)


def published() -> tuple[Published, ...]:
    """Return the articles that a build prints."""
    return demo().published


def test_nothing_is_wrong() -> None:
    """No content file of the demo paper has an error."""
    assert [one for one in demo().problems if one.severity == "error"] == []


def test_the_paper_is_a_paper() -> None:
    """At least 34 articles are published."""
    assert len(published()) >= 34


@pytest.mark.parametrize(
    "section",
    [
        ("News", "Local"),
        ("News", "Nation/World"),
        ("Business",),
        ("Opinion",),
        ("Culture",),
        ("Sport",),
        ("Science",),
        ("Obituaries",),
    ],
)
def test_every_section_has_an_article(section: tuple[str, ...]) -> None:
    """No section front is empty."""
    assert any(one.article.section == section for one in published())


WANTED: dict[str, Callable[[Article], bool]] = {
    "a correction": lambda one: any(note.kind == "correction" for note in one.corrections),
    "a clarification": lambda one: any(note.kind == "clarification" for note in one.corrections),
    "an update": lambda one: any(note.kind == "update" for note in one.corrections),
    "an opinion piece": lambda one: one.type == "OpinionNewsArticle",
    "an analysis": lambda one: one.type == "AnalysisNewsArticle",
    "a review": lambda one: one.type == "ReviewNewsArticle",
    "a collective byline": lambda one: any(isinstance(author, Organization) for author in one.authors),
    "an article without a byline": lambda one: not one.authors and bool(one.agencies),
    "an undated article": lambda one: one.published is None,
    "a date without a time": lambda one: one.published is not None and len(one.published.isoformat()) == 10,
    "Spanish": lambda one: one.language == "es",
    "German": lambda one: one.language == "de",
    "a paywall": lambda one: one.properties.get("isAccessibleForFree") is False,
    "a draft": lambda one: one.status == "draft",
    "aliases": lambda one: bool(one.aliases),
    "a canonical copy elsewhere": lambda one: one.canonical is not None,
    "a table": lambda one: "\n|---" in one.body,
    "footnotes": lambda one: "[^1]:" in one.body,
    "a quotation": lambda one: "\n> " in one.body,
    "a place with coordinates": lambda one: one.place is not None and one.place.latitude is not None,
}


@pytest.mark.parametrize("what", WANTED)
def test_the_paper_shows(what: str) -> None:
    """Every feature of the front matter is shown by an article of the demo paper."""
    assert any(WANTED[what](one) for one in articles())


def test_every_article_is_worth_a_visit() -> None:
    """No article is a stub and none is a novel."""
    assert [one.slug for one in published() if not 140 <= len(one.text.split()) <= 700] == []


def described(image: Image) -> bool:
    """Tell whether a picture of ours exists and has words for those who cannot see it."""
    return (CONTENT / image.url).is_file() and bool(image.alt and image.caption and image.credit)


def test_own_pictures_exist_and_are_described() -> None:
    """Every picture of ours lies in content/ and has alternative text, a caption and a credit."""
    ours = [image for one in articles() for image in one.images if "://" not in image.url]
    assert [image.url for image in ours if not described(image)] == []


def test_every_picture_is_used() -> None:
    """No picture lies in content/images that nothing shows; the logo stands in the masthead."""
    used = {image.url for one in articles() for image in one.images} | {"images/logo.svg"}
    assert {f"images/{path.name}" for path in (CONTENT / "images").iterdir()} <= used


def test_links_between_articles_lead_somewhere() -> None:
    """A relative link in a body names an article that is published."""
    slugs = {f"{one.slug}.html" for one in published()}
    links = {found for one in published() for found in re.findall(r"\]\(([\w.-]+\.html)\)", one.article.body)}
    assert links <= slugs


def test_translations_name_an_article() -> None:
    """Whatever says that it translates an article names one of ours."""
    slugs = {one.slug for one in published()}
    assert {one.article.translation_of for one in published() if one.article.translation_of} <= slugs


def test_bylines_do_not_change() -> None:
    """One name has one job title in one language, so that an author page has one."""
    titles = {(author.name, one.language): set[str | None]() for one in articles() for author in one.authors}
    for one in articles():
        for author in one.authors:
            titles[author.name, one.language].add(getattr(author, "job_title", None))
    assert all(len(found) == 1 for found in titles.values())


def kept() -> list[Article]:
    """Return the articles that were read from a kept source."""
    return [one for one in articles() if one.source is not None and one.source.file is not None]


def test_sources_are_kept_unchanged() -> None:
    """The SHA-256 in the content file is that of the kept original."""
    for one in kept():
        raw = (CONTENT / "sources" / str(one.source.file)).read_bytes()  # type: ignore[union-attr]
        assert hashlib.sha256(raw).hexdigest() == one.source.sha256  # type: ignore[union-attr]


def test_stated_values_stand_in_the_source() -> None:
    """What the evidence of a text scrape quotes stands on the line that it names."""
    for one in kept():
        file = str(one.source.file)  # type: ignore[union-attr]
        lines = (CONTENT / "sources" / file).read_text(encoding="utf-8").splitlines()
        spans = [found for found in one.evidence.values() if found.basis == "stated" and found.line and found.text]
        if file.endswith(".txt"):
            assert all(found.text in lines[found.line - 1] for found in spans if found.text and found.line)
