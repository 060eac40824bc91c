"""Pelican's own command prints our paper where `PLUGINS` names broadsheet.plugin."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CONF = """AUTHOR = "Ada Holm"
SITENAME = "The Weir Post"
PATH = "content"
TIMEZONE = "UTC"
PLUGINS = ["broadsheet.plugin"]
"""
POST = "Title: The weir is mended\nDate: 2024-05-06 10:20\nAuthor: Ada Holm\nSlug: weir\n\nThe ducks are back.\n"


def pelican(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Pelican's command in a folder."""
    line = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "output"]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def old_site(tmp_path: Path) -> Path:
    """Return a Pelican site with one post that has header lines."""
    (tmp_path / "pelicanconf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "post.md").write_text(POST, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_pelican_prints_the_paper(old_site: Path) -> None:
    """Header lines become a page with its document beside it."""
    toml = '[site]\nname = "The Weir Post"\nurl = "https://weir.example"\n'
    (old_site / "broadsheet.toml").write_text(toml, encoding="utf-8")
    done = pelican(old_site)
    assert (done.returncode, (old_site / "output/articles/weir.json").is_file()) == (0, True)


@pytest.mark.slow
def test_without_a_broadsheet_toml_pelican_stops(old_site: Path) -> None:
    """What is missing is said in a sentence, exit 2, and nothing is written."""
    done = pelican(old_site)
    told = " ".join((done.stdout + done.stderr).split())  # Pelican folds lines
    assert (done.returncode, "Traceback" in told, "There is no such file" in told) == (2, False, True)
