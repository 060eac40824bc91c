"""JSON texts: what is no JSON, what stands twice, and on which line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.validate import json_text, jsontext

CLEAN = '{\n "@context": "https://schema.org",\n "@type": "WebPage",\n "name": "News"\n}'

NO_JSON = {
    "a comma too many in an object": ('{\n "a": 1,\n}', 3, "comma too many"),
    "a comma too many in a list": ("[1, 2,]", 1, "comma too many"),
    "a raw newline in a text": ('{"headline": "two\nlines"}', 1, "runs over the end of its line"),
    "a raw tab in a text": ('{"headline": "two\twords"}', 1, "tab"),
    "single quotes": ("{'headline': 'News'}", 1, "double quotes"),
    "no quotes": ("{headline: 1}", 1, "double quotes"),
    "nothing": ("", 1, "empty"),
    "white space": (" \n ", 1, "empty"),
    "an end too early": ('{"a": [1, 2', 1, "ends too early"),
    "a text without end": ('{"a": "b', 1, "ends too early"),
    "two objects": ('{"a": 1}\n{"b": 2}', 2, "one list"),
    "a missing comma": ('{"a": 1\n "b": 2}', 2, "comma or a closing bracket is missing"),
    "a missing colon": ('{"a" 1}', 1, "colon is missing"),
    "a quotation mark in a text": ('{"headline": "The "old" bridge"}', 1, "quotation mark"),
    "a comment": ('{"a": 1 // one\n}', 1, "missing before"),
    "an undefined value": ('{"a": undefined}', 1, "value belongs here"),
    "not a number": ('{"a": NaN}', 1, "NaN"),
    "infinity": ('{"b": 1,\n"a": -Infinity}', 2, "Infinity"),
    "a backslash too many": (r'{"a": "c:\docs"}', 1, "backslash"),
    "HTML's quotation marks": ("{&quot;a&quot;: 1}", 1, "&quot;"),
    "a page": ("<!doctype html>", 1, "value belongs here"),
    "too deep": ("[" * 100_000, 1, "nested too deep"),
    "a number without end": ('{"a": ' + "9" * 5000 + "}", 1, "more digits"),
}


@pytest.mark.parametrize("name", NO_JSON)
def test_a_text_that_is_no_json_is_one_error_at_its_line(name: str) -> None:
    """A syntax error is told once, at its line, in words of what a person did."""
    text, line, words = NO_JSON[name]
    found = json_text(text, file="x.json")
    assert [(one.rule, one.line, words in one.message) for one in found] == [("json/syntax", line, True)]


def test_deep_json_that_parses_is_an_error_and_no_crash() -> None:
    """A document of 500 nested objects is refused in one sentence."""
    text = (
        '{"@context": "https://schema.org", "@type": "WebPage", "hasPart": '
        + '{"hasPart": ' * 500
        + "{}"
        + "}" * 500
        + "}"
    )
    assert "json/syntax" in {one.rule for one in json_text(text, file="x.json")}


def test_a_byte_order_mark_is_no_fault() -> None:
    """A BOM before the first bracket is passed over."""
    assert json_text("\ufeff" + CLEAN, file="x.json") == []


def test_a_key_twice_is_an_error_at_the_second() -> None:
    """The later of two equal keys is the one that readers keep; it is shown."""
    found = json_text(CLEAN.replace('"News"', '"News",\n "name": "Sport"'), file="x.json")
    assert [(one.rule, one.line, one.path) for one in found] == [("json/duplicate-key", 5, "/name")]


def test_a_key_twice_is_found_in_nested_objects_and_lists() -> None:
    """The pointer leads through lists to the object."""
    text = '{"@context": "https://schema.org", "@graph": [{"@type": "Person", "name": "A"}, {"@type": "Person", "name": "B", "name": "C"}]}'
    assert [one.path for one in json_text(text, file="x.json")] == ["/@graph/1/name"]


def test_equal_keys_of_different_objects_are_no_fault() -> None:
    """Only one object's keys are compared."""
    assert json_text(f"[{CLEAN}, {CLEAN}]", file="x.json") == []


def test_a_problem_carries_the_line_of_its_key() -> None:
    """The line is that of the key, not of the document."""
    text = CLEAN.replace('"name": "News"', '"name": "News",\n "url": "not a url"')
    assert [one.line for one in json_text(text, file="x.json")] == [5]


def test_what_is_missing_is_shown_at_its_object() -> None:
    """A missing property has the line of the object that lacks it."""
    text = '{"@context": "https://schema.org",\n "@graph": [\n {"name": "News"}]}'
    assert [(one.rule, one.line) for one in json_text(text, file="x.json")] == [("ld/type-missing", 3)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def _pointers(value: object, base: str = "") -> set[str]:
    found = {base}
    if isinstance(value, dict):
        for key, one in value.items():
            found |= _pointers(one, f"{base}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            found |= _pointers(one, f"{base}/{number}")
    return found


@given(JSON, st.sampled_from([None, 1]))
def test_every_value_of_any_json_has_its_place(value: object, indent: int | None) -> None:
    """The map of places holds exactly the JSON Pointers of the data."""
    assert set(jsontext.read(json.dumps(value, indent=indent)).places) == _pointers(value)


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    """Whatever stands in a file, the gate answers with problems."""
    assert isinstance(json_text(text, file="x.json", profiles=["google"]), list)


LD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "Jane Doe", "2026-03-04", "https://a.example/x", "#x", "NewsArticle", "1:33", "<b>"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "@context",
                    "@type",
                    "@id",
                    "@graph",
                    "@value",
                    "@list",
                    "@reverse",
                    "author",
                    "publisher",
                    "headline",
                    "image",
                    "datePublished",
                    "dateModified",
                    "itemListElement",
                    "position",
                    "hasPart",
                    "isAccessibleForFree",
                    "inLanguage",
                    "url",
                    "name",
                    "width",
                    "id",
                    "type",
                    "zzz",
                    "schema:name",
                    "mainEntity",
                    "duration",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(LD)
def test_no_json_raises(value: object) -> None:
    """However values are put together, the gate answers with problems."""
    assert isinstance(json_text(json.dumps(value), file="x.json", profiles=["google", "google-news-sitemap"]), list)
