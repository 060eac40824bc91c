"""`broadsheet serve` builds again when something changes that a build reads, and for nothing else."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadsheet.cli import group
from broadsheet.cli.serve import is_read

SITE = Path("/home/ada/.papers/gazette")  # a hidden folder above the site hides nothing in it


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("content/a.md", True),
        ("broadsheet.toml", True),
        ("theme/templates/base.html", True),
        ("pelicanconf.py", True),
        ("serve.log", False),
        ("output/index.html", False),
        ("content/.a.md.swp", False),
        (".broadsheet/lock", False),
    ],
)
def test_what_a_build_reads_is_watched(name: str, read: bool) -> None:
    """A log that is written into the site folder must not start a build, which would write to it."""
    assert is_read(SITE / name, SITE, SITE / "output") is read


@pytest.mark.loopback
def test_a_port_in_use_is_wrong_usage(site_folder: Path) -> None:
    """Another port is asked for, exit 2."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        line = ["serve", "--no-watch", "--site", str(site_folder), "--port", str(taken.getsockname()[1])]
        done = CliRunner().invoke(group, line)
    assert (done.exit_code, "Name another with --port" in done.output) == (2, True)
