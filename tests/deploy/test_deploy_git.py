"""A branch of a repository: one commit a deploy, none where nothing changed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.config import Site
from broadsheet.deploy import DeployFailed, Report, Wish, deploy


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a bare repository."""
    folder = tmp_path / "paper.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(folder)], check=True)
    return folder


@pytest.fixture
def send(site: Callable[..., Site], output: Path, repository: Path) -> Callable[..., Report]:
    """Return a call that deploys the output."""
    own = site({"kind": "git", "remote": str(repository), "branch": "pages", "cname": "lantern.press"})
    return lambda **wish: deploy("live", own, output, Wish(**wish))


def told(repository: Path, *words: str) -> list[str]:
    """Return the lines that git says about the repository."""
    done = subprocess.run(
        ["git", f"--git-dir={repository}", *words], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return done.stdout.splitlines()


def test_the_branch_holds_the_site(send: Callable[..., Report], repository: Path) -> None:
    """All files, the domain and the mark against Jekyll are committed."""
    send()
    assert {"index.html", "CNAME", ".nojekyll", "articles/ferry.html"} <= set(
        told(repository, "ls-tree", "-r", "--name-only", "pages")
    )


def test_a_change_is_one_commit(send: Callable[..., Report], output: Path, repository: Path) -> None:
    """The history grows by one commit a deploy."""
    send()
    (output / "index.html").write_text("<h1>New</h1>", encoding="utf-8")
    report = send()
    assert (report.changed, len(told(repository, "log", "--oneline", "pages"))) == (("index.html",), 2)


def test_no_change_is_no_commit(send: Callable[..., Report], repository: Path) -> None:
    """The same site again makes no commit."""
    send()
    send()
    assert len(told(repository, "log", "--oneline", "pages")) == 1


def test_a_removed_page_leaves_the_branch(send: Callable[..., Report], output: Path, repository: Path) -> None:
    """What is no longer built is no longer there."""
    send()
    (output / "images/heron.webp").unlink()
    send()
    assert "images/heron.webp" not in told(repository, "ls-tree", "-r", "--name-only", "pages")


def test_a_repository_that_is_not_there_is_told(site: Callable[..., Site], output: Path, tmp_path: Path) -> None:
    """The error names the repository and what git said, without a password."""
    own = site({"kind": "git", "remote": f"file://user:secret@{tmp_path}/none.git"})
    with pytest.raises(DeployFailed) as caught:
        deploy("live", own, output, Wish())
    assert "secret" not in str(caught.value)
