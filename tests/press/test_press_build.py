"""What a build leaves behind."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from broadsheet import build, config
from broadsheet.build import reading
from broadsheet.model import BroadsheetError
from broadsheet.press import nursery


def test_everything_has_its_address(paper, built, bytes_of):
    """Front page, article, document, listings, feeds, maps and data stand where docs/architecture.md says."""
    built(paper)
    wanted = {
        *(
            "index.html",
            "articles/ferry-1.html",
            "articles/ferry-1.json",
            "section/harbor.html",
            "section/harbor/tides.html",
        ),
        *("author/ada-fenn.html", "tag/ferries.html", "archive.html", "archive/2024-03.html", "undated.html"),
        *(
            "pages/about.html",
            "data.html",
            "data/articles.csv",
            "feed.atom.xml",
            "feed.rss.xml",
            "section/harbor.atom.xml",
        ),
        *("sitemap.xml", "news-sitemap.xml", "robots.txt", "404.html", "theme/newspaper.css"),
    }
    assert wanted <= bytes_of().keys()


def test_stock_pelican_prints_the_same_bytes(paper, built, bytes_of):
    """The swift press and Pelican's own writer and paginator give one output."""
    built(paper, "swift", page_size=3)
    built(paper, "stock", page_size=3, press="stock")
    assert bytes_of("swift") == bytes_of("stock")


def test_stock_pelican_finds_the_same_problems(paper, built):
    """Whoever prints, the same is wrong: a picture and a link that are missing are warnings of their article."""
    text = (paper / "content" / "ferry-2.md").read_text()
    (paper / "content" / "ferry-2.md").write_text(
        text.replace("tags:", "image: /images/gone.jpg\ntags:") + "\n[x](gone.html)\n"
    )
    swift, stock = (set(built(paper, press, press=press).problems) for press in ("fast", "stock"))
    assert (swift, sum(one.rule == "audit-link-broken" for one in swift)) == (stock, 2)


def test_very_many_articles_are_printed_as_few(paper, built, bytes_of, monkeypatch):
    """What is held light gives the same bytes, with translations, a hidden article and a picture too."""
    (paper / "content" / "images").mkdir()
    (paper / "content" / "images" / "quay.svg").write_text("<svg/>")
    for number, more in enumerate(
        ("lang: de\ntranslationOf: ferry-1", "status: hidden", "image: images/quay.svg\nkicker: Tides")
    ):
        text = (paper / "content" / f"ferry-{number}.md").read_text()
        text = text.replace(f"slug: ferry-{number}\n", f"slug: other-{number}\n{more}\n")
        (paper / "content" / f"other-{number}.md").write_text(text)
    few = built(paper, "few")
    monkeypatch.setattr(reading, "MANY", 0)
    many = built(paper, "many", fresh=True)
    assert b"other-0.html" in bytes_of("few")["articles/ferry-1.html"]
    assert (bytes_of("few"), few.problems) == (bytes_of("many"), many.problems)


def test_files_that_are_made_elsewhere_take_their_place(paper, built, bytes_of, monkeypatch):
    """Where making files is slow they are made in folders of their own; the output is the same, and no folder is left."""
    built(paper, "one")
    made = []
    mkdir = os.mkdir
    monkeypatch.setattr(nursery, "SLOW", -1)
    monkeypatch.setattr(nursery.os, "mkdir", lambda path, *rest: made.append(str(path)) or mkdir(path, *rest))
    built(paper, "two")
    assert bytes_of("one") == bytes_of("two")
    folders = [path for path in made if "-0" in path.rpartition("/")[2]]
    assert folders
    assert [path.name for path in (paper / ".broadsheet").iterdir() if path.name.startswith("new-")] == []


def test_two_builds_give_the_same_bytes(paper, built, bytes_of):
    """A build into another folder repeats the first byte for byte."""
    built(paper, "one")
    built(paper, "two", fresh=True)
    assert bytes_of("one") == bytes_of("two")


def test_a_build_finds_nothing_wrong_with_itself(paper, built):
    """Pages, lists and exports agree as they are read back in the build."""
    assert [one for one in built(paper).problems if one.rule.startswith("audit-")] == []


def test_workers_give_the_same_bytes(paper, built, bytes_of):
    """Two forked workers print what one process prints."""
    for number in range(8, 160):
        text = (
            (paper / "content" / "ferry-1.md")
            .read_text()
            .replace("ferry-1", f"ferry-{number}")
            .replace("number 1", f"number {number}")
        )
        (paper / "content" / f"ferry-{number}.md").write_text(text)
    built(paper, "one", jobs=1)
    built(paper, "two", jobs=2, fresh=True)
    assert bytes_of("one") == bytes_of("two")


def test_an_article_with_an_error_is_left_out_and_the_rest_published(paper, built, bytes_of):
    """One broken article does not keep the others back."""
    (paper / "content" / "ferry-3.md").write_text("---\ndate: 2024-01-01\n---\n\nNo title.\n")
    report = built(paper)
    assert (report.errors > 0, report.articles, "articles/ferry-3.html" in bytes_of()) == (True, 8, False)


def test_strict_publishes_nothing_while_there_are_errors(paper, built, tmp_path):
    """--strict leaves the output as it was."""
    (paper / "content" / "ferry-3.md").write_text("---\ndate: 2024-01-01\n---\n\nNo title.\n")
    report = built(paper, strict=True)
    assert (report.written, (tmp_path / "output").exists()) == (False, False)


@pytest.mark.parametrize("status", ["status: draft", "date: 2999-01-01"])
def test_drafts_and_the_future_are_not_written(paper, built, bytes_of, status):
    """Neither a draft nor an article of the future can be reached."""
    key = status.partition(":")[0]
    text = (paper / "content" / "ferry-2.md").read_text()
    lines = [line for line in text.split("\n") if not line.startswith(f"{key}:")]
    (paper / "content" / "ferry-2.md").write_text("\n".join([lines[0], status, *lines[1:]]))
    built(paper)
    assert not [path for path, data in bytes_of().items() if "ferry-2" in path or b"ferry-2.html" in data]


def test_a_hidden_article_has_a_page_and_stands_in_no_list(paper, built, bytes_of):
    """status: hidden means a page for those who know its address, which robots leave out."""
    text = (paper / "content" / "ferry-2.md").read_text().replace("---\n", "---\nstatus: hidden\n", 1)
    (paper / "content" / "ferry-2.md").write_text(text)
    built(paper)
    files = bytes_of()
    named = [
        path
        for path, data in files.items()
        if b"ferry-2.html" in data and not path.startswith(("articles/ferry-2", "data/"))
    ]
    assert (b'name="robots" content="noindex"' in files["articles/ferry-2.html"], named) == (True, [])


def test_page_two_of_a_tag_meets_no_other_tag(paper, built, bytes_of):
    """Tag t2's second page and tag t22 are two files."""
    for number in range(4):
        (paper / "content" / f"ferry-{number}.md").write_text(
            (paper / "content" / f"ferry-{number}.md").read_text().replace('"ferries"', '"t2", "t22"')
        )
    built(paper, page_size=2)
    assert {"tag/t2.html", "tag/t2.p2.html", "tag/t22.html", "tag/t22.p2.html"} <= bytes_of().keys()


def test_an_undated_article_is_in_no_feed(paper, built, bytes_of):
    """A feed needs dates, and none is invented."""
    built(paper)
    assert b"tide-table" not in bytes_of()["feed.atom.xml"] + bytes_of()["feed.rss.xml"]


def test_a_page_names_the_feed_of_its_section_as_the_feed_names_itself(paper, built, bytes_of):
    """Of an article in a section below another, it is the feed of the first; its own title is none."""
    built(paper)
    files = bytes_of()
    (tides,) = [page for path, page in files.items() if path.startswith("articles/the-tide") and path.endswith(".html")]
    title = b"The Tern Island Gazette: Harbor"
    link = b'<link rel="alternate" type="application/atom+xml" title="%b" href="../section/harbor.atom.xml">' % title
    assert b'<title type="html">%b</title>' % title in files["section/harbor.atom.xml"]
    assert [link in page for page in (tides, files["articles/ferry-1.html"], files["section/harbor.html"])] == [
        True
    ] * 3


def test_feeds_and_sitemaps_are_xml(paper, built, bytes_of):
    """Every feed and map can be parsed."""
    built(paper)
    parsed = [ET.fromstring(data) for path, data in bytes_of().items() if path.endswith(".xml")]  # noqa: S314
    assert len(parsed) >= 5


def test_the_news_sitemap_counts_from_the_newest_article(paper, built, bytes_of, monkeypatch):
    """Only articles of the two days before the newest are news; the clock is not asked."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    built(paper)
    assert bytes_of()["news-sitemap.xml"].count(b"<news:title>") == 1


def test_the_document_beside_the_page_is_the_one_that_was_judged(paper, built, bytes_of):
    """articles/x.json holds the whole graph with its text."""
    built(paper)
    assert json.loads(bytes_of()["articles/ferry-1.json"])["@graph"][0]["articleBody"].startswith("The ferry ran late")


def test_a_scripted_svg_is_not_published(paper, built, bytes_of):
    """Of the pictures, one that could run something is left out."""
    (paper / "content" / "images").mkdir()
    (paper / "content" / "images" / "bad.svg").write_text("<svg onload='x()'/>")
    (paper / "content" / "images" / "good.svg").write_text("<svg/>")
    built(paper)
    assert [path for path in bytes_of() if path.startswith("images/")] == ["images/good.svg"]


def test_a_kept_original_is_published_as_text(paper, built, bytes_of):
    """The bytes as found, under a name that no browser runs."""
    (paper / "content" / "sources").mkdir()
    (paper / "content" / "sources" / "abc.html").write_text("<script>x()</script>")
    text = (paper / "content" / "tides.md").read_text().replace("---\n", "---\nsource: {file: abc.html}\n", 1)
    (paper / "content" / "tides.md").write_text(text)
    built(paper)
    assert [path for path in bytes_of() if path.startswith("sources/")] == ["sources/abc.html.txt"]


def test_a_folder_of_others_is_never_replaced(paper, built, tmp_path):
    """An output folder that we did not make is refused."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "diary.txt").write_text("mine")
    with pytest.raises(BroadsheetError, match="was not made by broadsheet"):
        built(paper)


@pytest.mark.parametrize("name", ["site", "site/content/out", "site/theme"])
def test_the_site_itself_is_no_output(paper, built, name):
    """The site folder and its own folders are refused as output."""
    with pytest.raises(BroadsheetError):
        built(paper, name)


def test_a_symbolic_link_is_no_output(paper, built, tmp_path):
    """A link in the output's place is refused."""
    (tmp_path / "real").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "real")
    with pytest.raises(BroadsheetError, match="symbolic link"):
        built(paper)


def test_a_fault_in_a_template_names_its_line(paper, built):
    """The site's own template wins, and a mistake in it is told with file and line; the last output stays."""
    built(paper)
    (paper / "theme" / "templates").mkdir(parents=True)
    (paper / "theme" / "templates" / "archive.html").write_text("line\n{{ nothing.here }}\n")
    with pytest.raises(BroadsheetError, match=r"theme/templates/archive.html:2: 'nothing' is undefined"):
        built(paper)


def test_a_theme_that_looks_at_other_articles_is_printed_the_same(paper, built, bytes_of):
    """A site's own article.html without the partials comes out as through Pelican."""
    (paper / "theme" / "templates").mkdir(parents=True)
    own = "<!DOCTYPE html><h1>{{ article.headline }}</h1>{{ article.body }}{% for card in article.related %}{{ card.headline }}{% endfor %}{{ paper.article_count }}"
    (paper / "theme" / "templates" / "article.html").write_text(own)
    built(paper, "swift")
    built(paper, "stock", press="stock")
    assert bytes_of("swift") == bytes_of("stock")


def test_values_in_templates_are_escaped(paper, built, bytes_of):
    """Autoescape is on: a headline with markup stays text, in a theme of the site's own too."""
    (paper / "content" / "ferry-1.md").write_text(
        (paper / "content" / "ferry-1.md").read_text().replace("Ferry number 1", "<script>x()</script>")
    )
    (paper / "theme" / "templates").mkdir(parents=True)
    (paper / "theme" / "templates" / "_card.html").write_text("<p>{{ card.headline }}</p>")
    built(paper)
    assert b"<script>x()" not in bytes_of()["index.html"] + bytes_of()["section/harbor.html"]


def test_the_environment_does_not_reach_the_bytes(paper, built, bytes_of, monkeypatch):
    """Time zone and locale of the machine change nothing."""
    built(paper, "one")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    built(paper, "two", fresh=True)
    assert bytes_of("one") == bytes_of("two")


def test_a_site_with_a_pelicanconf_is_built_inside_pelican(paper, built, bytes_of):
    """Settings of pelicanconf.py reach the templates; the output's place stays ours."""
    (paper / "pelicanconf.py").write_text('JINJA_GLOBALS = {"shout": "AHOY"}\nOUTPUT_PATH = "/nowhere"\n')
    (paper / "theme" / "templates").mkdir(parents=True)
    (paper / "theme" / "templates" / "archive.html").write_text("{{ shout }}")
    built(paper)
    assert bytes_of()["archive.html"] == b"AHOY"


def test_a_broken_pelicanconf_is_named(paper, built):
    """What the user's own code raises is told with its file."""
    (paper / "pelicanconf.py").write_text("1 / 0\n")
    with pytest.raises(BroadsheetError, match=r"pelicanconf.py: It cannot be run: ZeroDivisionError"):
        built(paper)


def test_a_plugin_that_is_not_there_is_named(paper, built):
    """Pelican would log it and carry on; a paper that lacks what it asked for is not built."""
    (paper / "pelicanconf.py").write_text('PLUGINS = ["nowhere_to_be_found"]\n')
    with pytest.raises(BroadsheetError, match="The plugin 'nowhere_to_be_found' cannot be loaded"):
        built(paper)


def test_a_full_disk_is_told_in_a_sentence(paper, built, monkeypatch):
    """What the system says when it cannot write reaches the user, without a traceback."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr("broadsheet.press.output.write_file", full)
    with pytest.raises(BroadsheetError, match="cannot write x: No space left on device"):
        built(paper)


def test_output_holds_only_plain_files(paper, built, tmp_path):
    """No links, no dot files."""
    built(paper)
    found = [path for path in Path(tmp_path / "output").rglob("*") if path.is_symlink() or path.name.startswith(".")]
    assert found == []


def test_nothing_is_left_beside_the_output(paper, built, tmp_path):
    """A build leaves its traces in .broadsheet alone."""
    built(paper)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["output", "site"]


def test_a_build_leaves_the_locale_as_it_was(site_folder: Path) -> None:
    """Pelican sets a locale for the process; who builds from Python keeps his own."""
    import locale

    before = locale.setlocale(locale.LC_ALL)
    (site_folder / "content" / "a.md").write_text("---\ntitle: A\n---\n\nText.\n", encoding="utf-8")
    build.build(config.load(site_folder), site_folder / "output", fresh=True)
    assert locale.setlocale(locale.LC_ALL) == before


def test_a_profile_tells_the_slowest_articles_and_every_template(paper, built):
    """Each article that was read and printed, and each template, has its time."""
    built(paper, profile=True)
    told = json.loads((paper / ".broadsheet" / "profile.json").read_text())
    files = {f"content/ferry-{number}.md" for number in range(8)} | {"content/tides.md"}
    slowest = [{one["file"] for one in told[name]} for name in ("slowest_read", "slowest_printed")]
    assert (slowest, told["templates"]["article.html"]["pages"], told["general"]) == ([files, files], 9, 1)


def test_a_profile_of_nothing_tells_its_phases_alone(paper, built):
    """Where nothing was printed there are no articles and templates to tell of, and the profile says so."""
    time.sleep(0.15)  # files written just before a build are looked at again after it
    built(paper)
    built(paper, profile=True)
    told = json.loads((paper / ".broadsheet" / "profile.json").read_text())
    assert (told["note"], "templates" in told, "look" in told["phases"]) == (
        "Nothing was read or printed.",
        False,
        True,
    )


def test_a_profile_of_an_edit_tells_what_it_printed(paper, built):
    """The edited article is read; it, those that show it and the listings are printed."""
    time.sleep(0.15)  # files written just before a build are looked at again after it
    built(paper)
    file = paper / "content" / "ferry-4.md"
    file.write_text(file.read_text().replace('title: "', 'title: "Later: '))
    built(paper, profile=True)
    told = json.loads((paper / ".broadsheet" / "profile.json").read_text())
    read = [one["file"] for one in told["slowest_read"]]
    assert (read, told["fast_lane"], "listing.html" in told["templates"]) == (["content/ferry-4.md"], 1, True)


def test_a_profile_of_pelicans_printer_tells_articles_and_templates(paper, built):
    """Where one process reads and Pelican prints, each file and each page has its time too."""
    built(paper, profile=True, press="stock", page_size=3)
    told = json.loads((paper / ".broadsheet" / "profile.json").read_text())
    counts = told["templates"]["article.html"]["pages"], told["templates"]["index.html"]["pages"], told["general"]
    assert (counts, len(told["slowest_read"]), len(told["slowest_printed"])) == ((9, 1, 9), 9, 9)


def test_an_edit_that_was_too_much_is_not_counted_twice(paper, built):
    """What is read again when the whole paper is laid out counts once."""
    time.sleep(0.15)
    built(paper)
    file = paper / "content" / "ferry-4.md"
    file.write_text(file.read_text().replace("status:", "").replace("date: ", "date: 2020-01-01T00:00:00Z #"))
    report = built(paper, profile=True)
    told = json.loads((paper / ".broadsheet" / "profile.json").read_text())
    assert told["templates"]["article.html"]["pages"] == report.built


def test_a_profile_changes_no_byte(paper, built, bytes_of):
    """What is measured comes out as it is."""
    built(paper, "one")
    built(paper, "two", fresh=True, profile=True, jobs=2)
    assert bytes_of("one") == bytes_of("two")
