"""Forked workers: each has all that the parent had, takes batches as it is free, sends records back.

A fork shares memory, so nothing is sent to a worker but the number of a batch.
Where the system cannot fork, or the work is small, the parent does it itself.
"""

from __future__ import annotations

import gc
import marshal
import mmap
import os
import struct
import sys
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from broadsheet.model import BroadsheetError
from broadsheet.press.messages import MOST, Closed, Listener, Teller, pipe, queue, taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_SLOT: Final = struct.Struct("<ii")  # of a worker: the task it is at, and how many it has done
_RESULTS: Final = 1  # kinds of messages
_END: Final = 2
_STOP: Final = 3
_BUG: Final = 4
FIRST: Final = 12  # tasks that the parent does before it forks


class WorkerDied(BroadsheetError):
    """A worker process ended before its work was done."""

    def __init__(self, name: str, status: int) -> None:
        super().__init__(name, status)
        self.name = name
        self.status = status

    def __str__(self) -> str:
        how = f"signal {-self.status}" if self.status < 0 else f"status {self.status}"
        return f"A worker process died ({how}) while it worked on {self.name}; the last output stays. Build again with --jobs 1 to see more."


class Handed(Exception):
    """What a task raises so that the parent raises it as it is, like a `BroadsheetError`."""


class WorkerFailed(Exception):
    """A worker met an error that is a mistake in broadsheet or in a plugin; the text is its traceback."""


def jobs(wanted: int) -> int:
    """Return how many processes work: ``wanted``, else one a processor."""
    if not hasattr(os, "fork"):
        return 1
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return wanted or processors


def work(
    names: Sequence[str],
    task: Callable[[int], Any],
    *,
    count: int,
    batch: int = 32,
    heavy: int = 0,
    meanwhile: Callable[[], object] | None = None,
    tick: Callable[[int], object] = bool,
) -> Iterator[Any]:
    """Yield ``task(i)`` for every i of ``names``, in any order. Results must be plain data (`marshal`).

    ``count`` processes work, this one among them; it calls ``meanwhile`` first, when the
    others have begun. ``names`` say what a worker was at when it died. A `BroadsheetError`
    or `Handed` of a task is raised here. The first tasks are done before the fork, so that what they
    load and learn is shared; the last ``heavy`` tasks are begun first after it. ``tick`` is told
    how many more tasks are done, by all.
    """
    alone = len(names) if count <= 1 or len(names) < max(4 * batch, FIRST) else FIRST
    for index in range(alone):
        yield task(index)
        tick(1)
    crew = _Crew(names, task, count, range(alone, len(names) - heavy), batch) if alone < len(names) else None
    if meanwhile is not None:
        meanwhile()
    if crew is not None:
        yield from crew.results(tick)


class _Worker(Struct):
    pid: int
    slot: int
    listener: Listener
    ended: bool = False


class _Crew:
    def __init__(self, names: Sequence[str], task: Callable[[int], Any], count: int, light: range, batch: int) -> None:
        self.names = names
        self.light = light
        self.task = task
        self.batch = max(batch, -(-len(names) // MOST))
        self.at = mmap.mmap(-1, _SLOT.size * count)
        self.count = count
        self.queue = queue((*range(light.stop, len(names)), *light[:: self.batch]))
        self.workers: list[_Worker] = []
        sys.stdout.flush()
        sys.stderr.flush()
        gc.freeze()  # what is there before the fork is shared, so the collector leaves it alone
        for slot in range(1, count):
            self._fork(slot)

    def _fork(self, slot: int) -> None:
        reader, writer = pipe()
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                os.close(reader)
                status = self._child(slot, writer)
            finally:
                os._exit(status)
        os.close(writer)
        self.workers.append(_Worker(pid, slot, Listener(reader)))

    def _child(self, slot: int, writer: int) -> int:
        """Take batches until none is left."""
        gc.disable()
        teller = Teller(writer)
        try:
            for start in taken(self.queue):
                teller.tell(_RESULTS, marshal.dumps(self._batch(slot, start)))
            teller.tell(_END, b"")
        except (BroadsheetError, Handed) as error:
            teller.tell(_STOP, _pickled(error))
        except Exception:  # noqa: BLE001  the parent raises it again, with this text
            import traceback

            teller.tell(_BUG, traceback.format_exc().encode())
        teller.finish()
        return 0

    def _batch(self, slot: int, first: int) -> list[Any]:
        results = []
        end = first + 1 if first >= self.light.stop else min(first + self.batch, self.light.stop)
        _, done = _SLOT.unpack_from(self.at, slot * _SLOT.size)
        for index in range(first, end):
            _SLOT.pack_into(self.at, slot * _SLOT.size, index, done)
            results.append(self.task(index))
        _SLOT.pack_into(self.at, slot * _SLOT.size, end - 1, done + end - first)
        return results

    def _done(self) -> int:
        return sum(_SLOT.unpack_from(self.at, slot * _SLOT.size)[1] for slot in range(self.count))

    def results(self, tick: Callable[[int], object]) -> Iterator[Any]:
        told = 0
        try:
            for start in taken(self.queue):
                yield from self._batch(0, start)
                done = self._done()
                tick(done - told)
                told = done
                for worker in self.workers:
                    yield from self._receive(worker, wait=False)
            for worker in self.workers:
                yield from self._receive(worker, wait=True)
        finally:
            self._stop()

    def _receive(self, worker: _Worker, *, wait: bool) -> Iterator[Any]:
        """Yield what a worker has sent; with ``wait``, until it has sent everything."""
        if worker.ended:
            return
        try:
            for kind, message in worker.listener.messages(wait=wait):
                if kind == _END:
                    worker.ended = True
                    return
                if kind != _RESULTS:
                    raise _error(kind, message)
                yield from marshal.loads(message)  # noqa: S302  from our own fork
        except Closed:
            raise WorkerDied(self._name(worker), self._status(worker)) from None

    def _name(self, worker: _Worker) -> str:
        number: int = _SLOT.unpack_from(self.at, worker.slot * _SLOT.size)[0]
        return self.names[number]

    @staticmethod
    def _status(worker: _Worker) -> int:
        _, status = os.waitpid(worker.pid, 0)
        worker.pid = 0
        return os.waitstatus_to_exitcode(status)

    def _stop(self) -> None:
        """End what is left of the workers, and wait for them."""
        import signal

        for worker in self.workers:
            os.close(worker.listener.reader)
            if worker.pid:
                os.kill(worker.pid, signal.SIGKILL)
                os.waitpid(worker.pid, 0)
        os.close(self.queue)
        self.at.close()


def _pickled(error: Exception) -> bytes:
    import pickle

    return pickle.dumps(error)


def _error(kind: int, message: bytes) -> Exception:
    import pickle

    if kind == _STOP:
        error: Exception = pickle.loads(message)  # noqa: S301  from our own fork
        return error
    return WorkerFailed(message.decode())
