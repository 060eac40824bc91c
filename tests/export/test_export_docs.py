"""docs/data.md says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from broadsheet import export
from broadsheet.config import Site
from broadsheet.fields import TABLES

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "data.md").read_text(encoding="utf-8")


def test_the_example_exporter_runs(paper, site: Site, tmp_path: Path) -> None:
    """The exporter printed in the document works when it is dropped into a site."""
    code = next(block for block in re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL) if "SUFFIX" in block)
    (site.root / "exporters").mkdir()
    (site.root / "exporters" / "headlines.py").write_text(code, encoding="utf-8")
    export.write(paper, site, tmp_path, ["headlines"])
    assert (tmp_path / "articles.txt").read_text().splitlines()[0] == "Swing bridge reopens"


def test_the_example_of_pieces_runs(paper, site: Site, tmp_path: Path) -> None:
    """So does the format of pieces, in the place of the function of the first one."""
    blocks = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    first, pieces = next(one for one in blocks if "SUFFIX" in one), next(one for one in blocks if "FRAME" in one)
    (site.root / "exporters").mkdir()
    code = first.partition("def export(")[0] + pieces
    (site.root / "exporters" / "headlines.py").write_text(code, encoding="utf-8")
    export.write(paper, site, tmp_path, ["headlines"])
    assert (tmp_path / "articles.txt").read_text() == '["Swing bridge reopens","Tide tables","Ferry late"]\n'


def test_every_format_is_named(site: Site) -> None:
    """The table of formats has all that are shipped, and no other."""
    named = set(re.findall(r"`([a-z]+)`", "".join(re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", DOCUMENT, re.MULTILINE))))
    assert named == set(export.names(site.root))


@pytest.mark.parametrize("table", [one.name for one in TABLES])
def test_every_table_is_named(table: str) -> None:
    """The document speaks of every table."""
    assert f"`{table}`" in DOCUMENT or f"`{table}.csv`" in DOCUMENT


def test_every_file_that_describes_is_named(paper, site: Site, tmp_path: Path) -> None:
    """No descriptor is written that the document does not explain."""
    dataset = export.write(paper, site, tmp_path, ["csv", "sqlite"])
    assert [one.name for one in dataset.descriptors if f"`{one.name}`" not in DOCUMENT] == []
