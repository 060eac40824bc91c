"""What is particular to one format."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from broadsheet import export
from broadsheet.config import Exports, Site
from broadsheet.fields import ARTICLES
from broadsheet.model import Article, Organization, Person, Place, Published

#: The properties that ninjs 2.1 knows, and of which type (IPTC, ninjs-schema_2.1.json, CC BY 4.0).
NINJS = {
    str: "uri type representationtype profile version firstcreated versioncreated contentcreated embargoed pubstatus "
         "copyrightholder copyrightnotice usageterms ednote language title by slugline located expires",
    list: "descriptions bodies headlines people organisations places subjects events objects infosources renditions "
          "associations altids trustindicators genres",
    dict: "standard rightsinfo",
}  # fmt: skip
STATEMENT = re.compile(
    r'(<[^<>"{}|^`\\\x00-\x20]*>|_:b\d+) <[^<>"{}|^`\\\x00-\x20]*> '
    r'(<[^<>"{}|^`\\\x00-\x20]*>|_:b\d+|"([^"\\\n\r]|\\[tbnrf"\\]|\\u[0-9A-F]{4})*"(\^\^<[^<>]*>)?) \.'
)
WITH_TEXTS = Site("Gazette", "https://gazette.example", exports=Exports(bodies=True))


def written(name: str, articles: Any) -> bytes:
    """Return what a format of the whole paper writes."""
    out = io.BytesIO()
    export.stream(articles, WITH_TEXTS, name, ARTICLES, out)
    return out.getvalue()


@pytest.fixture
def base(paper, site: Site, tmp_path: Path):
    """Return paper.sqlite, open."""
    export.write(paper, site, tmp_path, ["sqlite"])
    with closing(sqlite3.connect(tmp_path / "paper.sqlite")) as opened:
        yield opened


def test_sqlite_links_hold(base) -> None:
    """Every foreign key of the database leads to a row."""
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []


def test_sqlite_is_searched_by_words(base) -> None:
    """The full-text index finds articles by the words of headline, summary, authors and tags."""
    found = base.execute("SELECT headline FROM articles_fts WHERE articles_fts MATCH 'quill AND ferry'").fetchall()
    assert found == [("Ferry late",)]


def test_sqlite_lists_are_json(base) -> None:
    """A list is a JSON array that SQLite's own functions read."""
    found = base.execute("SELECT value FROM articles, json_each(articles.tags) WHERE articles.id = 'bridge'").fetchall()
    assert found == [("bridges; old",), ("harbour",)]


def test_sqlite_is_the_same_twice(paper, site: Site, tmp_path: Path) -> None:
    """The database's bytes depend on the articles alone."""
    for name in ("a", "b"):
        export.write(paper, site, tmp_path / name, ["sqlite"])
    assert (tmp_path / "a" / "paper.sqlite").read_bytes() == (tmp_path / "b" / "paper.sqlite").read_bytes()


def test_excel_gets_a_mark_and_csv_does_not(paper, site: Site, tmp_path: Path) -> None:
    """Only the Excel variant begins with a byte order mark."""
    export.write(paper, site, tmp_path, ["csv", "excel"])
    starts = [(tmp_path / name).read_bytes()[:3] for name in ("articles.csv", "articles.excel.csv")]
    assert starts == [b"id,", b"\xef\xbb\xbf"]


def test_every_statement_is_n_quads(paper) -> None:
    """Each line is a statement of the grammar, and each article is a NewsArticle."""
    lines = written("nquads", paper).decode().splitlines()
    types = [line for line in lines if line.endswith("ns#type> <http://schema.org/NewsArticle> .")]
    assert ([line for line in lines if not STATEMENT.fullmatch(line)], len(types)) == ([], 3)


@pytest.mark.parametrize("text", ['"', "\\", "\n", "\x00", "\x7f", "> .\n<a> <b> <c> .", "é\u202e"])
def test_a_hostile_text_stays_one_literal(publish, text: str) -> None:
    """No headline ends its statement."""
    lines = written("nquads", [publish(Article(text))]).decode().split("\n")
    assert [line for line in lines if line and not STATEMENT.fullmatch(line)] == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://[", "a b<c>", "", "//x/../y", "http://x/é\"'`"])
def test_a_hostile_address_stays_one_term(publish, address: str) -> None:
    """No address ends its statement."""
    person = Person("Ada Quill", url=address, same_as=(address,))
    lines = written("nquads", [publish(Article("x", authors=(person,)))]).decode().split("\n")
    assert [line for line in lines if line and not STATEMENT.fullmatch(line)] == []


def ninjs(one: Published) -> dict[str, Any]:
    """Return the one item of a paper of one article."""
    found: dict[str, Any] = json.loads(written("ninjs", [one]))
    return found


def test_ninjs_uses_known_properties(paper) -> None:
    """Every property of an item is one of ninjs 2.1 and has its type."""
    known = {name: kind for kind, names in NINJS.items() for name in names.split()}
    items = [json.loads(line) for line in written("ninjs", paper).splitlines()]
    assert [
        (key, type(value)) for one in items for key, value in one.items() if known.get(key) is not type(value)
    ] == []


@pytest.mark.parametrize("moment", [date(2026, 3, 4), datetime(2026, 3, 4, 18, 30)])  # noqa: DTZ001 - no offset is the case
def test_ninjs_makes_up_no_time(publish, moment) -> None:
    """A day, or a time without an offset, is no date-time of ninjs; it stands among the other ids."""
    item = ninjs(publish(Article("x", published=moment)))
    assert ("firstcreated" in item, item["altids"][0]) == (
        False,
        {"role": "datePublished", "value": moment.isoformat()},
    )


def test_ninjs_is_full_only_with_the_text(publish) -> None:
    """An item without its body says that it is partial."""
    one = publish(Article("x"))
    graph = [{key: value for key, value in one.document["@graph"][0].items() if key != "articleBody"}]
    partial = replace(one, document={"@graph": graph})
    assert [ninjs(one)["representationtype"], ninjs(partial)["representationtype"]] == ["full", "partial"]


def test_ninjs_keeps_the_equator(publish) -> None:
    """A place at 0° north is a point."""
    item = ninjs(publish(Article("x", place=Place("Null Island", latitude=0.0, longitude=0.0))))
    assert item["places"][0]["geojson"] == {"type": "Point", "coordinates": [0.0, 0.0]}


def test_csl_says_no_date_where_none_is_known(paper) -> None:
    """An undated article is cited without a date."""
    assert ["issued" in one for one in json.loads(written("csl", paper))] == [True, False, True]


def test_bibtex_escapes_tex(publish) -> None:
    """TeX's own signs in a headline are text."""
    entry = written("bib", [publish(Article("50% of {R&D}\n_costs_ $5 \\input"))]).decode()
    assert r"title = {{50\% of \{R\&D\} \_costs\_ \$5 \textbackslash{}input}}" in entry


def test_bibtex_keeps_collective_names_whole(publish) -> None:
    """A desk, and a name with "and" in it, are one name."""
    article = Article("x", authors=(Organization("Arts and Books Desk"), Person("Ada Quill")))
    assert "author = {{Arts and Books Desk} and Ada Quill}" in written("bib", [publish(article)]).decode()


@pytest.mark.parametrize("name", ["bib", "csl", "jsonld", "ninjs", "nquads"])
def test_no_article_is_a_whole_file(name: str) -> None:
    """An empty paper is written too, and JSON stays JSON."""
    data = written(name, [])
    assert data.strip() == b"" or json.loads(data) is not None


def test_duckdb_finds_no_difference_between_formats(paper, site: Site, tmp_path: Path) -> None:
    """Read through the views of duckdb.sql, CSV, JSON Lines and Parquet hold the same rows."""
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    export.write(paper, site, tmp_path, ["csv", "jsonl", "parquet"])
    base = duckdb.connect()
    base.execute(
        (tmp_path / "duckdb.sql")
        .read_text()
        .replace("('articles", f"('{tmp_path}/articles")
        .split("CREATE VIEW articles AS")[0]
    )
    pairs = [("csv", "jsonl"), ("jsonl", "csv"), ("csv", "parquet"), ("parquet", "csv")]
    left = [base.execute(f"FROM articles_{a} EXCEPT FROM articles_{b}").fetchall() for a, b in pairs]
    base.close()
    assert left == [[], [], [], []]


def test_a_question_is_answered(paper, site: Site, tmp_path: Path) -> None:
    """`broadsheet query` reads the data folder."""
    pytest.importorskip("duckdb")
    from broadsheet.export.query import ask

    export.write(paper, site, tmp_path, ["csv"])
    assert ask(tmp_path, "select author, articles from authors order by all").rows == [
        ("Ada Quill", 3),
        ("The Desk", 1),
    ]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("selct", "cannot answer"),
        ("select 1; select 2", "Ask one question"),
        ("copy articles to 'x.csv'", "Ask one question"),
        ("from read_csv('/etc/passwd')", "disabled by configuration"),
        ("set lock_configuration = false", "Ask one question"),
    ],
)
def test_a_question_reaches_nothing_else(paper, site: Site, tmp_path: Path, question: str, message: str) -> None:
    """A question can neither write, nor read another file, nor open the lock."""
    pytest.importorskip("duckdb")
    from broadsheet.export.query import QueryError, ask

    export.write(paper, site, tmp_path, ["csv"])
    with pytest.raises(QueryError, match=message):
        ask(tmp_path, question)


@pytest.mark.filterwarnings("ignore")  # rdflib's own deprecations
def test_n_quads_say_what_the_graph_says(paper, site: Site, tmp_path: Path, shared: Path) -> None:
    """paper.nq holds the statements that rdflib reads from paper.jsonld with schema.org's own context."""
    rdflib = pytest.importorskip("rdflib")
    export.write(paper, site, tmp_path, ["jsonld", "nquads"])
    whole = json.loads((tmp_path / "paper.jsonld").read_bytes())
    context = json.loads((shared / "vocab" / "schemaorgcontext-30.0.jsonld").read_bytes())["@context"]
    graph = rdflib.Graph().parse(data=json.dumps({**whole, "@context": context}), format="json-ld")
    quads = rdflib.Dataset().parse(tmp_path / "paper.nq", format="nquads")
    blank = rdflib.BNode
    stated = {tuple("_" if isinstance(term, blank) else term for term in one) for one in graph}
    written_ = {tuple("_" if isinstance(term, blank) else term for term in one[:3]) for one in quads.quads()}
    assert written_ == stated
