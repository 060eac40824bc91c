"""The words of plain paragraphs: what the quick way gives is what rendering gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import content
from broadsheet.content import paragraphs
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
        "&lt",
    ]
)
#: No halves of surrogate pairs: reading a file takes them out before anything else (`content.clean_text`).
SIGNS = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=20).map("".join)


def rendered(body: str) -> str:
    """Return the text by way of HTML."""
    return content.render(Article("x", body=body), None).text


@given(SIGNS)
def test_words_are_those_of_the_rendered_body(body: str) -> None:
    """Whatever the body, the quick way gives the same text, or none."""
    found = paragraphs.words(body)
    assert found is None or found == rendered(body)


@given(SIGNS)
def test_words_of_an_imported_paragraph(text: str) -> None:
    """What the importer of texts writes reads the same both ways."""
    body = markdown.body([(text, False), ("The council voted.", False)])
    assert content.text(Article("x", body=body), None) == rendered(body)


@pytest.mark.parametrize(
    "text", ["Rates: 5 < 6 | 7", "*not* _so_ [much]", "1. First", "# 7 of them", "= a sum", "50 ~ 60 ^ 2"]
)
def test_escaped_signs_take_the_quick_way(text: str) -> None:
    """Signs of Markdown that the importer took the meaning from do not make a body slow."""
    assert paragraphs.words(markdown.paragraph(text)) == text


@pytest.mark.parametrize("body", ["## Heading", "- item", "> quote", "a *b* c", "[a](b)", "a<br>b", "    code", "a\nb"])
def test_markup_takes_the_long_way(body: str) -> None:
    """A body with anything but paragraphs is rendered."""
    assert paragraphs.words(body) is None
