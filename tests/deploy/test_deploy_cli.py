"""`broadsheet deploy` as one calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadsheet import build, config
from broadsheet.cli import group

TOML = """
[site]
name = "The Fenwick Lantern"
url = "https://lantern.press"
[deploy.live]
kind = "folder"
path = "{www}"
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Return a built site with a target."""
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "broadsheet.toml").write_text(TOML.format(www=tmp_path / "www"), encoding="utf-8")
    (root / "content/ferry.md").write_text(
        "---\ntitle: The ferry runs\ndate: 2026-03-04\n---\n\nIt runs.\n", encoding="utf-8"
    )
    build.build(config.load(root), root / "output")
    return root


def deploy(paper: Path, *words: str) -> tuple[int, str, str]:
    """Return the exit code, standard output and the rest."""
    done = CliRunner().invoke(group, ["deploy", *words, "--site", str(paper)])
    return done.exit_code, done.stdout, done.stderr


def test_the_only_target_needs_no_name(paper: Path, tmp_path: Path) -> None:
    """A site with one target is deployed to it."""
    assert (deploy(paper)[0], (tmp_path / "www/articles/the-ferry-runs.html").is_file()) == (0, True)


def test_a_dry_run_lists_what_it_would_do(paper: Path, tmp_path: Path) -> None:
    """--dry-run prints one line a file and leaves the target alone."""
    code, told, _ = deploy(paper, "live", "--dry-run")
    assert (code, "+ index.html" in told or "more" in told, (tmp_path / "www").exists()) == (0, True, False)


def test_the_report_can_be_read_by_machines(paper: Path) -> None:
    """--json prints one object."""
    assert json.loads(deploy(paper, "live", "--json")[1])["target"] == "live"


def test_a_paper_that_disagrees_is_not_sent(paper: Path, tmp_path: Path) -> None:
    """What the audit finds stops the deploy with exit 1."""
    page = paper / "output/articles/the-ferry-runs.html"
    page.write_text(page.read_text(encoding="utf-8").replace("<h1>The", "<h1>A"), encoding="utf-8")
    code, _, told = deploy(paper, "live")
    assert (code, "--allow audit" in told, (tmp_path / "www").exists()) == (1, True, False)


def test_an_unknown_target_is_told(paper: Path) -> None:
    """A wrong name is answered with those that there are."""
    done = CliRunner().invoke(group, ["deploy", "life", "--site", str(paper)])
    assert "there are: live" in str(done.exception)


def test_a_release_is_rolled_back(paper: Path) -> None:
    """--rollback serves the release before."""
    deploy(paper, "live")
    page = paper / "output/index.html"
    page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    deploy(paper, "live")
    assert deploy(paper, "live", "--rollback")[0] == 0


def test_the_public_version_is_remembered(paper: Path) -> None:
    """After a deploy the next build can tell what it changed."""
    deploy(paper, "live")
    assert (paper / ".broadsheet/published/articles.jsonl").is_file()


def test_host_files_are_written(paper: Path, tmp_path: Path) -> None:
    """--host-files writes what servers and hosts want."""
    deploy(paper, "--host-files", str(tmp_path / "ops"))
    assert {one.name for one in (tmp_path / "ops").iterdir()} >= {"_headers", "nginx.conf", "Caddyfile"}
