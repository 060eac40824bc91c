"""The configurations that we write, in the servers that they are for, where these are installed."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from broadsheet.config import Site
from broadsheet.deploy import Report, Wish, deploy, hosting, manifest, verify
from broadsheet.deploy.bundle import gather

pytestmark = [pytest.mark.loopback]

NGINX = """
{user} worker_processes 1; daemon off; pid {here}/nginx.pid; error_log {here}/error.log;
events {{ }}
http {{
  types {{ text/html html; text/css css; application/json json; application/xml xml; image/webp webp; text/csv csv; }}
  access_log off; client_body_temp_path {here}/a; proxy_temp_path {here}/b; fastcgi_temp_path {here}/c;
  uwsgi_temp_path {here}/d; scgi_temp_path {here}/e;
  server {{ listen 127.0.0.1:{port}; root {root}; {inside} }}
}}
"""
CADDY = "{{\n admin off\n auto_https off\n}}\nhttp://127.0.0.1:{port} {{\n root * {root}\n{inside}\n}}\n"
REDIRECTS = {"articles/old.html": "articles/ferry.html", "articles/gone.html": None}


def free_port() -> int:
    """Return a port of this machine that no one uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture(params=["nginx", "caddy"])
def served(request: pytest.FixtureRequest, tmp_path: Path, output: Path) -> Iterator[str]:
    """Serve the output with the configuration that we write, and return its address."""
    program = shutil.which(request.param)
    if program is None:
        pytest.skip(f"{request.param} is not installed")
    (output / "404.html").write_text("<h1>Not found</h1>", encoding="utf-8")
    (output / "data.html").write_text("<h1>Data</h1>", encoding="utf-8")
    port, moved = free_port(), hosting.safe_redirects(REDIRECTS)
    file = tmp_path / "server.conf"
    if request.param == "nginx":
        values = {
            "user": "user root;" if os.geteuid() == 0 else "",
            "here": tmp_path,
            "port": port,
            "root": output,
            "inside": hosting.nginx("", moved),
        }
        file.write_text(NGINX.format(**values), encoding="utf-8")
        command = [program, "-c", str(file), "-p", str(tmp_path)]
    else:
        file.write_text(CADDY.format(port=port, root=output, inside=hosting.caddy("", moved)), encoding="utf-8")
        command = [program, "run", "--config", str(file), "--adapter", "caddyfile"]
    environment = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    log = (tmp_path / "server.log").open("wb")
    with log, subprocess.Popen(command, stdout=log, stderr=log, env=environment) as running:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()


def wait_for(port: int) -> None:
    """Return when something listens."""
    for _ in range(100):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("The server does not start.")


def answer(url: str) -> tuple[int, dict[str, str]]:
    """Return status and headers, redirects not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any, **__: Any) -> None:
            return None

    try:
        with urllib.request.build_opener(Stay).open(url) as told:
            return told.status, dict(told.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers)


def test_the_server_serves_what_was_built(served: str, output: Path) -> None:
    """Every file comes with its bytes, its type and the security headers."""
    assert [one.message for one in verify(gather(output).items, served, headers=True)] == []


def test_the_server_keeps_the_cache_policy(served: str) -> None:
    """Pages are kept briefly, pictures for a day."""
    told = [answer(f"{served}/{path}")[1]["Cache-Control"] for path in ("index.html", "images/heron.webp")]
    assert told == [manifest.SHORT, manifest.DAY]


def test_the_server_knows_the_documents(served: str) -> None:
    """An article's document is JSON-LD."""
    assert answer(f"{served}/articles/ferry.json")[1]["Content-Type"].startswith("application/ld+json")


def test_the_server_redirects(served: str) -> None:
    """An old address leads to the new one, and what is gone is gone."""
    moved, gone = answer(f"{served}/articles/old.html"), answer(f"{served}/articles/gone.html")
    assert (moved[0], moved[1]["Location"].endswith("/articles/ferry.html"), gone[0]) == (301, True, 410)


def test_the_server_hides_dot_files(served: str, output: Path) -> None:
    """Hidden files are not served."""
    (output / ".env").write_text("x")
    assert answer(f"{served}/.env")[0] == 404


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def plain(output: Path) -> Iterator[str]:
    """Serve the output without any configuration."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_other_bytes_are_told(plain: str, output: Path) -> None:
    """A page that the server serves otherwise than it was built is a difference."""
    built = gather(output).items
    (output / "index.html").write_text("<h1>Old</h1>", encoding="utf-8")
    assert [one.rule for one in verify(built, plain)] == ["deploy-served-otherwise"]


def test_a_page_that_is_not_served_is_told(plain: str, output: Path) -> None:
    """A missing page is a difference that names the answer."""
    built = gather(output).items
    (output / "articles/ferry.html").unlink()
    (found,) = verify(built, plain)
    assert "answers 404" in found.message


def test_missing_headers_are_told(plain: str, output: Path) -> None:
    """A server without the security headers is told when they are asked for."""
    assert {one.rule for one in verify(gather(output).items, plain, headers=True)} == {"deploy-header"}


@pytest.fixture
def send(site: Callable[..., Site], output: Path, tmp_path: Path) -> Callable[..., Report]:
    """Return a call that deploys by rsync to a folder of this machine."""
    if shutil.which("rsync") is None:
        pytest.skip("rsync is not installed")
    own = site({"kind": "rsync", "path": str(tmp_path / "www")})
    return lambda **wish: deploy("live", own, output, Wish(**wish))


def test_rsync_sends_the_site(send: Callable[..., Report], output: Path, tmp_path: Path) -> None:
    """Every file stands there with its bytes."""
    send()
    www = tmp_path / "www"
    assert {one.path for one in gather(www).items} == {one.path for one in gather(output).items}


def test_rsync_sends_only_what_changed(send: Callable[..., Report], output: Path) -> None:
    """One changed page and one that is gone are told as such."""
    send()
    (output / "index.html").write_text("<h1>Tnorf</h1>", encoding="utf-8")
    (output / "sitemap.xml").unlink()
    report = send()
    assert (report.added, report.changed, report.removed, report.same) == ((), ("index.html",), ("sitemap.xml",), 6)


def test_rsync_has_nothing_to_do_twice(send: Callable[..., Report]) -> None:
    """The same site again is not sent."""
    send()
    assert send().bytes == 0
