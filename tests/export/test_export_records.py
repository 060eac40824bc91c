"""Exports from records: the same bytes by each way."""

from __future__ import annotations

import csv
import io
import marshal
from pathlib import Path

import orjson
import pytest
from msgspec.structs import replace

from broadsheet import export, jsonld, urls
from broadsheet.config import Site
from broadsheet.model import Article, Image, Person, Published

TABLE_WITH_CSV = """
import csv, io
from broadsheet.fields import cells
def export_table(table, rows, out):
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\\r\\n")
    writer.writerow(table.names)
    writer.writerows(map(cells.encoder(table), rows))
    text.detach()
"""
PIECES = """
from broadsheet.fields import Frame, Piece
FRAME = Frame(b"<", b"|", b">")
def piece(article):
    return Piece(article.slug.encode(), tuple(one.name.encode() for one in article.article.authors))
"""


def test_what_is_remembered_is_plain(paper, site: Site, tmp_path: Path) -> None:
    """Records and the memory of the files go through marshal."""
    plan = export.plan(site)
    records = [marshal.loads(marshal.dumps(plan.record(one))) for one in paper]  # noqa: S302 - our own
    _, laid = export.assemble(plan, tmp_path, records)
    restored = export.Laid.of(marshal.loads(marshal.dumps(laid.plain())))  # noqa: S302 - our own
    assert (records, restored) == (
        list(map(plan.record, paper)),
        laid,
    )


def test_rows_are_the_same_for_every_interface(own_format, paper, site: Site, tmp_path: Path) -> None:
    """An own format that writes tables from all rows gives what ours gives row by row."""
    own_format(TABLE_WITH_CSV)
    export.write(paper, site, tmp_path, ["csv", "own"])
    csv_files = sorted(tmp_path.glob("*.csv"))
    assert [one.read_bytes() for one in csv_files] == [one.with_suffix(".txt").read_bytes() for one in csv_files]


@pytest.mark.parametrize("row", [[None], [""], ["a"], ['"'], ["=1"], ["a,b"], ["\r"], ["\n"], ["'"], ["\u200b=1"]])
def test_a_line_is_as_the_csv_module_writes_it(row: list[str | None]) -> None:
    """Lines that are put together here are those of Python's csv."""
    from broadsheet.fields import ARTICLES, cells

    for table, values in ((ARTICLES.only(["summary"]), row), (ARTICLES.only(["summary", "kicker"]), [*row, None])):
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerow(cells.encoder(table)(values))
        assert cells.line_encoder(table)(values) == out.getvalue().encode()


def test_an_own_format_may_be_made_of_pieces(own_format, paper, site: Site, tmp_path: Path) -> None:
    """What articles share comes once, behind all of them."""
    own_format(PIECES)
    export.write(paper, site, tmp_path, ["own"])
    assert (tmp_path / "articles.txt").read_bytes() == b"<bridge|tides|ferry|Ada Quill|The Desk>"


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("def piece(article):\n    return article.nope\n", 5),
        ("def encoder(table):\n    return lambda row: row.nope\n", 5),
        ("def encoder(table):\n    raise ValueError\n", 5),
        ("def frame(table):\n    raise ValueError\ndef encoder(table): ...\n", 5),
        ("def piece(article):\n    return 1\n", 0),
    ],
)
def test_a_mistake_in_a_piece_names_file_and_line(
    own_format, paper, site: Site, tmp_path: Path, code: str, line: int
) -> None:
    """What goes wrong in a format of pieces is told with its file and line."""
    own_format(code)
    with pytest.raises(export.ExporterError) as caught:
        export.write(paper, site, tmp_path, ["own"])
    assert (Path(caught.value.file).name, caught.value.line) == ("own.py", line)


PLAIN = [
    Article(
        'The "bridge" & <the> tide',
        "Body.",
        slug="s",
        language="en",
        published=None,
        authors=tuple(map(Person, authors)),
        section=("News",),
        tags=tags,
        summary=summary,
        dateline=dateline,
        images=images,
        file="content/news/a.md",
    )
    for authors in (("Ada Quill",), ("Ada Quill", "Ben Tarrow"))
    for tags in ((), ("harbour", "tides, high"))
    for summary, dateline, images in ((None, None, ()), ("=1", "PORT", (Image("images/a.jpg"),)))
]


@pytest.mark.parametrize("bodies", [False, True])
@pytest.mark.parametrize("article", PLAIN)
def test_a_plain_article_has_the_same_record_by_the_fast_way(site: Site, article: Article, *, bodies: bool) -> None:
    """Without the graph, from the bytes of its document, an article has the record that it has with it."""
    site = replace(site, exports=replace(site.exports, bodies=bodies))
    path, text = urls.article_path("a-story"), 'Words, "quoted" \u2028 and\n\nmore.'
    document = jsonld.document(article, site, path, text)
    plan = export.plan(site)
    meant = plan.record(Published(article, "a-story", path, f"{site.url}/{path}", "", text, document))
    bare = Published(article, "a-story", path, f"{site.url}/{path}", "", text, {})
    for _ in range(2):  # the second time, names are known
        assert plan.express(bare, orjson.dumps(document), len(text.split())) == meant


def test_no_fast_way_from_a_document_of_another_kind(site: Site, publish) -> None:
    """Where the bytes do not hold what they should, there is no record."""
    one = publish(PLAIN[0], "a-story")
    assert export.plan(site).express(one, b'{"@graph":[]}', 2) is None
