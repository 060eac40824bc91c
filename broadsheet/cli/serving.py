"""A server for one's own machine: the output as a host would serve it, and a reload of the browser.

The script that reloads is added to pages as they are sent; nothing of it is in the output.
"""

from __future__ import annotations

import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, Final
from urllib.parse import unquote, urlsplit

from broadsheet.config import Site

EVENTS: Final = "/__broadsheet/events"
SCRIPT: Final = "/__broadsheet/reload.js"
_RELOAD: Final = b'new EventSource("/__broadsheet/events").onmessage = () => location.reload();\n'
_TAG: Final = f'<script src="{SCRIPT}"></script></body>'.encode()
_HEARTBEAT: Final = 15.0  # seconds

TYPES: Final = {
    ".atom.xml": "application/atom+xml; charset=utf-8",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".png": "image/png",
    ".rss.xml": "application/rss+xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}


def media_type(path: str) -> str:
    """Return the type of ``path`` below the output folder; an article's document is JSON-LD."""
    if path.startswith("articles/") and path.endswith(".json"):
        return "application/ld+json"
    name = path.rpartition("/")[2]
    parts = name.split(".")
    for depth in (2, 1):
        found = TYPES.get("." + ".".join(parts[-depth:]).lower()) if len(parts) > depth else None
        if found:
            return found
    return "application/octet-stream"


class Server(ThreadingHTTPServer):
    """Serves ``output``; `reload` tells every open page that the paper is new."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], site: Site, output: Path) -> None:
        self.site = site
        self.output = output
        self.edition = 0
        self.news = threading.Condition()
        super().__init__(address, _Handler)

    def reload(self) -> None:
        """Reload every open page."""
        with self.news:
            self.edition += 1
            self.news.notify_all()

    def file(self, path: str) -> Path | None:
        """Return the file that answers ``path`` (from the root of the host), None where there is none."""
        base = self.site.base_path
        inside = path.removeprefix(base) if path == base or path.startswith(f"{base}/") else path
        parts = [part for part in inside.split("/") if part]
        if any(part.startswith(".") or "\\" in part or "\0" in part for part in parts):
            return None
        file = self.output.joinpath(*parts)
        if not parts or inside.endswith("/"):
            file /= "index.html"
        root = self.output.resolve()
        return file if file.is_file() and file.resolve().is_relative_to(root) else None


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    server: Server
    protocol_version = "HTTP/1.1"
    _fixed: ClassVar[dict[str, str]] = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

    def do_GET(self) -> None:
        """Send a file, the reload script or the stream of events."""
        path = unquote(urlsplit(self.path).path)
        if path == EVENTS:
            self._events()
        elif path == SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript", _RELOAD)
        else:
            self._file(path)

    do_HEAD = do_GET  # noqa: N815

    def _file(self, path: str) -> None:
        file = self.server.file(path)
        status = HTTPStatus.OK
        if file is None:
            file, status = self.server.output / "404.html", HTTPStatus.NOT_FOUND
        try:
            data = file.read_bytes()
        except OSError:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"There is no such page.\n")
            return
        kind = media_type(file.relative_to(self.server.output).as_posix())
        if kind.startswith("text/html"):
            data = data.replace(b"</body>", _TAG, 1)
        self._send(status, kind, data)

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        for name, value in {**self._fixed, "Content-Type": kind, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _events(self) -> None:
        """Send an event each time the paper has been built anew, until the browser leaves."""
        self.send_response(HTTPStatus.OK)
        for name, value in {**self._fixed, "Content-Type": "text/event-stream", "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        seen = self.server.edition
        try:
            while True:
                with self.server.news:
                    self.server.news.wait(_HEARTBEAT)
                    fresh = self.server.edition != seen
                    seen = self.server.edition
                self.wfile.write(b"data: new\n\n" if fresh else b": still here\n\n")
        except OSError:  # the browser left
            return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  named by http.server
        """Say nothing of each request."""
