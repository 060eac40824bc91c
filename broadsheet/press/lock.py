"""One build at a time: a lock in the site's .broadsheet folder."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def locked(state: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the site's build lock; call ``waiting`` once where another build holds it.

    The system frees the lock when its process ends, however it ends.
    """
    state.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(state / "lock", os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    try:
        _take(descriptor, waiting)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, waiting: Callable[[], None]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows has no flock; builds there are not kept apart
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting()
        fcntl.flock(descriptor, fcntl.LOCK_EX)
