"""Old addresses lead to new ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet import forward
from broadsheet.config import Site
from broadsheet.deploy import aliases, redirects
from broadsheet.deploy.options import read
from broadsheet.deploy.run import bundle_of


@pytest.fixture
def own(site: Callable[..., Site], output: Path) -> Site:
    """Return a site whose last deploy published an article under another address, and one that is gone."""
    made = site({})
    write(made.state / "published/articles.jsonl", {"a.md": "articles/boat.html", "b.md": "articles/gone.html"})
    write(output / "data/articles.jsonl", {"a.md": "articles/ferry.html"})
    return made


def write(file: Path, articles: dict[str, str]) -> None:
    """Write an export with content file → path."""
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = ({"content_file": name, "url": f"https://lantern.press/{path}"} for name, path in articles.items())
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_an_article_that_moved_is_redirected(own: Site, output: Path) -> None:
    """The same content file at another address is a redirect; a file that is gone is gone."""
    assert redirects.known(own, output) == {"articles/boat.html": "articles/ferry.html", "articles/gone.html": None}


def test_redirects_stay_over_deploys(own: Site, output: Path) -> None:
    """What an earlier deploy redirected stays redirected, to the newest address."""
    redirects.remember(own, {"articles/raft.html": "articles/boat.html"})
    assert redirects.known(own, output)["articles/raft.html"] == "articles/ferry.html"


def test_an_alias_is_a_redirect(own: Site, output: Path) -> None:
    """Front matter may name earlier addresses."""
    assert (
        redirects.known(own, output, {"2019/old.html": "articles/ferry.html"})["2019/old.html"] == "articles/ferry.html"
    )


def test_a_page_that_stands_again_is_no_redirect(own: Site, output: Path) -> None:
    """An address that is used anew serves its page."""
    (output / "articles/boat.html").write_text("x")
    assert "articles/boat.html" not in redirects.known(own, output)


def test_a_circle_is_gone(own: Site, output: Path) -> None:
    """Redirects that lead to each other lead nowhere."""
    redirects.remember(own, {"a.html": "b.html", "b.html": "a.html"})
    assert redirects.known(own, output)["a.html"] is None


@pytest.mark.parametrize("old", ["../up.html", "a b.html", "x\n/* 200", ".htaccess", "index.html"])
def test_a_hostile_alias_is_no_redirect(own: Site, output: Path, old: str) -> None:
    """An alias that leaves the site, is no plain path or stands on a page is passed over."""
    assert old not in redirects.known(own, output, {old: "articles/ferry.html"})


def test_a_stub_leads_on(own: Site) -> None:
    """Where a host cannot redirect, a page does."""
    page = redirects.stubs(own, {"2019/old.html": "articles/ferry.html"})["2019/old.html"].decode()
    assert 'content="0; url=../articles/ferry.html"' in page


def test_damaged_notes_are_no_redirects(own: Site, output: Path) -> None:
    """What cannot be read is as if it were not there."""
    (own.state / "redirects.json").write_text("{", encoding="utf-8")
    (own.state / "published/articles.jsonl").write_text("{\n[]\n", encoding="utf-8")
    assert redirects.known(own, output) == {}


OLD = "2019/old.html"
FERRY = "articles/ferry.html"
TARGETS = {
    "netlify": ({"kind": "git", "remote": "x", "branch": "pages", "host": "netlify"}, set()),
    "cloudflare": ({"kind": "git", "remote": "x", "branch": "pages", "host": "cloudflare"}, set()),
    "folder": ({"kind": "folder", "path": "x"}, {OLD}),
}


@pytest.mark.parametrize("name", TARGETS)
def test_rules_and_pages_are_not_both_sent(site: Callable[..., Site], output: Path, name: str) -> None:
    """A host that redirects gets the rule and not the page that a build wrote; another gets the page."""
    options, pages = TARGETS[name]
    made = site(options)
    stand(output)
    bundle = bundle_of(made, output, read("live", made.deploy), redirects.known(made, output, {OLD: FERRY}))
    rules = bundle.extra.get("_redirects", b"").decode()
    assert ({one.path for one in bundle.items} & {OLD}, OLD in rules) == (pages, not pages)


def test_the_page_of_a_build_is_sent_as_it_is(own: Site, output: Path) -> None:
    """What a deploy would make is what the build made."""
    stand(output)
    moved = redirects.known(own, output, {OLD: FERRY})
    assert redirects.stubs(own, moved)[OLD] == (output / OLD).read_bytes()


def test_a_folders_address_leads_on_from_its_index(own: Site) -> None:
    """Where a host cannot redirect, an address that ends in "/" has its page in that folder."""
    assert redirects.stubs(own, {"2019/old/": FERRY}).keys() == {"2019/old/index.html"}


@pytest.mark.parametrize("old", ["index.html/x.html", "articles/ferry.html/"])
def test_a_page_is_no_folder(own: Site, output: Path, old: str) -> None:
    """An alias below a file is passed over."""
    assert old not in redirects.known(own, output, {old: FERRY})


def test_aliases_that_leave_the_site_are_not_read(site: Callable[..., Site]) -> None:
    """A deploy takes the addresses that a build takes; of two articles, the first has one."""
    made = site({})
    for name, named in (("a", '["//host/x.html", "../y.html", "/2019/a.html"]'), ("b", '["2019/a.html"]')):
        (made.content / f"{name}.md").parent.mkdir(exist_ok=True)
        (made.content / f"{name}.md").write_text(f"---\ntitle: T\naliases: {named}\n---\n\nText.\n")
    known = {"content/a.md": "articles/a.html", "content/b.md": "articles/b.html"}
    assert aliases.read(aliases.naming(made), made, known) == {"2019/a.html": "articles/a.html"}


def stand(output: Path) -> None:
    """Write the page of a build at the old address."""
    (output / OLD).parent.mkdir()
    (output / OLD).write_bytes(forward.page("https://lantern.press", OLD, FERRY))
