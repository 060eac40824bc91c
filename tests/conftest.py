"""What every test has: no network, a site folder to build in, the command line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Timings are benchmarks, never tests.
settings.register_profile("broadsheet", deadline=None)
settings.load_profile("broadsheet")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No colour, one clock, one zone: what a test prints must not depend on who runs it."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def shared() -> Path:
    """Return the folder of development sets beside the project; skip where there is none."""
    if not SHARED.is_dir():
        pytest.skip("the development sets are not beside this checkout")
    return SHARED


@pytest.fixture
def site_folder(tmp_path: Path) -> Path:
    """Return an empty site folder with a configuration."""
    (tmp_path / "content").mkdir()
    (tmp_path / "broadsheet.toml").write_text(
        '[site]\nname = "The Test Gazette"\nurl = "https://gazette.example"\nlanguage = "en"\ntimezone = "UTC"\n',
        encoding="utf-8",
    )
    return tmp_path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let only tests marked `loopback` reach this machine's own addresses."""
    for item in items:
        if item.get_closest_marker("loopback"):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost"]))
            item.add_marker(pytest.mark.enable_socket)


def in_ci() -> bool:
    """Tell whether tests that need a browser or Java must run rather than skip."""
    return os.environ.get("BROADSHEET_CI") == "1"
