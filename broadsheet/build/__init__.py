"""A build: read, validate, publish, export, audit, swap in."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet import parts
from broadsheet.build import stamps, store
from broadsheet.build.quick import Quick
from broadsheet.build.report import BuildReport, Clock, Progress
from broadsheet.config import Site
from broadsheet.press import output as outputs
from broadsheet.press.lock import locked

if TYPE_CHECKING:
    from broadsheet.build.profile import Profile
    from broadsheet.press.output import Places

__all__ = ["BuildReport", "Progress", "build"]

#: Why a system refuses to write: told in a sentence. Anything else is a bug and shows its traceback.
_REFUSED = frozenset(
    {errno.EACCES, errno.EBUSY, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EMFILE, errno.ENAMETOOLONG}
    | {errno.ENOSPC, errno.EPERM, errno.EROFS, errno.EXDEV}
)
_PELICANCONF = "pelicanconf.py"


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
    ``fresh`` forgets what earlier builds made. ``host`` is the Pelican that the build
    runs in, where it does (`broadsheet.plugin`).
    """
    progress = progress or Progress()
    output = outputs.check(site, output)
    try:
        with locked(site.state, progress.waiting):
            where = outputs.places(site, output)
            clock = Clock(progress, _times() if profile else None)
            if host is not None or site.build.press == "stock" or (site.root / _PELICANCONF).is_file():
                report = _plain(site, where, strict, clock, host)
            else:
                report = _swift(site, where, jobs, fresh, strict, clock)
            if clock.profile is not None:
                _profile(site, report, clock.profile)
            return report
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
        outputs.recover(outputs.places(site, output))
        raise outputs.CannotWrite(Path(error.filename or output), error.strerror or str(error)) from error


def _times() -> Profile:
    from broadsheet.build.profile import Profile

    return Profile()


def _profile(site: Site, report: BuildReport, times: Profile) -> None:
    """Write .broadsheet/profile.json: the time by phase, article and template."""
    from broadsheet.build import profile

    counts = {"articles": report.articles, "built": report.built, "reused": report.reused}
    profile.write(site.state / "profile.json", {**counts, "phases": report.seconds, **times.plain()})


def _plain(site: Site, where: Places, strict: bool, clock: Clock, host: Any) -> BuildReport:
    from broadsheet.build import plain

    _store(where, site).forget()
    return plain.build(site, where.output, strict=strict, clock=clock, host=host)


def _store(where: Places, site: Site) -> store.Store:
    return store.Store(site.state, where.key)


def _swift(site: Site, where: Places, jobs: int, fresh: bool, strict: bool, clock: Clock) -> BuildReport:
    """Look whether anything changed before anything heavy is imported; build the whole paper inside Pelican."""
    clock.phase("look")
    memory = _store(where, site)
    folders = [
        Path(__file__).resolve().parent.parent,
        *(folder for kind in parts.KINDS for folder in parts.folders(kind, site.root)),
    ]
    key = store.key(site, folders)
    index = None if fresh else memory.index()
    if index is not None and (not _usable(index, key, where) or memory.worn()):
        index = None
    same = False
    if index is not None:
        report, same = Quick(site, where, memory, index, strict, clock).run()
        if report is not None:
            return report
    from broadsheet.build.swift import Swift
    from broadsheet.press import crew

    damaged = set() if index is None or same else stamps.altered(where.output, stamps.stamps(index.outputs))
    return Swift(site, where, memory, key, index, damaged, crew.jobs(jobs), strict, clock).run()


def _usable(index: store.Index, key: str, where: Places) -> bool:
    """Tell whether the output is the one that the index speaks of."""
    try:
        return index.key == key and where.output.stat().st_ino == index.output
    except OSError:
        return False
