"""``git``: one commit on a branch, pushed only where no one else has pushed since."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from broadsheet.deploy.bundle import Bundle
from broadsheet.deploy.manifest import Item
from broadsheet.deploy.options import Git
from broadsheet.deploy.plan import Plan, compare
from broadsheet.deploy.target import DeployFailed, Progress

_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")
_SECONDS = 600  # until a git command is given up
_WHO = {"GIT_AUTHOR_NAME": "broadsheet", "GIT_AUTHOR_EMAIL": "broadsheet@localhost"}


class GitTarget:
    """Serve a branch of a repository."""

    def __init__(self, options: Git) -> None:
        self.options = options
        self._head: str | None = None  # of the branch, when it was compared

    @property
    def where(self) -> str:
        """Return what to call the place."""
        return f"{_CREDENTIALS.sub('', self.options.remote)} ({self.options.branch})"

    def begin(self) -> None:
        """Do nothing: this place is asked when it is compared."""

    def compare(self, bundle: Bundle) -> Plan:
        """Compare by the names that git gives to contents."""
        with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
            remote = self._fetch(Path(folder))
            return compare(bundle.items, remote, lambda one: _blob(bundle, one))

    def send(self, bundle: Bundle, plan: Plan, *, force: bool, progress: Progress | None) -> None:
        """Commit the bundle on the branch and push it."""
        if plan.empty and self._head is not None:
            return
        with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
            repository, stage = Path(folder) / "repository", Path(folder) / "stage"
            expected = self._head
            self._fetch(repository)
            if expected != self._head and not force:
                raise DeployFailed(self.where, "Someone else pushed to the branch meanwhile; deploy again.")
            stage.mkdir()
            bundle.stage(stage)
            commit = self._commit(repository, stage)
            lease = f"--force-with-lease=refs/heads/{self.options.branch}:{self._head or ''}"
            self._git(repository, "push", "--quiet", lease, "origin", f"{commit}:refs/heads/{self.options.branch}")
        if progress is not None:
            progress(len(bundle.items), len(bundle.items))

    def _fetch(self, repository: Path) -> Mapping[str, str]:
        """Make a repository with the branch in it and return path → blob of its newest commit."""
        if shutil.which("git") is None:
            raise DeployFailed(self.where, "git is not installed.")
        branch = f"refs/heads/{self.options.branch}"
        self._git(repository, "init", "--quiet", "--bare", str(repository), inside=False)
        self._git(repository, "remote", "add", "origin", "--", self.options.remote)
        listed = self._git(repository, "ls-remote", "--heads", "origin", branch).split()
        self._head = listed[0] if listed else None
        if self._head is None:
            return {}
        self._git(repository, "fetch", "--quiet", "--depth=1", "origin", f"{branch}:{branch}")
        rows = self._git(repository, "ls-tree", "-r", "-z", branch).split("\0")
        return {path: about.split()[2] for about, _, path in (row.partition("\t") for row in rows if row)}

    def _commit(self, repository: Path, stage: Path) -> str:
        tree_of = f"--work-tree={stage}"
        self._git(repository, tree_of, "-c", "core.autocrlf=false", "add", "--all", "--force", ".", cwd=stage)
        tree = self._git(repository, "write-tree").strip()
        parent = ["-p", self._head] if self._head else []
        return self._git(repository, "commit-tree", tree, *parent, "-m", "Publish the paper").strip()

    def _git(self, repository: Path, *words: str, inside: bool = True, cwd: Path | None = None) -> str:
        command = ["git", *([f"--git-dir={repository}"] if inside else []), *words]
        environment = {**os.environ, **_WHO, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        environment |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in _WHO.items()}
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
            environment.pop(name, None)
        try:
            done = subprocess.run(  # noqa: S603 - a fixed command; every word is one of ours or an option's value
                command, env=environment, cwd=cwd, capture_output=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DeployFailed(self.where, f"git did not finish: {error}.") from error
        if done.returncode:
            told = _CREDENTIALS.sub(
                "", done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:][0] if done.stderr else ""
            )
            raise DeployFailed(self.where, f"git {words[0]} failed: {told}")
        return done.stdout.decode("utf-8", "surrogateescape")


def _blob(bundle: Bundle, item: Item) -> str:
    """Return git's name of a content: SHA-1 of the word blob, the size, NUL and the bytes."""
    digest = hashlib.sha1(b"blob %d\0" % item.size, usedforsecurity=False)
    digest.update(bundle.content(item.path))
    return digest.hexdigest()
