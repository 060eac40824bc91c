"""Text that begins like an address which a browser would run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.press.inert import _RUNS, inert

JOINER = "\N{WORD JOINER}"
#: What schemes are made of, whole and in pieces, and what stands around them.
PIECES = [
    "javascript",
    "JAVA",
    "script",
    "\t",
    "\n",
    " ",
    '"',
    "url=",
    "data",
    "ms-its",
    "K",
    "\N{LATIN SMALL LETTER LONG S}",
    "x",
    "https",
    ":",
]


@pytest.mark.parametrize("text", ["javascript:x", ' "data:x', "say: url=vbscript:x", "see java\nscript :x", "MS-Its:x"])
def test_no_such_scheme_stands_before_a_colon(text):
    """A word joiner parts them."""
    assert inert(text) == text.replace(":x", f"{JOINER}:x")


@pytest.mark.parametrize("text", ["https://a.example/", "Live: the vote", "data", "the data: a look", "a" * 99 + ": b"])
def test_other_texts_stay(text):
    """A colon is no harm."""
    assert inert(text) == text


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_the_quick_look_misses_nothing(text):
    """What is left alone is what the pattern leaves alone, but for a lone address."""
    lone = ":" not in text or (text.startswith(("https:", "http:")) and text.count(":") == 1)
    assert inert(text) == (text if lone else _RUNS.sub(f"\\1{JOINER}", text))
