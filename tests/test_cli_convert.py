"""``broadsheet convert``: one document a line, in order; a bad input costs itself alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli.convert import command

PAGE = """\
The Harbour Chronicle

{title}

By Ann Lee
March 4, 2026

The council voted on Tuesday to reopen the swing bridge to traffic after eleven years of repairs, the mayor said.

The bridge will carry two lanes and a footway, and the last rivets are to be set in the spring of next year.
"""


def convert(*arguments: str, stdin: str | None = None) -> Result:
    """Run the command."""
    return CliRunner().invoke(command, list(arguments), input=stdin, catch_exceptions=False)


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    """Return three scrapes with three headlines."""
    paths = []
    for number, word in enumerate(("first", "second", "third")):
        path = tmp_path / f"{number}.txt"
        path.write_text(PAGE.format(title=f"Council opens the {word} bridge to all carts"), "utf-8")
        paths.append(path)
    return paths


def headlines(result: Result) -> list[str]:
    """Return the headline, or "error", of every line printed."""
    found = [json.loads(line) for line in result.stdout.splitlines()]
    return ["error" if "error" in one else one["headline"] for one in found]


def test_one_document_a_line_in_order(pages: list[Path]) -> None:
    """Documents come in the order of the arguments."""
    result = convert(*map(str, reversed(pages)))
    assert [one.split()[3] for one in headlines(result)] == ["third", "second", "first"]


def test_paths_from_stdin(pages: list[Path]) -> None:
    """--files-from - reads one path a line."""
    result = convert("--files-from", "-", stdin="".join(f"{path}\n" for path in pages))
    assert [one.split()[3] for one in headlines(result)] == ["first", "second", "third"]


def test_folder_is_read(pages: list[Path]) -> None:
    """A folder stands for the files in it, sorted."""
    assert len(headlines(convert(str(pages[0].parent)))) == 3


def test_processes_keep_the_order(pages: list[Path]) -> None:
    """Worker processes change nothing about the output."""
    many = [str(path) for path in pages] * 5
    assert convert(*many, "--jobs", "2").stdout == convert(*many, "--jobs", "1").stdout


def test_bad_input_costs_itself_alone(pages: list[Path]) -> None:
    """A missing file gives a line with its error, the others their documents, and exit 1."""
    result = convert(str(pages[0]), "nowhere.txt", str(pages[1]))
    assert (headlines(result)[1], result.exit_code) == ("error", 1)


def test_error_names_its_file() -> None:
    """The line of a bad input says which and why."""
    assert json.loads(convert("nowhere.txt").stdout) == {"error": "There is no such file.", "file": "nowhere.txt"}


def test_content_file_is_converted(tmp_path: Path) -> None:
    """A content file of ours is a source too."""
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: The bridge\ndate: 2026-03-04\n---\n\nIt opened.\n", "utf-8")
    assert json.loads(convert(str(path)).stdout)["articleBody"] == "It opened."


def test_content_file_with_an_error_says_so(tmp_path: Path) -> None:
    """A content file that reads in spite of an error is printed; the error goes to stderr, and exit 1."""
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: The bridge\ndate: someday\n---\n\nIt opened.\n", "utf-8")
    result = convert(str(path))
    assert (headlines(result), result.exit_code, "someday" in result.stderr) == (["The bridge"], 1, True)


def test_nothing_is_written(pages: list[Path]) -> None:
    """The folder stays as it was."""
    before = sorted(pages[0].parent.rglob("*"))
    convert(str(pages[0].parent))
    assert sorted(pages[0].parent.rglob("*")) == before


def test_pretty_is_the_same_document(pages: list[Path]) -> None:
    """--pretty changes the layout alone."""
    assert json.loads(convert(str(pages[0]), "--pretty").stdout) == json.loads(convert(str(pages[0])).stdout)


def test_line_ends_within_texts_are_escaped(tmp_path: Path) -> None:
    """A line separator in a text does not end the document's line."""
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: a\n---\n\none\u2028two\u0085three\n", "utf-8")
    assert len(convert(str(path)).stdout.splitlines()) == 1


def test_given_date_is_taken(pages: list[Path]) -> None:
    """--date sets the date of publication."""
    assert json.loads(convert(str(pages[0]), "--date", "2025-01-02").stdout)["datePublished"].startswith("2025-01-02")


def test_bad_date_is_a_usage_error(pages: list[Path]) -> None:
    """--date wants ISO 8601."""
    assert convert(str(pages[0]), "--date", "yesterday").exit_code == 2


def test_no_source_is_a_usage_error() -> None:
    """Without a source there is nothing to do, and exit 2."""
    assert convert().exit_code == 2


def test_field_map(tmp_path: Path) -> None:
    """--field names the fields of JSON records."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"kop": "The tide turns", "text": "It turned."}\n', "utf-8")
    assert headlines(convert(str(path), "--field", "title=kop")) == ["The tide turns"]


def test_pictures_of_a_folder_are_left_out(pages: list[Path]) -> None:
    """A picture in a folder of sources gives no line."""
    pages[0].with_name("a.png").write_bytes(b"\x89PNG")
    assert len(headlines(convert(str(pages[0].parent)))) == 3
