"""Names of a room that are imported when they are asked for: who needs few of them waits for few."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any


def names(room: str, homes: Mapping[str, tuple[str, str]]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` (PEP 562) of the package ``room``.

    ``homes`` are, by name, the module of the room and the name there.
    """

    def find(name: str) -> Any:
        if name not in homes:
            message = f"module {room!r} has no attribute {name!r}"
            raise AttributeError(message)
        module, there = homes[name]
        return getattr(importlib.import_module(f"{room}.{module}"), there)

    return find
