"""The quick yes by a schema: never where jsonschema says no."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from broadsheet.content.header import split
from broadsheet.validate.accept import acceptor
from broadsheet.validate.front import load

ROOT = Path(__file__).resolve().parents[1]
SCHEMA, JUDGE, ACCEPTS = load(None)
VALUES: list[Any] = [
    *("", "x", "2024-05-03", "en", "published", "stated", "absent", None, 0, 1, 7, -1, 2.5, 1e9, True, False),
    *([], {}, ["x"], [1], [None], {"name": "x"}, {"name": 1, "x": 2}, [{"name": "x"}], {"url": "a.jpg", "width": 0}),
    *((1, 2), {"basis": "stated", "line": 3}, {"basis": "guessed"}, b"x"),
]


def headers() -> list[dict[str, Any]]:
    """Return the front matter of the demo paper."""
    files = sorted((ROOT / "content").glob("*.md"))
    return [dict(split(file.read_text(encoding="utf-8")).data) for file in files]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place below a value, as what holds it and where there."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from places(value[key])


def test_the_demo_paper_gets_it():
    """The test below is not one of nothing."""
    assert ACCEPTS is not None
    assert all(map(ACCEPTS, headers()))


@pytest.mark.parametrize("seed", [1, pytest.param(random.SystemRandom().randrange(10**9), id="new")])
def test_a_yes_is_that_of_jsonschema(seed):
    """Whatever is changed in front matter, what gets a quick yes is valid."""
    dice = random.Random(seed)  # noqa: S311
    known, wrong, yes = headers(), [], 0
    for _ in range(1500):
        data = copy.deepcopy(dice.choice(known))
        for _ in range(dice.choice([1, 1, 2])):
            holder, key = dice.choice(list(places(data)))
            if isinstance(holder, dict) and dice.random() < 0.2:
                holder[dice.choice(["x", "name", "line", "basis", "title"])] = copy.deepcopy(dice.choice(VALUES))
            elif dice.random() < 0.1:
                del holder[key]
            else:
                holder[key] = copy.deepcopy(dice.choice(VALUES))
            if not data:
                break
        yes += (said := ACCEPTS(data))
        if said and not JUDGE.is_valid(data):
            wrong.append(data)
    assert wrong == []
    assert 100 < yes < 1400


SMALL = st.sampled_from(VALUES[:-1]) | st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-3, 3) | st.sampled_from(["", "a", "ab"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=6,
)
WORDS = {
    "type": st.sampled_from(["string", "number", "integer", "object", "array", "boolean", "null", ["string", "null"]]),
    "enum": st.lists(st.sampled_from(["a", "ab", None]), min_size=1, max_size=2),
    "required": st.lists(st.sampled_from("ab"), max_size=2, unique=True),
    "additionalProperties": st.booleans(),
    "minLength": st.integers(0, 2),
    "minimum": st.integers(-2, 2),
    "maximum": st.integers(-2, 2),
    "pattern": st.sampled_from(["^a", "b$", "x"]),
}
SCHEMAS = st.recursive(
    st.fixed_dictionaries({}, optional=WORDS),
    lambda inner: st.fixed_dictionaries(
        {}, optional={**WORDS, "items": inner, "properties": st.dictionaries(st.sampled_from("ab"), inner, max_size=2)}
    ),
    max_leaves=4,
)


@given(SCHEMAS, SMALL)
def test_of_any_schema_of_the_listed_keywords(schema: dict[str, Any], value: Any) -> None:
    """A yes is jsonschema's, whatever the schema."""
    accepts = acceptor(schema)
    if accepts is not None and accepts(value):
        assert Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize("word", ["anyOf", "$ref", "not", "const", "format", "prefixItems", "maxLength", "unheard"])
def test_a_keyword_that_is_not_listed_leaves_all_to_jsonschema(word):
    """There is no quick yes by a schema that says more, however deep."""
    assert acceptor({"properties": {"a": {"items": {word: {}}}}}) is None
