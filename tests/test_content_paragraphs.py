"""The words of plain paragraphs: what the quick way gives is what rendering gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import config, content
from broadsheet.content import paragraphs
from broadsheet.content.markdown_ import to_html
from broadsheet.content.plain import plain_text
from broadsheet.importers.text import markdown
from broadsheet.model import Article

PIECES = st.sampled_from(
    [
        *"aZ1.)(-+=:<>&;#*_`[]{}!|~^\\/\"'’é漢, \n",
        "\n\n",
        "  ",
        "\t",
        "\ufeff",
        "\u00a0",
        "\u2028",
        "&amp;",
        "&#58;",
        "1. ",
        "17.5 ",
        "&lt",
        "&copy",
        "R&D",
        "&\\#58;",
        "&a-b;",
        " | ",
        "\n---|---\n",
        "~~~",
        "->",
    ]
)
#: No halves of surrogate pairs: reading a file takes them out before anything else (`content.clean_text`).
SIGNS = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=20).map("".join)


def rendered(body: str) -> content.Body:
    """Return HTML and text by way of python-markdown and the sanitiser."""
    html = to_html(body)
    return content.Body(html, plain_text(html))


@given(SIGNS)
def test_words_are_those_of_the_rendered_body(body: str) -> None:
    """Whatever the body, the quick way gives the same text and HTML, or none."""
    found = paragraphs.words(body)
    assert found is None or content.Body(paragraphs.html(found), found) == rendered(body)


@given(SIGNS)
def test_words_of_an_imported_paragraph(text: str) -> None:
    """What the importer of texts writes reads the same both ways."""
    body = markdown.body([(text, False), ("The council voted.", False)])
    article = Article("x", body=body)
    assert content.render(article, None) == rendered(body)
    assert content.text(article, None) == rendered(body).text


@pytest.mark.parametrize(
    "text", ["Rates: 5 < 6 | 7", "*not* _so_ [much]", "1. First", "# 7 of them", "= a sum", "50 ~ 60 ^ 2"]
)
def test_escaped_signs_take_the_quick_way(text: str) -> None:
    """Signs of Markdown that the importer took the meaning from do not make a body slow."""
    assert paragraphs.words(markdown.paragraph(text)) == text


@pytest.mark.parametrize(
    "text",
    ["News | The Gazette | 2016", "5 > 4 -> true", "R&D, &c. and AT&T", "17.5 per cent", "1.5", "about ~5 or 2^3"],
)
def test_signs_that_mean_nothing_where_they_stand_take_the_quick_way(text: str) -> None:
    """Within a line there is no table, no quote, no fence and no reference without a semicolon."""
    assert paragraphs.words(text) == text
    assert content.Body(paragraphs.html(text), text) == rendered(text)


@pytest.mark.parametrize("text", ["| a |", "> a", "~~~", "^a", "1.", "1. a", "2) a", "&copy; a", "&#169 a", "&\\#58;"])
def test_signs_that_mean_something_take_the_long_way(text: str) -> None:
    """What may begin a block, or refer to a sign, is left to python-markdown."""
    assert paragraphs.words(text) is None


def test_a_site_with_extensions_of_its_own_takes_the_long_way() -> None:
    """What an extension reads into plain words is its own affair."""
    build = config.Build(markdown_extensions=("nl2br",))
    assert "<br" in content.render(Article("x", body="a\nb"), config.Site("", "", build=build)).html
    assert content.render(Article("x", body=""), None) == content.Body("", "")


@pytest.mark.parametrize("body", ["## Heading", "- item", "> quote", "a *b* c", "[a](b)", "a<br>b", "    code", "a\nb"])
def test_markup_takes_the_long_way(body: str) -> None:
    """A body with anything but paragraphs is rendered."""
    assert paragraphs.words(body) is None
