"""Templates as they are compiled: kept below .broadsheet/, and those of the shipped theme beside it, as Python keeps its own.

``python -m broadsheet.press.compiled`` writes the latter; `make` does when it sets up.
"""

from __future__ import annotations

import os
from pathlib import Path

import jinja2

from broadsheet import parts

FOLDER = "__pycache__"


class Compiled(jinja2.BytecodeCache):
    """Reads from several folders and writes to the first; what is not of the present source is passed over."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Fill ``bucket`` from the first folder that holds it."""
        for folder in self.folders:
            try:
                with (folder / f"{bucket.key}.cache").open("rb") as source:
                    bucket.load_bytecode(source)
            except OSError:
                continue
            if bucket.code is not None:
                return

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Write ``bucket``, whole or not at all; a folder that cannot be written is no matter."""
        target = self.folders[0] / f"{bucket.key}.cache"
        draft = target.with_suffix(f".{os.getpid()}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as out:
                bucket.write_bytecode(out)
            draft.replace(target)
        except OSError:
            draft.unlink(missing_ok=True)


def shipped() -> Path:
    """Return where the compiled templates of the shipped theme are."""
    return parts.shipped() / "theme" / "templates" / FOLDER


def main() -> None:
    """Compile every template of the shipped theme."""
    from broadsheet.press.templates import Theme
    from broadsheet.press.views import PaperView

    theme = Theme(None, PaperView("", "", "en"), shipped())
    for path in sorted(shipped().parent.glob("*.html")):
        theme.template(path.name)


if __name__ == "__main__":
    main()
