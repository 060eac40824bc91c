"""``broadsheet serve``: build, serve, watch, rebuild, reload the browser."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadsheet.cli.build import find_site, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.cli.serving import Server


@click.command("serve")
@click.option(
    "--site",
    "site_root",
    type=click.Path(path_type=Path),
    default=None,
    help="The site folder; else the nearest one at or above this folder.",
)
@click.option(
    "--output", type=click.Path(path_type=Path), default=None, help="Where the paper is written; default SITE/output."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port on this machine; 0 takes a free one.",
)
@click.option("--no-watch", is_flag=True, help="Build once and serve; look for no changes.")
def command(site_root: Path | None, output: Path | None, port: int, *, no_watch: bool) -> None:
    """Build the newspaper and show it on this machine; a change is built at once and the browser reloaded.

    Serves on 127.0.0.1 only, with the types and the 404 page that a host would give.
    Ctrl-C ends it.

    \b
    Examples:
      broadsheet serve
      broadsheet serve --site mypaper --port 8080
    """
    from broadsheet import config
    from broadsheet.cli.serving import Server

    root = find_site(site_root)
    site = config.load(root)
    folder = (output or root / "output").absolute()
    told: set[str] = set()
    rebuild(root, folder, told)
    try:
        server = Server(("127.0.0.1", port), site, folder)
    except OSError as error:
        raise click.UsageError(f"Port {port} cannot be used: {error.strerror}. Name another with --port.") from error
    click.echo(f"http://127.0.0.1:{server.server_address[1]}{site.base_path}/ (Ctrl-C ends it)", err=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        wait(server, root, folder, told, watch=not no_watch)
    except KeyboardInterrupt:
        click.echo("", err=True)
    finally:
        server.shutdown()


def wait(server: Server, root: Path, folder: Path, told: set[str], *, watch: bool) -> None:
    """Rebuild after each change, or wait for Ctrl-C alone."""
    if not watch:
        threading.Event().wait()
    for _ in changes(root, folder):
        if rebuild(root, folder, told):
            server.reload()


def changes(root: Path, output: Path) -> Iterator[set[str]]:
    """Yield the files of a site that changed, again and again: what a build reads, not a log that lies beside it."""
    import watchfiles

    from broadsheet import parts

    site, quiet = root.resolve(), output.resolve()

    def wanted(_change: watchfiles.Change, path: str) -> bool:
        return is_read(Path(path), site, quiet)

    shipped = [parts.shipped() / kind for kind in parts.KINDS]
    places = {site, *(place for place in shipped if place.is_dir())}
    for found in watchfiles.watch(*places, watch_filter=wanted, debounce=100, step=20, raise_interrupt=True):
        yield {path for _, path in found}


def is_read(file: Path, site: Path, output: Path) -> bool:
    """Tell whether a build of ``site`` reads ``file``, which may be one of a shipped part; all are absolute."""
    from broadsheet import parts

    if file.is_relative_to(output):
        return False
    if not file.is_relative_to(site):
        return "__pycache__" not in file.parts
    inner = file.relative_to(site).parts
    if any(part.startswith((".", "~")) or part == "__pycache__" for part in inner):
        return False
    return inner[0] in {"content", "broadsheet.toml", *parts.KINDS} or file.suffix == ".py"


def rebuild(root: Path, output: Path, told: set[str] | None = None) -> bool:
    """Build and say how it went; a fault of the configuration or theme is told, and serving goes on.

    ``told`` are the problems that the build before told; it becomes those of this one.
    """
    from broadsheet import build, config
    from broadsheet.model import BroadsheetError

    started = time.perf_counter()
    try:
        site = config.load(root)
        report = build.build(site, output, jobs=site.build.jobs)
    except BroadsheetError as error:
        click.echo(f"broadsheet: {error}", err=True)
        return False
    show(report, time.perf_counter() - started, known=told or ())
    if told is not None:
        told.clear()
        told.update(report.folded.lines)
    return True
