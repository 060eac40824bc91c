"""The Pelican side: pages, feeds and sitemaps from published articles.

Only this room imports Pelican, and only inside the functions that need it.
"""

from __future__ import annotations

from broadsheet.press.lock import locked
from broadsheet.press.output import CannotWrite, Collision, Folder, NotOurs, Places, begin, check, discard, places, swap
from broadsheet.press.present import kept, source_path
from broadsheet.press.publish import Press, needs_pelican, publish
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
    "places",
    "publish",
    "source_path",
    "standing_pages",
    "swap",
]
