"""Exports assembled from records, and after an edit: what stands is changed in single places, with the same bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from broadsheet import export
from broadsheet.config import Site
from broadsheet.export import changes
from broadsheet.model import Image, Place, Problem, Published

FORMATS = ("csv", "excel", "json", "jsonl", "jsonld", "ninjs", "bib", "csl", "nquads")


def everything(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def assembled(plan: export.Plan, folder: Path, paper: Sequence[Published], **more: Any) -> tuple[Any, export.Laid]:
    """Return what `export.assemble` makes of a paper."""
    return export.assemble(plan, folder, map(plan.record, paper), published=paper, **more)


def with_formats(site: Site, *formats: str) -> Site:
    """Return the site with other formats."""
    return replace(site, exports=replace(site.exports, formats=formats))


def linked(source: Path, target: Path) -> Path:
    """Return a folder with the files of another, as a build links them."""
    for file in source.rglob("*"):
        if file.is_file():
            (target / file.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            os.link(file, target / file.relative_to(source))
    return target


def edited(random: Random, one: Published, publish: Callable[..., Published]) -> Published:
    """Return an article with some other values, among them such as lists and sums are made from."""
    article, text = one.article, one.text
    kind = random.randrange(9)
    if kind < 3:
        text = " ".join(random.choices(["tide", '"', "bridge,", "é", "<b>"], k=random.randrange(1, 9)))
    elif kind == 3:
        article = replace(article, headline=random.choice(["=1+1", "Other", "</script>", "x" * 3000]))
    elif kind == 4:
        article = replace(article, notes=("A note.",) * random.randrange(3))
    elif kind == 5:
        article = replace(
            article, images=(Image("images/a.png", "Alt", width=random.randrange(9)),) * random.randrange(3)
        )
    elif kind == 6:
        article = replace(article, section=random.choice([(), ("News",), ("News", "Local")]))
    elif kind == 7:
        article = replace(article, tags=("harbour",) * random.randrange(2))
    else:
        article = replace(article, kicker=random.choice(["A", None]), place=random.choice([None, Place("X")]))
    return publish(article, one.slug, text)


def test_a_hidden_article_has_no_row(paper, publish, site: Site, tmp_path: Path) -> None:
    """A hidden article has an empty record and is left out."""
    hidden = publish(replace(paper[1].article, status="hidden"), "tides")
    for name, articles in (("a", (paper[0], hidden, paper[2])), ("b", (paper[0], paper[2]))):
        assembled(export.plan(with_formats(site, *FORMATS)), tmp_path / name, articles)
    assert everything(tmp_path / "a") == everything(tmp_path / "b")


@pytest.mark.parametrize("seed", range(60))
def test_a_splice_gives_the_bytes_of_an_assembly(paper, publish, site: Site, tmp_path: Path, seed: int) -> None:
    """Whatever is edited, added or taken away: what is spliced equals what is assembled, files, dataset and memory."""
    random = Random(seed)  # noqa: S311 - invented edits
    site = with_formats(site, *random.sample(FORMATS, random.randrange(1, 10)))
    some = random.choice([paper, paper[::2]])  # in these, no author is told of in two ways
    before = [publish(one.article, f"{one.slug}-{n}", one.text) for n in range(12) for one in some]
    if random.random() < 0.5:
        version = [edited(random, one, publish) for one in before if random.random() < 0.9]
        export.write(version, with_formats(site, "jsonl"), tmp_path / "published")
        changes.remember(tmp_path / "published", site)
    plan = export.plan(site)
    after, replaced, inserted = another(random, before, publish, plan)
    _, laid = assembled(plan, tmp_path / "a", before)
    problems = [Problem("content/x.md", 3, "/title", "rule", "warning", "Told.")] * random.randrange(2)
    found = export.splice(
        plan, laid, tmp_path / "a", linked(tmp_path / "a", tmp_path / "b"), replaced,
        inserted=inserted, problems=problems,
    )  # fmt: skip
    dataset, memory = assembled(plan, tmp_path / "c", after, problems=problems)
    if found is None:  # the edits touch an author with several job titles …, or there is no articles.jsonl to compare
        return
    spliced = replace(found[1], preview=memory.preview)
    assert found[1].preview[:25] == memory.preview[:25]
    assert (found[0], spliced, everything(tmp_path / "b")) == (dataset, memory, everything(tmp_path / "c"))


def another(
    random: Random, before: Sequence[Published], publish: Callable[..., Published], plan: export.Plan
) -> tuple[list[Published], dict[int, Any], dict[int, Any]]:
    """Return another paper, and what `export.splice` is told of it."""
    after: list[Published] = []
    replaced, inserted = {}, {}
    share = random.choice([0.02, 0.1, 0.3])
    for at, one in enumerate(before):
        if random.random() < share:
            new = [edited(random, one, publish)]
            after += (
                publish(other.article, f"new-{at}-{n}", other.text)
                for n, other in enumerate(new * random.choice([0, 1, 2]))
            )
            if len(after) and after[-1].slug.startswith(f"new-{at}-"):
                inserted[at] = [plan.record(other) for other in after if other.slug.startswith(f"new-{at}-")]
        kind = random.random()
        if kind < share / 2:
            replaced[at] = (plan.record(one), ())
        elif kind < share * 1.5:
            after.append(edited(random, one, publish))
            replaced[at] = (plan.record(one), plan.record(after[-1]))
        else:
            after.append(one)
    gone = [before[at].slug for at, (_, new) in replaced.items() if not new]
    if random.random() < 0.5:
        after.append(publish(before[0].article, gone[0] if gone else "last"))  # an article may come elsewhere
        inserted[len(before)] = [plan.record(after[-1])]
    return after, replaced, inserted


def test_a_splice_leaves_what_stood_there(paper, publish, site: Site, tmp_path: Path) -> None:
    """The folder before is as it was, though its files were the same as those of the new one."""
    plan = export.plan(site)
    _, laid = assembled(plan, tmp_path / "a", paper)
    stood = everything(tmp_path / "a")
    new = publish(paper[1].article, "tides", "Three words now.")
    replaced = {1: (plan.record(paper[1]), plan.record(new))}
    export.splice(plan, laid, tmp_path / "a", linked(tmp_path / "a", tmp_path / "b"), replaced)
    assert everything(tmp_path / "a") == stood


def test_a_splice_names_what_it_wrote(paper, publish, site: Site, tmp_path: Path) -> None:
    """What is written is what differs."""
    plan = export.plan(site)
    _, laid = assembled(plan, tmp_path / "a", paper)
    new = publish(paper[1].article, "tides", "Three words now.")
    found = export.splice(
        plan,
        laid,
        tmp_path / "a",
        linked(tmp_path / "a", tmp_path / "b"),
        {1: (plan.record(paper[1]), plan.record(new))},
    )
    old, now = everything(tmp_path / "a"), everything(tmp_path / "b")
    assert found is not None
    assert set(found[2]) == {name for name in now if now[name] != old[name]}


@pytest.mark.parametrize(
    "fault",
    [
        lambda data: data[:-1],
        lambda data: data + b"\n",
        lambda data: data.replace(b"Tide tables", b"Tide fables"),
        lambda _: None,
    ],
    ids=["cut", "longer", "other", "gone"],
)
@pytest.mark.parametrize("name", ["articles.csv", "paper.jsonld"])
def test_no_splice_into_a_file_that_is_another(
    paper, publish, site: Site, tmp_path: Path, name: str, fault: Callable[[bytes], bytes | None]
) -> None:
    """Where a file that stands is not as it was written, all must be assembled."""
    plan = export.plan(site)
    _, laid = assembled(plan, tmp_path / "a", paper)
    data = fault((tmp_path / "a" / name).read_bytes())
    (tmp_path / "a" / name).unlink()
    if data is not None:
        (tmp_path / "a" / name).write_bytes(data)
    new = publish(paper[1].article, "tides", "Three words now.")
    replaced = {1: (plan.record(paper[1]), plan.record(new))}
    assert export.splice(plan, laid, tmp_path / "a", tmp_path / "b", replaced) is None


@pytest.mark.parametrize("formats", [("csv", "sqlite"), ("own",), ("json",)], ids=["all tables", "own", "other plan"])
def test_no_splice_of_what_is_not_made_of_pieces(
    own_format, paper, publish, site: Site, tmp_path: Path, formats: tuple[str, ...]
) -> None:
    """A database, a format that walks over the paper, and the files of another plan are not spliced."""
    own_format("def export(articles, out):\n    pass\n")
    _, laid = assembled(export.plan(site), tmp_path, paper)
    plan = export.plan(with_formats(site, *formats))
    new = publish(paper[1].article, "tides", "Three words now.")
    assert export.splice(plan, laid, tmp_path, tmp_path / "b", {1: (plan.record(paper[1]), plan.record(new))}) is None


def test_no_splice_of_an_article_that_was_another(paper, site: Site, tmp_path: Path) -> None:
    """A record that is not the one at its position is refused."""
    plan = export.plan(site)
    _, laid = assembled(plan, tmp_path, paper)
    first, second, _ = map(plan.record, paper)
    assert export.splice(plan, laid, tmp_path, tmp_path / "b", {0: (second, first)}) is None


def test_no_splice_of_a_row_that_is_told_in_two_ways(paper, publish, site: Site, tmp_path: Path) -> None:
    """Where articles differ in what they say of an author, only all of them tell the author's row."""
    plan = export.plan(site)
    _, laid = assembled(plan, tmp_path, paper)
    new = publish(replace(paper[1].article, authors=()), "tides")
    assert export.splice(plan, laid, tmp_path, tmp_path / "b", {1: (plan.record(paper[1]), plan.record(new))}) is None
