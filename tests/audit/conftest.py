"""A tiny built paper, made by hand, so that the audit is tested apart from the press."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date, datetime
from html import escape
from pathlib import Path

import pytest

from broadsheet import jsonld
from broadsheet.audit import audit
from broadsheet.config import Site
from broadsheet.model import Article, Person, Place, Problem, Published, Publisher

SITE = Site(name="The Fenwick Lantern", url="https://lantern.example/paper", publisher=Publisher("The Fenwick Lantern"))

ARTICLES = (
    Article(
        headline="Ferry & tram share one ticket",
        body="The ticket costs two shells.",
        authors=(Person("Ida Moss"), Person("Tom Reed")),
        section=("News", "Transport"),
        published=datetime.fromisoformat("2026-03-04T18:30:00-08:00"),
        dateline="FENWICK, Ore.",
        place=Place("Fenwick"),
        file="content/ferry.md",
    ),
    Article(
        headline="Heron returns to the mill pond",
        body="It stood there all day.",
        authors=(Person("Ida Moss"),),
        section=("Nature",),
        published=date.fromisoformat("2026-03-06"),
        modified=date.fromisoformat("2026-03-07"),
        file="content/heron.md",
    ),
    Article(headline="An old recipe for reed soup", body="Cut the reeds.", section=("Nature",), file="content/soup.md"),
)


def publish(article: Article) -> Published:
    """Give an article its place, as the edition does."""
    slug = article.headline.split()[0].lower()
    path = f"articles/{slug}.html"
    document = jsonld.document(article, SITE, path, article.body)
    return Published(article, slug, path, f"{SITE.url}/{path}", f"<p>{article.body}</p>", article.body, document)


def page(one: Published) -> str:
    """Return an article page in the shape of the theme."""
    article = one.article
    byline = " and ".join(
        f'<a rel="author" href="../index.html">{escape(author.name)}</a>' for author in article.authors
    )
    times = "".join(
        f'<time class="{name}" datetime="{moment.isoformat()}">a day</time>'
        for name, moment in (("published", article.published), ("modified", article.modified))
        if moment is not None
    )
    trail = "".join(f'<li><a href="../index.html">{escape(name)}</a></li>' for name in article.section)
    dateline = f'<p class="dateline">{article.dateline} --</p>' if article.dateline else ""
    script = jsonld.script_text(jsonld.without_body(one.document))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(article.headline)}</title>
<link rel="canonical" href="{one.url}">
<meta property="og:title" content="{escape(article.headline)}">
<link rel="alternate" type="application/ld+json" href="{one.slug}.json">
<script type="application/ld+json">{script}</script></head>
<body><a href="#main">Skip</a><main id="main"><article><nav class="breadcrumb" aria-label="Breadcrumb"><ol>{trail}</ol></nav>
<h1>{escape(article.headline)}</h1><p class="byline">By {byline}</p><p>{times}</p>
{dateline}<div class="prose article-body">{one.html}</div></article></main></body></html>"""


def front(everything: list[Published]) -> str:
    """Return a front page that leads to every article."""
    items = "".join(f'<li><a href="{one.path}">{escape(one.article.headline)}</a></li>' for one in everything)
    return f'<html><head><link rel="canonical" href="{SITE.url}/"></head><body><main id="main"><ul>{items}</ul></main></body></html>'


def atom(everything: list[Published]) -> str:
    """Return an Atom feed of the dated articles."""
    entries = "".join(
        f"<entry><id>{one.url}</id><title>{escape(one.article.headline)}</title><link href='{one.url}'/>"
        + "".join(f"<author><name>{escape(author.name)}</name></author>" for author in one.article.authors)
        + f"<published>{_time(one.article.published)}</published>"
        f"<updated>{_time(one.article.modified or one.article.published)}</updated></entry>"
        for one in everything
        if one.article.published
    )
    return f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>F</title>{entries}</feed>"


def _time(moment: date | None) -> str:
    assert moment is not None
    return moment.isoformat() if isinstance(moment, datetime) else f"{moment.isoformat()}T00:00:00Z"


def rss(everything: list[Published]) -> str:
    """Return an RSS feed of the dated articles."""
    items = "".join(
        f"<item><title>{escape(one.article.headline)}</title><link>{one.url}</link>"
        + "".join(f"<dc:creator>{escape(author.name)}</dc:creator>" for author in one.article.authors)
        + f"<pubDate>{day}</pubDate></item>"
        for one, day in zip(
            everything, ("Wed, 04 Mar 2026 18:30:00 -0800", "Fri, 06 Mar 2026 00:00:00 GMT"), strict=False
        )
    )
    return f"<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>{items}</channel></rss>"


def sitemap(everything: list[Published]) -> str:
    """Return a sitemap of the front page and every article."""
    urls = "".join(f"<url><loc>{one.url}</loc></url>" for one in everything)
    return (
        f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{SITE.url}/</loc></url>{urls}</urlset>"
    )


def news(everything: list[Published]) -> str:
    """Return a news sitemap of one article."""
    one = everything[1]
    return (
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
        " xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"
        f"<url><loc>{one.url}</loc><news:news><news:publication_date>2026-03-06</news:publication_date>"
        f"<news:title>{escape(one.article.headline)}</news:title></news:news></url></urlset>"
    )


def _row(one: Published) -> dict[str, object]:
    article = one.article
    return {
        "id": one.slug,
        "url": one.url,
        "headline": article.headline,
        "published": article.published.isoformat() if article.published else None,
        "authors": [author.name for author in article.authors],
    }


def write_data(folder: Path, everything: list[Published]) -> None:
    """Write the exports."""
    folder.mkdir()
    rows = [_row(one) for one in everything]
    (folder / "articles.json").write_text(json.dumps(rows), encoding="utf-8")
    (folder / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows({**row, "authors": "; ".join(map(str, row["authors"]))} for row in rows)  # type: ignore[call-overload]


@pytest.fixture
def meant() -> list[Published]:
    """Return the records of the tiny paper."""
    return [publish(article) for article in ARTICLES]


@pytest.fixture
def output(tmp_path: Path, meant: list[Published]) -> Path:
    """Return the tiny paper's output folder, in which everything agrees."""
    folder = tmp_path / "output"
    (folder / "articles").mkdir(parents=True)
    for one in meant:
        (folder / one.path).write_text(page(one), encoding="utf-8")
        (folder / f"articles/{one.slug}.json").write_text(json.dumps(one.document), encoding="utf-8")
    for name, write in (
        ("index.html", front),
        ("feed.atom.xml", atom),
        ("feed.rss.xml", rss),
        ("sitemap.xml", sitemap),
    ):
        (folder / name).write_text(write(meant), encoding="utf-8")
    (folder / "news-sitemap.xml").write_text(news(meant), encoding="utf-8")
    write_data(folder / "data", meant)
    return folder


Change = Callable[[str, str, str], list[Problem]]


@pytest.fixture
def change(output: Path) -> Change:
    """Return a call that replaces a text in one file and audits again."""

    def changed(file: str, old: str, new: str) -> list[Problem]:
        path = output / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        return audit(output)

    return changed
