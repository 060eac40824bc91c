"""A glance at a page just written finds what the thorough reading finds."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broadsheet.audit import audit_listing, audit_page, settle
from broadsheet.audit.differences import page
from broadsheet.audit.glance import glance
from broadsheet.audit.seen import read
from broadsheet.audit.xml import entries
from broadsheet.model import Published

SITE_URL = "https://lantern.example/paper"
FIELDS = (
    "graphs",
    "canonical",
    "noindex",
    "og_title",
    "headlines",
    "authors",
    "published",
    "modified",
    "dateline",
    "trail",
)

#: Pieces that a template, an article or an attacker may put into a page.
PIECES = (
    "<h1>Another</h1>",
    "<!-- <h1>Hidden</h1> -->",
    "<h1 class='x'>Single</h1>",
    '<img alt="<h1>In an attribute</h1>" src="../index.html">',
    '<time class="published" datetime="2020-01-01">then</time>',
    '<time datetime="2020-01-01" class="published">then</time>',
    '<p class="dateline">ELSEWHERE</p>',
    '<nav class="breadcrumb"><ol><li>Sport</li></ol></nav>',
    '<a rel="author" href="x.html">Nobody</a>',
    '<textarea><a rel="author">Nobody</a>',
    "<script>1</script>",
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Other"}</script>',
    '<link rel="canonical" href="https://other.example/">',
    "<a href='unquoted.html'>x</a>",
    "&lt;h1&gt;Escaped&lt;/h1&gt;",
    '<p>plain words with href="x" in the text</p>',
    "<title>Twice</title>",
    "\x00\x0b",
    "</main>",
    '<main id="other">',
    "<mainly>",
    "</head>",
    "</body>",
    "</html>",
    "</h1>",
    "</p>",
    "</nav>",
    "</a>",
    "</article>",
    "</div>",
    "</li>",
    "</time>",
    '<a href="x</head>',
)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_glance_reads_what_extruct_reads(output: Path, meant: list[Published], number: int) -> None:
    """On a page of the theme, a glance and the thorough reading see the same."""
    raw = (output / meant[number].path).read_bytes()
    glanced, whole = glance(raw), read(raw)
    assert glanced is not None
    assert all(getattr(glanced, name) == getattr(whole, name) for name in FIELDS)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_glance_sees_every_link(output: Path, meant: list[Published], number: int) -> None:
    """A glance misses no link."""
    raw = (output / meant[number].path).read_bytes()
    glanced = glance(raw)
    assert glanced is not None
    assert set(glanced.links) == {link for link in read(raw).links if link != "#main"}


def test_a_right_page_has_no_problem(output: Path, meant: list[Published]) -> None:
    """A page as it was meant is no problem."""
    assert [audit_page((output / one.path).read_bytes(), one).problems for one in meant] == [(), (), ()]


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.integers(0, 4000)), min_size=1, max_size=3), st.integers(0, 2))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_glance_decides_as_the_thorough_reading(
    output: Path, meant: list[Published], pieces: list[tuple[str, int]], number: int
) -> None:
    """Wherever something is put into a page, a glance finds a problem if the thorough reading does."""
    one = meant[number]
    text = (output / one.path).read_text(encoding="utf-8")
    for piece, at in pieces:
        text = text[:at] + piece + text[at:]
    raw = text.encode()
    _, thorough = page(read(raw), one.path, one.document, "the record")
    assert bool(audit_page(raw, one).problems) == bool(thorough)


def test_the_cost_of_a_wrong_page_is_a_thorough_reading(output: Path, meant: list[Published]) -> None:
    """A page with a wrong byline is told with both sides, as by the whole audit."""
    raw = (output / meant[0].path).read_bytes().replace(b">Tom Reed<", b">Tom Weed<")
    (found,) = audit_page(raw, meant[0]).problems
    assert "“Ida Moss; Tom Weed”" in found.message


def test_another_text_is_told_at_once(output: Path, meant: list[Published]) -> None:
    """A page whose text is not the record's is told by the press."""
    raw = (output / meant[0].path).read_bytes().replace(b"two shells", b"three shells")
    assert [one.rule for one in audit_page(raw, meant[0]).problems] == ["audit-body"]


def test_a_page_without_a_text_is_glanced_at(
    output: Path, meant: list[Published], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the record has no text, the page must not show one; where both have none, no one reads it thoroughly."""
    raw, document = (output / meant[0].path).read_bytes(), deepcopy(meant[0].document)
    del document["@graph"][0]["articleBody"]
    one = replace(meant[0], html="", text="", document=document)
    assert [found.rule for found in audit_page(raw, one).problems] == ["audit-body"]
    monkeypatch.setattr("broadsheet.audit.glance.read", None)
    assert audit_page(raw.replace(meant[0].html.encode(), b"\n"), one).problems == ()


def test_the_press_can_settle_what_stands_between_its_pages(output: Path, meant: list[Published]) -> None:
    """Pages read back one by one and the rest read at the end are the whole audit."""
    told = [audit_page((output / one.path).read_bytes(), one) for one in meant]
    assert settle(output, SITE_URL, told) == []


def test_a_broken_link_of_a_listing_is_told_by_the_press(output: Path, meant: list[Published]) -> None:
    """The pages that are no articles are read too."""
    told = [audit_page((output / one.path).read_bytes(), one) for one in meant]
    front = output / "index.html"
    front.write_text(front.read_text(encoding="utf-8").replace("articles/ferry", "articles/tram"), encoding="utf-8")
    assert {one.rule for one in settle(output, SITE_URL, told)} == {"audit-link-broken", "audit-unlinked"}


SITEMAP = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{}</urlset>\n'
URLS = (
    "<url><loc>https://a.example/</loc></url>\n",
    "<url><loc>https://a.example/b.html</loc><lastmod>2024-03-04T05:06:07+00:00</lastmod></url>\n",
    "<url><loc>https://a.example/?a=1&amp;b=2</loc></url>\n",
    "<url><loc> https://a.example/c </loc></url>\n",
    "<url><lastmod>2024-01-01</lastmod><loc>https://a.example/d</loc></url>\n",
    "<!-- <url><loc>https://a.example/e</loc></url> -->\n",
)


@given(st.lists(st.sampled_from(URLS), max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_glance_at_a_sitemap_reads_what_a_parser_reads(tmp_path: Path, urls: list[str]) -> None:
    """A sitemap of the plain form is read by a search, any other by a parser, with the same entries."""
    plain, other = tmp_path / "sitemap.xml", tmp_path / "other.xml"
    for path in (plain, other):
        path.write_text(SITEMAP.format("".join(urls)), encoding="utf-8")
    assert list(entries(plain)) == list(entries(other))


def test_a_drawing_hides_no_link() -> None:
    """What a drawing leads to, or runs, is read."""
    page = b'<!DOCTYPE html><html><head><title>x</title></head><body><main><h1>x</h1><svg><a href="gone.html"></a></svg></main></body></html>'
    assert audit_listing(page, "index.html").links == ("gone.html",)
