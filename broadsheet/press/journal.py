"""Changes to the edition that stands: written into a journal, then renamed file by file, by this build or the next."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING, Final

from broadsheet.press.output import Places, exchange, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

#: From how many bytes the system takes so long to let go of a file that it had better be done while something else is.
LARGE: Final = 1 << 20
_THREADS: Final = 2


@contextmanager
def patched(where: Places, fresh: Iterable[str], gone: Iterable[str]) -> Iterator[None]:
    """Put the ``fresh`` files of the stage into the edition that stands and take the ``gone`` ones away.

    Each file is renamed, so it is whole at every moment; all of them are, at the latest
    when the next build begins (`recover`), since the journal is written first. While the
    ``with`` goes on, what large files held before is let go of.
    """
    small: list[str] = []
    large: dict[str, int] = {}  # their numbers tell, when the journal is read again, which of two files is the new one
    for path in sorted(fresh):
        status = (where.new / path).stat()
        if status.st_size < LARGE:
            small.append(path)
        else:
            large[path] = status.st_ino
    told = {"stage": where.new.name, "fresh": small, "large": large, "gone": sorted(gone)}
    draft = where.journal.with_name(f"{where.journal.name}.new")
    draft.write_text(json.dumps(told), encoding="utf-8")
    draft.replace(where.journal)
    finish(where)
    replaced = iter([where.new / path for path in large])
    letting_go = [Thread(target=_let_go, args=(replaced,)) for _ in range(_THREADS)]
    for one in letting_go:
        one.start()
    try:
        yield
    finally:
        for one in letting_go:
            one.join()
        shutil.rmtree(where.new, ignore_errors=True)  # what is left of it, `recover` removes


def _let_go(files: Iterator[Path]) -> None:
    """Remove files; several threads take them from one iterator."""
    for file in files:
        with suppress(OSError):
            file.unlink()


def finish(where: Places) -> None:
    """Do what the journal says, where there is one; what is done already is passed over."""
    try:
        told = json.loads(where.journal.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    made: set[str] = set()
    stage = where.new.with_name(told["stage"])
    for path in told["gone"]:
        remove(where.output, path)
    for path in told["fresh"]:
        staged = stage / path
        if staged.is_file():
            os.replace(staged, place(where.output, path, made))  # noqa: PTH105  texts are quicker than paths
    for path, number in told.get("large", {}).items():
        staged = stage / path
        if _number(staged) == number:  # else it is in its place, and what stood there is here
            target = place(where.output, path, made)
            if not exchange(staged, target):
                os.replace(staged, target)  # noqa: PTH105
    where.journal.unlink()


def _number(file: Path) -> int:
    """Return the number that the system gave a file, -1 where there is none."""
    try:
        return file.stat().st_ino
    except OSError:
        return -1


def remove(root: Path, path: str) -> None:
    """Remove a file, and the folders that it leaves empty."""
    file = root / path
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == root:
            return
        try:
            folder.rmdir()
        except OSError:
            return
