"""`broadsheet export`: the whole, a part, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli import group
from broadsheet.model import BroadsheetError


@pytest.fixture
def run(site_folder: Path):
    """Return what runs `broadsheet export` on a site of three articles."""
    for slug, section, day in (("one", "News", "2026-03-01"), ("two", "Sport", "2025-03-01"), ("three", "News", None)):
        when = f"date: {day}\n" if day else ""
        text = f"---\ntitle: Story {slug}\n{when}category: {section}\nauthors: [Ada Quill]\nslug: {slug}\n---\nText.\n"
        (site_folder / "content" / f"{slug}.md").write_text(text, encoding="utf-8")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(group, ["export", "--site", str(site_folder), *arguments])

    return call


def test_formats_are_written_and_listed(run, tmp_path: Path) -> None:
    """Each file's path is printed on stdout."""
    result = run("jsonl", "--output", str(tmp_path / "out"))
    assert f"{tmp_path / 'out' / 'articles.jsonl'}\n" in result.stdout


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--where", "section = 'News'"], ["one", "three"]),
        (["--where", "date >= 2026"], ["one"]),
        (["--where", "date is null"], ["three"]),
        (["--where", "authors like '%Quill%' and words = 1 and date < '2026'"], ["two"]),
        (["--since", "2026-01-01"], ["one"]),
        (["--since", "2020-01-01", "--where", "section='Sport'"], ["two"]),
    ],
)
def test_a_part_is_chosen(run, options: list[str], ids: list[str]) -> None:
    """--where is SQL over the columns, --since a day; both may be given."""
    assert run("csv", "--output", "-", "--columns", "id", *options).stdout.split() == ["id", *ids]


def test_columns_are_chosen_in_order(run) -> None:
    """--columns keeps these columns in this order; the front matter's words are known too."""
    assert run("csv", "--output", "-", "--columns", "title,id", "--where", "id='one'").stdout.splitlines() == [
        "headline,id", "Story one,one",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--where", "sectoin = 1"], "--where names 'sectoin', which is no column of articles; did you mean section?"),
        (["--where", "1; drop table rows"], "is not a condition in SQL"),
        (["--where", "load_extension('x')"], "may only compare columns"),
        (["--where", "id in (select name from sqlite_master)"], "may only compare columns"),
        (["--since", "2026-03-32"], "--since needs a day such as 2026-03-01, or a folder of earlier exports"),
        (
            ["--since", "tomorrow"],
            "There is no articles.jsonl at tomorrow; name a folder of earlier exports, or a day.",
        ),
        (["--columns", "titel"], "There is no column 'titel' in articles; did you mean title?"),
    ],
)
def test_a_mistake_is_told(run, options: list[str], message: str) -> None:
    """What cannot be used is told in one sentence."""
    error = run("csv", "--output", "-", *options).exception
    assert isinstance(error, BroadsheetError)
    assert message in str(error)


def test_a_part_does_not_replace_the_whole(run) -> None:
    """A selection without --output is refused, so that output/data stays whole."""
    assert run("--since", "2026-01-01").exit_code == 2


def test_json_says_what_was_written(run, tmp_path: Path) -> None:
    """--json prints version, number of articles and files."""
    told = json.loads(run("csv", "--json", "--output", str(tmp_path / "out")).stdout)
    assert (told["articles"], told["files"][0]["rows"]) == (3, 3)
