"""A real browser for the data page: chromium, told what to do over the pipe of its DevTools protocol.

Standard library only. The paper that it is shown holds hostile text in every value.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import select
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import pytest

from broadsheet import build, config
from broadsheet.deploy import hosting

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
BASH = shutil.which("bash")
SITE = """[site]
name = "The Test Gazette <b>"
url = "https://gazette.example"
[exports]
formats = ["csv", "json", "sqlite"]
"""
HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\u2028=1+1 {n}"
ARTICLE = """---
title: {title}
date: {year}-0{month}-1{day}
authors: [{{name: {author}}}, {{name: Ben Tarrow}}]
category: {section}
tags: [tides]
evidence:
  date: {{basis: {basis}, line: 1, text: x}}
---
Text.
"""

_FLAGS = (
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
    "--remote-debugging-pipe",
)
_PATIENCE = 30.0  # seconds until an answer or a condition is given up
_KEYS = {"Tab": 9, "Enter": 13, "Space": 32, "End": 35, "ArrowDown": 40}


class BrowserError(AssertionError):
    """The browser did not do what it was told."""


class Browser:
    """One chromium with one tab. ``events`` are all that it told since the last `go`."""

    def __init__(self, folder: Path) -> None:
        self.events: list[dict[str, Any]] = []
        self.downloads = folder / "downloads"
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        inward, self._out = os.pipe()
        self._in, outward = os.pipe()
        command = [str(CHROMIUM), *_FLAGS, f"--user-data-dir={folder / 'profile'}", "about:blank"]
        self._process = subprocess.Popen(
            [str(BASH), "-c", f'exec "$0" "$@" 3<&{inward} 4>&{outward}', *command],
            pass_fds=(inward, outward),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder)},
        )
        os.close(inward)
        os.close(outward)

    def __enter__(self) -> Self:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for name in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{name}.enable")
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads), browser=True)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(BrowserError, OSError):
            self.call("Browser.close", browser=True)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)
        os.close(self._out)

    def call(self, method: str, *, browser: bool = False, **values: Any) -> dict[str, Any]:
        """Call a method of the protocol and return its result."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": values}
        if self._session and not browser:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + _PATIENCE
        while (told := self._read(end)) is not None:
            if told.get("id") == self._number:
                if "error" in told:
                    raise BrowserError(f"{method}: {told['error']}")
                return dict(told["result"])
        raise BrowserError(f"{method}: no answer")

    def _read(self, end: float) -> dict[str, Any] | None:
        """Return the next message, None where none comes until ``end``; remember events."""
        while b"\0" not in self._buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._in], [], [], left)[0]:
                return None
            piece = os.read(self._in, 1 << 20)
            if not piece:
                raise BrowserError("the browser went away")
            self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\0")
        told: dict[str, Any] = json.loads(line)
        if "method" in told:
            self.events.append(told)
        return told

    def go(self, address: str) -> None:
        """Open a page in a new document and wait until it is loaded."""
        self.call("Page.navigate", url="about:blank")
        self.wait("location.href === 'about:blank' && document.readyState === 'complete'")
        self.events = []
        self.call("Page.navigate", url=address)
        self.wait("location.href !== 'about:blank' && document.readyState === 'complete'")

    def read(self, script: str) -> Any:
        """Return the value of a JavaScript expression; a promise is waited for."""
        told = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True)
        if "exceptionDetails" in told:
            raise BrowserError(f"{script}: {told['exceptionDetails']}")
        return told["result"].get("value")

    def wait(self, script: str) -> None:
        """Wait until a JavaScript expression is true."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            with suppress(BrowserError):
                if self.read(f"Boolean({script})"):
                    return
            self._read(time.monotonic() + 0.03)
        raise BrowserError(f"{script}: still not true")

    def click(self, where: str) -> None:
        """Click into the middle of what ``where``, a JavaScript expression, gives, as a mouse does."""
        self.read(f"{where}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
        box = self.read(
            f"(({{x, y, width, height}}) => [x + width / 2, y + height / 2])({where}.getBoundingClientRect())"
        )
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)

    def press(self, key: str, modifiers: int = 0) -> None:
        """Press a key; ``modifiers``: 2 is Ctrl, 8 is Shift."""
        name = " " if key == "Space" else key
        typed = {"Enter": "\r", "Space": " "}.get(key) if not modifiers else None
        values = {"key": name, "code": key, "windowsVirtualKeyCode": _KEYS[key], "modifiers": modifiers}
        self.call("Input.dispatchKeyEvent", type="keyDown", **values, **({"text": typed} if typed else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **values)

    def type(self, text: str) -> None:
        """Type text into what has the focus."""
        self.call("Input.insertText", text=text)

    def asked(self) -> list[str]:
        """Return every address that the page asked for since the last `go`."""
        return [one["params"]["request"]["url"] for one in self.events if one["method"] == "Network.requestWillBeSent"]

    def complaints(self) -> list[str]:
        """Return what the console holds against the page: exceptions, and what the policy refused."""
        told = [
            str(one["params"]["exceptionDetails"]) for one in self.events if one["method"] == "Runtime.exceptionThrown"
        ]
        entries = [one["params"]["entry"] for one in self.events if one["method"] == "Log.entryAdded"]
        return told + [str(one["text"]) for one in entries if one["level"] == "error"]

    def downloaded(self, name: str) -> str:
        """Wait for a downloaded file and return its text."""
        end = time.monotonic() + _PATIENCE
        path = self.downloads / name
        while not path.is_file() and time.monotonic() < end:
            self._read(time.monotonic() + 0.05)
        return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a paper of 40 articles, four of them hostile, and return its output folder."""
    root = tmp_path_factory.mktemp("gazette")
    (root / "content").mkdir()
    (root / "broadsheet.toml").write_text(SITE, encoding="utf-8")
    for number in range(40):
        bad = HOSTILE.replace("{n}", str(number)) if number % 10 == 3 else ""
        text = ARTICLE.format(
            title=json.dumps(bad or f"Story number {number}"),
            year=2020 + number % 4,
            month=1 + number % 9,
            day=number % 10,
            author=json.dumps(bad or ("Zoë Ámbar" if number % 2 else "Ada Quill")),
            section=json.dumps(bad or ("News" if number % 3 else "Sport")),
            basis="inferred" if number % 5 == 0 else "stated",
        )
        (root / "content" / f"n{number:02}.md").write_text(text, encoding="utf-8")
    (root / "content" / "undated.md").write_text("---\ntitle: An undated story\n---\nText.\n", encoding="utf-8")
    build.build(config.load(root), root / "output")
    return root / "output"


@pytest.fixture(scope="session")
def _browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if CHROMIUM is None or BASH is None:
        pytest.skip("chromium is not installed (required in CI)")
    with Browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


@pytest.fixture
def browser(_browser: Browser) -> Browser:
    """Return the browser with nothing downloaded, JavaScript on and a wide window."""
    shutil.rmtree(_browser.downloads, ignore_errors=True)
    _browser.call("Emulation.setScriptExecutionDisabled", value=False)
    still = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    _browser.call("Emulation.setEmulatedMedia", features=still)
    _browser.call("Emulation.setDeviceMetricsOverride", width=1280, height=900, deviceScaleFactor=1, mobile=False)
    return _browser


class _Host(http.server.SimpleHTTPRequestHandler):
    """Serves files with the policy that hosts are told to send, and says nothing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", hosting.policy_of(self.path.split("?")[0].lstrip("/")))
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        del arguments


@pytest.fixture
def address(paper: Path) -> Iterator[str]:
    """Serve the paper and return the address of its data page."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Host, directory=paper))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/data.html"
    server.shutdown()
    server.server_close()
