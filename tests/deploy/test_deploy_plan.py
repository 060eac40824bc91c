"""What is sent, in which order, with which headers; and what is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.config import Site
from broadsheet.deploy import Refused, Wish, deploy, hosting, manifest, plan, preflight
from broadsheet.deploy.bundle import NothingBuilt, gather
from broadsheet.deploy.options import BadTarget, read


def test_files_are_sent_before_what_refers_to_them(output: Path) -> None:
    """Assets come first, then data, articles, other pages, and feeds last."""
    groups = [one.group for one in gather(output).items]
    assert groups == sorted(groups, key=manifest.ORDER.index)


def test_dot_files_and_links_stay_at_home(output: Path) -> None:
    """Hidden files and symbolic links are no part of the site."""
    (output / ".env").write_text("x")
    (output / "link.html").symlink_to("/etc/hostname")
    assert {".env", "link.html"}.isdisjoint(one.path for one in gather(output).items)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("feed.atom.xml", "application/atom+xml; charset=utf-8"),
        ("section/news.atom.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("articles/x.json", "application/ld+json; charset=utf-8"),
        ("data/articles.json", "application/json; charset=utf-8"),
        ("data/articles.csv.gz", "application/gzip"),
        ("images/x.WEBP", "image/webp"),
        ("sources/unknown", "application/octet-stream"),
    ],
)
def test_every_file_has_its_type(path: str, kind: str) -> None:
    """The media type follows the name, with the charset where it is text."""
    assert manifest.media_type(path) == kind


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("theme/paper.0a1b2c3d.css", manifest.IMMUTABLE),
        ("theme/newspaper.css", manifest.DAY),
        ("index.html", manifest.SHORT),
        ("articles/deadbeefdead.0a1b2c3d.html", manifest.SHORT),
    ],
)
def test_only_hashed_assets_are_kept_for_ever(path: str, policy: str) -> None:
    """A page may change at any time, a file named by its content never."""
    assert manifest.cache_policy(path) == policy


def test_a_change_of_the_same_size_is_seen(output: Path) -> None:
    """Files are compared by content, not by size or time."""
    before = {one.path: one.sha256 for one in gather(output).items}
    (output / "index.html").write_text("<h1>Tnorf</h1>", encoding="utf-8")
    found = plan.compare(gather(output).items, before, lambda one: one.sha256)
    assert [one.path for one in found.change] == ["index.html"]


def test_nothing_changed_is_nothing_to_do(output: Path) -> None:
    """A second build with the same bytes sends nothing."""
    before = {one.path: one.sha256 for one in gather(output).items}
    (output / "index.html").touch()
    assert plan.compare(gather(output).items, before, lambda one: one.sha256).empty


def test_what_refers_to_others_is_deleted_first() -> None:
    """A page goes before its pictures."""
    assert plan.removal_order(["images/x.webp", "old.html", "articles/x.html"]) == (
        "old.html",
        "articles/x.html",
        "images/x.webp",
    )


def test_a_quarter_of_the_remote_is_not_deleted_unasked() -> None:
    """A deploy of a broken build does not empty the site."""
    many = plan.Plan(remove=tuple(f"articles/{n}.html" for n in range(30)), same=70)
    with pytest.raises(plan.TooManyRemoved, match="30 of the 100 files"):
        plan.guard(many, force=False)


def test_a_forced_deploy_may_delete() -> None:
    """--force passes the guard."""
    plan.guard(plan.Plan(remove=tuple(f"{n}.html" for n in range(30))), force=True)


def test_an_empty_output_is_not_sent(tmp_path: Path) -> None:
    """A folder without a front page is no site."""
    with pytest.raises(NothingBuilt):
        gather(tmp_path)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("data/id_rsa", b"x"),
        ("theme/broadsheet.toml", b"x"),
        ("sources/note.txt", b"-----BEGIN OPENSSH PRIVATE KEY-----"),
        ("data/x.json", b'"' + b"AKIA" + b"A" * 16 + b'"'),
    ],
)
def test_a_secret_is_recognised(path: str, content: bytes) -> None:
    """Keys and settings are known by name or by what they hold."""
    assert preflight.looks_secret(path, content) is not None


def test_an_article_about_keys_is_no_secret() -> None:
    """Words alone are not enough."""
    assert preflight.looks_secret("articles/keys.html", b"She lost her private key and her password.") is None


def test_a_secret_stops_the_deploy(output: Path, tmp_path: Path, site: Callable[..., Site]) -> None:
    """Nothing is sent while a file looks like a secret."""
    (output / "sources").mkdir()
    (output / "sources/key.pem").write_text("x")
    with pytest.raises(Refused, match="--allow secret"):
        deploy("live", site({"kind": "folder", "path": str(tmp_path / "www")}), output, Wish())


def test_a_host_takes_no_more_than_it_says() -> None:
    """A file over the host's limit is told with the host's own number."""
    big = manifest.item("data/big.csv", b"x" * (26 * 1024 * 1024))
    (found,) = preflight.within_limits([big], "cloudflare")
    assert "26,214,400 a file" in found.message


def test_an_address_that_no_one_can_reach_is_a_problem() -> None:
    """A site built for example.org or this machine is not sent."""
    told = [
        bool(list(preflight.site_url(url)))
        for url in ("https://paper.example", "http://localhost:8000", "https://lantern.press")
    ]
    assert told == [True, True, False]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"kind": "ftp"}, "kind must be one of"),
        ({"kind": "s3"}, "needs bucket"),
        ({"kind": "folder", "path": "x", "keeep": 3}, "did you mean keep"),
        ({"kind": "folder", "path": "x", "keep": "3"}, "must be a number"),
        ({"kind": "git", "remote": "x", "host": "geocities"}, "host must be one of"),
    ],
)
def test_a_wrong_target_is_told(table: dict[str, object], message: str) -> None:
    """A target's keys are checked, with a hint."""
    with pytest.raises(BadTarget, match=message):
        read("live", {"live": table})


def test_a_redirect_cannot_write_configuration() -> None:
    """Only plain paths come into host files."""
    wild = {
        "a b": "x.html",
        "x\n/* 200": "y",
        "ok.html": "articles/ferry.html",
        "../up": "x",
        "gone.html": None,
        "y": "z;}",
    }
    assert hosting.safe_redirects(wild) == {"/gone.html": None, "/ok.html": "/articles/ferry.html"}


def test_the_policy_allows_no_script() -> None:
    """Pages need no script, so the policy names no source of one."""
    assert "script-src" not in hosting.POLICY
    assert "default-src 'none'" in hosting.POLICY
