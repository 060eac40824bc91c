"""Front matter against its schema: strict on kinds, kind on unknown keys."""

from __future__ import annotations

from typing import Any

import pytest

from broadsheet.validate import front_matter


def problems(**data: Any) -> list[tuple[str, str, str]]:
    """Return (severity, rule, path) of a content file with a title and these keys."""
    return [
        (one.severity, one.rule, one.path) for one in front_matter({"title": "Bridge reopens", **data}, file="a.md")
    ]


GOOD: dict[str, Any] = {
    "nothing more": {},
    "a name as the author": {"author": "Ada Marsh"},
    "names as authors": {"authors": ["Ada Marsh", {"name": "Lee Brook", "jobTitle": "Reporter"}]},
    "Pelican's header in capitals": {
        "Title": "x",
        "Category": "News",
        "Tags": "a, b",
        "Authors": "Ada",
        "Summary": "s",
        "Lang": "en",
    },
    "an empty key": {"kicker": None},
    "a number as a title": {"title": 2016},
    "the schema.org word": {"printPage": "A1", "isAccessibleForFree": True},
    "a whole article": {
        "date": "2026-03-04T18:30:00-08:00",
        "agency": {"name": "Meridian Wire", "code": "MW"},
        "category": "News > Local",
        "dateline": "SPOKANE, Wash.",
        "place": {"name": "Spokane", "country": "US", "latitude": 47.66, "longitude": -117.43},
        "image": [{"url": "images/a.webp", "alt": "A bridge", "width": 1600, "height": 900}, "images/b.webp"],
        "correction": [{"text": "The name was misspelled.", "date": "2026-03-05", "kind": "correction"}],
        "evidence": {
            "date": {"basis": "stated", "line": 7, "text": "March 4"},
            "dateline": {"basis": "inferred", "rule": "dateline-dash"},
        },
        "source": {"file": "x.html", "sha256": "0" * 64, "url": "https://paper.example/x", "retrieved": "2026-03-05"},
        "review": ["No year is stated."],
        "status": "Draft",
    },
}


@pytest.mark.parametrize("name", GOOD)
def test_good_front_matter_has_no_problem(name: str) -> None:
    """What DESIGN and Pelican write is understood."""
    assert problems(**GOOD[name]) == []


WRONG: list[tuple[dict[str, Any], tuple[str, str, str]]] = [
    ({"title": ["a", "b"]}, ("error", "content/title", "/title")),
    ({"title": None}, ("error", "content/title", "/title")),
    ({"date": 20260304}, ("error", "content/date", "/date")),
    ({"tags": {"a": 1}}, ("error", "content/tags", "/tags")),
    ({"authors": [{"url": "https://paper.example"}]}, ("error", "content/value", "/authors/0/name")),
    ({"authors": [{"name": "Ada", "nmae": "x"}]}, ("warning", "content/key-unknown", "/authors/0/nmae")),
    ({"isAccessibleForFree": "no"}, ("error", "content/isAccessibleForFree", "/isAccessibleForFree")),
    ({"type": "Article"}, ("error", "content/type", "/type")),
    ({"image": {"url": "a.webp", "width": "wide"}}, ("error", "content/value", "/image/width")),
    ({"place": {"name": "x", "latitude": 91}}, ("error", "content/value", "/place/latitude")),
    ({"correction": {"text": "x", "kind": "sorry"}}, ("error", "content/value", "/correction/kind")),
    ({"evidence": {"date": {"basis": "guessed"}}}, ("error", "content/value", "/evidence/date/basis")),
    ({"source": {"sha256": "xyz"}}, ("error", "content/value", "/source/sha256")),
    ({"status": "ready"}, ("warning", "content/status", "/status")),
    ({"save_as": "../x"}, ("warning", "content/key-ignored", "/save_as")),
    ({"template": "evil"}, ("warning", "content/key-ignored", "/template")),
    ({"url": "index.html"}, ("warning", "content/key-ignored", "/url")),
    ({"autor": "Ada"}, ("warning", "content/key-unknown", "/autor")),
    ({"a/b~c": "x"}, ("warning", "content/key-unknown", "/a~1b~0c")),
]


@pytest.mark.parametrize(("data", "problem"), WRONG, ids=lambda one: str(one)[:40] if isinstance(one, dict) else "")
def test_wrong_front_matter_is_one_problem(data: dict[str, Any], problem: tuple[str, str, str]) -> None:
    """A wrong value is an error where it stands; a key that is not used is a warning."""
    assert problems(**data) == [problem]


def test_a_missing_title_is_an_error() -> None:
    """Nothing is published without a headline."""
    assert [one.rule for one in front_matter({"date": "2026-03-04"}, file="a.md")] == ["content/title"]


def test_an_unknown_key_brings_the_nearest_known() -> None:
    """A key that is nearly right is named beside the right one."""
    assert "did you mean dateline?" in front_matter({"title": "x", "datelin": "y"}, file="a.md")[0].message


def test_a_problem_has_the_line_of_its_key() -> None:
    """The caller's lines are asked with the key as written."""
    found = front_matter({"Title": "x", "Autor": "y"}, file="a.md", lines={"/Autor": 3}.get)  # type: ignore[arg-type]
    assert found[0].line == 3


def test_a_site_may_bring_its_own_schema(tmp_path: Any) -> None:
    """Yours, else ours: a site's schema/front_matter.schema.json wins."""
    import json

    (tmp_path / "schema").mkdir()
    schema = {"type": "object", "properties": {"title": {}, "desk": {"type": "string"}}, "aliases": {}, "ignored": {}}
    (tmp_path / "schema/front_matter.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    assert front_matter({"title": "x", "desk": "Harbor"}, file="a.md", site_root=tmp_path) == []


def test_a_stated_size_that_the_file_contradicts_is_a_warning(tmp_path: Any) -> None:
    """The size is read from the picture's file."""
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x08\x00\x00\x00\x08\x08\x02\x00\x00\x00Km)\xdc"
    (tmp_path / "content/images").mkdir(parents=True)
    (tmp_path / "content/images/a.png").write_bytes(png)
    data = {"title": "x", "image": {"url": "images/a.png", "width": 80, "height": 8}}
    assert "the file has 8 by 8" in front_matter(data, file="a.md", site_root=tmp_path)[0].message


def test_a_picture_outside_of_content_is_a_warning(tmp_path: Any) -> None:
    """A path that climbs out is not looked up."""
    found = front_matter({"title": "x", "image": "../broadsheet.toml"}, file="a.md", site_root=tmp_path)
    assert [(one.rule, one.path) for one in found] == [("content/picture", "/image")]


def test_a_process_that_sees_a_schema_change_may_forget_the_old_one(tmp_path: Any) -> None:
    """`forget` reads the tables anew; until then they are read once."""
    from broadsheet.validate import forget

    (tmp_path / "schema").mkdir()
    path = tmp_path / "schema/front_matter.schema.json"
    path.write_text('{"properties": {"title": {}}, "aliases": {}, "ignored": {}}', encoding="utf-8")
    before = front_matter({"desk": "Harbor"}, file="a.md", site_root=tmp_path)
    path.write_text('{"properties": {"title": {}, "desk": {}}, "aliases": {}, "ignored": {}}', encoding="utf-8")
    forget()
    assert (len(before), front_matter({"desk": "Harbor"}, file="a.md", site_root=tmp_path)) == (1, [])
