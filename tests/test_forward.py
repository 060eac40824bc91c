"""Old addresses and the page that leads on."""

from __future__ import annotations

import pytest

from broadsheet import forward


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("2019/05/ferry.html", "2019/05/ferry.html"),
        ("/story.html", "story.html"),
        ("2019/05/ferry/", "2019/05/ferry/index.html"),
        ("story/1234", "story/1234/index.html"),
        ("story.php", None),
        ("old/feed.xml", None),
    ],
)
def test_a_page_stands_where_a_host_shows_it(alias: str, file: str | None) -> None:
    """A folder's page is its index.html; what is no page by its name has none."""
    old = forward.address(alias)
    assert (old is not None, old and forward.place(old)) == (True, file)


@pytest.mark.parametrize(
    "alias",
    [
        *("../x.html", "a/../x.html", "//host/x.html", "https://host/x.html", "", "/", "a//b.html", "./x.html"),
        *(".htaccess", "a/.git/x.html", "a\\b.html", "a b.html", "x\n/* 200", "x.html\n", "é.html", "x?p=1"),
        *("x.html#y", "%2e%2e/x.html", "con./x.html", "~root/x.html", "x" * 301),
    ],
)
def test_what_is_no_plain_path_is_no_address(alias: str) -> None:
    """Nothing leads out of the site, hides, or means something to a host or a shell."""
    assert forward.address(alias) is None


def test_the_page_leads_on_relatively() -> None:
    """The link works from a disk and below any path; machines are told the whole address."""
    page = forward.page("https://tern.example/paper", "2019/05/ferry.html", "articles/ferry.html").decode()
    parts = (
        '<meta http-equiv="refresh" content="0; url=../../articles/ferry.html">',
        '<link rel="canonical" href="https://tern.example/paper/articles/ferry.html">',
        '<meta name="robots" content="noindex">',
        '<a href="../../articles/ferry.html">',
    )
    assert ([part for part in parts if part not in page], "<script" in page) == ([], False)


def test_the_page_is_known_again() -> None:
    """Whoever reads the page learns where it leads."""
    page = forward.page("https://tern.example/a&b", "old/x.html", "articles/ferry.html")
    assert forward.target(page, "old/x.html") == "articles/ferry.html"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"0; url=../", b"0; url=//evil/"),
        (b'canonical" href="https', b'canonical" href="http'),
        (b"<h1>", b"<h1 id=x>"),
    ],
)
def test_another_page_is_not_taken_for_one(old: bytes, new: bytes) -> None:
    """One sign that differs, and it is a page like any other."""
    page = forward.page("https://tern.example", "old/x.html", "articles/ferry.html")
    assert (old in page, forward.target(page.replace(old, new, 1), "old/x.html")) == (True, None)
