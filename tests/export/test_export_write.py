"""What `export.write` leaves in the folder."""

from __future__ import annotations

import csv
import hashlib
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from broadsheet import export
from broadsheet.config import Site
from broadsheet.model import Article, Problem, Published

DEFAULT = (
    "CHANGES.md", "DICTIONARY.md", "LICENSE.txt", "SHA256SUMS", "agencies.csv", "article_agencies.csv",
    "article_authors.csv", "article_tags.csv", "articles.csv", "articles.js", "articles.json", "articles.jsonl",
    "authors.csv", "changes.atom.xml", "changes.csv", "charts", "corrections.csv", "croissant.json",
    "csvw-metadata.json", "datapackage.json", "duckdb.sql", "evidence.csv", "images.csv", "paper.jsonld",
    "places.csv", "problems.csv", "sections.csv", "tags.csv",
)  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(newline="", encoding="utf-8") as source:
        return list(csv.DictReader(source))


def test_the_default_formats_are_written(paper, site: Site, tmp_path: Path) -> None:
    """Without a word in broadsheet.toml the four default formats and what describes them are written."""
    export.write(paper, site, tmp_path / "data")
    assert tuple(sorted(path.name for path in (tmp_path / "data").iterdir())) == DEFAULT


def test_the_same_articles_give_the_same_bytes(paper, site: Site, tmp_path: Path) -> None:
    """Two exports of one paper are equal byte for byte."""
    for name in ("a", "b"):
        export.write(paper, site, tmp_path / name)
    both = [{p.name: p.read_bytes() for p in (tmp_path / name).rglob("*.*")} for name in ("a", "b")]
    assert both[0] == both[1]


def test_checksums_are_those_of_the_files(paper, site: Site, tmp_path: Path) -> None:
    """SHA256SUMS is in the form that sha256sum -c reads and is right."""
    export.write(paper, site, tmp_path)
    lines = [line.split("  ") for line in (tmp_path / "SHA256SUMS").read_text().splitlines()]
    assert lines == [[hashlib.sha256((tmp_path / name).read_bytes()).hexdigest(), name] for _, name in lines]


def test_the_version_is_the_newest_date_and_a_hash(paper, site: Site, tmp_path: Path) -> None:
    """The version comes from the data alone, never from the clock."""
    assert export.write(paper, site, tmp_path).version.startswith("2026.3.6+")


def test_another_word_gives_another_version(paper, site: Site, tmp_path: Path, publish) -> None:
    """A changed value changes the content hash."""
    changed = (*paper[:2], publish(replace(paper[2].article, headline="Ferry very late"), "ferry"))
    assert export.write(paper, site, tmp_path).version != export.write(changed, site, tmp_path).version


def test_an_undated_paper_has_a_version(publish, site: Site, tmp_path: Path) -> None:
    """Articles without any date are versioned by their hash."""
    assert export.write([publish(Article("Once"))], site, tmp_path).version.startswith("0.0.0+")


def test_an_article_row_says_how_its_date_is_known(paper, site: Site, tmp_path: Path) -> None:
    """Evidence columns stand beside the values."""
    export.write(paper, site, tmp_path, ["csv"])
    first = rows(tmp_path / "articles.csv")[0]
    assert (first["published"], first["published_basis"], json.loads(first["evidence"])["date"]["line"]) == (
        "2026-03-04T18:30:00+00:00", "stated", 7,
    )  # fmt: skip


def test_an_author_of_two_articles_is_one_row(paper, site: Site, tmp_path: Path) -> None:
    """The table authors has one row an author, filled from every article, and counts."""
    export.write(paper, site, tmp_path, ["csv"])
    quill = next(row for row in rows(tmp_path / "authors.csv") if row["author"] == "Ada Quill")
    assert (quill["job_title"], quill["url"], quill["articles"]) == ("Harbour reporter", "https://quill.example/", "3")


def test_a_latitude_of_zero_is_a_number(paper, site: Site, tmp_path: Path) -> None:
    """The equator is not an absent value."""
    export.write(paper, site, tmp_path, ["csv"])
    assert rows(tmp_path / "places.csv")[0]["latitude"] == "0.0"


def test_texts_are_left_out_unless_asked_for(paper, site: Site, tmp_path: Path) -> None:
    """The texts of the articles are exported where [exports] bodies says so, and only there."""
    with_texts = replace(site, exports=replace(site.exports, bodies=True))
    found = []
    for one in (site, with_texts):
        export.write(paper, one, tmp_path, ["csv", "jsonld"])
        found += [
            "body" in rows(tmp_path / "articles.csv")[0],
            b"articleBody" in (tmp_path / "paper.jsonld").read_bytes(),
        ]
    assert found == [False, False, True, True]


def test_a_shared_node_stands_once_in_the_graph(paper, site: Site, tmp_path: Path) -> None:
    """What three articles say alike of their publisher is one node of paper.jsonld."""
    export.write(paper, site, tmp_path, ["jsonld"])
    graph = json.loads((tmp_path / "paper.jsonld").read_bytes())["@graph"]
    assert len({json.dumps(node) for node in graph}) == len(graph)


def test_problems_are_a_table(site: Site, tmp_path: Path) -> None:
    """What the gate found is exported too."""
    problem = Problem("content/x.md", 3, "/title", "title-absent", "error", "There is no title.")
    export.write([], site, tmp_path, ["csv"], problems=[problem])
    assert rows(tmp_path / "problems.csv")[0]["message"] == "There is no title."


def test_no_article_is_a_dataset_too(site: Site, tmp_path: Path) -> None:
    """An empty paper exports empty tables that are whole files."""
    export.write([], site, tmp_path)
    assert json.loads((tmp_path / "articles.json").read_bytes())["articles"] == []


def test_charts_tell_their_numbers_in_words(paper, site: Site, tmp_path: Path) -> None:
    """Each picture has its numbers as text, undated articles too."""
    months = export.write(paper, site, tmp_path).charts[0]
    assert months.alternative == "2025-12 1; 2026-03 1; undated 1."


def test_a_hostile_section_cannot_leave_a_chart(publish, site: Site, tmp_path: Path) -> None:
    """A section's name is text in the picture."""
    export.write([publish(Article("x", section=("</text><script>alert(1)</script>",)))], site, tmp_path)
    assert "<script" not in (tmp_path / "charts" / "sections.svg").read_text(encoding="utf-8")


class Many:
    """Two thousand articles that are made when they are read."""

    def __init__(self, one: Published) -> None:
        self.one = one

    def __iter__(self) -> Iterator[Published]:
        return (replace(self.one, slug=f"a-{number}") for number in range(2_000))


@pytest.mark.slow
def test_articles_are_never_held_in_memory(paper, site: Site, tmp_path: Path) -> None:
    """Exporting many articles needs about as much memory as exporting few."""
    tracemalloc.start()
    export.write(Many(paper[0]), site, tmp_path, ["csv", "jsonl"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6_000_000  # the rows alone would be larger
