"""The same wire story in several papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from click.testing import CliRunner

from broadsheet import content
from broadsheet.cli import group
from broadsheet.importers.duplicates import groups

STORY = " ".join(
    f"The council of ward {number} met in the long hall and voted on the {word} before the tide turned at six."
    for number, word in enumerate(("bridge", "ferry", "lamp", "quay", "slip", "crane", "gate", "mill"))
)
OTHER = " ".join(
    f"In year {number} the library lent {number * 7} books to readers who came by boat and by cart."
    for number in range(12)
)


def test_a_story_with_a_new_ending_is_the_same_story() -> None:
    """Papers cut and add a sentence; the story stays the same."""
    found = groups(
        [("a", STORY, None), ("b", OTHER, None), ("c", STORY + " A local line was added here by the desk.", None)]
    )
    assert [{one.canonical, *one.others} for one in found] == [{"a", "c"}]


def test_the_earliest_is_canonical() -> None:
    """Who printed it first is pointed to; the undated one is not."""
    found = groups([("a", STORY, None), ("b", STORY, date(2026, 2, 1)), ("c", STORY, date(2026, 1, 1))])
    assert (found[0].canonical, found[0].others) == ("c", ("b", "a"))


def test_without_dates_the_fullest_is_canonical() -> None:
    """More of the story is better than less."""
    assert groups([("a", STORY, None), ("b", STORY + " One more line of it.", None)])[0].canonical == "b"


def test_short_texts_are_not_compared() -> None:
    """Two notices of three words are not one story."""
    assert groups([("a", "Road closed today", None), ("b", "Road closed today", None)]) == []


def test_stories_without_spaces_are_compared() -> None:
    """Japanese and Chinese are shingled by character."""
    text = "市議会は水曜日に橋の再開を決定し港の職員は翌朝から作業を始めると発表した" * 2
    assert len(groups([("a", text, None), ("b", text + "以上", None)])) == 1


def test_write_points_the_others_to_the_canonical_copy(site_folder: Path) -> None:
    """Nothing is dropped; the later one names the earlier one's address."""
    for name, day in (("a", "2026-01-01"), ("b", "2026-01-02")):
        text = f"---\ntitle: Council votes {name}\ndate: {day}\n---\n\n{STORY}\n"
        (site_folder / "content" / f"{name}.md").write_text(text, encoding="utf-8")
    CliRunner().invoke(group, ["duplicates", "--write", "--site", str(site_folder)], catch_exceptions=False)
    article, _ = content.read(site_folder / "content" / "b.md", None)
    assert article is not None
    assert article.canonical == "https://gazette.example/articles/council-votes-a.html"
