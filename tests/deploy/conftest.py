"""A small output folder and a site to deploy it from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from broadsheet.config import Site

FILES = {
    "index.html": "<h1>Front</h1>",
    "articles/ferry.html": "<h1>Ferry</h1>",
    "articles/ferry.json": "{}",
    "data/articles.csv": "id\n",
    "static/newspaper.css": "p{}",
    "images/heron.webp": "heron",
    "feed.atom.xml": "<feed/>",
    "sitemap.xml": "<urlset/>",
}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return a small output folder."""
    folder = tmp_path / "output"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Callable[[Mapping[str, Any]], Site]:
    """Return a call that makes a site with one target, "live"."""

    def made(target: Mapping[str, Any]) -> Site:
        return Site(name="The Fenwick Lantern", url="https://lantern.press", root=tmp_path, deploy={"live": target})

    return made
