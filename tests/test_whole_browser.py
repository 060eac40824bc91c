"""The demo paper in a real browser, and before the Nu HTML checker."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from broadsheet import build, config

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
JAVA = shutil.which("java")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-extensions",
]

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (required in CI)")
needs_vnu = pytest.mark.skipif(
    JAVA is None or not VNU.is_file(), reason="java or vnu is not installed (required in CI)"
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo paper, built below a sub-path."""
    output = tmp_path_factory.mktemp("served") / "paper"
    build.build(config.load(ROOT), output)
    return output


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serve files and remember what was asked for."""

    asked: ClassVar[list[tuple[str, int]]] = []

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        del size
        self.asked.append((self.path, int(code)))

    def log_message(self, *arguments: object) -> None:
        del arguments


@pytest.fixture
def address(demo: Path) -> Iterator[str]:
    """Serve the folder above the paper, so that the paper stands below a sub-path."""
    _Quiet.asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=demo.parent))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/paper/"
    server.shutdown()
    server.server_close()


def _browse(url: str, folder: Path) -> tuple[str, list[str]]:
    """Return the page as the browser has it, and the addresses it asked for elsewhere."""
    log = folder / "net.json"
    dumped = subprocess.run(
        [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", "--dump-dom", url],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
        env={**os.environ, "HOME": str(folder)},
    )
    # The net log may be cut off where the browser ends; its lines are whole events.
    lines = (line.strip().rstrip(",") for line in log.read_text(encoding="utf-8", errors="replace").splitlines())
    events = [json.loads(line) for line in lines if line.startswith('{"params"') and line.endswith("}")]
    # The browser asks for its own updates too; a page's requests name the page as their initiator.
    own = [
        event["params"] for event in events if str(event["params"].get("initiator", "")).startswith("http://127.0.0.1")
    ]
    return dumped.stdout, [str(one["url"]) for one in own if "127.0.0.1" not in str(one.get("url", "127.0.0.1"))]


@pytest.mark.slow
@pytest.mark.loopback
@needs_browser
@pytest.mark.parametrize("page", ["index.html", "articles/swing-bridge-vote.html", "data.html", "section/news.html"])
def test_a_page_is_whole_in_a_browser(address: str, tmp_path: Path, page: str) -> None:
    """Everything a page asks for is there, below a sub-path too, and nothing is asked of another host."""
    dom, elsewhere = _browse(address + page, tmp_path)
    missing = [path for path, code in _Quiet.asked if code >= 400 and not path.endswith("favicon.ico")]
    assert ("<h1" in dom, missing, elsewhere) == (True, [], [])


@pytest.mark.slow
@needs_vnu
def test_every_page_is_valid_html(demo: Path) -> None:
    """The Nu HTML checker finds nothing to say about the demo paper."""
    pages = [str(path) for path in sorted(demo.rglob("*.html"))]
    done = subprocess.run(
        [str(JAVA), "-Xss4m", "-jar", str(VNU), "--format", "json", *pages],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    found = json.loads(done.stderr or '{"messages": []}')["messages"]
    told = [
        f"{Path(one.get('url', '')).name}:{one.get('lastLine')}: {one['message']}"
        for one in found
        if one["type"] != "info" or one.get("subType") == "warning"
    ]
    assert told == []
