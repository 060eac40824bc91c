"""The Pelican side: pages, feeds and sitemaps from published articles.

Only this room imports Pelican, and only inside the functions that need it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadsheet.press.lock import locked
    from broadsheet.press.output import (
        CannotWrite,
        Collision,
        Folder,
        NotOurs,
        Places,
        begin,
        check,
        discard,
        places,
        swap,
    )
    from broadsheet.press.present import kept, source_path
    from broadsheet.press.publish import Press, needs_pelican, paths
    from broadsheet.press.standing import Standing
    from broadsheet.press.standing import read as standing_pages
    from broadsheet.press.templates import TemplateFault

__all__ = [
    "CannotWrite",
    "Collision",
    "Folder",
    "NotOurs",
    "Places",
    "Press",
    "Standing",
    "TemplateFault",
    "begin",
    "check",
    "discard",
    "kept",
    "locked",
    "needs_pelican",
    "paths",
    "places",
    "source_path",
    "standing_pages",
    "swap",
]

#: name → (module, its name there). Imported when asked for: a build that has nothing to do asks for little.
_HOMES = {
    "CannotWrite": ("broadsheet.press.output", "CannotWrite"),
    "Collision": ("broadsheet.press.output", "Collision"),
    "Folder": ("broadsheet.press.output", "Folder"),
    "NotOurs": ("broadsheet.press.output", "NotOurs"),
    "Places": ("broadsheet.press.output", "Places"),
    "Press": ("broadsheet.press.publish", "Press"),
    "Standing": ("broadsheet.press.standing", "Standing"),
    "TemplateFault": ("broadsheet.press.templates", "TemplateFault"),
    "begin": ("broadsheet.press.output", "begin"),
    "check": ("broadsheet.press.output", "check"),
    "discard": ("broadsheet.press.output", "discard"),
    "kept": ("broadsheet.press.present", "kept"),
    "locked": ("broadsheet.press.lock", "locked"),
    "needs_pelican": ("broadsheet.press.publish", "needs_pelican"),
    "paths": ("broadsheet.press.publish", "paths"),
    "places": ("broadsheet.press.output", "places"),
    "source_path": ("broadsheet.press.present", "source_path"),
    "standing_pages": ("broadsheet.press.standing", "read"),
    "swap": ("broadsheet.press.output", "swap"),
}


def __getattr__(name: str) -> Any:
    """Import a name of this room when it is asked for."""
    try:
        module, there = _HOMES[name]
    except KeyError:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message) from None
    return getattr(importlib.import_module(module), there)
