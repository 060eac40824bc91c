"""broadsheet.toml → `Site`."""

from __future__ import annotations

from broadsheet.config.reader import FILE, ConfigError, find_root, load
from broadsheet.config.site import PUBLISHER_PROPERTIES, Build, Exports, License, Site

__all__ = ["FILE", "PUBLISHER_PROPERTIES", "Build", "ConfigError", "Exports", "License", "Site", "find_root", "load"]
