"""Put the shipped site parts into the standard wheel.

An editable install reads ``schema/``, ``theme/`` and ``exporters/`` where they
stand in the checkout, so only the standard wheel carries copies.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PARTS = ("schema", "theme", "exporters")


class SiteParts(BuildHookInterface):
    """Force-include the parts as ``broadsheet/_site/<part>``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the parts to ``build_data`` unless this is an editable wheel."""
        if version == "standard":
            root = Path(self.root)
            for part in PARTS:
                build_data["force_include"][str(root / part)] = f"broadsheet/_site/{part}"
