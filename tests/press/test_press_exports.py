"""The data files after articles came, went or changed: as a build of all of them makes them, with only these made anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import astuple

from broadsheet.build import exporting
from broadsheet.build.layout import Layout
from broadsheet.build.piece import Piece

CHANGES = {
    "one that came": ("ferry-90", None),
    "the newest": ("ferry-91", None),
    "several that came": ("ferry-92 ferry-93 ferry-94", None),
    "one that went": ("", "ferry-3"),
    "the first and the last that went": ("", "ferry-0 ferry-7"),
    "one that came and one that went": ("ferry-95", "ferry-4"),
    "one that moved": ("ferry-5", "ferry-5"),
}


def come(paper: Path, name: str, year: int) -> None:
    """Write an article of a year, with the values of another."""
    text = (paper / "content" / "ferry-1.md").read_text()
    number = name.partition("-")[2]
    text = text.replace("ferry-1\n", f"{name}\n").replace("Ferry number 1 ", f"Ferry number {number} ")
    (paper / "content" / f"{name}.md").write_text(text.replace("date: 2024", f"date: {year}"))


@pytest.fixture
def assembled(monkeypatch):
    """Return a list that grows by one whenever all data files are made anew."""
    calls: list[object] = []
    real = exporting.export.assemble
    monkeypatch.setattr(
        exporting.export, "assemble", lambda *args, **more: (calls.append(args), real(*args, **more))[1]
    )
    return calls


@pytest.mark.parametrize("what", CHANGES)
def test_data_files_that_stand_are_changed_where_articles_are_others(paper, built, bytes_of, assembled, what):
    """Few articles, and their pieces are all that is made anew; the bytes are those of a whole build."""
    came, gone = CHANGES[what]
    built(paper)
    del assembled[:]
    for name in (gone or "").split():
        (paper / "content" / f"{name}.md").unlink()
    for year, name in enumerate(came.split(), 2023 if "newest" not in what else 2030 - 10):
        come(paper, name, year)
    built(paper)
    assert assembled == []
    after = bytes_of()
    built(paper, "cold", fresh=True)
    assert after == bytes_of("cold")


def test_an_edit_after_that_finds_the_files_as_it_expects(paper, built, bytes_of, assembled):
    """What is remembered of the files is what a whole build remembers."""
    built(paper)
    come(paper, "ferry-90", 2023)
    built(paper)
    file = paper / "content" / "ferry-90.md"
    file.write_text(file.read_text() + "\nIt blew.\n")
    del assembled[:]
    assert built(paper).built == 1
    assert assembled == []
    after = bytes_of()
    built(paper, "cold", fresh=True)
    assert after == bytes_of("cold")


def test_with_many_changes_all_data_files_are_made_anew(paper, built, bytes_of, assembled, monkeypatch):
    """From some number on that is quicker."""
    built(paper)
    del assembled[:]
    monkeypatch.setattr(exporting, "MOST", 1)
    come(paper, "ferry-90", 2023)
    come(paper, "ferry-91", 2022)
    built(paper)
    assert len(assembled) == 1
    after = bytes_of()
    built(paper, "cold", fresh=True)
    assert after == bytes_of("cold")


@pytest.mark.parametrize("hurt", ["articles.csv", "articles.jsonl"])
def test_a_data_file_that_was_altered_is_made_anew(paper, built, bytes_of, tmp_path, assembled, hurt):
    """Nothing is copied from a file that is not as it was written."""
    built(paper)
    before = bytes_of()
    (tmp_path / "output" / "data" / hurt).write_bytes(b"other")
    come(paper, "ferry-90", 2023)
    del assembled[:]
    built(paper)
    assert len(assembled) == 1
    (paper / "content" / "ferry-90.md").unlink()
    built(paper)
    assert bytes_of() == before


def layout(*files: str) -> Layout:
    """Return a layout of articles in lists."""
    values = dict.fromkeys(Layout.__slots__, b"") | {"files": files, "shown": len(files), "laid": ("laid",)}
    return Layout(**values)


def piece(text: str) -> Piece:
    """Return the piece of an article with this text."""
    return Piece("", None, False, "", "", (), digest=text.encode(), record=text.upper().encode())


def test_what_changed_places_is_told_from_what_came_and_went():
    """Positions are those of before; an article that changed is gone and came."""
    known = {name: astuple(piece(name)) for name in "abcd"}
    now = {"new": piece("new"), "a": piece("a"), "c": piece("other"), "d": piece("d"), "last": piece("last")}
    found = exporting.since(Path(), layout(*"abcd"), known, now)
    assert found is not None
    assert {at: one.record for at, one in found.gone.items()} == {1: b"B", 2: b"C"}
    came = {at: [one.record for one in some] for at, some in found.came.items()}
    assert came == {0: [b"NEW"], 1: [b"OTHER"], 4: [b"LAST"]}


def test_articles_that_changed_places_and_nothing_else_are_not_spliced():
    """A piece that stands cannot be put elsewhere."""
    known = {name: astuple(piece(name)) for name in "abcd"}
    assert exporting.since(Path(), layout(*"abcd"), known, {name: piece(name) for name in "abdc"}) is None
