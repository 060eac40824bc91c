"""Saved pages are scraped: nothing of them runs, loads, or costs more than its bounds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from broadsheet.content import render
from broadsheet.importers import Options, html, mhtml
from broadsheet.importers.html import blocks, bounds, markdown, page
from broadsheet.model import Article, Problem, Source

TEXT = "<p>The harbour board met for four hours on Tuesday and ended where it had begun, with a vote to wait.</p>" * 3


def body_of(markup: str) -> str:
    """Return the rendered body of a page whose text holds ``markup``."""
    data = (
        f"<h1>Board waits for gull count</h1><article><p>Before it all the gulls sat down. {markup}</p>{TEXT}</article>"
    )
    return render(html.article_of(data.encode()), None).html


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="javascript:alert(1)">press the bell</a>',
        '<a href="java&#10;script:alert(1)">press the bell</a>',
        '<a href="data:text/html,x">press the bell</a>',
        '<a href="vbscript:x">press the bell</a>',
        '<a href="\\\\evil.example">press the bell</a>',
        '<img src="data:image/svg+xml,x" alt="a bell">',
        '<img src="javascript:alert(1)" alt="a bell">',
        '<img src="//bell.example/x.png" onerror="alert(1)" alt="a bell">',
        "<script>alert(1)</script>",
        "<svg><script>alert(1)</script></svg>",
        '<iframe src="https://evil.example"></iframe>',
        '<span style="background:url(https://evil.example)">x</span>',
    ],
)
def test_nothing_active_survives(markup: str) -> None:
    """Scripts, handlers and unsafe addresses leave nothing behind."""
    built = body_of(markup).lower()
    assert not any(bad in built for bad in ("script", "onerror", "data:", "iframe", "style", "evil"))


@pytest.mark.parametrize(
    "text",
    [
        "*not bold* and __not__ either",
        "1. no list at all, said the clerk",
        "# no heading, said the clerk",
        "> no quote, said the clerk",
        "a [link](https://x.example) that is none",
        "![a picture](x.png) that is none",
        "`no code` in this harbour",
        "five < six &amp; seven",
        "[^1]: no footnote, said the clerk",
        "| a | b | and no table",
        "~~~ no fence, said the clerk",
        ": no definition, said the clerk",
        "back\\slash and {braces}",
        "- no bullet, said the clerk",
        "+ nor this one, said the clerk",
    ],
)
def test_marks_of_markdown_stay_text(text: str) -> None:
    """What a page prints is what the article says, mark for mark."""
    element = lxml_html.fragment_fromstring(f"<div>{text.replace('&', '&amp;').replace('<', '&lt;')}</div>")
    (one,) = blocks.read(element)
    written = markdown.block(one, lambda _: None)
    assert render(Article("x", body=written), None).text == text


@given(st.text(alphabet=st.sampled_from("ab \n*_`[]()<>&#!|~:{}\\-+=.1\"'"), min_size=1, max_size=40))
@settings(max_examples=300)
def test_any_line_survives_markdown(text: str) -> None:
    """Whatever a paragraph holds comes back as it was, but for white space."""
    element = lxml_html.Element("p")
    element.text = text
    found = blocks.read(element)
    written = markdown.join((one, markdown.block(one, lambda _: None)) for one in found)
    assert render(Article("x", body=written), None).text.split() == text.split()


def test_emphasis_and_links_do_not_change_the_text() -> None:
    """Marks are added around words, and the words stay."""
    source = "<p>It was <b>bold<i> and</i></b> <a href='https://x.example/a_(b)'>lin*ked</a>, said<br>the <em>clerk</em>.</p>"
    (one,) = blocks.read(lxml_html.fragment_fromstring(source))
    written = markdown.block(one, lambda link: link)
    assert render(Article("x", body=written), None).text == "It was bold and lin*ked, said\nthe clerk."


def test_meta_names_of_pelican_are_ignored() -> None:
    """A page cannot say where it is written or by which template."""
    data = '<meta name="save_as" content="../x"><meta name="template" content="y"><meta name="status" content="hidden">'
    found = html.article_of(f"{data}<h1>Board waits for gull count</h1>{TEXT}".encode())
    assert (found.slug, found.status, dict(found.properties)) == (None, "published", {})


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"<div>" * 5_000 + b"x", "too-deep"),
        (b"<p>a</p>" * 40_000, "too-many-tags"),
        (b"<p " + b"a=1 " * 50_000 + b">x</p>", "too-many-attributes"),
        (b" " * (bounds.MAX_BYTES + 1), "too-large"),
    ],
)
def test_bounds(data: bytes, rule: str) -> None:
    """What is larger or deeper than any article is refused with its reason."""
    with pytest.raises(page.UnusablePage) as caught:
        html.article_of(data)
    assert caught.value.rule == rule


def test_scripts_leave_before_parsing_and_lines_stay() -> None:
    """Scripts cost nothing, JSON-LD stays, and lines keep their numbers."""
    text = "<script>\na = 1\n</script>\n<script type='application/ld+json'>{}</script>\n<p>x"
    assert bounds.without_scripts(text) == "<script>\n\n</script>\n<script type='application/ld+json'>{}</script>\n<p>x"


def test_a_script_in_a_comment_hides_nothing() -> None:
    """A comment that holds a script's opening does not swallow the page."""
    text = "<!-- <script> --><p>The article.</p><script>x</script>"
    assert "The article." in bounds.without_scripts(text)


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-16-le", "windows-1252", "shift_jis", "gb18030"])
def test_charsets(charset: str) -> None:
    """A page is read in the charset that its bytes, its mark or its own word tell."""
    word = {"shift_jis": "港の会議", "gb18030": "港口会议"}.get(charset, "Möwenzählung")
    data = f'<html><head><meta charset="{charset}"></head><body><h1>{word}</h1>{TEXT}</body></html>'.encode(charset)
    assert html.article_of(data).headline == word


def test_broken_bytes_are_replaced() -> None:
    """Bytes that are of no charset do not stop the import."""
    assert html.article_of(b"<meta charset='utf-8'><h1>G\xffll count</h1>" + TEXT.encode()).headline


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"<!DOCTYPE html><html><body>", "x", True),
        (b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='x'>", "x.xhtml", True),
        (b"<!-- saved from url=(0024)https://post.example/a --><html>", "x", True),
        (b"\xff\xfe<\0h\0t\0m\0l\0>\0", "x", True),
        (b"<?xml version='1.0'?><rss version='2.0'><channel>", "x.html", False),
        (b"<?xml version='1.0'?><x><title>x</title></x>", "x.xml", False),
        (b"Just a text with a < in it", "x.txt", False),
    ],
)
def test_recognise(head: bytes, name: str, expected: object) -> None:
    """HTML is known by its first element, not by its name alone."""
    assert html.recognise(head, name) is expected


def test_the_address_that_a_browser_wrote_is_the_source() -> None:
    """Saved pages say in a comment where they come from."""
    data = "<!-- saved from url=(0024)https://post.example/a --><html><h1>Board waits for gull count</h1>" + TEXT
    source = html.article_of(data.encode()).source
    assert source == Source(url="https://post.example/a", media_type="text/html")


def test_pictures_of_the_folder_beside_are_no_addresses() -> None:
    """Pictures of a complete page stand in a local folder: they are not made into addresses of the site."""
    figure = '<figure><img src="./gulls_files/gull.jpg" alt="A gull on the quay"></figure>'
    data = (
        f'<link rel="canonical" href="https://post.example/a"><h1>Board waits for gull count</h1>{TEXT}{figure}{TEXT}'
    )
    assert "gulls_files" not in html.article_of(data.encode()).body


MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: https://post.example/gulls
Date: Wed, 4 Mar 2026 18:30:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----part"

------part
Content-Type: text/html; charset=windows-1252
Content-Transfer-Encoding: quoted-printable
Content-Location: https://post.example/gulls

<html><h1>Board waits for g=FCll count</h1>{text}</html>
------part
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://post.example/gull.png

aGVsbG8=
------part--
"""


def saved(folder: Path, text: str) -> list[Article | Problem]:
    """Return what an MHTML file of ``text`` gives."""
    file = folder / "page.mhtml"
    file.write_bytes(text.replace("{text}", TEXT).encode("ascii"))
    return list(mhtml.read(file, Options()))


def test_mhtml_gives_its_page(tmp_path: Path) -> None:
    """The HTML part is read in the charset of its header."""
    (found,) = saved(tmp_path, MHTML)
    assert getattr(found, "headline", found) == "Board waits for güll count"


def test_mhtml_knows_where_it_was_saved(tmp_path: Path) -> None:
    """Address and time of the snapshot become the source's."""
    (found,) = saved(tmp_path, MHTML)
    assert getattr(getattr(found, "source", found), "url", None) == "https://post.example/gulls"


def test_mhtml_is_recognised_by_its_headers() -> None:
    """Mail headers and related parts make an MHTML file; a letter alone does not."""
    assert (mhtml.recognise(MHTML.encode(), "x"), mhtml.recognise(b"MIME-Version: 1.0\n\nHello", "x")) == (True, False)


def test_mhtml_without_a_page_is_a_problem(tmp_path: Path) -> None:
    """Parts without HTML are said to hold no page."""
    (found,) = saved(tmp_path, MHTML.replace("text/html; charset", "text/css; charset"))
    assert getattr(found, "rule", found) == "mhtml-no-page"


def test_read_gives_a_problem_for_what_is_no_page(tmp_path: Path) -> None:
    """The reader yields problems, it does not raise."""
    file = tmp_path / "deep.html"
    file.write_bytes(b"<div>" * 3_000)
    (found,) = html.read(file, Options())
    assert getattr(found, "rule", found) == "html-too-deep"


def test_hostile_headlines_come_back_as_meant(shared: Path) -> None:
    """Every hostile page of the development set gives the headline that was meant."""
    import json

    folder = shared / "dev/hostile/set"
    known = json.loads((folder / "manifest.json").read_text())["articles"]
    pages = [one for one in known if one["file"].endswith(".html") and one.get("intended")]
    wrong = [
        one["file"]
        for one in pages
        if html.article_of((folder / one["file"]).read_bytes()).headline.split() != one["intended"]["headline"].split()
    ]
    assert wrong == []
