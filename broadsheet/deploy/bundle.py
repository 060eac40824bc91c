"""The files of one deploy: the output folder and what a host wants beside it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from msgspec import Struct, field

from broadsheet.deploy import manifest
from broadsheet.deploy.manifest import Item
from broadsheet.deploy.memory import Known, Memory, Stamp
from broadsheet.deploy.preflight import looks_secret
from broadsheet.model import BroadsheetError

_JOBS = 4


class NothingBuilt(BroadsheetError):
    """There is no built site to send."""

    def __init__(self, output: Path) -> None:
        super().__init__(output)
        self.output = output

    def __str__(self) -> str:
        return f"{self.output} holds no index.html; run `broadsheet build` first."


class Bundle(Struct, frozen=True):
    """What is sent: ``items`` in the order of sending. ``extra`` are host files made for this deploy."""

    output: Path
    items: tuple[Item, ...]
    extra: Mapping[str, bytes] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)  # path → why it looks like a secret

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


def gather(
    output: Path,
    extra: Mapping[str, bytes] | None = None,
    memory: Memory | None = None,
    without: AbstractSet[str] = frozenset(),
) -> Bundle:
    """Read what of the output folder ``memory`` does not know. Raise `NothingBuilt` where there is no site in it.

    The files ``without`` are left out.
    """
    if not (output / "index.html").is_file():
        raise NothingBuilt(output)
    known = memory or Memory()
    added = dict(extra or {})
    own = [one for one in manifest.stamped(output) if one[0] not in added and one[0] not in without]
    with ThreadPoolExecutor(_JOBS) as pool:  # reading and hashing let other threads run
        read = dict(pool.map(partial(_read, output), (one for one in own if known.recall(*one) is None)))
    for path, stamp in own:
        if path in read:
            known.learn(path, stamp, read[path][1])
    known.save()
    size_of = {path: stamp[0] for path, stamp in own} | {path: size for path, (size, _) in read.items()}
    facts = [(path, known.recall(path, stamp) or read[path][1]) for path, stamp in own]
    items = [manifest.recorded(path, size_of[path], one.sha256, one.md5) for path, one in facts]
    items += [manifest.item(path, raw) for path, raw in added.items()]
    return Bundle(output, manifest.in_order(items), added, {path: one.secret for path, one in facts if one.secret})


def _read(output: Path, one: tuple[str, Stamp]) -> tuple[str, tuple[int, Known]]:
    path, _ = one
    content = (output / path).read_bytes()
    return path, (len(content), Known(*manifest.hashes(content), looks_secret(path, content) or ""))
