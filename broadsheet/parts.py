"""Find a part of a site: the site's own file, else the one we ship.

A part is a file below ``schema/``, ``theme/`` or ``exporters/``. "Yours, else
ours", file by file, is the whole extension mechanism.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from broadsheet.model import BroadsheetError

KINDS = ("schema", "theme", "exporters")
_PACKAGE = Path(__file__).resolve().parent


class MissingPart(BroadsheetError):
    """No such part in the site or among the shipped ones."""

    def __init__(self, name: str, looked_in: tuple[Path, ...]) -> None:
        super().__init__(name, looked_in)
        self.name = name
        self.looked_in = looked_in

    def __str__(self) -> str:
        places = " and ".join(str(place) for place in self.looked_in)
        return f"There is no {self.name} in {places}."


@cache
def shipped() -> Path:
    """Return the folder of the shipped parts: in the wheel, else beside the package."""
    packed = _PACKAGE / "_site"
    return packed if packed.is_dir() else _PACKAGE.parent


def folders(kind: str, site_root: Path | None) -> tuple[Path, ...]:
    """Return the folders that may hold parts of ``kind``, the site's first.

    Symbolic links are refused: a site folder may have been unpacked from anywhere.
    """
    own = site_root / kind if site_root is not None else None
    ours = shipped() / kind
    if own is None or own.is_symlink() or not own.is_dir() or own.resolve() == ours.resolve():
        return (ours,)
    return (own, ours)


def ours_alone(kind: str, site_root: Path | None) -> bool:
    """Tell whether the site has no folder of its own for parts of ``kind``."""
    return len(folders(kind, site_root)) == 1


def find(kind: str, name: str, site_root: Path | None = None) -> Path:
    """Return the file ``name`` (with "/") of ``kind``. Raise `MissingPart`."""
    looked_in = folders(kind, site_root)
    for folder in looked_in:
        candidate = folder / name
        if candidate.is_file() and candidate.resolve().is_relative_to(folder.resolve()):
            return candidate
    raise MissingPart(f"{kind}/{name}", looked_in)


def available(kind: str, pattern: str, site_root: Path | None = None) -> dict[str, Path]:
    """Return every part of ``kind`` that matches the glob ``pattern``, by name, sorted."""
    found: dict[str, Path] = {}
    for folder in reversed(folders(kind, site_root)):
        for path in folder.glob(pattern):
            if path.is_file():
                found[path.relative_to(folder).as_posix()] = path
    return dict(sorted(found.items()))
