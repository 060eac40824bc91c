"""Pages at old addresses in a build."""

from __future__ import annotations

import time

import pytest

from broadsheet import audit, config, edition
from broadsheet.cli.checking import judging

OLD = "2019/05/ferry.html"


def name(paper, number, *aliases, **others):
    """Let an article name old addresses."""
    file = paper / "content" / f"ferry-{number}.md"
    lines = "".join(f"  - {alias!r}\n" for alias in aliases)
    file.write_text(
        file.read_text().replace("\n---\n", f"\naliases:\n{lines}---\n", 1).replace(*others.get("text", ("", "")))
    )


def told(report):
    """Return file, line and message of what is wrong with old addresses."""
    return [(one.file, one.line, one.message) for one in report.problems if one.rule == "content/alias"]


def test_an_old_address_has_a_page_that_leads_on(paper, built, bytes_of):
    """The page stands at the alias and leads to the article."""
    name(paper, 4, OLD)
    report = built(paper)
    assert (b'url=../../articles/ferry-4.html"' in bytes_of()[OLD], told(report)) == (True, [])


def test_no_list_tells_of_old_addresses(paper, built, bytes_of):
    """Sitemap, feeds, lists and exports know the article's present address alone."""
    name(paper, 4, OLD)
    built(paper)
    assert [path for path, data in bytes_of().items() if b"2019/05/ferry" in data and path != OLD] == []


@pytest.mark.parametrize("options", [{"press": "stock"}, {"jobs": 2}])
def test_every_press_writes_the_same_pages(paper, built, bytes_of, options):
    """Pelican's printer, several processes and one give the same bytes and problems."""
    name(paper, 4, OLD, "index.html")
    name(paper, 5, OLD, "tag/")
    one, other = built(paper, "one"), built(paper, "other", fresh=True, **options)
    assert (bytes_of("one"), one.problems) == (bytes_of("other"), other.problems)


def test_a_site_with_pelicans_settings_has_them_too(paper, built, bytes_of):
    """Where pelicanconf.py has its say, the reference build writes them."""
    name(paper, 4, OLD)
    built(paper, "one")
    (paper / "pelicanconf.py").write_text("TIMEZONE = 'UTC'\n")
    built(paper, "other")
    assert bytes_of("one")[OLD] == bytes_of("other")[OLD]


@pytest.mark.parametrize(
    "alias",
    [
        *("../x.html", "//host/x.html", "/", ".htaccess", "a b.html", "story.php", "https://host/x.html"),
        *("index.html", "INDEX.html", "articles/ferry-5.html", "articles/ferry-4.html", "section/harbor.html"),
        *("data.html", "pages/about.html", "robots.txt", "index.html/", "index.html/x.html", "articles/Ferry-5.HTML"),
    ],
)
def test_a_hostile_alias_is_a_problem_and_no_file(paper, built, bytes_of, alias, tmp_path):
    """What leads out of the paper, or onto something that stands there, is told with its line."""
    built(paper, "before")
    name(paper, 4, alias)
    report = built(paper)
    line = (paper / "content" / "ferry-4.md").read_text().split("\n").index(f"  - {alias!r}") + 1
    assert [one[:2] for one in told(report)] == [("content/ferry-4.md", line)]
    assert bytes_of().keys() == bytes_of("before").keys()
    assert not (tmp_path / "x.html").exists()


def test_two_articles_cannot_have_one_old_address(paper, built, bytes_of):
    """The first file has it; the other is told so."""
    name(paper, 4, OLD)
    name(paper, 5, OLD.upper().replace("HTML", "html"))
    report = built(paper)
    assert (b"ferry-4" in bytes_of()[OLD], [one[0] for one in told(report)]) == (True, ["content/ferry-5.md"])


def test_an_address_named_twice_by_one_article_is_no_problem(paper, built):
    """With and without the slash at its head it is one address."""
    name(paper, 4, OLD, f"/{OLD}")
    assert told(built(paper)) == []


def test_a_draft_leads_nowhere(paper, built, bytes_of):
    """Only what is published has old addresses."""
    name(paper, 4, OLD, text=("title:", "status: draft\ntitle:"))
    built(paper)
    assert OLD not in bytes_of()


def test_an_alias_that_goes_takes_its_page_away(paper, built, bytes_of):
    """A later build removes the page, and the folders that held it."""
    before = (paper / "content" / "ferry-4.md").read_text()
    name(paper, 4, OLD)
    time.sleep(0.15)  # files written just before a build are looked at again after it
    built(paper)
    (paper / "content" / "ferry-4.md").write_text(before)
    built(paper)
    assert OLD not in bytes_of()


@pytest.mark.parametrize("change", ["add", "move", "line", "body", "slug"])
def test_a_later_build_gives_what_a_clean_one_gives(paper, built, bytes_of, change):
    """An alias that comes or goes elsewhere, a line that moves, an edit beside it: the bytes and problems are those of a new build."""
    name(paper, 4, OLD, "index.html")
    file = paper / "content" / "ferry-4.md"
    time.sleep(0.15)
    built(paper)
    if change == "add":
        name(paper, 5, "old/five.html")
    elif change == "move":
        file.write_text(file.read_text().replace(OLD, "2019/06/ferry.html"))
    elif change == "line":
        file.write_text(file.read_text().replace("aliases:", "# a comment\naliases:"))
    elif change == "body":
        file.write_text(file.read_text().replace("came back", f"came [back](../{OLD})"))
    else:
        file.write_text(file.read_text().replace("slug: ferry-4", "slug: boat"))
    warm = built(paper)
    cold = built(paper, "cold", fresh=True)
    assert bytes_of() == bytes_of("cold")
    assert warm.problems == cold.problems


def test_a_page_that_comes_takes_the_place_of_an_old_address(paper, built, bytes_of):
    """An article at the address of another's alias is printed, and the alias becomes a problem."""
    name(paper, 4, "articles/boat.html")
    time.sleep(0.15)
    built(paper)
    file = paper / "content" / "ferry-5.md"
    file.write_text(file.read_text().replace("slug: ferry-5", "slug: boat"))
    report = built(paper)
    built(paper, "cold", fresh=True)
    assert (bytes_of() == bytes_of("cold"), [one[0] for one in told(report)]) == (True, ["content/ferry-4.md"])


def test_a_damaged_page_is_written_again(paper, built, bytes_of, tmp_path):
    """A page at an old address that someone altered is noticed as any other output is."""
    name(paper, 4, OLD)
    time.sleep(0.15)
    built(paper)
    before = bytes_of()
    (tmp_path / "output" / OLD).write_text("x")
    built(paper)
    assert bytes_of() == before


@pytest.mark.parametrize("options", [{}, {"press": "stock"}])
def test_content_may_link_to_an_old_address(paper, built, options):
    """The link leads somewhere, so it is no problem."""
    name(paper, 4, OLD)
    file = paper / "content" / "ferry-5.md"
    file.write_text(file.read_text() + f"\nSee [this](../{OLD}).\n")
    assert [one for one in built(paper, **options).problems if one.rule == "audit-link-broken"] == []


@pytest.mark.parametrize("alias", [OLD, "articles/old.html"])
def test_the_audit_knows_old_addresses(paper, built, tmp_path, alias):
    """`broadsheet audit` finds no fault with them, even among the articles."""
    name(paper, 4, alias)
    built(paper)
    assert audit.audit(tmp_path / "output") == []


def test_no_record_need_ask_for_an_old_address(paper, built, tmp_path):
    """Compared with what was to be published, a page at an old address is none too many."""
    name(paper, 4, "articles/old.html")
    built(paper)
    assert audit.audit(tmp_path / "output", meant=edition.load(config.load(paper)).published) == []


def test_the_audit_finds_an_old_address_that_leads_nowhere(paper, built, tmp_path):
    """The page it leads to must exist."""
    name(paper, 4, OLD)
    built(paper)
    (tmp_path / "output" / "articles" / "ferry-4.html").unlink()
    assert ("audit-forward-broken", OLD) in {(one.rule, one.file) for one in audit.audit(tmp_path / "output")}


def test_check_tells_of_the_same_old_addresses_as_a_build(paper, built):
    """What a build would find wrong is known before it."""
    name(paper, 1, OLD, "../x.html", "story.php")
    name(paper, 2, "articles/ferry-5.html", "tag/ferries.html", "feed.atom.xml", "robots.txt/x.html")
    name(paper, 4, OLD, "pages/about.html", "theme/newspaper.css", "good/old.html")
    found = {(one.file, one.line, one.message) for one in judging.problems([str(paper)], None, ())}
    wrong = told(built(paper))
    assert {(str(paper / file), line, message) for file, line, message in wrong} <= found
    assert (len(wrong), sum("aliases names" in message for _, _, message in found)) == (9, 9)
