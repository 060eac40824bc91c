"""The files of one deploy: the output folder and what a host wants beside it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from broadsheet.deploy import manifest
from broadsheet.deploy.manifest import Item
from broadsheet.model import BroadsheetError


class NothingBuilt(BroadsheetError):
    """There is no built site to send."""

    def __init__(self, output: Path) -> None:
        super().__init__(output)
        self.output = output

    def __str__(self) -> str:
        return f"{self.output} holds no index.html; run `broadsheet build` first."


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is sent: ``items`` in the order of sending. ``extra`` are host files made for this deploy."""

    output: Path
    items: tuple[Item, ...]
    extra: Mapping[str, bytes] = field(default_factory=dict)

    def content(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return self.extra[path] if path in self.extra else (self.output / path).read_bytes()

    def stage(self, folder: Path, previous: Path | None = None, before: Mapping[str, str] | None = None) -> None:
        """Lay the files out in ``folder``, which is new.

        A file whose SHA-256 in ``before`` (path → hash of ``previous``) is the same is
        linked from there instead of copied.
        """
        for one in self.items:
            place = folder / one.path
            place.parent.mkdir(parents=True, exist_ok=True)
            if previous is not None and before is not None and before.get(one.path) == one.sha256:
                os.link(previous / one.path, place)
            elif one.path in self.extra:
                place.write_bytes(self.extra[one.path])
            else:
                shutil.copyfile(self.output / one.path, place)
            place.chmod(0o644)


def gather(output: Path, extra: Mapping[str, bytes] | None = None) -> Bundle:
    """Read the output folder. Raise `NothingBuilt` where there is no site in it."""
    if not (output / "index.html").is_file():
        raise NothingBuilt(output)
    added = dict(extra or {})
    own = [one for one in manifest.read(output) if one.path not in added]
    return Bundle(output, manifest.in_order([*own, *(manifest.item(path, raw) for path, raw in added.items())]), added)
