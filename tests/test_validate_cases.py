"""Good documents as papers publish them. Adding a file to tests/validate/good/ adds a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.validate import json_text

GOOD = sorted((Path(__file__).parent / "validate" / "good").glob("*.jsonld"))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_document_passes_without_a_word(path: Path) -> None:
    """Not a warning, not a notice, under any profile of ours."""
    assert json_text(path.read_text(encoding="utf-8"), file=path.name, profiles=["google"]) == []


def test_there_are_cases() -> None:
    """An empty folder would prove nothing."""
    assert len(GOOD) > 5
