"""Files copied with single ranges changed, and hashed on the way."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO, Final, NamedTuple, TypeVar

from broadsheet.export import files
from broadsheet.export.edits import UnfitError
from broadsheet.export.sink import Written

_CHUNK: Final = 1 << 19  # bytes; small enough to be hashed and written while the processor still has them near
_THREADS: Final = 2
T = TypeVar("T")


class Edit(NamedTuple):
    """Bytes that stand at an offset of the old file, and those that shall stand there."""

    offset: int
    old: bytes
    new: bytes


def patch(source: Path, target: Path, size: int, edits: Sequence[Edit]) -> Written:
    """Write ``source``, which has ``size`` bytes, to ``target`` with ``edits`` in the order of their offsets.

    Raise `UnfitError` where the source is not as the edits say; ``target`` is as it was then.
    """
    found: list[Written] = []
    try:
        with source.open("rb", buffering=0) as before:
            if os.fstat(before.fileno()).st_size != size:
                raise UnfitError
            files.write(target, lambda out: found.append(_copy(_pieces(before, size, edits), out)))
    except FileNotFoundError:
        raise UnfitError from None
    return found[0]


def _copy(pieces: Iterable[bytes | memoryview], out: BinaryIO) -> Written:
    digest = hashlib.sha256()
    size, handle = 0, out.fileno()
    for piece in pieces:
        digest.update(piece)
        left = memoryview(piece)
        size += len(left)
        while left:
            left = left[os.write(handle, left) :]
    return Written(size, digest.hexdigest())


def _pieces(before: Any, size: int, edits: Iterable[Edit]) -> Iterator[bytes | memoryview]:
    at = 0
    for edit in edits:
        yield from _read(before, edit.offset - at)
        if before.read(len(edit.old)) != edit.old:
            raise UnfitError
        yield edit.new
        at = edit.offset + len(edit.old)
    yield from _read(before, size - at)


def _read(before: Any, count: int) -> Iterator[memoryview]:
    """Yield ``count`` bytes of a file; a part holds until the next is asked for."""
    buffer = memoryview(bytearray(min(_CHUNK, count)))
    while count:
        got = before.readinto(buffer[:count])
        if not got:
            raise UnfitError
        yield buffer[:got]
        count -= got


def together(tasks: Sequence[Callable[[], T]]) -> list[T]:
    """Return what ``tasks`` return, done in two threads: hashing, reading and writing let others run. Raise what they raise."""
    waiting = iter(list(enumerate(tasks)))
    made: dict[int, T] = {}
    failed: list[BaseException] = []

    def work() -> None:
        try:
            for number, task in waiting:
                made[number] = task()
        except BaseException as error:  # noqa: BLE001 - raised by `together`
            failed.append(error)

    threads = [Thread(target=work) for _ in range(min(_THREADS, len(tasks)) - 1)]
    for one in threads:
        one.start()
    work()
    for one in threads:
        one.join()
    if failed:
        raise failed[0]
    return [made[number] for number in range(len(tasks))]
