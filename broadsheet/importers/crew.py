"""Several processes that read pages, with results in order and few of them waiting: memory stays flat."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

AHEAD = 8  # inputs a worker that are read before their results are asked for

T = TypeVar("T")
R = TypeVar("R")


def in_order(function: Callable[[T], R], inputs: Iterable[T], jobs: int) -> Iterator[R]:
    """Yield ``function`` of every input, in their order, worked out by ``jobs`` processes; by this one for one job.

    ``function`` and the inputs travel to other processes, so both must pickle.
    """
    if jobs < 2:
        yield from map(function, inputs)
        return
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(jobs)
    waiting: deque[Future[R]] = deque()
    try:
        for one in inputs:
            waiting.append(pool.submit(function, one))
            if len(waiting) > jobs * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
