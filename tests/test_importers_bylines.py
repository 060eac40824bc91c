"""Bylines: names and nothing else; agencies, papers, titles and places apart."""

from __future__ import annotations

import pytest

from broadsheet.importers import bylines
from broadsheet.model import Organization, Person


def names(text: str, language: str = "en", papers: tuple[str, ...] = ()) -> list[str]:
    """Return the names that a byline gives."""
    return [one.name for one in bylines.parse(text, language, papers).authors]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("By Ann Lee", "en", ["Ann Lee"]),
        ("By Ann Lee and Robert Moss", "en", ["Ann Lee", "Robert Moss"]),
        ("Von Max Muster (mm)/Eva Beispiel", "de", ["Max Muster", "Eva Beispiel"]),
        ("Von Max Muster und Eva Beispiel", "de", ["Max Muster", "Eva Beispiel"]),
        ("Par Marie Dupont et Jean-Luc de La Tour", "fr", ["Marie Dupont", "Jean-Luc de La Tour"]),
        ("Por José García Ortega", "es", ["José García Ortega"]),
        ("Af Karen Holm og Lars Dahl", "da", ["Karen Holm", "Lars Dahl"]),
        ("ByAnn Lee", "en", ["Ann Lee"]),
        ("Ann Lee March 4, 2026 Comment Now!", "en", ["Ann Lee"]),
        ("By Ann LeeTwitter", "en", ["Ann Lee"]),
        ("By Ann Lee Follow", "en", ["Ann Lee"]),
        ("Ann Lee@annlee", "en", ["Ann Lee"]),
        ("渡辺洋介2026年1月13日 21時37分", "ja", ["渡辺洋介"]),
        ("홍길동 기자", "ko", ["홍길동"]),
        ("By Ann Lee on March 4, 2026 at 3:53PM PST", "en", ["Ann Lee"]),
    ],
)
def test_names_are_names_alone(text: str, language: str, expected: list[str]) -> None:
    """A byline gives its names without "By", initials, dates or buttons."""
    assert names(text, language) == expected


def test_agency_leaves_the_name() -> None:
    """A byline "By Ann Lee Associated Press" is a person who writes for an agency."""
    found = bylines.parse("By Ann Lee Associated Press", "en")
    assert found.authors == (Person("Ann Lee", affiliation="Associated Press"),)


def test_agency_is_told() -> None:
    """The agency in a byline is the article's agency."""
    assert [one.code for one in bylines.parse("By Ann Lee - Associated Press", "en").agencies] == ["AP"]


def test_job_title_is_apart() -> None:
    """A job title glued to the name becomes the person's job title."""
    assert bylines.parse("Emma StoneLifestyle Writer14:00", "en").authors == (Person("Emma Stone", "Lifestyle Writer"),)


def test_the_paper_is_no_author() -> None:
    """The publisher's name behind or instead of a name is not an author."""
    assert names("Ann Lee Harbour Chronicle", "en", ("Harbour Chronicle",)) == ["Ann Lee"]


def test_place_is_apart() -> None:
    """A place behind the name is where it was written, not who wrote it."""
    assert bylines.parse("Von Max Muster, Berlin", "de").place == "Berlin"


def test_collective_byline_is_an_organization() -> None:
    """The editorial board is no person."""
    assert bylines.parse("By The Editorial Board", "en").authors == (Organization("The Editorial Board"),)


@pytest.mark.parametrize(
    "text",
    ["Middle East", "Follow Us", "Read More", "News", "The Harbour Bridge", "March 4, 2026", "NDR Kultur", "What Now"],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    """Menus, buttons and headlines are no names."""
    assert not bylines.is_name(text, "en")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "By " + "A" * 5000, "By ((((((((", "\u202eBy evil"])
def test_hostile_bylines_are_harmless(text: str) -> None:
    """No input makes a byline fail or hang."""
    assert isinstance(bylines.parse(text, "en").authors, tuple)
