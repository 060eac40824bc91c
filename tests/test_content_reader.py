"""A content file becomes an article, and an article a content file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from broadsheet import config, content
from broadsheet.model import (
    Agency,
    Article,
    Correction,
    Evidence,
    Image,
    Organization,
    Person,
    Place,
    Publisher,
    Source,
)


def _parse(text: str) -> Article:
    article, problems = content.parse(f"---\n{text}\n---\n", "a.md", None)
    assert article is not None, problems
    return article


def _problem(text: str) -> tuple[int, str]:
    _, problems = content.parse(f"---\ntitle: x\n{text}\n---\n", "a.md", None)
    return problems[0].line, problems[0].message


def test_a_section_is_a_path() -> None:
    """``>`` leads from the general to the special."""
    assert _parse("title: x\ncategory: News > Nation/World").section == ("News", "Nation/World")


def test_one_author_is_not_parted() -> None:
    """``author`` is one name, whatever it holds."""
    assert _parse("title: x\nauthor: Doe, Jane").authors == (Person("Doe, Jane"),)


def test_several_authors_are_parted_as_pelican_does() -> None:
    """``authors`` as one text is a list."""
    assert _parse("title: x\nauthors: A. One; B. Two").authors == (Person("A. One"), Person("B. Two"))


def test_a_collective_byline_is_an_organization() -> None:
    """An editorial board is not a person."""
    assert _parse("title: x\nauthors: [{name: The Board, type: Organization}]").authors == (Organization("The Board"),)


def test_a_day_stays_a_day() -> None:
    """No time of day is made up."""
    assert _parse("title: x\ndate: 2026-03-04").published == date(2026, 3, 4)


def test_a_time_keeps_its_offset() -> None:
    """The offset is part of what was stated."""
    zone = timezone(timedelta(hours=-8))
    assert _parse("title: x\ndate: 2026-03-04T18:30:00-08:00").published == datetime(2026, 3, 4, 18, 30, tzinfo=zone)


def test_a_naive_time_is_read_in_the_papers_zone(site_folder: Path) -> None:
    """A paper that states its zone means it."""
    site = config.load(site_folder)
    article, _ = content.parse("---\ntitle: x\ndate: 2026-03-04 18:30\n---\n", "a.md", site)
    assert article is not None
    assert article.published == datetime(2026, 3, 4, 18, 30, tzinfo=UTC)


def test_pelicans_keys_in_any_case_are_read() -> None:
    """``Title:`` and ``Tags:`` of an existing site work."""
    article, _ = content.parse("Title: Bridge\nTags: a, b\nAuthor: A. One\n\nBody", "a.md", None)
    assert article is not None
    assert (article.tags, article.authors, article.body) == (("a", "b"), (Person("A. One"),), "Body")


def test_an_unknown_status_is_a_draft() -> None:
    """A slip in ``status`` must not publish what was held back."""
    assert _parse("title: x\nstatus: embargoed").status == "draft"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("date: 2026-02-31", "'2026-02-31' is not a date"),
        ("date: yesterday", "is not a date"),
        ("authors: [{jobTitle: x}]", "needs a name"),
        ("place: {name: x, latitude: 99}", "between -90 and 90"),
        ("correction: [{text: x, kind: oops}]", "write correction, clarification or update"),
        ("lang: ../../x", "is not a language"),
        ("evidence: {date: {basis: guessed}}", "write stated, inferred"),
    ],
)
def test_a_value_that_cannot_be_read_names_its_line(text: str, part: str) -> None:
    """The problem stands at the key and says what to write."""
    line, message = _problem(text)
    assert (line, part in message) == (3, True)


def test_an_article_without_a_title_is_none() -> None:
    """There is nothing to call it by."""
    article, problems = content.parse("---\ndate: 2026-01-01\n---\nx", "a.md", None)
    assert (article, problems[0].rule) == (None, "content/title")


@pytest.mark.parametrize(
    ("raw", "rule"), [(b"---\ntitle: \xff\n---\n", "content/encoding"), (b"x" * 5_000_000, "content/too-large")]
)
def test_a_file_that_is_no_text_is_a_problem(tmp_path: Path, raw: bytes, rule: str) -> None:
    """What cannot be decoded or is too large is told, not raised."""
    path = tmp_path / "a.md"
    path.write_bytes(raw)
    assert content.read(path, None)[1][0].rule == rule


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A file that went away is told."""
    assert content.read(tmp_path / "gone.md", None)[1][0].rule == "content/unreadable"


FULL = Article(
    headline="Council: “votes” # 5 - no",
    body="Some *text*.\n",
    type="OpinionNewsArticle",
    slug="council",
    language="en",
    published=datetime(2026, 3, 4, 18, 30, tzinfo=timezone(timedelta(hours=-8))),
    modified=date(2026, 3, 5),
    authors=(
        Person("A. Writer", "Reporter", "Wire", "https://a.example", "a@a.example", ("https://b.example",)),
        Organization("Board"),
    ),
    agencies=(Agency("Associated Press", "AP", "https://ap.example", ("https://w.example",)), Agency("Wire")),
    publisher=Publisher(
        "Paper",
        "Paper Inc",
        "https://p.example",
        None,
        "1883-05-19",
        {"addressRegion": "WA"},
        (),
        {"email": "x@p.example"},
    ),
    section=("News", "Local"),
    tags=("a", "no", "12", "2026-01-01"),
    kicker="Bridge",
    summary="true",
    dateline="SPOKANE, Wash.",
    place=Place("Spokane", "Washington", "US", 47.65, -117.42, ("https://geo.example/1",)),
    images=(Image("images/a.svg", "alt", "caption", "credit", 10, 20, "https://l.example"), Image("images/b.svg")),
    corrections=(Correction("was wrong", date(2026, 3, 6), "clarification"), Correction("again")),
    status="hidden",
    translation_of="rat",
    canonical="https://other.example/x",
    aliases=("old/x.html",),
    source=Source("ab.txt", "ab" * 32, "https://s.example", date(2026, 3, 5), "text/plain"),
    properties={"printPage": "A1", "isAccessibleForFree": False},
    evidence={"date": Evidence("stated", "March 4", 7, "h1", None, "note", "me", "2026-01-01", ("x", "y"))},
    notes=("look: here",),
    file="a.md",
)


def test_every_field_comes_back() -> None:
    """What `dump` writes, `parse` reads."""
    article, problems = content.parse(content.dump(FULL), "a.md", None)
    assert (article, problems) == (FULL, [])


@given(st.text(min_size=1, max_size=60), st.lists(st.text(min_size=1, max_size=20), max_size=3), st.text(max_size=60))
def test_any_text_comes_back(headline: str, tags: list[str], dateline: str) -> None:
    """Whatever scraped text a value holds, it survives the content file as cleaned text."""
    clean = [content.clean_text(one.replace("\r", "\n")).strip() for one in (headline, dateline, *tags)]
    wanted = Article(
        clean[0] or "x", tags=tuple(dict.fromkeys(one for one in clean[2:] if one)), dateline=clean[1] or None, file="f"
    )
    article, _ = content.parse(content.dump(wanted), "f", None)
    assert article is not None
    assert replace(article, body="") == wanted
