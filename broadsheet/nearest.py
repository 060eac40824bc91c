"""The known name that a wrong one most likely stands for: what messages ask with "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the most like of the ``known`` names, by difflib's ratio at least ``cutoff`` of 1; None where none is."""
    import difflib  # what goes well has no use for it

    found = difflib.get_close_matches(name, list(known), 1, cutoff)
    return found[0] if found else None


def hint(name: str, known: Iterable[str]) -> str:
    """Return the half of a sentence that helps with an unknown name."""
    names = list(known)
    near = nearest(name, names)
    return f"did you mean {near}?" if near else f"known are {', '.join(names)}."
