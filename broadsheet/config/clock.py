"""The time that dates are measured by."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def clock() -> datetime:
    """Return SOURCE_DATE_EPOCH (reproducible-builds.org) where it is set, else the present moment."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
