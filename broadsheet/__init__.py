"""Broadsheet: news articles to validated JSON-LD, a static newspaper and open data."""

from __future__ import annotations

__version__ = "0.1.0"
