"""`broadsheet deploy` as one calls it."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from unittest import mock

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


def test_a_dry_run_tells_sizes(paper: Path) -> None:
    """Each file that would be sent stands with its size."""
    told = deploy(paper, "live", "--dry-run")[1].splitlines()[0]
    path, size = told.removeprefix("+ ").removesuffix(" bytes)").split(" (")
    assert int(size.replace(",", "")) == (paper / "output" / path).stat().st_size


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


def test_without_a_target_the_sentence_says_what_to_add(paper: Path) -> None:
    """A configuration that names no target is answered with the section to write."""
    (paper / "broadsheet.toml").write_text(TOML.partition("[deploy.live]")[0], encoding="utf-8")
    code, _, told = deploy(paper)
    assert (code, "[deploy.live]" in told) == (2, True)


def test_of_several_targets_one_must_be_named(paper: Path, tmp_path: Path) -> None:
    """Two targets and no name: the names are listed."""
    second = f'[deploy.trial]\nkind = "folder"\npath = "{tmp_path / "trial"}"\n'
    (paper / "broadsheet.toml").write_text(TOML.format(www=tmp_path / "www") + second, encoding="utf-8")
    code, _, told = deploy(paper)
    assert (code, "live, trial" in told) == (2, True)


def test_an_audit_that_passed_is_not_repeated(paper: Path) -> None:
    """The same files are read back once, not at every deploy."""
    deploy(paper, "live")
    with mock.patch("broadsheet.audit.audit", side_effect=AssertionError):
        assert deploy(paper, "live")[0] == 0


def whole_command(paper: Path, limit: int | None = None, **variables: str) -> tuple[int, str]:
    """Run the command in a process of its own, whose files may have ``limit`` bytes; return exit code and errors."""

    def shrink() -> None:
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    words = [sys.executable, "-m", "broadsheet", "deploy", "live", "--allow", "audit", "--site", str(paper)]
    done = subprocess.run(
        words, env={**os.environ, **variables}, capture_output=True, check=False, timeout=60, preexec_fn=shrink
    )
    return done.returncode, done.stderr.decode()


def test_a_full_disk_is_one_sentence(paper: Path, tmp_path: Path) -> None:
    """Files that cannot be written whole end the deploy with exit 2, and nothing is served."""
    code, told = whole_command(paper, limit=2000)
    assert (code, "Traceback" in told, (tmp_path / "www").exists()) == (2, False, False), told


def test_a_vanished_endpoint_is_one_sentence(paper: Path) -> None:
    """A server that is not there is exit 2, and no credential is printed."""
    table = '[deploy.live]\nkind = "s3"\nbucket = "paper"\nendpoint = "http://127.0.0.1:9"\n'
    (paper / "broadsheet.toml").write_text(TOML.partition("[deploy.live]")[0] + table, encoding="utf-8")
    keys = {"AWS_ACCESS_KEY_ID": "lantern-key", "AWS_SECRET_ACCESS_KEY": "lantern-secret"}
    code, told = whole_command(paper, **keys)
    assert (code, "Could not connect" in told, "lantern-" in told, "Traceback" in told) == (2, True, False, False)
