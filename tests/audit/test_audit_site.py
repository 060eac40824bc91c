"""The audit sees every way in which the files of a built paper can disagree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from broadsheet.audit import NoOutput, audit
from broadsheet.model import Problem, Published

Change = Callable[[str, str, str], list[Problem]]
FERRY = "articles/ferry.html"


def test_a_paper_that_agrees_has_no_problems(output: Path) -> None:
    """Page, JSON-LD, feeds, sitemaps and exports that say the same are no problem."""
    assert audit(output) == []


def test_the_records_that_were_published_are_no_problem(output: Path, meant: list[Published]) -> None:
    """Records that equal what was published are no problem."""
    assert audit(output, meant=meant) == []


@pytest.mark.parametrize(
    ("rule", "file", "old", "new"),
    [
        ("headline", FERRY, "<h1>Ferry &amp; tram", "<h1>Ferry"),
        ("headline", FERRY, "</h1>", "</h1><h1>Another</h1>"),
        ("headline", FERRY, '"headline":"Ferry', '"headline":"Train'),
        ("authors", FERRY, ">Tom Reed<", ">Tom Weed<"),
        ("authors", FERRY, ' and <a rel="author"', ' and <a rel="me"'),
        ("published", FERRY, '<time class="published"', "<time"),
        ("published", FERRY, 'datetime="2026-03-04T18', 'datetime="2026-03-04T19'),
        ("modified", "articles/heron.html", 'datetime="2026-03-07', 'datetime="2026-03-08'),
        ("dateline", FERRY, "FENWICK, Ore. --", "SALEM, Ore. --"),
        ("section", FERRY, ">Transport</a></li>", ">Travel</a></li>"),
        ("body", FERRY, "two shells", "three shells"),
        ("body", FERRY, "<p>The ticket", "<p>Free.</p><p>The ticket"),
        ("body", FERRY, "prose article-body", "prose"),
        ("og-title", FERRY, 'og:title" content="Ferry', 'og:title" content="Train'),
        ("jsonld-unreadable", FERRY, '{"@context"', '{"@context'),
        ("jsonld-missing", FERRY, 'application/ld+json">{', 'text/plain">{'),
        ("document-unreadable", "articles/ferry.json", "{", "["),
        ("graph", "articles/ferry.json", "Tom Reed", "Tom Weed"),
        ("canonical-missing", FERRY, 'rel="canonical"', 'rel="shortlink"'),
        (
            "canonical-wrong",
            FERRY,
            'canonical" href="https://lantern.example/paper/articles/ferry',
            'canonical" href="/ferry',
        ),
        (
            "address",
            FERRY,
            '"url":"https://lantern.example/paper/articles/ferry.html"',
            '"url":"https://lantern.example/x"',
        ),
        ("link-broken", FERRY, 'href="../index.html"', 'href="../front.html"'),
        ("link-broken", FERRY, 'href="../index.html"', 'href="../../../etc/passwd"'),
        ("link-broken", "index.html", "<ul>", '<ul><img src="/images/none.webp">'),
        ("link-harmful", FERRY, 'href="../index.html"', 'href="JavaScript:void 0"'),
        ("fragment-missing", "index.html", FERRY, f"{FERRY}#evidence"),
        ("unlinked", "index.html", f'href="{FERRY}"', 'href="articles/heron.html"'),
        ("list-differs", "feed.atom.xml", "Ferry &amp; tram", "Ferry and tram"),
        ("list-differs", "feed.atom.xml", "<name>Tom Reed", "<name>Tom Weed"),
        ("list-differs", "feed.atom.xml", "<published>2026-03-04T18", "<published>2026-03-04T19"),
        ("list-differs", "feed.atom.xml", "<updated>2026-03-07", "<updated>2026-03-09"),
        ("list-unknown", "feed.atom.xml", "articles/ferry.html'", "articles/tram.html'"),
        ("list-lacks", "feed.atom.xml", "articles/heron.html'", "articles/ferry.html'"),
        ("list-differs", "feed.rss.xml", "18:30:00", "18:31:00"),
        ("list-differs", "feed.rss.xml", "<dc:creator>Tom Reed</dc:creator>", ""),
        ("xml-unreadable", "feed.rss.xml", "</item>", ""),
        ("list-lacks", "sitemap.xml", "articles/ferry.html", "articles/heron.html"),
        ("sitemap-broken", "sitemap.xml", "articles/ferry.html", "articles/tram.html"),
        (
            "sitemap-elsewhere",
            "sitemap.xml",
            "https://lantern.example/paper/articles/ferry",
            "https://other.example/ferry",
        ),
        ("list-differs", "news-sitemap.xml", "2026-03-06", "2026-03-05"),
        ("list-differs", "data/articles.csv", "Heron returns", "Heron flees"),
        ("list-differs", "data/articles.csv", "Ida Moss; Tom Reed", "Ida Moss"),
        ("list-differs", "data/articles.json", "2026-03-06", "2026-03-05"),
        ("list-differs", "data/articles.jsonl", "Tom Reed", "Tom Weed"),
        ("list-twice", "data/articles.csv", "/articles/heron", "/articles/ferry"),
        ("list-unknown", "data/articles.csv", "/articles/heron", "/articles/egret"),
        ("list-lacks", "data/articles.json", "/articles/heron", "/articles/egret"),
        ("export-unreadable", "data/articles.json", "[", ""),
    ],
)
def test_a_difference_is_a_problem(change: Change, rule: str, file: str, old: str, new: str) -> None:
    """Whatever is changed in one file is told under the rule that it breaks."""
    assert f"audit-{rule}" in {problem.rule for problem in change(file, old, new)}


def test_a_problem_names_both_sides(change: Change) -> None:
    """The message says what the reader sees and what the crawler reads."""
    (found,) = [one for one in change(FERRY, "<h1>Ferry &amp; tram", "<h1>Ferry") if one.rule == "audit-headline"]
    assert found.message == (
        "articles/ferry.html shows the headline “Ferry share one ticket” "
        "but its JSON-LD says “Ferry & tram share one ticket”."
    )


@pytest.mark.parametrize("file", ["articles/ferry.json", "sitemap.xml", "articles/ferry.html"])
def test_a_missing_file_is_a_problem(output: Path, file: str) -> None:
    """A file that others need is missed."""
    (output / file).unlink()
    assert any(file in problem.message for problem in audit(output))


def test_an_undated_article_with_a_date_in_a_feed_is_a_problem(change: Change) -> None:
    """A feed that dates what no one dated is told."""
    entry = "<entry><link href='https://lantern.example/paper/articles/an.html'/><published>2026-03-09T00:00:00Z</published></entry>"
    assert "audit-list-differs" in {one.rule for one in change("feed.atom.xml", "</feed>", f"{entry}</feed>")}


def test_a_feed_may_write_html(change: Change) -> None:
    """A title that a feed writes as HTML is no difference."""
    assert change("feed.rss.xml", "Ferry &amp; tram", "Ferry &amp;amp; tram") == []


def test_a_hidden_page_may_be_missing_from_lists(change: Change) -> None:
    """A page that asks robots to leave it out need not be in feeds and sitemaps."""
    change(FERRY, "<head>", '<head><meta name="robots" content="noindex">')
    found = change("sitemap.xml", f"<url><loc>https://lantern.example/paper/{FERRY}</loc></url>", "")
    assert not any(one.rule == "audit-list-lacks" for one in found)


def test_a_record_without_a_page_is_a_problem(output: Path, meant: list[Published]) -> None:
    """An article that was to be published and has no page is told."""
    other = replace(meant[0], path="articles/other.html", slug="other")
    assert "audit-page-missing" in {one.rule for one in audit(output, meant=[*meant, other])}


def test_a_page_without_a_record_is_a_problem(output: Path, meant: list[Published]) -> None:
    """A page left over from an earlier build is told."""
    assert "audit-page-unmeant" in {one.rule for one in audit(output, meant=meant[1:])}


def test_a_record_that_says_otherwise_is_a_problem(output: Path, meant: list[Published]) -> None:
    """A document that is not the record's graph is told."""
    graph = [{**meant[0].document["@graph"][0], "headline": "Another"}, *meant[0].document["@graph"][1:]]
    changed = replace(meant[0], document={**meant[0].document, "@graph": graph})
    assert "audit-graph" in {one.rule for one in audit(output, meant=[changed, *meant[1:]])}


def test_a_folder_without_a_site_cannot_be_audited(tmp_path: Path) -> None:
    """A folder that holds no front page stops the audit."""
    with pytest.raises(NoOutput, match=r"no index\.html"):
        audit(tmp_path)


def test_a_file_is_no_site(output: Path) -> None:
    """Whoever names a file is told so, and what reads single files."""
    with pytest.raises(NoOutput, match="This is a file"):
        audit(output / "index.html")


def test_an_entity_bomb_in_a_feed_is_not_expanded(change: Change) -> None:
    """Entities of a feed are not expanded, whatever they hold."""
    bomb = "<!DOCTYPE feed [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>"
    found = change("feed.atom.xml", "<?xml version='1.0'?>", f"<?xml version='1.0'?>{bomb}")
    assert not any("aaaa" in one.message for one in found)
