"""Many phrases as one expression: it finds what a plain list of them finds."""

from __future__ import annotations

import re

import pytest

from broadsheet.importers import languages
from broadsheet.importers.alternatives import any_of

CODES = sorted(path.stem for path in (languages.DATA / "languages").glob("*.toml"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("read more", "read more"),
        ("read  more", "read  more"),
        ("read", "read"),
        ("reader", "read"),
        ("rea", None),
        ("a.b", "a.b"),
        ("axb", None),
    ],
)
def test_longest_phrase_is_found(text: str, found: str | None) -> None:
    """The longest phrase that stands there is found; signs mean themselves; a space stands for any run of them."""
    match = re.match(any_of(["read", "read more", "a.b"]), text)
    assert (match[0] if match else None) == found


def test_no_phrases_match_nothing() -> None:
    """An empty list matches nothing, not everything."""
    assert re.search(any_of([]), "anything") is None


@pytest.mark.parametrize("code", CODES)
def test_every_phrase_of_a_language_is_found_whole(code: str) -> None:
    """The expression of a language's furniture matches each of its phrases to the end."""
    pattern = re.compile(languages.pattern(code, "starts"))
    assert [one for one in languages.phrase(code, "starts") if not pattern.fullmatch(one)] == []
