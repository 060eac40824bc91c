"""The review queue as a page on this machine: source beside reading, one form a value."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import click
import jinja2

from broadsheet import content, edition, review
from broadsheet.cli.duplicates import replace_file
from broadsheet.config import Site

MAX_FORM = 64 * 1024
_PAGES = jinja2.Environment(
    autoescape=True, trim_blocks=True, lstrip_blocks=True, loader=jinja2.FileSystemLoader(Path(__file__).parent)
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


def serve(site: Site, by: str, port: int) -> None:
    """Answer 127.0.0.1 alone, until interrupted."""
    server = make_server(site, by, port)
    click.echo(f"Review at http://127.0.0.1:{server.server_port}/ as {by}; Ctrl+C ends it.", err=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("", err=True)
    finally:
        server.server_close()


def make_server(site: Site, by: str, port: int) -> ThreadingHTTPServer:
    """Return a server whose forms only this run's own pages can send."""
    token = secrets.token_urlsafe(16)

    class Handler(_Handler):
        desk = _Desk(site, by, token)

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


class _Desk:
    """What the pages show and what their forms do."""

    def __init__(self, site: Site, by: str, token: str) -> None:
        self.site = site
        self.by = by
        self.token = token

    def page(self, file: str, message: str = "") -> str:
        """Return the queue, or one article."""
        template = _PAGES.get_template("review.html")
        if not file:
            return template.render(items=review.queue(self.site), item=None, message=message)
        found = self._item(file)
        if found is None:
            return template.render(items=review.queue(self.site), item=None, message=f"{file} is not in the queue.")
        lines = {one.line for one in found.article.evidence.values() if one.line}
        source = enumerate((review.original(found, self.site) or "").splitlines(), 1)
        values = content.front_matter(found.article)
        keys = [
            key
            for key in ("title", "date", "authors", "agency", "category", "dateline", "summary", "tags")
            if key in values or key == "date"
        ]
        rows = [(key, review.spoken(values.get(key)), found.article.evidence.get(key)) for key in keys]
        return template.render(item=found, rows=rows, source=source, lines=lines, token=self.token, message=message)

    def settle(self, form: dict[str, str]) -> tuple[str, str]:
        """Write one person's word; return the file and what to say."""
        file, key = form.get("file", ""), form.get("key", "")
        found = self._item(file)
        if found is None or not secrets.compare_digest(form.get("token", ""), self.token):
            return file, "That form is not from this page; nothing was changed."
        path = self.site.root / file
        value = form.get("value") if form.get("do") == "set" else None
        at = edition.clock().isoformat(timespec="seconds")
        try:
            replace_file(path, review.settle(path.read_text(encoding="utf-8"), key, by=self.by, at=at, value=value))
        except (ValueError, content.NotEditableError) as error:
            return file, str(error)
        return file, f"{key} is settled."

    def _item(self, file: str) -> review.Item | None:
        known = {path.relative_to(self.site.root).as_posix(): path for path in edition.files(self.site)[0]}
        return review.item(known[file], self.site) if file in known else None


class _Handler(BaseHTTPRequestHandler):
    """GET shows, POST settles and leads back."""

    desk: _Desk

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        self._send(self.desk.page(query.get("file", [""])[0], query.get("said", [""])[0]))

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > MAX_FORM or self.headers.get("Host", "").partition(":")[0] not in {"127.0.0.1", "localhost"}:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        form = {
            key: values[0]
            for key, values in parse_qs(
                self.rfile.read(length).decode("utf-8", "replace"), keep_blank_values=True
            ).items()
        }
        file, said = self.desk.settle(form)
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", f"/?file={quote(file)}&said={quote(said)}")
        self.end_headers()

    def _send(self, page: str) -> None:
        body = page.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", _POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the standard library's
        """Say nothing: the terminal belongs to the person."""
