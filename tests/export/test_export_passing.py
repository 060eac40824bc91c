"""Large files are read and written past the memory, where that can be done, with the same bytes."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from broadsheet import uncached
from broadsheet.export import passing, patch
from broadsheet.export.edits import UnfitError
from broadsheet.export.sink import Sink

SIZES = (0, 1, 4095, 4096, 4097, (1 << 19) - 1, (1 << 19) + 1, 3 << 19)


@pytest.fixture(params=["asked", "refused", "not asked"], autouse=True)
def system(request, monkeypatch) -> None:
    """A system that lets files pass or not, one that says so to whoever asks, and one that is not asked."""

    def refuse(call: Callable[..., Any], when: Callable[..., bool]) -> Callable[..., Any]:
        def asked(*given: Any) -> Any:
            if when(*given):
                raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
            return call(*given)

        return asked

    monkeypatch.setattr(uncached, "CAN", request.param != "not asked")
    if request.param == "refused":
        monkeypatch.setattr(uncached.os, "pwritev", refuse(os.pwritev, lambda *given: len(given) > 3))
        monkeypatch.setattr(passing.os, "open", refuse(os.open, lambda _, flags, *__: bool(flags & os.O_DIRECT)))


def random(seed: int) -> Random:
    """Return what gives invented bytes."""
    return Random(seed)  # noqa: S311 - no secret


def written(path: Path, data: bytes) -> Path:
    """Return a file that was written in parts of odd lengths, as it passes."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    for start in range(0, len(data), 99_991):
        passing.put(handle, data[start : start + 99_991], passing=True)
    os.close(handle)
    return path


@pytest.mark.parametrize("size", SIZES)
def test_what_passes_is_what_was_written(tmp_path: Path, size: int) -> None:
    """Files of a whole number of pages and others; read whole and in parts."""
    data = random(size).randbytes(size)
    path = written(tmp_path / "file", data)
    assert path.read_bytes() == data
    with passing.Source(path, passing=True) as source:
        assert source.size == size
        assert b"".join(map(bytes, source.read(size // 3))) == data[: size // 3]
        assert b"".join(map(bytes, source.read(size - size // 3))) == data[size // 3 :]
        with pytest.raises(EOFError):
            list(source.read(1))


@pytest.mark.parametrize("large", [1 << 26, 1])
def test_what_is_in_memory_in_part_is_read_whole(tmp_path: Path, monkeypatch, large: int) -> None:
    """What is there is taken from there, and the rest from the disk; of the largest files all of it."""
    monkeypatch.setattr(passing, "LARGE", large)
    data = random(3).randbytes(5 << 19)
    path = written(tmp_path / "file", data)
    handle = os.open(path, os.O_RDWR)
    os.fsync(handle)
    for start, length in ((0, 0), (4096, 1 << 19), ((2 << 19) - 8192, 12_288)):
        os.posix_fadvise(handle, start, length, os.POSIX_FADV_DONTNEED)
        with passing.Source(path, passing=True) as source:
            assert b"".join(map(bytes, source.read(len(data)))) == data
    os.close(handle)


@pytest.mark.parametrize(
    ("told", "large"), [("9\n", 1 << 20), ("0\n", 1 << 20), ("-1\n", 1 << 26), ("4294967295\n", 1 << 26), ("", 1 << 26)]
)
def test_copies_pass_sooner_where_memory_is_dear(tmp_path: Path, monkeypatch, told: str, large: int) -> None:
    """As the system tells, where it tells it."""
    monkeypatch.setattr(passing, "_REPORTING", tmp_path / "order")
    passing.large_copy.cache_clear()
    assert passing.large_copy() == 1 << 26
    (tmp_path / "order").write_text(told)
    passing.large_copy.cache_clear()
    assert passing.large_copy() == large
    passing.large_copy.cache_clear()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As open tells it."""
    with pytest.raises(FileNotFoundError):
        passing.Source(tmp_path / "none", passing=True)


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch) -> None:
    """What is wrong with the disk is no refusal to let a file pass."""

    def full(*_: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(uncached.os, "pwritev", full)
    monkeypatch.setattr(passing.os, "write", full)
    handle = os.open(tmp_path / "file", os.O_WRONLY | os.O_CREAT)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        passing.put(handle, b"data", passing=True)
    os.close(handle)


@pytest.mark.parametrize("size", SIZES[4:])
def test_a_copy_that_passes_has_the_edits(tmp_path: Path, monkeypatch, size: int) -> None:
    """Places at the beginning, within and at the end; what is taken out may be larger than what is read at once."""
    monkeypatch.setattr(patch, "large_copy", lambda: 1)
    dice = random(size)
    data = dice.randbytes(size)
    ends = sorted(dice.sample(range(1, size), 4))
    places = [(0, 1), (ends[0], ends[1]), (ends[2], ends[3]), (size - 1, size)]
    places = [(start, end) for start, end in places if start < end]
    edits = [patch.Edit(start, data[start:end], dice.randbytes(dice.randrange(9))) for start, end in places]
    meant, at = b"", 0
    for edit in edits:
        meant += data[at : edit.offset] + edit.new
        at = edit.offset + len(edit.old)
    meant += data[at:]
    source = written(tmp_path / "file", data)
    assert patch.patch(source, tmp_path / "copy", size, edits).bytes == len(meant)
    assert (tmp_path / "copy").read_bytes() == meant
    with pytest.raises(UnfitError):
        patch.patch(source, tmp_path / "copy", size, [patch.Edit(0, bytes([data[0] ^ 1]), b"")])
    with pytest.raises(UnfitError):
        patch.patch(source, tmp_path / "copy", size, [patch.Edit(size, b"more", b"")])
    assert (tmp_path / "copy").read_bytes() == meant


def test_an_export_passes_from_where_it_is_large(tmp_path: Path, monkeypatch) -> None:
    """Not one byte less is written, nor asked for before."""
    asked: list[bool] = []
    put = passing.put

    def noted(handle: int, data: bytes, *, passing: bool) -> None:
        asked.append(passing)
        put(handle, data, passing=passing)

    monkeypatch.setattr("broadsheet.export.sink.put", noted)
    monkeypatch.setattr("broadsheet.export.sink.LARGE", 500_000)
    sink = Sink(tmp_path / "file")
    pieces = [random(number).randbytes(70_000) for number in range(12)]
    for piece in pieces:
        sink.add(piece)
    assert sink.finish().bytes == 840_000
    assert (tmp_path / "file").read_bytes() == b"".join(pieces)
    assert asked == sorted(asked)
    assert set(asked) == {False, True}
