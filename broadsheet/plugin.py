"""broadsheet as a plugin of Pelican: ``PLUGINS = ["broadsheet.plugin"]`` in pelicanconf.py, then ``pelican content``.

The site folder is the nearest one with a broadsheet.toml at or above Pelican's PATH.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from broadsheet import build, config
from broadsheet.model import BroadsheetError

_LOG = logging.getLogger(__name__)
_LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "notice": logging.INFO}


def register() -> None:
    """Register with Pelican, which calls this."""
    from broadsheet.press.stock import on_initialized

    on_initialized(_build)


def _build(content: Path, output: Path, host: Any) -> None:
    root = config.find_root(content) or content.parent
    try:
        report = build.build(config.load(root), output, host=host)
    except BroadsheetError as error:
        _LOG.critical("%s", error)
        raise SystemExit(2) from None
    for one in report.problems:
        _LOG.log(_LEVELS[one.severity], "%s:%d: %s", one.file, one.line, one.message)
    _LOG.warning("broadsheet: %d articles published; Pelican's own count below is of other articles.", report.articles)
