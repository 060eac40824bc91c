"""Hostile names in the data page's markup and charts."""

from __future__ import annotations

import json

from broadsheet import export, jsonld
from broadsheet.config import Site
from broadsheet.model import Article, Person, Published, Publisher

SITE = Site(name="The Fenwick Lantern", url="https://lantern.example", publisher=Publisher("The Fenwick Lantern"))
HOSTILE = "<script>tell()</script>"


def published() -> Published:
    """Return an article with markup in every name."""
    article = Article(HOSTILE, "Words.", authors=(Person(HOSTILE),), section=(HOSTILE,), tags=(HOSTILE,))
    path = "articles/x.html"
    document = jsonld.document(article, SITE, path, "Words.")
    return Published(article, "x", path, f"{SITE.url}/{path}", "<p>Words.</p>", "Words.", document)


def test_no_chart_holds_markup_in_a_label(tmp_path) -> None:
    """A label shows angle quotes, so that no reader that unescapes it twice finds an element."""
    export.write([published()], SITE, tmp_path / "data")
    charts = [path.read_text(encoding="utf-8") for path in (tmp_path / "data/charts").glob("*.svg")]
    assert charts
    assert not any("script&gt;" in one or "<script" in one for one in charts)


def test_the_dataset_is_short_enough_for_tools(tmp_path) -> None:
    """Chrome's DevTools show 10,000 characters of a script; the Dataset stays below."""
    dataset = export.write([published()], SITE, tmp_path / "data")
    assert len(jsonld.script_text(dataset.jsonld)) < 10_000


def test_the_dataset_parses_again(tmp_path) -> None:
    """What stands in the script gives back the node."""
    dataset = export.write([published()], SITE, tmp_path / "data")
    assert json.loads(jsonld.script_text(dataset.jsonld)) == dataset.jsonld
