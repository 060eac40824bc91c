"""What describes the dataset agrees with the files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from broadsheet import export
from broadsheet.config import Site
from broadsheet.fields import TABLES


@pytest.fixture
def folder(paper, site: Site, tmp_path: Path) -> Path:
    """Return a folder with the default exports."""
    export.write(paper, site, tmp_path / "data")
    return tmp_path / "data"


def load(path: Path):
    """Return the JSON of a file."""
    return json.loads(path.read_bytes())


def header(path: Path) -> list[str]:
    """Return the first line of a CSV file."""
    with path.open(newline="", encoding="utf-8") as source:
        return next(csv.reader(source))


def test_data_package_columns_are_those_of_the_files(folder: Path) -> None:
    """Every table of datapackage.json has the columns of its CSV file, in order."""
    tables = [one for one in load(folder / "datapackage.json")["resources"] if one.get("type") == "table"]
    stated = [[field["name"] for field in one["schema"]["fields"]] for one in tables]
    assert stated == [header(folder / one["path"]) for one in tables]


def test_data_package_sizes_are_those_of_the_files(folder: Path) -> None:
    """Every resource has the size of its file."""
    resources = load(folder / "datapackage.json")["resources"]
    assert [one["bytes"] for one in resources] == [(folder / one["path"]).stat().st_size for one in resources]


def test_foreign_keys_lead_to_tables_of_the_package(folder: Path) -> None:
    """No foreign key names a table or column that is not there."""
    tables = {one["name"]: one for one in load(folder / "datapackage.json")["resources"] if "schema" in one}
    for one in tables.values():
        for key in one["schema"].get("foreignKeys", ()):
            other = tables[key["reference"]["resource"] or one["name"]]
            assert key["reference"]["fields"][0] in [field["name"] for field in other["schema"]["fields"]]


def test_csvw_describes_every_csv_file(folder: Path) -> None:
    """Every CSV file is a table of csvw-metadata.json, with its columns."""
    tables = load(folder / "csvw-metadata.json")["tables"]
    assert {one["url"]: [column["name"] for column in one["tableSchema"]["columns"]] for one in tables} == {
        path.name: header(path) for path in folder.glob("*.csv")
    }


def test_croissant_reads_the_columns_of_the_articles(folder: Path) -> None:
    """Croissant's record set extracts each column of articles.csv."""
    fields = load(folder / "croissant.json")["recordSet"][0]["field"]
    assert [one["source"]["extract"]["column"] for one in fields] == header(folder / "articles.csv")


def test_the_dictionary_explains_every_column(folder: Path) -> None:
    """DICTIONARY.md has a line for every column of every table."""
    text = (folder / "DICTIONARY.md").read_text(encoding="utf-8")
    assert [name for table in TABLES for name in table.names if name != "body" and f"| `{name}` |" not in text] == []


def test_every_column_is_explained() -> None:
    """Each column has a sentence and an example."""
    wanting = [
        one.name for table in TABLES for one in table.fields if not one.description.endswith(".") or not one.example
    ]
    assert wanting == []


def test_the_markup_names_every_file(paper, site: Site, tmp_path: Path) -> None:
    """The Dataset node of the data page offers every data file by its absolute address."""
    dataset = export.write(paper, site, tmp_path)
    offered = [one["contentUrl"] for one in dataset.jsonld["distribution"]]
    assert offered == [f"https://gazette.example/data/{one.name}" for one in dataset.files]


def test_a_licence_that_is_not_stated_is_not_invented(folder: Path) -> None:
    """Without [license] the package has no licence and LICENSE.txt says so."""
    stated = "licenses" in load(folder / "datapackage.json")
    assert (stated, (folder / "LICENSE.txt").read_text()[:20]) == (False, "No licence is stated")
