"""HTML pages: every JSON-LD block, read together, at the page's own lines."""

from __future__ import annotations

import pytest

from broadsheet.validate import html_page

PAPER = '{"@context": "https://schema.org", "@type": "Organization", "@id": "https://paper.example/#paper", "name": "The Example Paper", "url": "https://paper.example/"}'
ARTICLE = """{
 "@context": "https://schema.org",
 "@type": "NewsArticle",
 "headline": "Bridge reopens",
 "url": "https://paper.example/bridge",
 "image": "https://paper.example/a.jpg",
 "datePublished": "2026-03-04",
 "author": {"@type": "Person", "name": "Ada Marsh"},
 "publisher": {"@id": "https://paper.example/#paper"}
}"""


def script(text: str, kind: str = "application/ld+json") -> str:
    """Return a script element."""
    return f'<script type="{kind}">{text}</script>'


def rules(page: str) -> list[str]:
    """Return the rules that a page breaks."""
    return [one.rule for one in html_page(page, file="page.html")]


def test_a_reference_may_lead_to_another_block() -> None:
    """@id is resolved over the whole page."""
    assert rules(script(ARTICLE) + script(PAPER)) == []


def test_a_reference_to_no_block_is_a_problem() -> None:
    """Without the other block the publisher is nobody; the site's own page is not expected to say who."""
    assert "pub/id-unresolved" in rules(script(ARTICLE.replace("https://paper.example/#paper", "#paper")))


def test_a_problem_has_the_line_of_the_page() -> None:
    """The line counts from the top of the page, not of the block."""
    page = "<html>\n<head>\n" + script("\n" + ARTICLE.replace("2026-03-04", "yesterday")) + script(PAPER)
    assert [(one.rule, one.line) for one in html_page(page, file="p")] == [("vocab/date-format", 10)]


def test_the_pointer_begins_with_the_block_where_there_are_several() -> None:
    """Blocks are numbered from 0 in the order of the page."""
    page = script(PAPER) + script(ARTICLE.replace("2026-03-04", "yesterday"))
    assert [one.path for one in html_page(page, file="p")] == ["/1/datePublished"]


def test_the_pointer_leads_into_the_only_block() -> None:
    """One block needs no number."""
    page = script(PAPER.replace('"url"', '"ulr"'))
    assert [one.path for one in html_page(page, file="p")] == ["/ulr"]


def test_a_broken_block_does_not_hide_the_others() -> None:
    """Each block is read on its own."""
    page = script("{oops}") + script(PAPER.replace("Organization", "Organisation"))
    assert rules(page) == ["json/syntax", "vocab/type-unknown"]


def test_a_block_in_an_html_comment_does_not_count() -> None:
    """What browsers do not see is not judged."""
    assert rules(f"<!-- {script('{oops}')} -->" + script(PAPER)) == []


def test_other_scripts_are_passed_over() -> None:
    """A script of another type may hold anything, even the text of a script."""
    assert rules(script("var a = '<script>' + '{'", "text/javascript") + script(PAPER)) == []


def test_the_type_may_be_written_in_other_ways() -> None:
    """Quotes, case and a charset parameter do not matter."""
    assert rules(
        f"<SCRIPT data-x='1' TYPE='application/ld+json; charset=utf-8'>{PAPER.replace('name', 'nmae')}</SCRIPT>"
    ) == ["vocab/prop-unknown"]


def test_cdata_marks_are_taken_off() -> None:
    """Some systems wrap the script as XHTML did."""
    assert rules(script(f"\n//<![CDATA[\n{PAPER}\n//]]>\n")) == []


def test_a_block_that_is_a_list_is_read() -> None:
    """Blocks may be lists of objects."""
    assert rules(script(f"[{PAPER}]") + script(ARTICLE)) == []


def test_somebodys_own_data_is_one_problem_and_no_flood() -> None:
    """A block without @context and @type is told as such; its keys are not judged one by one."""
    assert rules(script('{"ampUrl": "x", "tracking": {"a": 1, "b": 2}}') + script(PAPER)) == [
        "ld/context-missing",
        "ld/type-missing",
    ]


@pytest.mark.parametrize(
    ("head", "severities"),
    [
        ("<meta property='og:type' content='article'>", ["warning"]),
        ('<meta content="article" property="og:type">', ["warning"]),
        ("", ["notice"]),
        ('<meta property="og:type" content="website">', []),
    ],
)
def test_an_article_without_json_ld_is_a_warning_and_a_list_is_not(head: str, severities: list[str]) -> None:
    """An article that tells machines nothing says so; a list or profile need not."""
    found = html_page(f"<head>{head}</head><h1>News</h1>", file="p")
    assert [(one.rule, one.severity) for one in found] == [("page/no-json-ld", one) for one in severities]


def test_a_page_of_microdata_is_a_notice() -> None:
    """Microdata is named, not judged."""
    page = '<div itemscope itemtype="https://schema.org/NewsArticle"></div>'
    assert [(one.rule, one.severity) for one in html_page(page, file="p")] == [("page/microdata", "notice")]


def test_an_unclosed_script_is_read_to_the_end() -> None:
    """A saved page may be cut off."""
    assert rules('<script type="application/ld+json">{"a": ') == ["json/syntax"]
