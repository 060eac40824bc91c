"""A document through every layer of the gate."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from broadsheet.model import Problem


def document(
    doc: Any,
    *,
    file: str,
    lines: Callable[[str], int] | None = None,
    profiles: Sequence[str] = (),
    site_root: Path | None = None,
) -> list[Problem]:
    """Judge one JSON-LD document: an object, a list of objects, or an object with @graph."""
    del doc, file, lines, profiles, site_root
    return []


def json_text(text: str, *, file: str, profiles: Sequence[str] = (), site_root: Path | None = None) -> list[Problem]:
    """Judge one JSON-LD text, with the line of every problem."""
    return document(json.loads(text), file=file, profiles=profiles, site_root=site_root)
