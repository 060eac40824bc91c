"""A small output folder and a site to deploy it from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from broadsheet.config import Site

FILES = {
    "index.html": "<h1>Front</h1>",
    "articles/ferry.html": "<h1>Ferry</h1>",
    "articles/ferry.json": "{}",
    "data/articles.csv": "id\n",
    "theme/newspaper.css": "p{}",
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


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """Start an S3 server; no test touches Amazon's."""
    server = pytest.importorskip("moto.server")
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    yield "http://{}:{}".format(*running.get_host_and_port())
    running.stop()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Any:
    """Return an empty bucket of its own."""
    import boto3

    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    bucket = boto3.resource("s3", endpoint_url=endpoint).Bucket(f"paper-{abs(hash(request.node.name))}")
    bucket.create()
    return bucket
