"""Releases in a folder: whole, swapped at once, kept, rolled back."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.config import Site
from broadsheet.deploy import Busy, DeployFailed, Report, Wish, deploy
from broadsheet.deploy.folder import FolderTarget
from broadsheet.deploy.options import Folder


@pytest.fixture
def www(tmp_path: Path) -> Path:
    """Return the path that a web server would serve."""
    return tmp_path / "srv/www"


@pytest.fixture
def send(site: Callable[..., Site], output: Path, www: Path) -> Callable[..., Report]:
    """Return a call that deploys the output."""
    own = site({"kind": "folder", "path": str(www), "keep": 2})
    return lambda **wish: deploy("live", own, output, Wish(**wish))


def test_the_folder_serves_what_was_built(send: Callable[..., Report], output: Path, www: Path) -> None:
    """Every file of the output is served with its bytes."""
    send()
    files = {one.relative_to(output): one.read_bytes() for one in output.rglob("*") if one.is_file()}
    assert {one.relative_to(www): one.read_bytes() for one in www.rglob("*") if one.is_file()} == files


def test_a_second_deploy_sends_only_what_changed(send: Callable[..., Report], output: Path) -> None:
    """One changed page is one changed file."""
    send()
    (output / "index.html").write_text("<h1>New</h1>", encoding="utf-8")
    assert send().changed == ("index.html",)


def test_a_deploy_of_the_same_makes_no_release(send: Callable[..., Report], www: Path) -> None:
    """Nothing changed: the link stays where it is."""
    send()
    before = www.resolve()
    send()
    assert www.resolve() == before


def test_a_dry_run_writes_nothing(send: Callable[..., Report], www: Path) -> None:
    """--dry-run tells and does nothing."""
    assert (len(send(dry=True).added), www.exists()) == (8, False)


def test_old_releases_go(send: Callable[..., Report], output: Path, www: Path) -> None:
    """As many releases stay as `keep` says."""
    for number in range(4):
        (output / "index.html").write_text(str(number), encoding="utf-8")
        send()
    assert sorted(one.name for one in www.with_name("www.releases").iterdir() if one.is_dir()) == [
        "00000003",
        "00000004",
    ]


def test_a_release_can_be_rolled_back(send: Callable[..., Report], output: Path, www: Path) -> None:
    """The release before serves again."""
    before = (output / "index.html").read_text(encoding="utf-8")
    send()
    (output / "index.html").write_text("<h1>Wrong</h1>", encoding="utf-8")
    send()
    FolderTarget(Folder(str(www))).rollback()
    assert (www / "index.html").read_text(encoding="utf-8") == before


def test_there_may_be_nothing_to_roll_back_to(send: Callable[..., Report], www: Path) -> None:
    """The first release has none before it."""
    send()
    with pytest.raises(DeployFailed, match="no earlier release"):
        FolderTarget(Folder(str(www))).rollback()


def test_a_folder_of_ones_own_is_not_replaced(send: Callable[..., Report], www: Path) -> None:
    """A real folder at that path is left alone."""
    www.mkdir(parents=True)
    with pytest.raises(DeployFailed, match="files of its own"):
        send()


def test_an_interrupted_release_is_never_served(send: Callable[..., Report], output: Path, www: Path) -> None:
    """What a killed deploy left behind is thrown away by the next."""
    send()
    draft = www.with_name("www.releases") / "draft/site"
    draft.mkdir(parents=True)
    (draft / "half.html").write_text("half")
    (output / "index.html").write_text("<h1>New</h1>", encoding="utf-8")
    send()
    assert not (www / "half.html").exists()


def test_two_deploys_do_not_mix(send: Callable[..., Report], www: Path) -> None:
    """A second deploy is told that one is running."""
    send()
    with (www.with_name("www.releases") / "lock").open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(Busy):
            FolderTarget(Folder(str(www))).rollback()
