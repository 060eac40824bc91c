"""Files are filled in the way that is quicker now, and hold the same in either."""

from __future__ import annotations

import errno
import os

import pytest

from broadsheet import uncached
from broadsheet.press import filling
from broadsheet.press.filling import Filling
from broadsheet.press.output import create

MICRO = 1_000  # ns
MANY = 512  # files after which the two ways are compared


@pytest.fixture
def filled(tmp_path, monkeypatch):
    """A function that fills so many files, in ways that take so many ns each; return how many were not kept in memory."""
    clock, asked, made = [0], [0], Filling()
    takes = {}
    keep, pass_by = os.write, uncached.write

    def kept(handle, data):
        clock[0] += takes["kept"]
        return keep(handle, data)

    def not_kept(handle, data):
        asked[0] += 1
        clock[0] += takes["not kept"]
        return pass_by(handle, data)

    monkeypatch.setattr(filling.time, "perf_counter_ns", lambda: clock[0])
    made._write, made._other = kept, not_kept

    def fill(count, **times):
        takes.update({name.replace("_", " "): took for name, took in times.items()})
        before = asked[0]
        for number in range(count):
            data = b"text %d" % number
            path = tmp_path / str(number)
            made.fill(create(str(path)), data)
            assert path.read_bytes() == data
        return asked[0] - before

    return fill


def test_files_are_kept_where_that_is_quick(filled):
    """The other way is tried with a few of very many."""
    assert filled(4 * MANY, kept=13 * MICRO, not_kept=30 * MICRO) == 4 * 8


def test_files_are_not_kept_where_memory_is_dear(filled):
    """And kept again where it is at hand again."""
    assert filled(MANY, kept=90 * MICRO, not_kept=30 * MICRO) == 8 + MANY - 32
    assert filled(MANY, kept=90 * MICRO, not_kept=30 * MICRO) == MANY - 8
    assert filled(MANY, kept=13 * MICRO, not_kept=30 * MICRO) == 24
    assert filled(MANY, kept=13 * MICRO, not_kept=30 * MICRO) == 8


def test_a_little_quicker_is_not_enough(filled):
    """The ways do not take turns for nothing."""
    assert filled(4 * MANY, kept=30 * MICRO, not_kept=27 * MICRO) == 4 * 8


@pytest.mark.parametrize("refused", [errno.EOPNOTSUPP, errno.EINVAL])
def test_a_system_that_keeps_all_writes_all(tmp_path, monkeypatch, refused):
    """Where it refuses, what is written is kept; any other trouble is told."""
    if not uncached.CAN:
        pytest.skip("only Linux is asked")

    def refuse(*_):
        raise OSError(refused, os.strerror(refused))

    monkeypatch.setattr(uncached.os, "pwritev", refuse)
    handle = create(f"{tmp_path}/file")
    assert uncached.write(handle, b"text") == len(b"text")
    refused = errno.ENOSPC
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        uncached.write(handle, b"text")
    os.close(handle)
    assert (tmp_path / "file").read_bytes() == b"text"
