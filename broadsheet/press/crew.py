"""Forked workers: each has all that the parent had, takes batches as it is free, sends records back.

A fork shares memory, so nothing is sent to a worker but the number of a batch.
Where the system cannot fork, or the work is small, the parent does it itself.
"""

from __future__ import annotations

import gc
import marshal
import mmap
import os
import selectors
import struct
import sys
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from broadsheet.model import BroadsheetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_NUMBER: Final = struct.Struct("<i")
_LENGTH: Final = struct.Struct("<Q")
FIRST: Final = 12  # tasks that the parent does before it forks
_PIECE: Final = 1 << 20
_QUEUE: Final = 60_000  # bytes that a pipe surely holds: batch numbers written before anyone reads


class WorkerDied(BroadsheetError):
    """A worker process ended before its work was done."""

    def __init__(self, name: str, status: int) -> None:
        super().__init__(name, status)
        self.name = name
        self.status = status

    def __str__(self) -> str:
        how = f"signal {-self.status}" if self.status < 0 else f"status {self.status}"
        return f"A worker process died ({how}) while it worked on {self.name}; the last output stays. Build again with --jobs 1 to see more."


class WorkerFailed(Exception):
    """A worker met an error that is a mistake in broadsheet or in a plugin; the text is its traceback."""


def jobs(wanted: int) -> int:
    """Return how many workers to fork: ``wanted``, else one fewer than there are processors, and one at the least.

    Measured at 10,000 articles on two processors: two workers took 21 s and 30 s of processor
    time, one took 17 s and 16 s; what they exchange and learn twice costs more than it gains.
    """
    if not hasattr(os, "fork"):
        return 1
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return wanted or max(1, processors - 1)


def work(names: Sequence[str], task: Callable[[int], Any], *, count: int, batch: int = 32) -> Iterator[Any]:
    """Yield ``task(i)`` for every i of ``names``, in any order. Results must be plain data (`marshal`).

    ``names`` say what a worker was at when it died. A `BroadsheetError` of a task is raised
    here. The first tasks are done before the fork, so that what they load and learn is shared.
    """
    alone = len(names) if count <= 1 or len(names) < 4 * batch else FIRST
    yield from map(task, range(alone))
    if alone < len(names):
        yield from _Crew(names, task, count, alone, max(batch, -(-len(names) * _NUMBER.size // _QUEUE))).results()


@dataclass(slots=True)
class _Worker:
    pid: int
    slot: int
    buffer: bytearray = field(default_factory=bytearray)
    done: bool = False


class _Crew:
    def __init__(self, names: Sequence[str], task: Callable[[int], Any], count: int, first: int, batch: int) -> None:
        self.names = names
        self.first = first
        self.task = task
        self.batch = batch
        self.at = mmap.mmap(-1, _NUMBER.size * count)
        self.queue = self._queue()
        self.selector = selectors.DefaultSelector()
        self.workers: list[_Worker] = []
        sys.stdout.flush()
        sys.stderr.flush()
        gc.collect()
        gc.freeze()  # what is there before the fork is shared, so the collector leaves it alone
        for slot in range(count):
            self._fork(slot)
        os.close(self.queue)

    def _queue(self) -> int:
        """Return the reading end of a pipe that holds the first index of every batch."""
        reader, writer = os.pipe()
        starts = range(self.first, len(self.names), self.batch)
        os.write(writer, b"".join(_NUMBER.pack(start) for start in starts))
        os.close(writer)
        return reader

    def _fork(self, slot: int) -> None:
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                os.close(reader)
                status = self._child(slot, writer)
            finally:
                os._exit(status)
        os.close(writer)
        os.set_blocking(reader, False)
        worker = _Worker(pid, slot)
        self.workers.append(worker)
        self.selector.register(reader, selectors.EVENT_READ, worker)

    def _child(self, slot: int, writer: int) -> int:
        """Take batches until none is left; send each batch's results as one message."""
        gc.disable()
        try:
            while start := os.read(self.queue, _NUMBER.size):
                _send(writer, ("results", self._batch(slot, _NUMBER.unpack(start)[0])))
            _send(writer, ("end", None))
        except BroadsheetError as error:
            _send(writer, ("stop", _pickled(error)))
        except Exception:  # noqa: BLE001  the parent raises it again, with this text
            _send(writer, ("bug", traceback.format_exc()))
        return 0

    def _batch(self, slot: int, first: int) -> list[Any]:
        results = []
        for index in range(first, min(first + self.batch, len(self.names))):
            _NUMBER.pack_into(self.at, slot * _NUMBER.size, index)
            results.append(self.task(index))
        return results

    def results(self) -> Iterator[Any]:
        try:
            while self.selector.get_map():
                for key, _ in self.selector.select():
                    yield from self._receive(key.fd, key.data)
        finally:
            self._stop()

    def _receive(self, descriptor: int, worker: _Worker) -> Iterator[Any]:
        piece = os.read(descriptor, _PIECE)
        if not piece:
            self.selector.unregister(descriptor)
            os.close(descriptor)
            if not worker.done:
                raise WorkerDied(self._name(worker), self._status(worker))
            return
        worker.buffer += piece
        while message := _message(worker.buffer):
            kind, what = message
            if kind == "results":
                yield from what
            elif kind == "end":
                worker.done = True
            else:
                raise _error(kind, what)

    def _name(self, worker: _Worker) -> str:
        number: int = _NUMBER.unpack_from(self.at, worker.slot * _NUMBER.size)[0]
        return self.names[number]

    @staticmethod
    def _status(worker: _Worker) -> int:
        _, status = os.waitpid(worker.pid, 0)
        worker.pid = 0
        return os.waitstatus_to_exitcode(status)

    def _stop(self) -> None:
        """End what is left of the workers, and wait for them."""
        import signal

        for key in list(self.selector.get_map().values()):
            os.close(key.fd)
        self.selector.close()
        for worker in self.workers:
            if worker.pid:
                if not worker.done:
                    os.kill(worker.pid, signal.SIGKILL)
                os.waitpid(worker.pid, 0)
        self.at.close()


def _send(writer: int, message: Any) -> None:
    data = marshal.dumps(message)
    view = memoryview(_LENGTH.pack(len(data)) + data)
    while view:
        view = view[os.write(writer, view) :]


def _message(buffer: bytearray) -> tuple[str, Any] | None:
    """Take one whole message from the front of ``buffer``."""
    if len(buffer) < _LENGTH.size:
        return None
    end = _LENGTH.size + _LENGTH.unpack_from(buffer)[0]
    if len(buffer) < end:
        return None
    message: tuple[str, Any] = marshal.loads(memoryview(buffer)[_LENGTH.size : end])  # noqa: S302  from our own fork
    del buffer[:end]
    return message


def _pickled(error: BroadsheetError) -> bytes:
    import pickle

    return pickle.dumps(error)


def _error(kind: str, what: Any) -> Exception:
    import pickle

    if kind == "stop":
        error: Exception = pickle.loads(what)  # noqa: S301  from our own fork
        return error
    return WorkerFailed(what)
