"""Stamps: what tells whether files are as they were, however many processes look."""

from __future__ import annotations

import os

import pytest

from broadsheet.build import looking as looking_
from broadsheet.build import stamps


@pytest.fixture
def tree(tmp_path):
    """Return a folder of files in folders, with a name that is no text."""
    for number in range(20):
        file = tmp_path / f"{'a/b/' if number % 3 else ''}{number}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x" * number)
    (tmp_path / os.fsdecode(b"\xff.md")).write_text("odd")
    return tmp_path


def seen(tree, *, whole=True):
    """Return the tree as a build remembers it."""
    found = stamps.walk(tree)
    if not whole:
        found = {path: stamps.written(*stamps.lasting(one)) for path, one in found.items()}
    return looking_.Tree(tree, stamps.listing(found), whole)


@pytest.fixture(params=[1, 3], ids=["alone", "shared"])
def looking(request, monkeypatch):
    """Return a look at a tree, in one process or by three."""
    monkeypatch.setattr(looking_, "_MANY", 0 if request.param > 1 else 10**9)
    monkeypatch.setattr(looking_, "_PART", 2)
    monkeypatch.setattr(looking_.os, "sched_getaffinity", lambda _: set(range(request.param)), raising=False)
    return looking_.Looking


def changed(of):
    """Return what one process sees that changed in a tree."""
    look = looking_.Looking(of, looking_.Tree(of.root, {}, whole=False))
    try:
        return look.changed()
    finally:
        look.leave()


def test_what_is_remembered_is_what_was_seen(tree):
    """Listing and back, each file has its stamp."""
    assert stamps.stamps(seen(tree).listed) == stamps.walk(tree)


def test_what_was_written_is_remembered_in_its_order(tree):
    """Folder by folder: what was made one after the other is looked at one after the other."""
    found = dict(sorted(stamps.walk(tree).items(), key=lambda item: item[1]))
    listed = stamps.listing(found)
    assert stamps.stamps(listed) == found
    inside = [path for path in found if path.startswith("a/b/")]
    assert stamps.parted(listed["a/b"][0]) == [path.removeprefix("a/b/") for path in inside]
    look = looking_.Looking(looking_.Tree(tree, {}, whole=True), looking_.Tree(tree, listed, whole=True))
    assert look.same()
    look.leave()


@pytest.mark.parametrize("whole", [True, False])
def test_a_tree_that_stands_is_the_same(tree, looking, whole):
    """No difference where there is none."""
    look = looking(seen(tree), seen(tree, whole=whole))
    assert look.changed() == set()
    assert look.same()
    look.leave()


@pytest.mark.parametrize("name", ["0.html", "a/b/19.html", "a/b/1.html", os.fsdecode(b"\xff.md")])
@pytest.mark.parametrize("gone", [True, False])
def test_a_file_that_is_missing_or_altered_is_seen(tree, looking, name, gone):
    """Wherever it stands, whoever looks at it."""
    remembered = seen(tree)
    if gone:
        (tree / name).unlink()
    else:
        (tree / name).write_text("other")
    look = looking(remembered, remembered)
    assert look.changed() == (None if gone else {name})
    assert not look.same()
    look.leave()
    assert stamps.altered(tree, stamps.stamps(seen(tree, whole=False).listed)) == set()


def test_a_look_that_is_left_leaves_no_process(tree, looking):
    """Nobody has to wait for what nobody asks."""
    looking(seen(tree), seen(tree)).leave()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_process_that_dies_has_seen_nothing_for_sure(tree, monkeypatch):
    """What it may have missed is looked at anew: the outputs are not said to stand."""
    monkeypatch.setattr(looking_, "_MANY", 0)
    monkeypatch.setattr(looking_.os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    remembered, here = seen(tree), os.getpid()
    real = looking_._is_same
    monkeypatch.setattr(looking_, "_is_same", lambda task: real(task) if os.getpid() == here else 1 / 0)
    look = looking_.Looking(remembered, remembered)
    ends = [os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT) for pid in look._others]
    assert [one.si_status for one in ends] == [1]
    assert not look.same()
    look.leave()


def test_a_file_that_came_is_seen(tree):
    """A new file, or a new folder's, is no change of one that is known."""
    remembered = seen(tree)
    (tree / "a" / "c").mkdir()
    (tree / "a" / "c" / "new.html").write_text("")
    assert changed(remembered) is None


@pytest.mark.parametrize("few", [0, 16])
def test_stamps_of_single_files_are_put_in_their_places(tree, monkeypatch, few):
    """An edit changes the stamps of the files that it wrote, and no others, however many they are."""
    monkeypatch.setattr(stamps, "_FEW", few)
    remembered, before = seen(tree), stamps.walk(tree)
    fresh = {"a/b/1.html": stamps.written(7, 8), "0.html": stamps.written(9, 10)}
    stamps.update(remembered.listed, fresh)
    assert stamps.stamps(remembered.listed) == {**before, **fresh}
    with pytest.raises((LookupError, ValueError), match=r"substring|a/b/none|none\.html"):
        stamps.update(remembered.listed, {"a/b/none.html": stamps.UNSURE})


def test_what_is_remembered_and_not_there_will_be_missed(tree):
    """A file that vanished before it was listed stands in the listing all the same."""
    found = {**stamps.walk(tree), "a/b/gone.html": stamps.written(1, 2)}
    remembered = looking_.Tree(tree, stamps.listing(found), whole=True)
    assert stamps.stamps(remembered.listed) == found
    assert changed(remembered) is None


def test_files_that_changed_just_now_are_looked_at_again(tree):
    """Their times would not tell of another change."""
    found = stamps.walk(tree)
    assert set(stamps.sure(found, 0).values()) == {stamps.UNSURE}
    assert stamps.sure(found, 2**62) == found
