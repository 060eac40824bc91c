"""What the data page loads: the list of articles, and SQLite as it came."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from broadsheet.export import browse
from broadsheet.export.sink import framed
from broadsheet.fields import ARTICLES

SQLJS = Path(__file__).resolve().parents[2] / "theme" / "static" / "vendor" / "sqljs"


def written(values: dict[str, object]) -> str:
    """Return the list of one article."""
    row = [values.get(name) for name in ARTICLES.names]
    return b"".join(framed(browse.frame(ARTICLES), [browse.encoder(ARTICLES)(row)])).decode()


def test_the_list_is_one_call() -> None:
    """The file calls the page's function with JSON: columns, and a row an article that begins with its path."""
    text = written({"id": "a-story", "headline": "A story", "authors": ["Ada Quill"]})
    data = json.loads(text.removeprefix(f"{browse.CALL}(").removesuffix(")\n"))
    assert data["rows"] == [["articles/a-story.html", None, "A story", None, ["Ada Quill"], None, None, None, None]]


def test_the_list_holds_no_markup() -> None:
    """A "<" is written as an escape, so that no reader takes the file for a page."""
    assert "<" not in written({"id": "a-story", "headline": "</script><script>alert(1)</script>"})


def test_a_column_that_is_left_out_is_left_out_here() -> None:
    """Of a table with fewer columns the list has fewer too."""
    assert b'"columns":["path","headline"]' in browse.frame(ARTICLES.only(["id", "headline"])).head


@pytest.mark.parametrize(
    ("name", "sha256"),
    [
        ("sql-wasm-browser.js", "eb000b8422ead1cce9b4ef183f6af2e115877e37649a44e38f115561cc3f1a8a"),
        ("sql-wasm-browser.wasm", "43bbcdd44287e5a2db3b6b5af34b1a3485a7a441285d247976c1ebe3c61f8dbf"),
    ],
)
def test_sqlite_is_as_it_came(name: str, sha256: str) -> None:
    """sql.js 1.16.0 is the published one, byte for byte (npm package sql.js, dist/)."""
    assert hashlib.sha256((SQLJS / name).read_bytes()).hexdigest() == sha256
