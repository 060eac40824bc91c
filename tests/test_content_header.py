"""Front matter as plain data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.content import clean_text, split


def test_values_are_plain_data() -> None:
    """Numbers and flags are read; dates and "no" stay text."""
    data = split("---\na: no\nb: 2026-03-04\nc: 12\nd: 1.5\ne: true\nf:\n---\n").data
    assert data == {"a": "no", "b": "2026-03-04", "c": 12, "d": 1.5, "e": True, "f": None}


def test_every_key_knows_its_line() -> None:
    """A problem can name the line of a nested value."""
    header = split("---\ntitle: x\nauthors:\n  - name: A\n    url: u\n---\n")
    assert header.line("/authors/0/url") == 5


def test_the_line_of_what_is_missing_is_its_parents() -> None:
    """What should stand somewhere is reported there."""
    assert split("---\ntitle: x\nauthors:\n  - name: A\n---\n").line("/authors/0/jobTitle") == 4


def test_the_body_knows_its_line() -> None:
    """Blank lines before the body are not its first line."""
    header = split("---\ntitle: x\n---\n\n\nBody\n")
    assert (header.body, header.body_line) == ("Body\n", 6)


def test_pelican_header_lines_are_read() -> None:
    """A site that Pelican built before keeps its files."""
    header = split("Title: Bridge\nDate: 2026-01-02 10:00\n\nBody")
    assert (header.data, header.body, header.body_line) == ({"title": "Bridge", "date": "2026-01-02 10:00"}, "Body", 4)


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("---\ntitle: x\n", 1, "no closing ---"),
        ("---\na: &x [1]\nb: *x\n---\n", 2, "anchors and aliases"),
        ("---\na: !!python/object:os.system x\n---\n", 2, "YAML tag"),
        ("---\na: b: c\n---\n", 2, "not YAML"),
        ("---\n- a\n---\n", 2, "key: value"),
        ("---\n? [a]\n: b\n---\n", 2, "key must be a word"),
        ("Just a text\n", 1, "no front matter"),
        ("---\na: " + "[" * 40 + "]" * 40 + "\n---\n", 2, "levels deep"),
        ("---\na: " + "x" * 70000 + "\n---\n", 1, "limit"),
    ],
)
def test_what_cannot_be_read_is_a_fault_with_its_line(text: str, line: int, part: str) -> None:
    """Nothing raises; the fault says what to do."""
    found, _, message = split(text).faults[0]
    assert (found, part in message) == (line, True)


def test_a_key_that_stands_twice_is_told() -> None:
    """YAML would keep the last one in silence."""
    assert "stands twice" in split("---\ntitle: a\ntitle: b\n---\n").faults[0][2]


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [("a\0b", "ab"), ("a\x0bb", "a b"), ("a\ud800b", "a\ufffdb"), ("a\ufeffb", "ab"), ("a\tb", "a\tb")],
)
def test_no_text_holds_control_characters(dirty: str, clean: str) -> None:
    """Control characters go, a lone surrogate is marked, white space stays."""
    assert clean_text(dirty) == clean


@given(
    st.text(
        st.characters(codec=None)
        | st.sampled_from("\x00\x08\t\n\x0b\x0c\x1f\x7f\x85\x9f\ufeff\ufdd0\ufffe\ud83d\ude00"),
        max_size=12,
    )
)
def test_each_sign_is_cleaned_for_itself(text: str) -> None:
    """The quick look at a whole text misses none."""
    assert clean_text(text) == "".join(map(clean_text, text))
    assert not any(sign in clean_text(text) for sign in "\x00\x08\x0b\x0c\x1f\x7f\x9f\ufeff\ufdd0\ufffe\ud83d\ude00")
