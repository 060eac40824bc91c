"""Earlier addresses that front matter names, read without reading the whole paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from broadsheet import content, forward
from broadsheet.config import Site
from broadsheet.deploy.manifest import paths

_MARK = b"\naliases:"


def naming(site: Site) -> list[Path]:
    """Return the content files that name earlier addresses."""
    if not site.content.is_dir():
        return []
    found = (site.content / path for path in paths(site.content) if path.endswith(".md"))
    return [path for path in found if _MARK in path.read_bytes()]


def read(files: list[Path], site: Site, addresses: dict[str, str]) -> dict[str, str]:
    """Return old path → path of today. ``addresses``: content file → path; who is not in it is not published.

    Of several articles that name one address, the first has it, as in a build.
    """
    found: dict[str, str] = {}
    for name, path in sorted((path.relative_to(site.root).as_posix(), path) for path in files):
        if name in addresses:
            for old in _stated(path, site):
                found.setdefault(old, addresses[name])
    return found


def _stated(path: Path, site: Site) -> Iterator[str]:
    article, _ = content.read(path, site)
    olds = map(forward.address, article.aliases if article is not None else ())
    return (old for old in olds if old is not None)


def addresses(export: Path, url: str) -> dict[str, str]:
    """Return content file → path of every article of an articles.jsonl; nothing where there is none."""
    return {
        str(row["content_file"]): str(row["url"]).removeprefix(f"{url}/")
        for row in _rows(export)
        if row.get("content_file") and str(row.get("url", "")).startswith(f"{url}/")
    }


def _rows(export: Path) -> Iterator[dict[str, object]]:
    if not export.is_file():
        return
    with export.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict):
                yield row
