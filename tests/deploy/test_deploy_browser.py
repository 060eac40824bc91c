"""The policy that we recommend, in a real browser: every page satisfies it, and the console stays empty."""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadsheet import build, config
from broadsheet.deploy import hosting

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--enable-logging=stderr",
    "--virtual-time-budget=3000",
    "--dump-dom",
]
pytestmark = [pytest.mark.slow, pytest.mark.loopback, pytest.mark.skipif(CHROMIUM is None, reason="no chromium")]


class _Guarded(http.server.SimpleHTTPRequestHandler):
    """Serve files with the headers of docs/deploy.md."""

    def end_headers(self) -> None:
        path = self.path.split("?")[0].lstrip("/") or "index.html"
        for name, value in {**hosting.SECURITY, "Content-Security-Policy": hosting.policy_of(path)}.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the demo paper, serve it and return its address."""
    output = tmp_path_factory.mktemp("guarded") / "output"
    build.build(config.load(ROOT), output)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Guarded, directory=str(output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "path",
    ["", "articles/swing-bridge-vote.html", "section/news.html", "data.html", "archive.html", "pages/about.html"],
)
def test_the_console_stays_empty(served: str, tmp_path: Path, path: str) -> None:
    """No page asks for anything that its policy forbids."""
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path}", f"{served}/{path}"]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=120, check=False
    )
    told = [line for line in done.stderr.splitlines() if "CONSOLE" in line and "favicon" not in line]
    assert (told, "<h1" in done.stdout) == ([], True)
