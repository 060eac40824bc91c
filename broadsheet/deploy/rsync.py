"""``rsync``: a folder here or on a machine reached by ssh; compared by content, sent in a safe order."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from broadsheet.deploy.bundle import Bundle
from broadsheet.deploy.manifest import ORDER
from broadsheet.deploy.options import Rsync
from broadsheet.deploy.plan import Plan, removal_order
from broadsheet.deploy.target import DeployFailed, Progress

_SECONDS = 3600
_SSH = "ssh -o BatchMode=yes"


class RsyncTarget:
    """Serve a folder that rsync reaches."""

    def __init__(self, options: Rsync) -> None:
        path = options.path.rstrip("/") + "/"
        self.place = f"{options.server}:{path}" if options.server else path

    @property
    def where(self) -> str:
        """Return what to call the place."""
        return self.place

    def begin(self) -> None:
        """Do nothing: this place is asked when it is compared."""

    def compare(self, bundle: Bundle) -> Plan:
        """Ask rsync, by checksum, what it would do."""
        with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
            stage = Path(folder)
            bundle.stage(stage)
            told = self._rsync("--dry-run", "--delete", "--out-format=%i|%n", f"{stage}/", self.place)
        known = {one.path: one for one in bundle.items}
        rows = [row.partition("|") for row in told.splitlines() if "|" in row]
        add = [known[path] for what, _, path in rows if what.startswith((">f+", "<f+")) and path in known]
        change = [
            known[path] for what, _, path in rows if what[:2] in {">f", "<f"} and what[2:3] != "+" and path in known
        ]
        gone = [path for what, _, path in rows if what.startswith("*deleting") and not path.endswith("/")]
        return Plan(tuple(add), tuple(change), removal_order(gone), len(known) - len(add) - len(change))

    def send(self, bundle: Bundle, plan: Plan, *, force: bool, progress: Progress | None) -> None:
        """Send group by group, then delete."""
        del force
        if plan.empty:
            return
        done = 0
        with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
            stage = Path(folder)
            bundle.stage(stage)
            for group in ORDER:
                names = [one.path for one in plan.send if one.group == group]
                if names:
                    self._rsync("--files-from=-", "--delay-updates", f"{stage}/", self.place, names=names)
                done += len(names)
                if progress is not None:
                    progress(done, len(plan.send))
            if plan.remove:
                self._rsync("--delete-after", f"{stage}/", self.place)

    def _rsync(self, *words: str, names: Iterable[str] = ()) -> str:
        if shutil.which("rsync") is None:
            raise DeployFailed(self.where, "rsync is not installed.")
        command: Sequence[str] = ["rsync", "-r", "--checksum", "--chmod=D755,F644", "-e", _SSH, *words]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed command; every word is one of ours or an option's value
                command, input="\n".join(names).encode(), capture_output=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DeployFailed(self.where, f"rsync did not finish: {error}.") from error
        if done.returncode:
            told = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it says nothing"]
            raise DeployFailed(self.where, f"rsync failed: {told[0]}")
        return done.stdout.decode("utf-8", "replace")
