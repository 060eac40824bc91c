"""Slugs and paths."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import urls


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Council votes to reopen the swing bridge", "council-votes-to-reopen-the-swing-bridge"),
        ("Fish & chips at 5%", "fish-and-chips-at-5-percent"),
        ("C++ and C#", "c-plus-plus-and-c-sharp"),
        ("Łódź café", "lodz-cafe"),
        ("The harbor’s edge", "the-harbors-edge"),
        ("Index", "index-1"),
        ("CON", "con-1"),
    ],
)
def test_a_headline_becomes_a_slug(text: str, slug: str) -> None:
    """A slug keeps the words and loses what addresses cannot hold."""
    assert urls.slugify(text) == slug


@given(st.text(max_size=400))
def test_every_text_has_a_safe_slug(text: str) -> None:
    """Whatever the headline, its slug is short, plain and not empty."""
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?", urls.slugify(text))


def test_a_headline_without_letters_gets_a_slug_of_its_own() -> None:
    """Two headlines that hold no letter do not meet."""
    assert urls.slugify("!!!") != urls.slugify("???")


def test_equal_wishes_get_different_slugs() -> None:
    """Who comes late to a taken slug gets a number."""
    wishes = [("b.md", "Same", False), ("a.md", "same!", False), ("c.md", "same-2", False)]
    assert urls.allocate(wishes) == {"a.md": "same", "b.md": "same-2", "c.md": "same-2-2"}


@pytest.mark.parametrize("headline", ["Same", "Same in 2024", "Same 1", "Long " * 40, "x" * 300])
def test_numbered_files_are_addressed_as_they_are_named(headline: str) -> None:
    """What imports number keeps its number, and its address when an eleventh comes."""
    slug = urls.slugify(headline)
    files = [f"{slug}.md", *(f"{urls.numbered(slug, number)}.md" for number in range(2, 12))]
    for many in (len(files) - 1, len(files)):
        slugs = urls.allocate((file, headline, False) for file in sorted(files[:many]))
        assert slugs == {file: file.removesuffix(".md") for file in files[:many]}
    assert [urls.likely(file, headline) for file in files] == [file.removesuffix(".md") for file in files]


@pytest.mark.parametrize("file", ["a.md", "other-2.md", "same-1.md", "same-02.md", "-2.md", "same-²2.md", "x/y"])
def test_a_file_of_another_name_likely_gets_what_it_wishes(file: str) -> None:
    """A number that is no one's turn says nothing."""
    assert urls.likely(file, "Same") == "same"


@given(st.lists(st.tuples(st.text(alphabet="ab-2.", max_size=8), st.sampled_from(["a", "b"])), max_size=20))
def test_the_order_of_wishes_does_not_matter(wishes: list[tuple[str, str]]) -> None:
    """Slugs follow from names, whoever is asked first."""
    asked = [(file, wish, False) for file, wish in dict(wishes).items()]
    assert urls.allocate(asked) == urls.allocate(reversed(asked))


def test_a_stated_slug_is_served_first() -> None:
    """A slug that the front matter states wins over one that follows from a headline."""
    given_slugs = urls.allocate([("a.md", "bridge", False), ("b.md", "bridge", True)])
    assert given_slugs == {"b.md": "bridge", "a.md": "bridge-2"}


@given(st.lists(st.text(alphabet="ab-2", max_size=90), max_size=30))
def test_allocated_slugs_never_meet(words: list[str]) -> None:
    """However alike the wishes, every file has a slug of its own."""
    slugs = urls.allocate((f"{number}.md", word, False) for number, word in enumerate(words))
    assert len(set(slugs.values())) == len(words)


def test_page_two_of_a_section_cannot_meet_another_section() -> None:
    """Stock Pelican gives tag ``t2`` page 2 and tag ``t22`` page 1 one address; we do not."""
    assert urls.tag_path("t2", 2) != urls.tag_path("t22")


def test_a_subsection_stands_below_its_section() -> None:
    """The path of a section follows its names."""
    assert urls.section_path(("News", "Nation/World"), 3) == "section/news/nation-world.p3.html"


def test_the_root_is_reached_from_any_depth() -> None:
    """Every level down is one step up."""
    assert urls.root_of("section/news/local.html") == "../../"
