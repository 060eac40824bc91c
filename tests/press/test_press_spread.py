"""A new edition comes to stand where files are made quickly, and nothing of the search is left."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from broadsheet.build import next as editions
from broadsheet.press import nursery, output, spread
from broadsheet.press.nursery import Nursery

MICRO = 1_000  # ns


@pytest.fixture
def taking(monkeypatch):
    """A function that lets making files take so many ns each, in order; the last one lasts."""

    def take(times: Iterable[int]) -> None:
        left = list(times)
        clock = [0]
        make = os.open

        def slowly(*given, **named):
            clock[0] += left.pop(0) if len(left) > 1 else left[0]
            return make(*given, **named)

        monkeypatch.setattr(spread.time, "perf_counter_ns", lambda: clock[0])
        monkeypatch.setattr(spread.os, "open", slowly)

    return take


def names(folder: Path) -> list[str]:
    """Return the names in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_quick_place_is_taken_at_once(tmp_path, taking):
    """A slow file now and then is no sign: it waited for the disk, or for memory."""
    taking([900 * MICRO, *[9 * MICRO, 9 * MICRO, 9 * MICRO, 40 * MICRO] * 20])
    assert spread.settle(tmp_path / "new")
    assert names(tmp_path) == ["new", "new-tried"]
    assert names(tmp_path / "new") == []
    assert len(names(tmp_path / "new-tried")) == 64


def test_slow_places_are_left(tmp_path, taking, monkeypatch):
    """Even where the first files were quick; the folders of slow places stay until there is a better one."""
    seen = []
    taking([*[70 * MICRO] * 3, *[9 * MICRO] * 20, *[900 * MICRO] * 10, 9 * MICRO])
    slowness = spread._slowness

    def noted(folder: Path) -> int:
        seen.append(names(folder.parent))
        return slowness(folder)

    monkeypatch.setattr(spread, "_slowness", noted)
    assert spread.settle(tmp_path / "new")
    assert [len(one) for one in seen] == [1, 2, 3]
    assert names(tmp_path) == ["new", "new-tried"]


def test_where_all_are_slow_the_least_slow_is_taken(tmp_path, taking, monkeypatch):
    """After so many tries, and the caller is told."""
    monkeypatch.setattr(spread, "_PLACES", 3)
    numbers = {}
    rename = Path.rename
    monkeypatch.setattr(Path, "rename", lambda self, to: numbers.setdefault(self.name, to) and rename(self, to))
    taking([*[300 * MICRO] * 3, *[90 * MICRO] * 3, 200 * MICRO])
    assert not spread.settle(tmp_path / "new")
    assert "new-1" in numbers
    assert names(tmp_path) == ["new", "new-tried"]


def test_nothing_is_left_of_a_search(tmp_path):
    """Folders whose names only begin alike stay."""
    for name in ("new", "new-tried", "new-17-0", "new-17-0-tried", "newer"):
        (tmp_path / name).mkdir()
    (tmp_path / "new-tried" / "0").touch()
    spread.unsettle(tmp_path / "new")
    assert names(tmp_path) == ["new", "newer"]


@pytest.mark.parametrize(("took", "elsewhere"), [(20 * MICRO, False), (70 * MICRO, True)])
def test_a_nursery_goes_elsewhere_where_it_is_slow(tmp_path, taking, took, elsewhere):
    """And the files have their places all the same."""
    (tmp_path / "new").mkdir()
    making = Nursery(tmp_path / "new")
    taking([*[took] * 8, 9 * MICRO])
    for number in range(20):
        making.make(f"{tmp_path}/new/{number}", b"text %d" % number)
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == {
        str(number): b"text %d" % number for number in range(20)
    }
    assert (names(tmp_path) != ["new"]) == elsewhere
    spread.unsettle(tmp_path / "new")
    assert names(tmp_path) == ["new"]


def test_a_search_is_paid_for_by_what_was_lost(tmp_path, taking, monkeypatch):
    """Where it is slow everywhere, another place is looked for ever less often."""
    (tmp_path / "new").mkdir()
    looked = []
    monkeypatch.setattr(nursery, "settle", lambda folder: looked.append(making._count) or spread.settle(folder))
    monkeypatch.setattr(spread, "_PLACES", 4)
    making = Nursery(tmp_path / "new")
    taking([100 * MICRO])
    for number in range(400):
        making.make(f"{tmp_path}/new/{number}", b"")
    gaps = [after - before for before, after in pairwise(looked)]
    assert looked[0] == 8
    assert len(gaps) == 3
    assert all(after > 1.5 * before for before, after in pairwise(gaps))


def test_a_large_edition_looks_for_a_place(paper, built, bytes_of, monkeypatch):
    """A small one does not; both give the same bytes, and nothing is left of the search."""
    settled = []
    monkeypatch.setattr(output, "settle", lambda folder: settled.append(folder) or spread.settle(folder))
    monkeypatch.setattr(output, "spread", lambda _: True)
    built(paper, "one")
    assert settled == []
    monkeypatch.setattr(editions, "MANY", 1)
    built(paper, "two", fresh=True)
    assert len(settled) == 1
    assert bytes_of("one") == bytes_of("two")
    assert [name for name in names(paper / ".broadsheet") if name.startswith("new-")] == []
