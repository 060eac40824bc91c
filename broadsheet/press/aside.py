"""One task in a process of its own, while this one goes on."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

from broadsheet.press.crew import WorkerDied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BROKEN: Final = 255  # the exit code of a process that met a bug; lower ones are error numbers of the system


@contextmanager
def aside(task: Callable[[], object], *, apart: bool = True) -> Iterator[None]:
    """Do ``task`` in a process of its own while the ``with`` goes on.

    It is done here and first where the system cannot fork, and unless ``apart``.

    Raise OSError where the system refused it something, `WorkerDied` where it ended in another way.
    """
    if not apart or not hasattr(os, "fork"):
        task()
        yield
        return
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        _do_aside(task)
    try:
        yield
    finally:
        _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if 0 < code < _BROKEN:
        raise OSError(code, os.strerror(code))
    if code:
        raise WorkerDied("what later builds need", code)


def _do_aside(task: Callable[[], object]) -> NoReturn:
    status = _BROKEN
    try:
        task()
        status = 0
    except OSError as error:
        status = min(error.errno or _BROKEN, _BROKEN)
    except Exception:  # noqa: BLE001  a process of its own: the text is all that is left of it
        import traceback

        traceback.print_exc()
    finally:
        os._exit(status)
