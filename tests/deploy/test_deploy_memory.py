"""Files that have not changed are not read again."""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

import pytest

from broadsheet.deploy.bundle import gather
from broadsheet.deploy.memory import Memory

ALL = 8  # files of the output


@pytest.fixture
def place(output: Path, tmp_path: Path) -> Path:
    """Return where the hashes of the output, which rested long enough, are kept."""
    kept = tmp_path / ".broadsheet" / "hashes.json"
    memory = Memory(kept)
    memory.began += 10**10
    gather(output, memory=memory)
    return kept


def read_again(output: Path, place: Path) -> int:
    """Return how many files a second reading opens."""
    with mock.patch.object(Path, "read_bytes", autospec=True, side_effect=Path.read_bytes) as read:
        gather(output, memory=Memory(place))
    return read.call_count


def test_nothing_changed_is_nothing_read(output: Path, place: Path) -> None:
    """The second deploy opens no file."""
    assert read_again(output, place) == 0


def test_the_hashes_are_those_of_the_files(output: Path, place: Path) -> None:
    """What is remembered is what reading tells."""
    assert gather(output, memory=Memory(place)) == gather(output)


def test_a_change_of_the_same_size_and_time_is_read(output: Path, place: Path) -> None:
    """A file that was changed and given its old time again is still seen."""
    page = output / "index.html"
    before = page.stat()
    page.write_text("<h1>Tnorf</h1>", encoding="utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_again(output, place) == 1


def test_a_damaged_memory_is_forgotten(output: Path, place: Path) -> None:
    """One bit wrong in what is kept, and everything is read."""
    raw = bytearray(place.read_bytes())
    raw[200] ^= 1
    place.write_bytes(raw)
    assert read_again(output, place) == ALL


def test_a_file_written_just_now_is_read_again(output: Path, tmp_path: Path) -> None:
    """Within one tick of the clock a file could change unseen."""
    memory = Memory(tmp_path / "hashes.json")
    memory.began -= 10**10
    gather(output, memory=memory)
    assert read_again(output, tmp_path / "hashes.json") == ALL
