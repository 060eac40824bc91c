"""Pelican's settings: Pelican's defaults, the site's pelicanconf.py, then what a build must decide."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING, Any, Final

from broadsheet.model import BroadsheetError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from broadsheet.config import Site

FILE: Final = "pelicanconf.py"

#: What a site's pelicanconf.py may not change: where we read and write, and what keeps pages safe.
_OURS: Final = (
    "ARTICLE_PATHS",
    "AUTORELOAD_IGNORE_CACHE",
    "DELETE_OUTPUT_DIRECTORY",
    "OUTPUT_PATH",
    "PATH",
    "SITEURL",
    "STATIC_PATHS",
)


class BadPelicanConf(BroadsheetError):
    """pelicanconf.py cannot be run."""

    def __init__(self, file: Path, error: Exception) -> None:
        super().__init__(file, error)
        self.file = file
        self.error = error

    def __str__(self) -> str:
        return f"{self.file}: It cannot be run: {type(self.error).__name__}: {self.error}."


class MissingPlugin(BroadsheetError):
    """A plugin that pelicanconf.py names cannot be loaded; Pelican alone would go on without it."""

    def __init__(self, file: Path, name: str) -> None:
        super().__init__(file, name)
        self.file = file
        self.name = name

    def __str__(self) -> str:
        return f"{self.file}: The plugin {self.name!r} cannot be loaded; install it, or take it out of PLUGINS."


def require_plugins(site: Site, wanted: Sequence[object], loaded: Sequence[str]) -> None:
    """Raise `MissingPlugin` for the first name in ``wanted`` under which Pelican loaded nothing."""
    ends = {name.rpartition(".")[2] for name in loaded}
    for name in wanted:
        if isinstance(name, str) and name.rpartition(".")[2] not in ends:
            raise MissingPlugin(site.root / FILE, name)


def stated(site: Site) -> dict[str, Any]:
    """Return the settings of the site's own pelicanconf.py. It is code and is run: it is as trusted as a plugin."""
    file = site.root / FILE
    if not file.is_file():
        return {}
    try:
        names = runpy.run_path(str(file))
    except Exception as error:
        raise BadPelicanConf(file, error) from error
    return {key: value for key, value in names.items() if key.isupper()}


def derived(site: Site, output: Path, theme: Path) -> dict[str, Any]:
    """Return what broadsheet.toml says, in Pelican's words."""
    return {
        "SITENAME": site.name,
        "SITESUBTITLE": site.description or "",
        "SITEURL": site.url,
        "AUTHOR": site.publisher.name or site.name,
        "PATH": str(site.content),
        "OUTPUT_PATH": str(output),
        "THEME": str(theme),
        "TIMEZONE": site.timezone,
        "DEFAULT_LANG": site.language,
        "LOCALE": ["C.UTF-8", "C"],  # the first that the machine has
        "DEFAULT_PAGINATION": site.build.page_size,
        "DEFAULT_ORPHANS": 0,
        "PAGINATED_TEMPLATES": {"listing": site.build.page_size, "undated": site.build.page_size},
        "PAGINATION_PATTERNS": (
            (1, "{url}", "{save_as}"),
            (2, "{name}.p{number}{extension}", "{name}.p{number}{extension}"),
        ),
        "FEED_MAX_ITEMS": site.build.feed_size,
        "DELETE_OUTPUT_DIRECTORY": False,
        "RELATIVE_URLS": False,
        "ARTICLE_PATHS": [],
        "PAGE_PATHS": [],
        "STATIC_PATHS": [],
        "TEMPLATE_PAGES": {},
        "OUTPUT_SOURCES": False,
        "LOAD_CONTENT_CACHE": False,
        "CACHE_CONTENT": False,
        "PLUGINS": [],
    }


def merged(site: Site, output: Path, theme: Path) -> dict[str, Any]:
    """Return all settings for Pelican: the site's own over the derived, ours again where safety asks."""
    from pelican.settings import read_settings

    ours = derived(site, output, theme)
    own = {key: value for key, value in stated(site).items() if key not in _OURS}
    both = {**ours, **own}
    both["PAGINATION_PATTERNS"] = ours["PAGINATION_PATTERNS"]  # the default lets tag t2, page 2 meet tag t22
    both["PAGINATED_TEMPLATES"] = ours["PAGINATED_TEMPLATES"]
    both["THEME"] = ours["THEME"]
    both["LOCALE"] = ours["LOCALE"]  # bytes do not depend on the machine's locale
    both["JINJA_ENVIRONMENT"] = {**(own.get("JINJA_ENVIRONMENT") or {}), "autoescape": True}
    settings: dict[str, Any] = read_settings(override=both)
    return settings
