"""What wants a person's eye, and a person's word on it."""

from __future__ import annotations

import threading
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadsheet import config, content, review
from broadsheet.cli import group
from broadsheet.cli.duplicates import replace_file
from broadsheet.cli.review_page import make_server

ARTICLE = """---
title: Old lamp
# a remark of the desk
authors: [Ada Holm]   # as printed
dateline: QUAY
evidence:
  date: {basis: absent, note: "Two weekdays are named."}
  authors: {basis: inferred, rule: byline-by, line: 3, text: By Ada Holm}
  title: {basis: stated, line: 1, text: Old lamp}
---

The lamp is old.
"""


@pytest.fixture
def lamp(site_folder: Path) -> Path:
    """Return a content file with doubts."""
    path = site_folder / "content" / "lamp.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def _run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(group, ["review", *arguments])
    return result.exit_code, result.output


def test_the_queue_names_what_is_in_doubt(lamp: Path) -> None:
    """Absent dates and inferred authors are; a stated title is not."""
    found = review.queue(config.load(lamp.parents[1]))
    assert [one.key for one in found[0].doubts] == ["date", "authors"]


def test_a_value_set_by_a_person_is_stated(lamp: Path) -> None:
    """By whom and when stands beside it."""
    text = review.settle(
        lamp.read_text(encoding="utf-8"), "date", by="Ada", at="2026-01-01T00:00:00", value="2016-08-10"
    )
    article, _ = content.parse(text, "f", None)
    assert article is not None
    evidence = article.evidence["date"]
    assert (str(article.published), evidence.basis, evidence.by) == ("2016-08-10", "stated", "Ada")


def test_the_old_clue_does_not_stand_for_the_new_value() -> None:
    """A span that does not hold the value is no evidence of it, and the note that asked for it goes."""
    clue = ARTICLE.replace('note: "Two weekdays are named."', "text: on Friday, line: 3").replace(
        "evidence:", "review: [The page states no date., Look at the picture.]\nevidence:"
    )
    header = content.split(review.settle(clue, "date", by="Ada", at="2026-01-01", value="2016-08-10"))
    assert (header.data["evidence"]["date"], header.data["review"]) == (
        {"basis": "stated", "by": "Ada", "at": "2026-01-01"},
        ["Look at the picture."],
    )


def test_what_a_person_confirmed_is_no_longer_in_doubt(lamp: Path) -> None:
    """The queue forgets it."""
    _run(str(lamp), "--accept", "all", "--by", "Ada")
    assert review.queue(config.load(lamp.parents[1])) == []


def test_the_rest_of_the_file_stays_as_it_was_written(lamp: Path) -> None:
    """Remarks and the form of other values are the person's own."""
    _run(str(lamp), "--set", "date=2016-08-10")
    text = lamp.read_text(encoding="utf-8")
    assert "# a remark of the desk\nauthors: [Ada Holm]   # as printed\ndateline: QUAY\n" in text


def test_a_value_that_cannot_be_is_refused(lamp: Path) -> None:
    """Nothing is written."""
    code, output = _run(str(lamp), "--set", "date=last week")
    assert (code, "is not a date" in str(output) or code == 1, lamp.read_text(encoding="utf-8")) == (1, True, ARTICLE)


def test_source_and_reading_stand_side_by_side(lamp: Path) -> None:
    """Without a kept source the reading stands alone."""
    assert "The lamp is old." in _run(str(lamp))[1]


def test_an_unsafe_edit_is_refused() -> None:
    """A file whose front matter does not come back as it was is left alone."""
    with pytest.raises(content.NotEditableError):
        content.set_value("Title: x\n\nBody", "date", "2026-01-01")


@pytest.mark.parametrize("key", ["title", "new"])
def test_set_value_changes_one_key(key: str) -> None:
    """A key is replaced where it stands, or added at the end."""
    text = content.set_value("---\ntitle: |\n  long\n  text\nlang: en\n---\n\nBody", key, "x")
    assert (content.split(text).data[key], content.split(text).data["lang"], content.split(text).body) == (
        "x",
        "en",
        "Body",
    )


@pytest.mark.loopback
def test_the_page_settles_a_value_and_refuses_foreign_forms(lamp: Path) -> None:
    """Only a form of this run's own page changes anything."""
    server = make_server(config.load(lamp.parents[1]), "Ada", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    page = urllib.request.urlopen(f"{address}?file=content/lamp.md", timeout=5).read().decode()  # noqa: S310
    token = page.partition('name="token" value="')[2].partition('"')[0]
    form = {"file": "content/lamp.md", "key": "date", "value": "2016-08-10", "do": "set", "token": "wrong"}
    said = []
    for one in ("wrong", token):
        data = urllib.parse.urlencode({**form, "token": one}).encode()
        said.append(urllib.request.urlopen(address, data, timeout=5).geturl())
    server.shutdown()
    server.server_close()
    assert (
        "nothing%20was%20changed" in said[0],
        "date%20is%20settled" in said[1],
        "date: 2016-08-10" in lamp.read_text(encoding="utf-8"),
    ) == (
        True,
        True,
        True,
    )


def test_a_file_that_cannot_be_written_leaves_nothing_beside_it(tmp_path: Path) -> None:
    """Half a surrogate pair is no text: the old file stays, and no temporary one."""
    file = tmp_path / "a.md"
    file.write_text("old", "utf-8")
    with pytest.raises(UnicodeEncodeError):
        replace_file(file, "\ud800")
    assert [(one.name, one.read_text("utf-8")) for one in tmp_path.iterdir()] == [("a.md", "old")]
