"""Markdown and raw HTML become safe HTML and plain text."""

from __future__ import annotations

import pytest

from broadsheet import content
from broadsheet.content.clean import safe_address
from broadsheet.content.plain import plain_text
from broadsheet.model import Article


def _html(body: str) -> str:
    return content.render(Article("x", body), None).html


def _text(body: str) -> str:
    return content.render(Article("x", body), None).text


def test_paragraphs_are_parted_by_a_blank_line() -> None:
    """The plain text keeps the paragraphs and the items of lists."""
    assert _text("One *two*.\n\n- a\n- b\n\n> q") == "One two.\n\na\n\nb\n\nq"


def test_footnote_marks_are_not_part_of_the_text() -> None:
    """A reader of the text alone meets no stray numbers."""
    assert _text("It rose[^1] again.\n\n[^1]: By 5%.") == "It rose again.\n\nBy 5%."


def test_a_line_break_is_a_new_line() -> None:
    """Verse keeps its lines."""
    assert _text("one  \ntwo") == "one\ntwo"


def test_the_first_level_heading_is_the_headlines() -> None:
    """The body of an article begins at the second level."""
    assert _html("# Big") == "<h2>Big</h2>"


def test_a_picture_of_the_paper_is_found_from_the_article() -> None:
    """Addresses in content are relative to content/; pages stand one level down."""
    assert 'src="../images/a.svg"' in _html("![A](images/a.svg)")


def test_intrasite_links_are_answered_by_the_press() -> None:
    """``{filename}`` leads where the press says."""
    body = content.render(
        Article("x", "[a]({filename}b.md)"), None, lambda kind, target: f"articles/{kind}-{target}.html"
    )
    assert 'href="../articles/filename-b.md.html"' in body.html


def test_intrasite_links_out_of_content_lead_nowhere() -> None:
    """Stock Pelican copies any readable file that ``{attach}`` names; nothing here does."""
    assert _html("[a]({attach}../.env)") == "<p><a>a</a></p>"


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java\nscript:alert(1))",
        '<a href="data:text/html,x">a</a>',
        '<a href="//evil.example">a</a>',
        '<a href="\\\\evil.example">a</a>',
        "<svg onload=alert(1)>",
        "<iframe src=https://evil.example></iframe>",
        '<p style="position:fixed">x</p>',
        '<p id="location" class="x">x</p>',
        "<form action=https://evil.example><input></form>",
        "<meta http-equiv=refresh content=0>",
        "<base href=https://evil.example>",
        "<style>*{display:none}</style>",
        "<object data=x></object><embed src=x>",
        '<a href="&#106;avascript:alert(1)">x</a>',
        '<a href=" javascript:alert(1)">x</a>',
    ],
)
def test_nothing_active_survives(body: str) -> None:
    """No script, handler, style, form, frame or address that runs reaches a page."""
    html = _html(body).lower()
    bad = ("<script", "onerror", "onload", "javascript:", "data:", "//evil", "\\\\evil", "<svg", "<iframe", "style=")
    more = ("id=", "class=", "<form", "<input", "<meta", "<base", "<style", "<object", "<embed")
    assert not [one for one in (*bad, *more) if one in html]


def test_text_that_looks_like_a_tag_stays_text() -> None:
    """Escaped markup is not made live."""
    assert "&lt;script&gt;" in _html("&lt;script&gt;alert(1)&lt;/script&gt;")


def test_a_character_reference_cannot_bring_in_a_control_character() -> None:
    """``&#1;`` is a control character too."""
    assert "\x01" not in _html("<p>a&#1;b</p>")


@pytest.mark.parametrize(
    "body", [">" * 20000, "<div>" * 3000, "[" * 5000, "\t" * 30 + "- x", "<b>" * 100 + "x", "*" * 4000 + "a"]
)
def test_a_bomb_is_refused_with_a_sentence(body: str) -> None:
    """What would take the parser minutes is told in a moment."""
    with pytest.raises(content.TooDeepError, match=r"simplify|split|remove"):
        _html(body)


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://a.example/x", True),
        ("mailto:a@a.example", True),
        ("../x.html", True),
        ("#fn:1", True),
        ("x/y:z", True),
        ("javascript:x", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("//evil.example", False),
        ("\x01javascript:x", False),
    ],
)
def test_only_plain_addresses_are_safe(address: str, safe: bool) -> None:
    """http(s), mailto and relative addresses; nothing that runs or reads files."""
    assert safe_address(address) is safe


def test_a_picture_elsewhere_becomes_a_link() -> None:
    """A published page loads nothing from another host."""
    assert _html("![A boat](https://other.example/a.png)") == (
        '<p><a class="picture-elsewhere" href="https://other.example/a.png">A boat</a></p>'
    )


def test_a_linked_picture_elsewhere_is_not_a_link_in_a_link() -> None:
    """Anchors do not nest."""
    html = _html("[![](https://other.example/a.png)](https://other.example/)")
    assert (
        html
        == '<p><a href="https://other.example/"><span class="picture-elsewhere">Picture at other.example</span></a></p>'
    )


def test_the_label_of_a_picture_elsewhere_is_not_text() -> None:
    """The article's words are the writer's own."""
    assert _text("One. ![A boat](https://other.example/a.png)") == "One."


def test_the_text_of_the_page_is_the_text_of_the_article() -> None:
    """Reading the published body back gives the same words."""
    body = content.render(Article("x", "One.\n\n![A boat](https://other.example/a.png)\n\nTwo[^1].\n\n[^1]: n"), None)
    assert plain_text(body.html) == body.text


def test_an_aligned_column_keeps_its_side() -> None:
    """Python-Markdown writes a style; the page has a class, and no style."""
    html = _html("| a | b |\n|--:|:-:|\n| 1 | 2 |")
    assert ('<td class="right">1</td>' in html, '<td class="center">2</td>' in html, "style" in html) == (
        True,
        True,
        False,
    )


def test_a_refused_picture_leaves_its_words() -> None:
    """An image without an address is no image."""
    assert _html('<p><img src="javascript:x" alt="A boat"></p>') == "<p>A boat</p>"
