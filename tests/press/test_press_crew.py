"""Forked workers: every task is done once, and what goes wrong in one of them is told where it can be understood."""

from __future__ import annotations

import os
import signal

import pytest

from broadsheet.build.archive import Lost
from broadsheet.model import BroadsheetError
from broadsheet.press import crew

MANY = 400
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork: this process does all")


class Refused(BroadsheetError):
    """Something that stops a command."""

    def __str__(self) -> str:
        return f"{self.args[0]} is refused."


def names() -> list[str]:
    """Return what the tasks are about."""
    return [f"content/{number}.md" for number in range(MANY)]


def run(what, count=2):
    """Do the tasks, ``what`` in every process but this one, which waits until another has begun."""
    here, (reader, writer) = os.getpid(), os.pipe()

    def task(number):
        if os.getpid() == here:
            return number
        os.write(writer, b".")
        return what(number)

    return list(crew.work(names(), task, count=count, meanwhile=lambda: os.read(reader, 1)))


def test_every_task_is_done_once_and_counted():
    """Whoever does a task, its result comes once; the count goes up to all of them, the heavy ones among them."""
    told = []
    found = list(crew.work(names(), lambda number: number, count=3, heavy=2, tick=told.append))
    assert sorted(found) == list(range(MANY))
    assert 0 < sum(told) <= MANY


@pytest.mark.parametrize("many", [0, 1, crew.FIRST - 1, crew.FIRST, crew.FIRST + 1])
def test_few_tasks_are_done_once_too(many):
    """Also where there are fewer than are done before the fork, and each is a batch of its own."""
    found = list(crew.work([str(number) for number in range(many)], lambda number: number, count=2, batch=1))
    assert sorted(found) == list(range(many))


def test_others_work_too():
    """Some of the results come from another process."""
    here = os.getpid()
    assert {here} < {here, *run(lambda _: os.getpid())}


def test_results_may_be_larger_than_a_pipe():
    """A worker whose results are not yet taken goes on working; nothing is lost or mixed."""
    found = list(crew.work(names(), lambda number: bytes([number % 256]) * 100_000, count=2))
    assert sorted(one[0] for one in found) == sorted(number % 256 for number in range(MANY))
    assert {len(one) for one in found} == {100_000}


@pytest.mark.parametrize("error", [Refused("content/9.md"), Lost("what was put aside")], ids=["stop", "lost"])
def test_an_error_of_a_task_is_raised_here_as_it_is(error):
    """What stops a command and what makes a build begin anew come out of a worker as they went in."""

    def stop(_: int) -> None:
        raise error

    with pytest.raises(type(error)) as raised:
        run(stop)
    assert raised.value.args == error.args


def test_a_mistake_in_a_worker_shows_its_traceback():
    """A bug is never passed over."""

    def wrong(number: int) -> float:
        return number / 0

    with pytest.raises(crew.WorkerFailed, match=r"return number / 0\n[\s\S]*ZeroDivisionError"):
        run(wrong)


def test_a_worker_that_dies_is_told_with_what_it_was_at():
    """The message names the content file, and what became of the process."""

    def die(_: int) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(crew.WorkerDied, match=r"died \(signal 9\) while it worked on content/\d+\.md"):
        run(die)


def test_no_worker_is_left_where_one_stops():
    """All processes are ended and waited for."""

    def stop(_: int) -> None:
        raise Refused("content/9.md")

    with pytest.raises(Refused):
        run(stop, count=4)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
