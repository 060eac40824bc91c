"""The fast lane gives what the general calls give, or nothing."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from msgspec.structs import replace

from broadsheet import config, edition, jsonld, press
from broadsheet.build import frames
from broadsheet.build.archive import Archive
from broadsheet.build.kit import kit
from broadsheet.build.making import make
from broadsheet.build.piece import Piece
from broadsheet.build.prints import Prints
from broadsheet.build.task import Worker
from broadsheet.content import MAX_FILE_BYTES, Body, TooDeepError, parse, render
from broadsheet.model import Article
from broadsheet.press import present
from broadsheet.press.lane.article import article, read
from broadsheet.press.lane.body import body
from broadsheet.press.lane.holes import Written, joined
from broadsheet.press.output import Folder
from broadsheet.press.pack import unpack
from broadsheet.press.publish import prepare
from broadsheet.press.writer import Writer as Paper

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SAFE = "the a Council “voted” won't £5 million 1998 x-y (see) & it's said 5% a/b ½ Ökonomie São 東京 … – — on Friday, \"quoted\" U.S. e.g. 2016,".split(
    " "
)
ODD = "3. 12) = + :) #5 * _ ` ~ ! [ ] < > | \\ { } ^ &amp; &copy; AT&T ** *** __ ) ( \u00a0 http://x.example a@b.example - 1st • 。 ! --- === [^1] \t".split(
    " "
)
ADDRESSES = (
    "https://a.example/b?c=1&d=2",
    "/x/y.html",
    "x.html",
    "images/a.jpg",
    "http://b.example/a_b",
    "mailto:a@b.example",
)
OTHERS = ("#x", "javascript:x", "//x.example", "../a", "a:b", "https://a.example/#f", "/", "{filename}x.md")


@pytest.fixture(autouse=True)
def _by_python_markdown(monkeypatch):
    """The general way has a quick part of its own: here it is python-markdown that everything is held to."""
    monkeypatch.setattr("broadsheet.content.paragraphs.words", lambda _: None)


SEEDS = [1, 2, 3, pytest.param(random.SystemRandom().randrange(10**9), id="new")]  # one of them is new each time


class Writer:
    """Writes random Markdown; ``wild`` is how often it writes what the lane must leave alone."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311
        self.wild = 0.0

    def words(self, most: int = 7) -> str:
        """Return some words."""
        return " ".join(
            self.dice.choice(ODD if self.dice.random() < self.wild else SAFE) for _ in range(self.dice.randint(1, most))
        )

    def span(self) -> str:
        """Return words, emphasised or linked."""
        kind, inner = self.dice.random(), self.words(3)
        if kind < 0.6:
            return self.words()
        if kind < 0.75:
            return f"*{inner}*"
        if kind < 0.85:
            return f"**{inner}**"
        return f"[{inner}]({self.dice.choice(ADDRESSES if self.dice.random() > self.wild else OTHERS)})"

    def line(self) -> str:
        """Return a line."""
        gap = "" if self.dice.random() < self.wild else " "
        return gap.join(self.span() for _ in range(self.dice.randint(1, 4)))

    def block(self) -> str:
        """Return a paragraph, heading, quote or list."""
        kind = self.dice.random()
        if kind < 0.5:
            return "\n".join(self.line() for _ in range(self.dice.choice([1, 1, 1, 2, 3])))
        if kind < 0.62:
            return "#" * self.dice.randint(1, 7) + " " + self.line()
        if kind < 0.75:
            return "\n".join("> " + self.line() for _ in range(self.dice.choice([1, 1, 2])))
        mark = "- " if self.dice.random() > self.wild else self.dice.choice(["* ", "+ ", "1. ", "-", "    ", "\t"])
        return "\n".join(mark + self.line() for _ in range(self.dice.randint(1, 4)))

    def text(self) -> str:
        """Return a body."""
        self.wild = self.dice.choice([0.0, 0.0, 0.01, 0.1])
        return self.dice.choice(["\n\n"] * 9 + ["\n\n\n"]).join(self.block() for _ in range(self.dice.randint(1, 5)))


def _taken(text: str) -> object:
    made = body(text.encode())
    return Body(made.html.decode(), made.text.decode()) if made is not None else None


def _rendered(text: str) -> object:
    try:
        return render(Article("x", body=text), None)
    except TooDeepError:
        return None


@pytest.mark.parametrize("seed", SEEDS)
def test_bodies_come_out_as_from_python_markdown(seed):
    """Every text that the lane takes, it renders as the general call does."""
    writer = Writer(seed)
    texts = [writer.text() for _ in range(400)]
    wrong = [text for text in texts if (made := _taken(text)) is not None and made != _rendered(text)]
    assert wrong == []


@pytest.mark.parametrize("seed", SEEDS)
def test_bodies_are_counted_and_escaped_as_by_the_general_calls(seed):
    """Length and JSON of a text, which are told by its bytes alone, are those that all other texts have."""
    writer = Writer(seed)
    found = [made for made in (body(writer.text().encode()) for _ in range(400)) if made is not None]
    texts = [made.text.decode() for made in found]
    assert [(made.length, made.json) for made in found] == [
        (present.length(text), orjson.dumps(text)[1:-1]) for text in texts
    ]
    assert found


@given(st.lists(st.text(st.sampled_from("ab \u00e9\u2019\u2028\u2029<>&\"'\\/\n\t\x1f\x7f\U0001f4f0")), min_size=1))
def test_values_are_escaped_as_by_the_general_calls(texts):
    """In HTML, in JSON and in a script, where they hold signs that are escaped there, and where they hold none."""
    written = Written(joined(texts))
    json = written.json()
    assert written.texts == [text.encode() for text in texts]
    assert written.html() == [escape(text).encode() for text in texts]
    assert json == [orjson.dumps(text)[1:-1] for text in texts]
    assert written.script(json) == [jsonld.script_text({"": text})[5:-2].encode() for text in texts]


def test_the_lane_takes_plain_bodies():
    """The test above is not one of nothing: plain text is taken."""
    writer = Writer(1)
    taken = sum(_taken(writer.text()) is not None for _ in range(300))
    assert taken > 20


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "a  \nb",
        "a | b\n--|--\nc | d",
        "x\n---",
        "1. a",
        "    code",
        "a\n: b",
        "[a]: http://x",
        "&copy; x",
        "- a\n\n- b",
    ],
)
def test_the_lane_leaves_other_bodies_alone(text):
    """Constructs that are not listed are left to python-markdown."""
    assert _taken(text) is None


def _header(dice: random.Random) -> str:
    texts = [
        '"Plain words, and a number 5"',
        "Bare words",
        '"He said \\"no\\" & left"',
        "yes",
        '"<b>x</b>"',
        "1984",
        '""',
        "{a: b}",
        '"a  b"',
    ]
    lists = [
        '["Ada Fenn"]',
        '["Ada Fenn", "Bo O\'Tarn"]',
        "Ada Fenn",
        "[Ada, Bo]",
        '["By Ada"]',
        '["Ada", "Ada"]',
        "[]",
    ]
    dates = [
        "2024-03-04T05:06:07Z",
        "2024-03-04T05:06:07-08:00",
        "2024-03-04",
        "2024-02-31T05:06:07Z",
        "2999-03-04T05:06:07Z",
    ]
    lines = {
        "title": dice.choice(texts),
        "slug": dice.choice(["a-slug", "a-slug-2", "Slug", "index", "-x", "no", "12"]),
        "date": dice.choice(dates),
        "category": dice.choice(["News", '"World News"', "News > Local", "null"]),
        "authors": dice.choice(lists),
        "tags": dice.choice([*lists, '["a tag", "another tag"]']),
        "summary": dice.choice(texts),
        "dateline": dice.choice(["OSLO", '"SÃO PAULO"', "1"]),
        "image": dice.choice(["/images/1.jpg", "images/a-b.png", "x.jpg", "https://x.example/a.jpg"]),
    }
    kept = [key for key in lines if key in {"title", "slug", "date", "category", "authors"} or dice.random() < 0.6]
    return "".join(f"{key}: {lines[key]}\n" for key in kept)


@pytest.mark.parametrize("seed", SEEDS)
def test_front_matter_comes_out_as_from_yaml(seed):
    """Every file that the lane takes gives the article, and no problem, of the general call."""
    dice = random.Random(seed)  # noqa: S311
    texts = [f"---\n{_header(dice)}---\n\nPlain words.\n" for _ in range(600)]
    for text in texts:
        made = read(text.encode(), NOW)
        if made is not None:
            meant, problems = parse(text, "x.md", None)
            assert meant is not None
            assert (article(made, "x.md", "en"), problems) == (_in(meant, "en"), [])


def _in(article: Article, language: str) -> Article:

    return replace(article, language=language)


def _kits(root: Path, folder: Path) -> tuple[object, object]:
    site = config.load(root)
    folder.mkdir()
    quick = kit(site, press.standing_pages(site)[0], Archive(folder), b"salt")
    return quick, replace(quick, stencils=None)


def _pieces(which: object) -> dict[str, Piece]:
    """Return the pieces of a site's content files by slug."""
    made = (Piece(*make(which, file, None)) for file in edition.names(which.site)[0])
    return {one.slug: one for one in made}


def test_the_lane_takes_plain_articles(paper, tmp_path):
    """The tests below are not of nothing: eight of the nine articles are plain."""
    quick, _ = _kits(paper, tmp_path / "archive")
    taken = sum(one.cards is not None for one in _pieces(quick).values())
    quick.archive.close()
    assert taken == 8


WALK = 'SUFFIX, DESCRIPTION, MEDIA_TYPE = "txt", "x", "text/plain"\ndef export(articles, out): ...\n'


@pytest.mark.parametrize("walked", [True, False])
def test_stencils_give_what_the_general_calls_give(paper, tmp_path, walked):
    """Clip, problems and record of plain articles are those of the general calls; the Markdown too where a format may ask."""
    if walked:
        (paper / "exporters").mkdir()
        (paper / "exporters" / "walk.py").write_text(WALK)
        (paper / "broadsheet.toml").write_text(
            f'{(paper / "broadsheet.toml").read_text()}[exports]\nformats = ["walk", "csv"]\n'
        )
    quick, general = _kits(paper, tmp_path / "archive")
    for one, other in zip(_pieces(quick).values(), _pieces(general).values(), strict=True):
        records = [
            frames.published(quick, unpack(made.clip, made.slug, made.file), frames.frame(quick.archive, made.place))
            for made in (one, other)
        ]
        exports = [frames.record(which, made) for which, made in ((quick, one), (general, other))]
        assert (one.slug, one.clip, one.problems, exports[0]) == (other.slug, other.clip, other.problems, exports[1])
        if one.cards is not None and not walked:  # no one asks a plain article for its Markdown
            records = [replace(found, article=replace(found.article, body="")) for found in records]
        assert records[0] == records[1]
    quick.archive.close()


def test_pages_of_stencils_are_those_of_the_theme(paper, tmp_path):
    """Pages, documents and cards of plain articles come out as the theme prints them."""
    printed = []
    quick, general = _kits(paper, tmp_path / "archive")
    for name, which in (("quick", quick), ("general", general)):
        pieces = _pieces(which)
        clips = {slug: unpack(one.clip, one.slug, one.file) for slug, one in pieces.items()}
        job = prepare(which.site, list(clips.values()), [])
        folder = Folder(tmp_path / name)
        folder.root.mkdir()
        worker = Worker(which, job, Paper(folder.root), Prints(pieces, job.theme), set())
        for slug, clip in clips.items():
            worker((clip, pieces[slug].place))
        cards = {slug: one.cards or _cards(job, clips[slug]) for slug, one in pieces.items()}
        printed.append(({path.name: path.read_bytes() for path in (folder.root / "articles").iterdir()}, cards))
    assert printed[0] == printed[1]
    quick.archive.close()


def _cards(job: object, clip: object) -> tuple[bytes, bytes]:
    return job.theme.card(clip.card).encode(), job.theme.card(clip.card, "_related.html").encode()


def test_a_site_with_its_own_theme_has_no_stencils(paper, tmp_path):
    """A theme may look at values, so each of its pages is printed from its own."""
    (paper / "theme").mkdir()
    assert _kits(paper, tmp_path / "archive")[0].stencils is None


def test_the_lane_is_named_in_no_output(paper, built, bytes_of):
    """No token of a stencil reaches a page."""
    built(paper)
    assert [path for path, data in bytes_of().items() if b"zqtitlezq" in data.lower()] == []


def test_the_lane_refuses_what_is_too_large(paper, built):
    """A file is as large as any other may be, however plain."""
    text = (paper / "content" / "ferry-1.md").read_text().replace("slug: ferry-1", "slug: ferry-91")
    (paper / "content" / "ferry-91.md").write_text(
        text + "\nThe ferry ran late once more.\n\n" * (MAX_FILE_BYTES // 30)
    )
    problems = built(paper).problems
    assert [one.rule for one in problems if one.file.endswith("ferry-91.md")] == ["content/too-large"]
