"""Yours, else ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet import parts


def test_the_sites_own_file_wins(tmp_path: Path) -> None:
    """A file in the site's theme/ takes the place of the shipped one."""
    own = tmp_path / "theme" / "README.md"
    own.parent.mkdir()
    own.write_text("mine", encoding="utf-8")
    assert parts.find("theme", "README.md", tmp_path) == own


def test_what_the_site_lacks_is_ours(tmp_path: Path) -> None:
    """The shipped file stands in for one that the site does not have."""
    assert parts.find("schema", "front_matter.schema.json", tmp_path).parent == parts.shipped() / "schema"


def test_a_missing_part_says_where_it_was_looked_for(tmp_path: Path) -> None:
    """The error names every folder."""
    (tmp_path / "theme").mkdir()
    with pytest.raises(parts.MissingPart, match=r"theme/none\.html in .*theme and .*theme"):
        parts.find("theme", "none.html", tmp_path)


def test_a_link_out_of_the_site_is_not_a_part(tmp_path: Path) -> None:
    """A symbolic link to another file is not followed."""
    secret = tmp_path / "secret.html"
    secret.write_text("secret", encoding="utf-8")
    (tmp_path / "site" / "theme").mkdir(parents=True)
    (tmp_path / "site" / "theme" / "none.html").symlink_to(secret)
    with pytest.raises(parts.MissingPart):
        parts.find("theme", "none.html", tmp_path / "site")


def test_available_lists_both(tmp_path: Path) -> None:
    """A user's exporter stands in one list with ours."""
    (tmp_path / "exporters").mkdir()
    (tmp_path / "exporters" / "mine.py").write_text("", encoding="utf-8")
    assert {"mine.py", "csv_.py"} <= parts.available("exporters", "*.py", tmp_path).keys()
