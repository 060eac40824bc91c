"""Changes to the edition that stands: written into a journal, then renamed file by file, by this build or the next."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from broadsheet.press.output import Places, discard, place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def patch(where: Places, fresh: Iterable[str], gone: Iterable[str]) -> None:
    """Put the ``fresh`` files of the stage into the edition that stands and take the ``gone`` ones away.

    Each file is renamed, so it is whole at every moment; all of them are, at the latest
    when the next build begins (`recover`), since the journal is written first.
    """
    told = {"stage": where.new.name, "fresh": sorted(fresh), "gone": sorted(gone)}
    draft = where.journal.with_name(f"{where.journal.name}.new")
    draft.write_text(json.dumps(told), encoding="utf-8")
    draft.replace(where.journal)
    finish(where)
    discard(where.new)


def finish(where: Places) -> None:
    """Do what the journal says, where there is one; what is done already is passed over."""
    try:
        told = json.loads(where.journal.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    made: set[str] = set()
    for path in told["gone"]:
        remove(where.output, path)
    for path in told["fresh"]:
        staged = where.new.with_name(told["stage"]) / path
        if staged.is_file():
            os.replace(staged, place(where.output, path, made))  # noqa: PTH105  texts are quicker than paths
    where.journal.unlink()


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
