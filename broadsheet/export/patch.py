"""Files copied with single ranges changed, and hashed on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import Final, NamedTuple, TypeVar

from broadsheet.export import files
from broadsheet.export.edits import UnfitError
from broadsheet.export.passing import Source, large_copy, put
from broadsheet.export.sink import Written

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
    passing = size >= large_copy()
    try:
        with Source(source, passing=passing) as before:
            if before.size != size:
                raise UnfitError
            pieces = _pieces(before, size, edits)
            files.write(target, lambda out: found.append(_copy(pieces, out.fileno(), passing=passing)))
    except (FileNotFoundError, EOFError):
        raise UnfitError from None
    return found[0]


def _copy(pieces: Iterable[bytes | memoryview], handle: int, *, passing: bool) -> Written:
    digest = hashlib.sha256()
    size = 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
        put(handle, piece, passing=passing)
    return Written(size, digest.hexdigest())


def _pieces(before: Source, size: int, edits: Iterable[Edit]) -> Iterator[bytes | memoryview]:
    at = 0
    for edit in edits:
        yield from before.read(edit.offset - at)
        if b"".join(map(bytes, before.read(len(edit.old)))) != edit.old:
            raise UnfitError
        yield edit.new
        at = edit.offset + len(edit.old)
    yield from before.read(size - at)


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
