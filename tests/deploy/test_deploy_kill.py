"""A deploy that is killed at any moment leaves nothing half, and the next one completes it."""

from __future__ import annotations

import hashlib
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from broadsheet import build, config
from broadsheet.deploy import manifest

pytest.importorskip("boto3")
pytestmark = [
    pytest.mark.loopback,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
TOML = """
[site]
name = "The Fenwick Lantern"
url = "https://lantern.press"
[deploy.live]
kind = "s3"
bucket = "{bucket}"
endpoint = "{endpoint}"
jobs = 2
"""
KILLS = 20


def write(root: Path, count: int, word: str) -> None:
    """Write ``count`` articles whose text holds ``word``."""
    (root / "content").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = f"---\ntitle: Ferry {number}\ndate: 2026-03-04\nauthor: Ida Moss\n---\n\nIt runs {word}.\n"
        (root / f"content/{number}.md").write_text(text, encoding="utf-8")


def start(root: Path) -> subprocess.Popen[bytes]:
    """Begin to deploy in a process of its own."""
    words = [sys.executable, "-m", "broadsheet", "deploy", "live", "--allow", "audit", "--site", str(root)]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=os.environ)


def assets_missing(bucket: Any) -> set[str]:
    """Return the styles and pictures that pages in the bucket refer to and that are not there."""
    keys = {one.key for one in bucket.objects.all()}
    wanted: set[str] = set()
    for key in keys:
        if key.endswith(".html"):
            page = bucket.Object(key).get()["Body"].read().decode()
            wanted |= {found.lstrip("./") for found in re.findall(r'"([^"]*(?:theme|images)/[^"]+)"', page)}
    return {one for one in wanted if not one.startswith("http")} - keys


def test_a_killed_deploy_leaves_no_page_without_its_assets(tmp_path: Path, bucket: Any, endpoint: str) -> None:
    """Killed at random moments, no page refers to a missing asset; the next deploy ends with what was built."""
    root, chance = tmp_path / "site", random.Random(7)  # noqa: S311 - moments, not secrets
    root.mkdir()
    (root / "broadsheet.toml").write_text(TOML.format(bucket=bucket.name, endpoint=endpoint), encoding="utf-8")
    for number in range(KILLS):
        write(root, 12, f"at {number}")
        build.build(config.load(root), root / "output")
        with start(root) as running:
            time.sleep(0.25 + chance.random() * 0.9)
            running.kill()
            running.communicate()
        assert assets_missing(bucket) == set()
    with start(root) as running:
        told = running.communicate()[1]
        assert running.returncode == 0, told
    sent = {one.key: one.e_tag.strip('"') for one in bucket.objects.all() if not one.key.startswith(".broadsheet-")}
    built = {
        path: hashlib.md5((root / "output" / path).read_bytes(), usedforsecurity=False).hexdigest()
        for path in manifest.paths(root / "output")
    }
    assert sent == built
