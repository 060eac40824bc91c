"""Bytes in: bounded, decoded, recognised; what cannot be read is a problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet import importers
from broadsheet.importers import Options, sources
from broadsheet.model import Article, Problem

DEFAULT = Options()


def rules(path: Path, options: Options = DEFAULT) -> list[str]:
    """Return the rules of the problems of one source."""
    return [one.rule for one in importers.read(path, options) if isinstance(one, Problem)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        ("café".encode("utf-16"), "café"),
        ("café".encode(), "café"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
        (b"a\x00b\x07c", "a\ufffdb\ufffdc"),
    ],
)
def test_text_is_decoded(raw: bytes, text: str) -> None:
    """Byte order marks, UTF-8, newlines and unfit characters are seen to."""
    assert sources.decode(raw).text == text


def test_declared_charset_is_used() -> None:
    """Bytes that are no UTF-8 are read as declared; Latin-1 as Windows-1252, as browsers do."""
    assert sources.decode("“café”".encode("cp1252"), "iso-8859-1").text == "“café”"


def test_a_bad_byte_does_not_cost_the_text() -> None:
    """Sound UTF-8 with one broken byte stays UTF-8."""
    assert sources.decode("Brücke über Fluß".encode() + b"\xff").text == "Brücke über Fluß\ufffd"


def test_a_mark_that_the_bytes_belie_is_told():
    """A byte order mark is believed, and where not all bytes fit its charset the reading is not sure."""
    sound = sources.decode("\ufeffFähre".encode("utf-16-le"))
    broken = sources.decode(b"\xff\xfe\x00bad\x80")
    assert (sound.text, sound.sure, broken.charset, broken.sure) == ("Fähre", True, "utf-16-le", False)


def test_missing_source_is_a_problem(tmp_path: Path) -> None:
    """A path that leads nowhere is told."""
    assert rules(tmp_path / "none.txt") == ["source-missing"]


def test_empty_source_is_a_problem(tmp_path: Path) -> None:
    """An empty file is told."""
    (tmp_path / "empty.txt").write_text(" \n")
    assert rules(tmp_path / "empty.txt") == ["source-empty"]


def test_folder_is_a_problem(tmp_path: Path) -> None:
    """A folder is no source."""
    assert rules(tmp_path) == ["source-folder"]


def test_binary_source_is_a_problem(tmp_path: Path) -> None:
    """A picture is not read as text."""
    (tmp_path / "x.txt").write_bytes(bytes(range(256)) * 40)
    assert rules(tmp_path / "x.txt") == ["source-format"]


def test_too_large_a_source_is_a_problem(tmp_path: Path) -> None:
    """A text larger than the limit is told, not read."""
    (tmp_path / "x.txt").write_text("word " * 1000)
    assert rules(tmp_path / "x.txt", Options(max_bytes=1000)) == ["source-too-large"]


def test_source_without_words_is_a_problem(tmp_path: Path) -> None:
    """Digits and signs make no article."""
    (tmp_path / "x.txt").write_text("1 2 3 | --- | 4\n")
    assert rules(tmp_path / "x.txt") == ["source-no-words"]


def test_article_knows_its_source(tmp_path: Path) -> None:
    """The source's name and SHA-256 go with the article."""
    path = tmp_path / "x.txt"
    path.write_text("A headline about the harbour\n\nThe harbour is old, said the mayor on Monday.\n")
    (found,) = (one for one in importers.read(path) if isinstance(one, Article))
    assert found.source is not None
    assert found.source.sha256 == sources.sha256(path)


def test_given_date_is_configured(tmp_path: Path) -> None:
    """A date that the caller vouches for is taken and said to be configured."""
    from datetime import date

    path = tmp_path / "x.txt"
    path.write_text("A headline about the harbour\n\nThe harbour is old, said the mayor on Monday.\n")
    (found,) = (one for one in importers.read(path, Options(published=date(2026, 3, 4))) if isinstance(one, Article))
    assert (found.published, found.evidence["date"].basis) == (date(2026, 3, 4), "configured")
