"""The document and what a reader sees of a few demo articles, as they were last agreed on.

`make snapshots` writes them anew; read the diff before you commit it.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from broadsheet import build, config, edition

ROOT = Path(__file__).resolve().parents[1]
KEPT = Path(__file__).parent / "snapshots"
WRITE = os.environ.get("BROADSHEET_SNAPSHOTS") == "write"
ARTICLES = ("swing-bridge-vote", "lisbon-harbor-map", "herring-run-fills-the-inlet", "a-date-is-a-fact")


def _agree(name: str, text: str) -> None:
    path = KEPT / name
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{name} changed; `make snapshots` if that is meant"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo paper, built."""
    output = tmp_path_factory.mktemp("demo") / "output"
    build.build(config.load(ROOT), output)
    return output


@pytest.mark.parametrize("slug", ARTICLES)
def test_the_document_is_as_agreed(slug: str) -> None:
    """The graph of an article changes only when someone means it to."""
    published = {one.slug: one for one in edition.load(config.load(ROOT)).published}
    _agree(f"{slug}.json", json.dumps(published[slug].document, indent=1, ensure_ascii=False) + "\n")


@pytest.mark.slow
@pytest.mark.parametrize("slug", ARTICLES)
def test_the_page_reads_as_agreed(demo: Path, slug: str) -> None:
    """What stands in ``<main>`` changes only when someone means it to."""
    page = (demo / "articles" / f"{slug}.html").read_text(encoding="utf-8")
    main = re.search(r"<main\b.*?</main>", page, re.DOTALL)
    assert main is not None
    _agree(f"{slug}.html", main[0] + "\n")
