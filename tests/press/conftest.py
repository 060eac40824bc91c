"""A small invented paper, and builds of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from broadsheet import build, config

TOML = """[site]
name = "The Tern Island Gazette"
url = "https://gazette.example"
timezone = "UTC"
"""
WINDS = ("north", "east", "south", "west")
BODY = "The *ferry* ran late on [Tuesday](https://ferry.example/t?a=1&b=2), and **nobody** minded.\n\n> So it goes.\n\n- one\n- two\n"


def article(number: int, **values: str) -> str:
    """Return a content file; ``values`` replace or add lines of its front matter."""
    header = {
        "title": f'"Ferry number {number} runs late"',
        "slug": f"ferry-{number}",
        "date": f"2024-{number % 12 + 1:02d}-03T08:{number % 60:02d}:00Z",
        "category": "Harbor" if number % 2 else "Council",
        "authors": '["Ada Fenn"]' if number % 3 else '["Ada Fenn", "Bo Tarn"]',
        "tags": f'["ferries", "{WINDS[number % 4]} wind"]',
        "summary": f'"Ferry {number} left the quay after the clock had struck."',
        **values,
    }
    lines = "".join(f"{key}: {value}\n" for key, value in header.items() if value)
    return f"---\n{lines}---\n\n{BODY}\nFerry {number} came back.\n"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Return a site folder with nine articles, one undated and written by hand, and a page."""
    root = tmp_path / "site"
    (root / "content" / "pages").mkdir(parents=True)
    (root / "broadsheet.toml").write_text(TOML)
    for number in range(8):
        (root / "content" / f"ferry-{number}.md").write_text(article(number))
    undated = "---\ntitle: The tide table, as found\ncategory: Harbor > Tides\ntags: [ferries]\n---\n\nHigh water at *noon*.\n"
    (root / "content" / "tides.md").write_text(undated)
    (root / "content" / "pages" / "about.md").write_text("---\ntitle: About us\n---\n\nWe print what we know.\n")
    return root


@pytest.fixture
def built(tmp_path: Path) -> Callable[..., Any]:
    """Return a function that builds a site folder into a folder beside it; options as of `build.build`."""

    def run(root: Path, name: str = "output", **options: Any) -> Any:
        site = config.load(root)
        plan = {key: options.pop(key) for key in ("press", "page_size", "profiles") if key in options}
        site = replace(site, build=replace(site.build, **plan))
        options.setdefault("jobs", 1)
        return build.build(site, tmp_path / name, **options)

    return run


@pytest.fixture
def bytes_of(tmp_path: Path) -> Callable[[str], dict[str, bytes]]:
    """Return a function from the name of an output to its files."""

    def read(name: str = "output") -> dict[str, bytes]:
        root = tmp_path / name
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    return read
