"""Every article of a site: read, addressed, documented and judged.

`load` is the whole; `files` (or `names`), `read`, `settle` and `finish` are its steps, each
usable alone, so that the press may hand files to workers.
"""

from __future__ import annotations

from broadsheet.config.clock import clock
from broadsheet.edition.files import files, names
from broadsheet.edition.judge import Held, Judged, Reading, finish, read, settle
from broadsheet.edition.load import Edition, crossed, in_order, load, when

__all__ = [
    "Edition",
    "Held",
    "Judged",
    "Reading",
    "clock",
    "crossed",
    "files",
    "finish",
    "in_order",
    "load",
    "names",
    "read",
    "settle",
    "when",
]
