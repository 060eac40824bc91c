"""What is written is read back: no text of an article is lost or changed by a format."""

from __future__ import annotations

import csv
import io
import tempfile
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broadsheet import export
from broadsheet.config import Site
from broadsheet.export import assembly
from broadsheet.export.gather import gather
from broadsheet.export.rows import without_nul
from broadsheet.fields import ARTICLES, TABLES, cells
from broadsheet.model import (
    Agency,
    Article,
    Correction,
    Evidence,
    Image,
    Organization,
    Person,
    Place,
    Published,
    Source,
)

HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=x", "\n", "'", "''=x", " =x", "\u200b=x", "\ufeff=x", "\u00a0+1",
    "＝1", '"', '","', ";", "; ", "\\", "\\;", "a;b\\", "\0", "\u202egnp", "\u2028", "\r\n", "|calc", "%0a", "\x1a",
)  # fmt: skip
TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
MAYBE = st.none() | TEXT
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
DAY = st.dates(date(1700, 1, 1), date(2100, 1, 1))
MOMENT = st.none() | DAY | st.datetimes(datetime(1700, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the bounds of a range
AUTHOR = st.builds(Person, TEXT, MAYBE, MAYBE, MAYBE) | st.builds(Organization, TEXT)
DEGREES = st.none() | st.floats(-180, 180)
EVIDENCE = st.builds(
    Evidence, st.sampled_from(["stated", "inferred", "absent"]), MAYBE, st.none() | st.integers(1, 99), MAYBE,
    candidates=TEXTS,
)  # fmt: skip
ARTICLE = st.builds(
    Article,
    headline=TEXT,
    published=MOMENT,
    modified=MOMENT,
    authors=st.lists(AUTHOR, max_size=3).map(tuple),
    agencies=st.lists(st.builds(Agency, TEXT, MAYBE), max_size=2).map(tuple),
    section=TEXTS,
    tags=TEXTS,
    kicker=MAYBE,
    summary=MAYBE,
    dateline=MAYBE,
    place=st.none() | st.builds(Place, TEXT, MAYBE, MAYBE, DEGREES, DEGREES),
    images=st.lists(st.builds(Image, TEXT, MAYBE, width=st.none() | st.integers(0, 9)), max_size=2).map(tuple),
    corrections=st.lists(st.builds(Correction, TEXT, MOMENT), max_size=2).map(tuple),
    source=st.none() | st.builds(Source, MAYBE, MAYBE, MAYBE, MOMENT),
    evidence=st.dictionaries(TEXT, EVIDENCE, max_size=2),
    notes=TEXTS,
    properties=st.just({}),
)


def published(article: Article, text: str, slug: str = "a") -> Published:
    """Return an article under a slug."""
    path = f"articles/{slug}.html"
    return Published(article, slug, path, f"https://gazette.example/{path}", "", text, {"@graph": []})


PAPER = st.lists(st.builds(published, ARTICLE, TEXT), max_size=3)


SITE = Site("Gazette", "https://gazette.example")
#: A format of all tables, for which the rows are kept, and which writes nothing.
KEEPER = ModuleType("keeper")
KEEPER.__dict__.update(SUFFIX="rows", DESCRIPTION="", MEDIA_TYPE="", export_tables=lambda *_: None)


def written(name: str, table: Any, paper: list[Published]) -> tuple[Any, bytes, list[dict[str, Any]]]:
    """Return the format's module, the bytes it writes and the rows that went into them."""
    forms = (export.load(name), export.Format("rows", Path(), KEEPER))
    plan = export.Plan(SITE, forms, (ARTICLES, table) if table is not ARTICLES else (ARTICLES,), browsed=False)
    with (
        tempfile.TemporaryDirectory() as folder,
        gather(plan, Path(folder), map(plan.record, paper)) as gathered,
    ):
        file = forms[0].file_name(table if forms[0].per_table else None)
        list(assembly.tables(plan, gathered))
        rows = [dict(zip(table.names, row, strict=True)) for row in gathered.rows(table)]
        return forms[0].module, (Path(folder) / file).read_bytes(), rows


@pytest.mark.parametrize("name", ["csv", "json", "jsonl", "parquet", "sqlite"])
@settings(max_examples=25, deadline=None)
@given(paper=PAPER)
def test_articles_read_back_equal_the_rows(name: str, paper: list[Published]) -> None:
    """Whatever an article says, reading a format gives the rows that were written."""
    if name == "parquet":
        pytest.importorskip("pyarrow")
    paper = [replace(one, slug=f"{one.slug}-{number}") for number, one in enumerate(paper)]
    module, data, rows = written(name, ARTICLES, paper)
    assert list(module.read(io.BytesIO(data), ARTICLES)) == rows


@pytest.mark.parametrize("table", TABLES[1:], ids=lambda table: table.name)
@settings(max_examples=25, deadline=None)
@given(paper=PAPER)
def test_every_other_table_reads_back_from_csv(table: Any, paper: list[Published]) -> None:
    """The normalised tables survive CSV as the articles do."""
    module, data, rows = written("csv", table, paper)
    assert list(module.read(io.BytesIO(data), table)) == rows


@settings(max_examples=25, deadline=None)
@given(paper=PAPER)
def test_rows_say_what_the_articles_say(paper: list[Published]) -> None:
    """A row holds the article's own texts, with U+FFFD for NUL and nothing else changed."""
    _, _, rows = written("jsonl", ARTICLES, paper)
    stated = [(one.article.headline or None, [tag for tag in one.article.tags if tag]) for one in paper]
    assert [[row["headline"], row["tags"]] for row in rows] == [without_nul(list(pair)) for pair in stated]


@given(text=TEXT)
def test_no_guarded_cell_starts_a_formula(text: str) -> None:
    """No text stands in a cell so that a spreadsheet would run it, also past blanks and in wide letters."""
    cell = unicodedata.normalize("NFKC", cells.guard(text).lstrip(" \u00a0\ufeff\u200b\x00"))
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(text=TEXT)
def test_a_guarded_text_comes_back(text: str) -> None:
    """The guard is reversible for every text."""
    assert cells.unguard(cells.guard(text)) == text


@given(texts=st.lists(TEXT, min_size=1, max_size=5).filter(any))
def test_a_joined_list_comes_back(texts: list[str]) -> None:
    """A list in a cell is reversible, empty texts, semicolons and backslashes in it too."""
    assert cells.split(cells.join(texts)) == texts


@settings(max_examples=25, deadline=None)
@given(paper=PAPER)
def test_csv_is_rfc_4180(paper: list[Published]) -> None:
    """Every line ends with CRLF, has the same number of cells, and there is neither mark nor NUL."""
    _, data, rows = written("csv", ARTICLES, paper)
    lines = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    assert (len(lines), {len(line) for line in lines}, b"\0" in data, data.endswith(b"\r\n")) == (
        len(rows) + 1, {len(ARTICLES.fields)}, False, True,
    )  # fmt: skip


@pytest.mark.parametrize("place", ["headline", "tags", "evidence"])
def test_half_a_surrogate_pair_is_refused(place: str) -> None:
    """A lone surrogate stops the export with the article and the column."""
    values = {"headline": "\ud800", "tags": ("\udfff",), "evidence": {"date": Evidence("stated", "\ud800")}}
    article = Article(**{"headline": "Fine", place: values[place]})
    with pytest.raises(export.UnexportableTextError, match=rf"{place} of 'bad' in articles .* half of a surrogate"):
        export.Plan(SITE, (), TABLES).record(published(article, "", "bad"))


def test_a_csv_with_other_columns_is_refused() -> None:
    """Reading another table says which columns were found and wanted."""
    with pytest.raises(ValueError, match="The columns are a, b; those of articles are id, url"):
        list(export.load("csv").module.read(io.BytesIO(b"a,b\r\n1,2\r\n"), ARTICLES))


@pytest.mark.parametrize("name", ["csv", "jsonl", "sqlite"])
def test_a_long_text_comes_back(name: str) -> None:
    """A text longer than Python's limit of a CSV field is read back whole."""
    module, data, rows = written(name, ARTICLES, [published(Article("x" * 200_000), "")])
    assert list(module.read(io.BytesIO(data), ARTICLES)) == rows
