"""A later build gives what a first build would give, whatever happened between."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from broadsheet import config, parts
from broadsheet.build import due, reading, sealed, store
from broadsheet.build.edit import Edit
from broadsheet.export import changes
from broadsheet.press import journal, templates
from broadsheet.press import output as outputs

ARTICLE = """---
title: "{title}"
slug: ferry-{number}
date: 2024-05-03T08:00:00Z
category: Harbor
authors: ["Ada Fenn"]
tags: ["ferries"]
summary: "Ferry {number} left the quay late."
---

It ran *late* again.
"""
CHANGES = (
    "body",
    "title",
    "delete",
    "add",
    "rename",
    "break",
    "date",
    "section",
    "settings",
    "page",
    "theme",
    "schema",
    "output",
)
SCHEMA = "front_matter.schema.json"


def change(root: Path, output: Path, dice: random.Random) -> str:  # noqa: C901, PLR0912  one branch a kind of change
    """Do one random thing to a site or its output; return what."""
    what = dice.choice(CHANGES)
    files = sorted((root / "content").glob("*.md"))
    file = dice.choice(files)
    text = file.read_text()
    if what == "body":
        file.write_text(text + "\nOne more sentence.\n")
    elif what == "title":
        file.write_text(text.replace("title: ", "title: Late ", 1).replace('Late "', '"Late '))
    elif what == "delete" and len(files) > 4:
        file.unlink()
    elif what == "add":
        number = dice.randrange(20, 60)
        (root / "content" / f"new-{number}.md").write_text(
            ARTICLE.format(number=number, title=f"Ferry number {number} runs late")
        )
    elif what == "rename":
        file.rename(file.with_name(f"moved-{file.name}"))
    elif what == "break":
        file.write_text("---\nsummary: no title\n---\n")
    elif what == "date":
        file.write_text(text.replace("2024-", f"20{dice.randrange(10, 23)}-"))
    elif what == "section":
        file.write_text(text.replace("category: ", "category: New ", 1))
    elif what == "settings":
        config = root / "broadsheet.toml"
        config.write_text(config.read_text().replace('name = "The', 'name = "The Old'))
    elif what == "page":
        (root / "content" / "pages" / "rules.md").write_text(f"---\ntitle: Rules {dice.random()}\n---\n\nBe kind.\n")
    elif what == "theme":
        (root / "theme" / "templates").mkdir(parents=True, exist_ok=True)
        (root / "theme" / "templates" / "_footer.html").write_text(f"<footer>{dice.random()}</footer>")
    elif what == "schema":
        (root / "schema").mkdir(exist_ok=True)
        schema = json.loads((parts.shipped() / "schema" / SCHEMA).read_text())
        schema["properties"]["title"]["minLength"] = dice.choice([1, 20, 30])  # some titles are too short then
        (root / "schema" / SCHEMA).write_text(json.dumps(schema))
    elif what == "output":
        hurt(output, dice)
    return what


def hurt(output: Path, dice: random.Random) -> None:
    """Take away or alter one file of the output."""
    file = dice.choice(sorted(path for path in output.rglob("*") if path.is_file()))
    if file.name != "robots.txt":
        file.unlink()
        if dice.random() < 0.5:
            file.write_text("altered")


@pytest.mark.slow
@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
@pytest.mark.parametrize("seed", [1, 2, pytest.param(random.SystemRandom().randrange(10**9), id="new")])
def test_a_warm_build_equals_a_cold_one(paper, built, bytes_of, tmp_path, monkeypatch, seed, many):
    """After random changes, the next build ends with the bytes of a build that starts anew, also as of very many articles."""
    dice = random.Random(seed)  # noqa: S311
    if many:
        monkeypatch.setattr(reading, "MANY", 0)
        monkeypatch.setattr(sealed, "_ITEMS", 2)
        monkeypatch.setattr(templates, "_MOST_CARDS", 3)
        monkeypatch.setattr(due, "_BATCH", 2)
    built(paper)
    for _ in range(6):
        done = [change(paper, tmp_path / "output", dice) for _ in range(dice.choice([1, 1, 2, 3]))]
        built(paper, jobs=2 if many else 1)
        built(paper, "cold", fresh=True)
        assert bytes_of() == bytes_of("cold"), done


@pytest.mark.parametrize("press", ["fast", "stock"])
def test_a_process_that_builds_again_judges_by_the_schema_of_now(paper, built, press):
    """What `serve` and Pelican's own watch keep running must not judge by a schema that is gone."""
    all_of_them = built(paper, press=press).articles
    (paper / "schema").mkdir()
    schema = json.loads((parts.shipped() / "schema" / SCHEMA).read_text())
    for least, articles in ((100, 0), (1, all_of_them)):
        schema["properties"]["title"]["minLength"] = least
        (paper / "schema" / SCHEMA).write_text(json.dumps(schema))
        assert built(paper, press=press).articles == articles


def test_nothing_is_made_where_nothing_changed(paper, built, tmp_path):
    """A second build writes nothing."""
    built(paper)
    time.sleep(0.2)
    built(paper)
    before = (tmp_path / "output" / "index.html").stat()
    report = built(paper)
    assert (report.built, (tmp_path / "output" / "index.html").stat()) == (0, before)


def test_an_edit_of_a_body_prints_one_article(paper, built):
    """The pages of the others stand as they are."""
    built(paper)
    file = paper / "content" / "ferry-4.md"
    file.write_text(file.read_text() + "\nOne more sentence.\n")
    assert built(paper).built == 1


def test_an_edit_of_the_same_size_and_time_is_seen(paper, built, bytes_of):
    """Size and time of change alone do not tell whether a file changed."""
    built(paper)
    file = paper / "content" / "ferry-4.md"
    seen = file.stat()
    file.write_text(file.read_text().replace("came back", "CAME BACK"))
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    built(paper)
    assert b"CAME BACK" in bytes_of()["articles/ferry-4.html"]


def test_a_file_that_is_the_same_is_not_written_again(paper, built, tmp_path):
    """Deploy sends what changed: times of the rest stay, even where everything was made anew."""
    built(paper)
    before = (tmp_path / "output" / "articles" / "ferry-1.html").stat().st_mtime_ns
    built(paper, fresh=True)
    assert (tmp_path / "output" / "articles" / "ferry-1.html").stat().st_mtime_ns == before


def test_the_problems_are_told_again_where_nothing_changed(paper, built):
    """A build that makes nothing still says what is wrong."""
    (paper / "content" / "ferry-3.md").write_text("---\ndate: 2024-01-01\n---\n\nNo title.\n")
    first = built(paper)
    assert built(paper).problems == first.problems


def test_the_feed_of_changes_may_name_what_is_gone(paper, built, tmp_path):
    """An article that was published and is gone now stands in data/changes.atom.xml, and that is no problem."""
    built(paper)
    changes.remember(tmp_path / "output" / "data", config.load(paper))
    (paper / "content" / "ferry-3.md").unlink()
    assert [one for one in built(paper).problems if one.severity == "error"] == []


@pytest.mark.parametrize("damage", ["flip", "cut", "zero"])
@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
@pytest.mark.parametrize("what", ["all", "archive"])
def test_a_damaged_memory_is_not_believed(paper, built, bytes_of, monkeypatch, damage, many, what):
    """Whatever became of .broadsheet, the output is right."""
    if many:
        monkeypatch.setattr(reading, "MANY", 0)
    built(paper, "cold")
    built(paper)
    for file in (paper / ".broadsheet").rglob("*"):
        mine = what == "all" or file.parent.name.startswith("archive-")
        if mine and file.is_file() and file.stat().st_size and file.parent.name != "templates":
            raw = bytearray(file.read_bytes())
            raw[len(raw) // 2] ^= 1
            file.write_bytes({"flip": raw, "cut": raw[: len(raw) // 2], "zero": bytes(len(raw))}[damage])
    (paper / "content" / "ferry-1.md").rename(paper / "content" / "other.md")
    built(paper)
    (paper / "content" / "other.md").rename(paper / "content" / "ferry-1.md")
    built(paper)
    assert bytes_of() == bytes_of("cold")


@pytest.mark.slow
@pytest.mark.parametrize("whole", [False, True], ids=["edit", "whole"])
def test_a_build_that_is_killed_leaves_whole_files_and_the_next_one_finishes(paper, built, bytes_of, tmp_path, whole):
    """After SIGKILL each file is the old or the new one, and the next build ends as if nothing had happened."""
    command = [sys.executable, "-m", "broadsheet", "build", "--site", str(paper), "--output", str(tmp_path / "output")]
    subprocess.run(command, check=True, capture_output=True)
    dice = random.Random()  # noqa: S311
    for number in range(12):
        old = bytes_of()
        (paper / "content" / "ferry-4.md").write_text(ARTICLE.format(number=4, title=f"Another headline, {number}"))
        built(paper, "cold", fresh=True)
        new = bytes_of("cold")
        process = subprocess.Popen(
            [*command, *["--fresh"] * whole], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(dice.uniform(0.05, 0.8 if whole else 0.4))
        process.send_signal(signal.SIGKILL)
        process.wait()
        torn = [path for path, data in bytes_of().items() if data not in (old.get(path), new.get(path))]
        subprocess.run(command, check=True, capture_output=True)
        assert (torn, bytes_of() == new) == ([], True)


def test_what_a_journal_says_is_finished(paper, built, bytes_of, tmp_path):
    """A build that ended amid its renames is finished by the next one, whatever that finds to do."""
    built(paper)
    site = config.load(paper)
    where = outputs.places(site, tmp_path / "output")
    before = bytes_of()
    staged = outputs.stage(where)
    (staged / "index.html").write_bytes(b"new")
    where.journal.write_text(
        json.dumps({"stage": staged.name, "fresh": ["index.html", "gone.html"], "gone": ["404.html"]})
    )
    outputs.recover(outputs.places(site, tmp_path / "output"))
    after = bytes_of()
    assert (after["index.html"], "404.html" in after, where.journal.exists()) == (b"new", False, False)
    built(paper)
    assert bytes_of() == before


@pytest.mark.parametrize("can", [True, False], ids=["exchanged", "renamed"])
@pytest.mark.parametrize("again", [True, False])
def test_a_large_file_is_put_in_its_place_once(paper, built, bytes_of, tmp_path, monkeypatch, again, can):
    """What it replaces is beside it for a while; a journal that is read again then leaves both alone."""
    built(paper)
    monkeypatch.setattr(journal, "LARGE", 4)
    if not can:
        monkeypatch.setattr(journal, "exchange", lambda *_: False)
    where = outputs.places(config.load(paper), tmp_path / "output")
    staged = outputs.stage(where)
    (staged / "index.html").write_bytes(b"large")
    (staged / "404.html").write_bytes(b"new")
    (staged / "fresh.html").write_bytes(b"large and new")
    if again:
        unlink = Path.unlink
        monkeypatch.setattr(Path, "unlink", lambda self, **_: None if self == where.journal else unlink(self))
    with journal.patched(where, ["index.html", "404.html", "fresh.html"], []):
        monkeypatch.undo()
        journal.finish(where)
    after = bytes_of()
    assert [after[name] for name in ("index.html", "404.html", "fresh.html")] == [b"large", b"new", b"large and new"]
    assert not where.journal.exists()
    assert not staged.exists()


def test_a_new_article_leaves_most_pages_alone(paper, built):
    """An article that comes is printed with its neighbours; pages that show nothing of it stand."""
    text = (paper / "content" / "ferry-7.md").read_text()
    for number in range(8, 30):
        other = text.replace("ferry-7", f"ferry-{number}").replace("number 7", f"number {number}")
        (paper / "content" / f"ferry-{number}.md").write_text(other)
    built(paper)
    (paper / "content" / "new.md").write_text(ARTICLE.format(number=77, title="A new ferry"))
    assert 1 <= built(paper).built <= 8


def test_another_package_makes_everything_anew(paper, built, monkeypatch):
    """What python-markdown or Jinja of another version would print is not what stands there."""
    articles = built(paper).articles
    monkeypatch.setattr(store, "packages", lambda: ["markdown-99.dist-info"])
    assert built(paper).built == articles


def test_where_the_paper_is_sent_is_no_matter_of_its_pages(paper, built):
    """A new target in broadsheet.toml leaves the output alone."""
    time.sleep(0.15)  # files written just before a build are looked at again after it
    built(paper)
    with (paper / "broadsheet.toml").open("a") as config_file:
        config_file.write('\n[deploy.here]\nkind = "folder"\npath = "../there"\n')
    assert built(paper).built == 0


def test_an_index_beside_later_records_is_not_believed(paper, built, bytes_of):
    """A build that ended after it saved its records and before its index leaves nothing to go by but the files."""
    built(paper)
    (index,) = (paper / ".broadsheet").glob("index-*")
    kept = index.read_bytes()
    for number in range(3):
        file = paper / "content" / f"ferry-{number}.md"
        file.write_text(file.read_text().replace("2024-", "2023-"))
    built(paper)
    index.write_bytes(kept)
    built(paper)
    built(paper, "cold", fresh=True)
    assert bytes_of() == bytes_of("cold")


EDITS = {
    "body": ("came back", "came home at last"),
    "title": ('title: "', 'title: "Later: '),
    "summary": ("left the quay", 'left, and \\"sang\\", the quay'),
}


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_gives_what_a_whole_build_gives(paper, built, bytes_of, name, monkeypatch, many):
    """Where articles keep their places, the few files that show them are all that is made, and they are right."""
    if many:
        monkeypatch.setattr(reading, "MANY", 0)
    time.sleep(0.15)  # files written just before a build are looked at again after it
    built(paper)
    file = paper / "content" / "ferry-4.md"
    file.write_text(file.read_text().replace(*EDITS[name]))
    with monkeypatch.context() as patched:
        patched.setattr("broadsheet.build.swift.Swift.run", _never)
        report = built(paper)
    told = built(paper, "cold", fresh=True).problems
    one, other = bytes_of(), bytes_of("cold")
    assert [path for path in one.keys() | other.keys() if one.get(path) != other.get(path)] == []
    assert sorted(report.problems) == sorted(told)


@pytest.mark.parametrize("harm", ["gone", "emptied", "cut"])
@pytest.mark.parametrize(
    "path",
    [
        "articles/ferry-5.html",
        "articles/ferry-6.json",
        "feed.atom.xml",
        "data/articles.csv",
        "data/articles.js",
        "data.html",
    ],
)
def test_an_edit_beside_a_damaged_output_is_a_whole_build(paper, built, bytes_of, tmp_path, monkeypatch, path, harm):
    """An edit is printed while outputs are looked at, and nothing of it is kept where one is not as it was written."""
    time.sleep(0.15)
    built(paper)
    printed, print_ = [], Edit._print
    monkeypatch.setattr(Edit, "_print", lambda *of: printed.append(of) or print_(*of))
    file = paper / "content" / "ferry-5.md"
    file.write_text(file.read_text().replace("nobody", "everybody"))
    output = tmp_path / "output" / path
    data = output.read_bytes()
    output.unlink()
    if harm != "gone":
        output.write_bytes(data[: len(data) // 2] if harm == "cut" else b"")
    built(paper)
    built(paper, "cold", fresh=True)
    assert bytes_of() == bytes_of("cold")
    assert len(printed) == 1


def test_a_bug_of_an_edit_is_told(paper, built, monkeypatch):
    """Where the outputs are as they were written, it has no excuse."""
    time.sleep(0.15)
    built(paper)
    file = paper / "content" / "ferry-5.md"
    file.write_text(file.read_text().replace("nobody", "everybody"))
    monkeypatch.setattr(Edit, "_print", lambda *_: {}[0])
    with pytest.raises(KeyError):
        built(paper)


def test_edits_share_one_file_of_the_archive(paper, built):
    """However many edits are made, the archive does not wear out by their number."""
    time.sleep(0.15)
    built(paper)
    file = paper / "content" / "ferry-4.md"
    for number in range(3):
        time.sleep(0.15)
        file.write_text(file.read_text() + f"\nSentence {number}.\n")
        built(paper)
    (archive,) = (paper / ".broadsheet").glob("archive-*")
    assert len(list(archive.iterdir())) == 2


def _never(_: object) -> None:
    message = "the whole paper was laid out"
    raise AssertionError(message)


@pytest.mark.parametrize(
    "line", ["date: 2021-01-01T00:00:00Z", 'authors: ["Cy Ode"]', 'tags: ["new"]', "status: draft"]
)
def test_what_moves_an_article_is_no_edit(paper, built, bytes_of, line):
    """Another date, author, tag or status changes lists, so the paper is laid out anew."""
    built(paper)
    file = paper / "content" / "ferry-4.md"
    key = line.partition(":")[0]
    kept = [one for one in file.read_text().split("\n") if not one.startswith(f"{key}:")]
    file.write_text("\n".join([kept[0], line, *kept[1:]]))
    built(paper)
    built(paper, "cold", fresh=True)
    assert bytes_of() == bytes_of("cold")


def test_an_edit_that_breaks_a_link_is_told(paper, built):
    """A problem that the last build did not have is found in an edit too."""
    built(paper)
    file = paper / "content" / "ferry-4.md"
    file.write_text(file.read_text() + "\nSee [this](nowhere.html).\n")
    assert [one.rule for one in built(paper).problems if one.file == "articles/ferry-4.html"] == ["audit-link-broken"]
