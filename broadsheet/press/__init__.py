"""The Pelican side: pages, feeds and sitemaps from published articles.

Only this room imports Pelican, and only inside the functions that need it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet import later

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
    "CannotWrite": ("output", "CannotWrite"),
    "Collision": ("output", "Collision"),
    "Folder": ("output", "Folder"),
    "NotOurs": ("output", "NotOurs"),
    "Places": ("output", "Places"),
    "Press": ("publish", "Press"),
    "Standing": ("standing", "Standing"),
    "TemplateFault": ("templates", "TemplateFault"),
    "begin": ("output", "begin"),
    "check": ("output", "check"),
    "discard": ("output", "discard"),
    "kept": ("present", "kept"),
    "locked": ("lock", "locked"),
    "needs_pelican": ("publish", "needs_pelican"),
    "paths": ("publish", "paths"),
    "places": ("output", "places"),
    "source_path": ("present", "source_path"),
    "standing_pages": ("standing", "read"),
    "swap": ("output", "swap"),
}

__getattr__ = later.names(__name__, _HOMES)
