"""A date or time on the command line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from broadsheet.model import Moment


class _MomentType(click.ParamType):  # type: ignore[type-arg]  # generic in click 8.5, not before
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Moment:
        """Read ISO 8601: 2026-03-04 or 2026-03-04T18:30:00-08:00."""
        if isinstance(value, date):
            return value
        text = str(value).strip()
        try:
            return date.fromisoformat(text) if len(text) == len("2026-03-04") else datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"{text!r} is no date; write 2026-03-04 or 2026-03-04T18:30:00-08:00.", param, ctx)


MOMENT = _MomentType()
