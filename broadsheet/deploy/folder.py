"""``folder``: releases beside each other, the newest swapped in by renaming one link."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from broadsheet.deploy.bundle import Bundle
from broadsheet.deploy.options import Folder
from broadsheet.deploy.plan import Plan, compare
from broadsheet.deploy.target import Busy, DeployFailed, Progress

_RECORD = "release.json"


class FolderTarget:
    """Serve a folder of this machine. ``path`` is a link to ``path.releases/N/site``."""

    def __init__(self, options: Folder) -> None:
        self.path = Path(options.path).expanduser().absolute()
        self.keep = max(options.keep, 1)
        self.releases = self.path.with_name(self.path.name + ".releases")

    @property
    def where(self) -> str:
        """Return what to call the place."""
        return str(self.path)

    def begin(self) -> None:
        """Do nothing: this place is asked when it is compared."""

    def compare(self, bundle: Bundle) -> Plan:
        """Return what differs from the bundle, by content."""
        current = self._current()
        return compare(bundle.items, {} if current is None else _record(current), lambda one: one.sha256)

    def send(self, bundle: Bundle, plan: Plan, *, force: bool, progress: Progress | None) -> None:
        """Write a whole release and swap it in."""
        del force
        if self.path.exists() and not self.path.is_symlink():
            raise DeployFailed(
                self.where, "This is a folder with files of its own; move it away, so that a link can stand there."
            )
        try:
            with self._locked():
                if plan.empty and self._current() is not None:
                    return
                self._switch(self._stage(bundle))
                self._tidy()
        except OSError as error:
            raise DeployFailed(self.where, f"The release cannot be written: {error.strerror or error}.") from error
        if progress is not None:
            progress(len(bundle.items), len(bundle.items))

    def rollback(self) -> str:
        """Serve the release before the current one again and return its name. Raise `DeployFailed`."""
        with self._locked():
            names = self._names()
            current = self._current()
            earlier = [name for name in names if current is None or name < current.name]
            if not earlier:
                raise DeployFailed(self.where, "There is no earlier release to go back to.")
            self._switch(self.releases / earlier[-1])
            return earlier[-1]

    def _stage(self, bundle: Bundle) -> Path:
        """Write the release in whole, under a name that says so only at the end."""
        names = self._names()
        number = int(names[-1]) + 1 if names else 1
        draft = self.releases / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        current = self._current()
        site = draft / "site"
        site.mkdir(parents=True)
        bundle.stage(site, current / "site" if current else None, _record(current) if current else None)
        record = {one.path: one.sha256 for one in bundle.items}
        (draft / _RECORD).write_text(json.dumps(record), encoding="utf-8")
        release = self.releases / f"{number:08d}"
        draft.rename(release)
        return release

    def _switch(self, release: Path) -> None:
        link = self.releases / "next"
        link.unlink(missing_ok=True)
        link.symlink_to(os.path.relpath(release / "site", self.path.parent), target_is_directory=True)
        link.replace(self.path)  # rename(2) replaces a link at once

    def _tidy(self) -> None:
        current = self._current()
        for name in self._names()[: -self.keep]:
            if current is None or name != current.name:
                shutil.rmtree(self.releases / name)

    def _names(self) -> list[str]:
        found = self.releases.iterdir() if self.releases.is_dir() else ()
        return sorted(one.name for one in found if one.name.isdigit())

    def _current(self) -> Path | None:
        if not self.path.is_symlink():
            return None
        release = self.path.resolve().parent
        return release if release.parent == self.releases.resolve() and (release / _RECORD).is_file() else None

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.releases.mkdir(parents=True, exist_ok=True)
            stream = (self.releases / "lock").open("a")
        except OSError as error:
            raise DeployFailed(self.where, f"The folder cannot be written: {error.strerror or error}.") from error
        with stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(self.where, "on this machine") from None
            yield


def _record(release: Path) -> dict[str, str]:
    """Return path → SHA-256 of a release; of one whose record is damaged, from its files."""
    try:
        known = json.loads((release / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = None
    if isinstance(known, dict):
        return {str(path): str(digest) for path, digest in known.items()}
    site = release / "site"
    files = (one for one in site.rglob("*") if one.is_file())
    return {one.relative_to(site).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}
