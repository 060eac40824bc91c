"""What changed since the version published before."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from broadsheet import export
from broadsheet.cli import group
from broadsheet.config import Site
from broadsheet.export import changes
from broadsheet.model import Article, Published


def table(folder: Path) -> list[tuple[str, str, str]]:
    """Return (article, change, columns) of changes.csv."""
    with (folder / "changes.csv").open(newline="", encoding="utf-8") as source:
        return [(row["article"], row["change"], row["columns"]) for row in csv.DictReader(source)]


@pytest.fixture
def again(paper, site: Site, tmp_path: Path) -> Callable[..., Path]:
    """Publish the paper, then return what exports another one."""
    export.write(paper, site, tmp_path / "before")
    changes.remember(tmp_path / "before", site)

    def write(articles: tuple[Published, ...], name: str = "after") -> Path:
        export.write(articles, site, tmp_path / name)
        return tmp_path / name

    return write


def test_a_first_version_has_no_changes(paper, site: Site, tmp_path: Path) -> None:
    """Where nothing was published before, nothing is called added."""
    export.write(paper, site, tmp_path)
    assert (table(tmp_path), "No version was published before" in (tmp_path / "CHANGES.md").read_text()) == ([], True)


def test_the_same_paper_has_no_changes(paper, again) -> None:
    """An export of what was published says that nothing changed."""
    assert table(again(paper)) == []


def test_changes_are_told_by_column(paper, publish, again) -> None:
    """Added, changed (with the columns) and removed articles are rows, in the order of the paper."""
    changed = publish(replace(paper[0].article, kicker="Bridge", tags=()), "bridge")
    found = table(again((publish(Article("New"), "new"), changed, paper[1])))
    assert found == [("new", "added", ""), ("bridge", "changed", "kicker; tags"), ("ferry", "removed", "")]


def test_builds_before_the_next_publication_say_the_same(paper, publish, again) -> None:
    """Building twice gives the same changes: they are told against what was published, not built."""
    articles = (*paper, publish(Article("New"), "new"))
    assert table(again(articles, "one")) == table(again(articles, "two")) == [("new", "added", "")]


@pytest.mark.parametrize("headline", ["<script>alert(1)</script>", "a & b", "]]>", "\x0b\x00\ufffe"])
def test_the_feed_is_well_formed_text(publish, again, headline: str) -> None:
    """No headline leaves the feed of changes, nor is it a tag in it."""
    text = (again((publish(Article(headline), "new"),)) / "changes.atom.xml").read_text(encoding="utf-8")
    titles = [one.text or "" for one in ET.fromstring(text).iter("{http://www.w3.org/2005/Atom}title")]  # noqa: S314 - our own
    assert [one for one in titles if "<" in one] == []


def test_since_a_folder_exports_what_differs(site_folder: Path, tmp_path: Path) -> None:
    """--since DIR writes the articles that an earlier export lacks, and tells those that are gone."""
    page = site_folder / "content" / "one.md"
    page.write_text("---\ntitle: One\nslug: one\n---\nText.\n", encoding="utf-8")
    CliRunner().invoke(group, ["export", "--site", str(site_folder), "--output", str(tmp_path / "old")])
    page.rename(page.with_name("two.md")).write_text("---\ntitle: Two\nslug: two\n---\nText.\n", encoding="utf-8")
    CliRunner().invoke(
        group,
        ["export", "--site", str(site_folder), "--output", str(tmp_path / "new"), "--since", str(tmp_path / "old")],
    )
    assert table(tmp_path / "new") == [("two", "added", ""), ("one", "removed", "")]


def test_an_earlier_version_must_be_one(paper, site: Site, tmp_path: Path) -> None:
    """A file that is no export is refused with its line."""
    kept = site.state / "published" / "articles.jsonl"
    kept.parent.mkdir(parents=True)
    kept.write_text('{"id": "a"}\nnothing\n')
    with pytest.raises(changes.NoEarlierVersionError, match=r"articles\.jsonl:2: This line is no article"):
        export.write(paper, site, tmp_path)
