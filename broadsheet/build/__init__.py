"""A build: read, validate, publish, export, audit, swap in."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

from broadsheet import press
from broadsheet.build import plain, swift
from broadsheet.build.report import BuildReport, Clock, Progress
from broadsheet.config import Site

__all__ = ["BuildReport", "Progress", "build"]

#: Why a system refuses to write: told in a sentence. Anything else is a bug and shows its traceback.
_REFUSED = frozenset(
    {errno.EACCES, errno.EBUSY, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EMFILE, errno.ENAMETOOLONG}
    | {errno.ENOSPC, errno.EPERM, errno.EROFS, errno.EXDEV}
)


def build(
    site: Site,
    output: Path,
    *,
    jobs: int = 0,
    fresh: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
    profile: bool = False,
    host: Any = None,
) -> BuildReport:
    """Build ``site`` into ``output``. Raise `BroadsheetError` where nothing can be built.

    With ``strict``, one error anywhere and nothing is published: the last output stays.
    ``host`` is the Pelican that the build runs in, where it does (`broadsheet.plugin`).
    """
    progress = progress or Progress()
    output = press.check(site, output)
    try:
        with press.locked(site.state, progress.waiting):
            if host is not None or site.build.press == "stock" or press.needs_pelican(site):
                return plain.build(site, output, strict=strict, clock=Clock(progress), host=host)
            return swift.build(site, output, jobs=jobs, strict=strict, clock=Clock(progress))
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
        press.discard(press.places(site, output).new)
        raise press.CannotWrite(Path(error.filename or output), error.strerror or str(error)) from error
