"""Built pages are sound: headings in order, landmarks, links that lead somewhere, text that stays text."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from broadsheet import build, config

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = "<script>alert(1)</script>\"'&amp;<b>"
SITE = """[site]
name = "The Test Gazette <b>"
url = "https://gazette.example/sub"
description = "News & more"
place = "Nowhere"
[publisher]
foundingDate = "1887-04-09"
correctionsPolicy = "https://gazette.example/sub/pages/about.html"
[build]
page_size = 3
[license]
data = "https://example.org/cc0"
data_name = "CC0"
"""
FULL = """---
title: 'A full article %s'
kicker: 'Kicker %s'
date: 2025-03-04T18:30:00-08:00
modified: 2025-03-05
authors: [{name: Ada Quill, jobTitle: Reporter}, {name: Ben Tarrow}]
agency: {name: Meridian Wire, code: MW}
category: News > Local
tags: [boats, tides]
dateline: LISBON, Portugal
place: {name: Lisbon, country: PT}
summary: 'A summary %s'
image: {url: images/a.svg, alt: A square, caption: 'Caption %s', credit: 'Credit %s', width: 10, height: 10}
correction: [{kind: correction, date: 2025-03-05, text: 'Wrong %s'}]
evidence:
  title: {basis: stated, line: 1, text: 'A full article %s'}
  dateline: {basis: inferred, rule: dateline-dash, text: 'LISBON, Portugal -', note: 'Note %s'}
---
First paragraph.

## A heading

A [link](https://elsewhere.example/) and a list:

- one
- two
""".replace("%s", HOSTILE.replace("'", "''"))
BARE = "---\ntitle: Only a headline\n---\n"
SPANISH = "---\ntitle: Una noticia\ndate: 2025-01-02\nlang: es\ncategory: Mundo\n---\nTexto.\n"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a paper with every kind of page; return its output folder."""
    root = tmp_path_factory.mktemp("gazette")
    (root / "content" / "images").mkdir(parents=True)
    (root / "content" / "pages").mkdir()
    (root / "broadsheet.toml").write_text(SITE, encoding="utf-8")
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'
    (root / "content" / "images" / "a.svg").write_text(picture, encoding="utf-8")
    (root / "content" / "pages" / "about.md").write_text("---\ntitle: About us\n---\nUs.\n", encoding="utf-8")
    for name, text in (("full", FULL), ("bare", BARE), ("es", SPANISH)):
        (root / "content" / f"{name}.md").write_text(text, encoding="utf-8")
    for day in range(1, 10):
        text = f"---\ntitle: Small news {day}\ndate: 2024-02-0{day}\ncategory: News\n---\nText.\n"
        (root / "content" / f"small{day}.md").write_text(text, encoding="utf-8")
    report = build.build(config.load(root), root / "output")
    assert report.articles == 12
    return root / "output"


@pytest.fixture(scope="module")
def pages(paper: Path) -> dict[str, html.HtmlElement]:
    """Return every built page, parsed, by path."""
    found = sorted(paper.rglob("*.html"))
    return {one.relative_to(paper).as_posix(): html.fromstring(one.read_text(encoding="utf-8")) for one in found}


def full(pages: dict[str, html.HtmlElement]) -> html.HtmlElement:
    """Return the page of the article that states everything."""
    return next(page for path, page in pages.items() if path.startswith("articles/a-full-article"))


def test_every_kind_of_page_is_there(pages: dict[str, html.HtmlElement]) -> None:
    """The fixture holds a page of each kind, so that the tests below mean something."""
    kinds = {page.find("body").get("class") for page in pages.values()}
    everything = "front article section author agency place tag listings archive month undated page data missing"
    assert kinds == set(everything.split())


def test_one_h1_a_page(pages: dict[str, html.HtmlElement]) -> None:
    """Every page has exactly one h1."""
    assert {path: len(page.findall(".//h1")) for path, page in pages.items() if len(page.findall(".//h1")) != 1} == {}


def test_headings_skip_no_rank(pages: dict[str, html.HtmlElement]) -> None:
    """A heading is at most one rank below the one before it."""
    faults = {}
    for path, page in pages.items():
        ranks = [int(one.tag[1]) for one in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        if any(after - before > 1 for before, after in pairwise(ranks)):
            faults[path] = ranks
    assert faults == {}


def test_ids_are_unique(pages: dict[str, html.HtmlElement]) -> None:
    """No id stands twice on a page."""
    twice = {path: [one for one, n in Counter(page.xpath("//@id")).items() if n > 1] for path, page in pages.items()}
    assert {path: ids for path, ids in twice.items() if ids} == {}


def test_landmarks(pages: dict[str, html.HtmlElement]) -> None:
    """Every page has a header, one main part and a footer."""
    found = {tuple(len(page.xpath(f"//body/{tag}")) for tag in ("header", "main", "footer")) for page in pages.values()}
    assert found == {(1, 1, 1)}


def test_the_first_link_skips_to_the_text(pages: dict[str, html.HtmlElement]) -> None:
    """The first link of every page leads to the main part."""
    assert {page.xpath("(//a)[1]/@href")[0] for page in pages.values()} == {"#main"}


def test_labels_exist(pages: dict[str, html.HtmlElement]) -> None:
    """Whatever aria-labelledby names is on the page."""
    missing = {
        (path, name)
        for path, page in pages.items()
        for name in page.xpath("//@aria-labelledby")
        if not page.xpath("//*[@id=$name]", name=name)
    }
    assert missing == set()


def test_navigations_are_told_apart(pages: dict[str, html.HtmlElement]) -> None:
    """Every nav has a name of its own."""
    assert [
        path for path, page in pages.items() if page.xpath("//nav[not(@aria-label) and not(@aria-labelledby)]")
    ] == []


def test_links_lead_somewhere(paper: Path, pages: dict[str, html.HtmlElement]) -> None:
    """Every relative link and picture is a file of the paper."""
    broken = set()
    for path, page in pages.items():
        if path == "404.html":  # its links begin at the host's root
            continue
        for address in page.xpath("//@href | //@src"):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = (paper / path).parent / unquote(parts.path)
            if not target.is_file():
                broken.add((path, address))
    assert broken == set()


def test_the_missing_page_links_from_the_root(pages: dict[str, html.HtmlElement]) -> None:
    """404.html is shown at any depth, so its links begin with the site's base path."""
    links = pages["404.html"].xpath("//a/@href[not(starts-with(., '#')) and not(contains(., '://'))]")
    assert {link[:5] for link in links} == {"/sub/"}


def test_pictures_say_what_they_show(pages: dict[str, html.HtmlElement]) -> None:
    """Every picture has an alt attribute; on the article's page it says what is shown."""
    assert full(pages).xpath("//article[@class='story']//figure/img/@alt") == ["A square"]


@pytest.mark.parametrize("part", ["headline", "kicker", "summary", "caption", "credit", "correction", "evidence"])
def test_markup_in_a_value_stays_text(pages: dict[str, html.HtmlElement], part: str) -> None:
    """A <script> in front matter is printed as the text it is."""
    where = {
        "headline": "//h1",
        "kicker": "//header/p[@class='kicker']",
        "summary": "//header/p[@class='standfirst']",
        "caption": "//figcaption",
        "credit": "//figcaption/span",
        "correction": "//section[@id='corrections']/p",
        "evidence": "//details//q",
    }
    assert HOSTILE in full(pages).xpath(where[part])[0].text_content()


def test_no_page_holds_a_live_script(pages: dict[str, html.HtmlElement]) -> None:
    """The only scripts in pages are JSON-LD; the data page names the theme's own files."""
    live = {
        (path, (script.get("src") or "inline").rpartition("/")[0])
        for path, page in pages.items()
        for script in page.iter("script")
        if script.get("type") != "application/ld+json"
    }
    assert live == {("data.html", "theme")}


def test_a_headline_is_the_whole_h1(pages: dict[str, html.HtmlElement]) -> None:
    """Kicker and label stand outside the h1: what it holds is the headline and nothing else."""
    assert full(pages).findtext(".//h1") == f"A full article {HOSTILE}"


def test_an_author_link_holds_the_name_alone(pages: dict[str, html.HtmlElement]) -> None:
    """Job titles and "By" stand outside the link."""
    assert full(pages).xpath("//*[@rel='author']/text()") == ["Ada Quill", "Ben Tarrow"]


def test_cards_name_no_author_of_theirs(pages: dict[str, html.HtmlElement]) -> None:
    """Only the article's own byline uses rel=author."""
    assert [
        path for path, page in pages.items() if not path.startswith("articles/") and page.xpath("//*[@rel='author']")
    ] == []


def test_a_wire_dateline_holds_place_and_code(pages: dict[str, html.HtmlElement]) -> None:
    """The dateline is printed as papers print it."""
    assert " ".join(full(pages).xpath("//p[@class='dateline']")[0].text_content().split()) == "LISBON, Portugal (MW) –"


def test_times_are_machine_readable(pages: dict[str, html.HtmlElement]) -> None:
    """The published time is in datetime as the record states it."""
    assert full(pages).xpath("//time[@class='published']/@datetime") == ["2025-03-04T18:30:00-08:00"]


def test_an_undated_article_has_no_published_time(pages: dict[str, html.HtmlElement]) -> None:
    """What is not known is not printed."""
    assert pages["articles/only-a-headline.html"].xpath("//time[@class='published']") == []


def test_the_page_speaks_the_articles_language(pages: dict[str, html.HtmlElement]) -> None:
    """The page of a Spanish article is Spanish, and its English furniture says so."""
    page = pages["articles/una-noticia.html"]
    assert (page.get("lang"), page.xpath("//aside/@lang | //body/footer/@lang")) == ("es", ["en", "en"])


def test_open_graph_describes_the_article(pages: dict[str, html.HtmlElement]) -> None:
    """og:title is the headline, and the type is article."""
    values = {tag.get("property"): tag.get("content") for tag in full(pages).iter("meta") if tag.get("property")}
    assert (values["og:title"], values["og:type"]) == (f"A full article {HOSTILE}", "article")


def test_long_lists_have_pages(pages: dict[str, html.HtmlElement]) -> None:
    """The second page of a list leads back to the first and on to the third."""
    links = pages["section/news.p2.html"].xpath("//nav[@class='pages']/a/@href")
    assert links == ["../section/news.html", "../section/news.p3.html"]


def checker() -> list[str] | None:
    """Return the command of the Nu HTML checker, where java and the jar are present."""
    jars = [Path(os.environ.get("VNU_JAR", "-")), ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"]
    jar = next((one for one in jars if one.is_file()), None)
    java = shutil.which("java")
    return [java, "-jar", str(jar), "--also-check-css", "--exit-zero-always"] if java and jar else None


@pytest.mark.slow
def test_every_page_is_valid_html(paper: Path) -> None:
    """The Nu HTML checker finds no error and no warning in any page or style."""
    command = checker()
    if command is None:
        pytest.skip("java and vnu.jar (npm install vnu-jar, or VNU_JAR) are required in CI")
    files = sorted(str(one) for pattern in ("*.html", "theme/*.css") for one in paper.rglob(pattern))
    done = subprocess.run([*command, *files], capture_output=True, text=True, encoding="utf-8", check=True, timeout=300)
    assert done.stderr.replace(str(paper), "") == ""
