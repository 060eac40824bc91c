"""article.html, printed from records alone: what stands there, and what is left out."""

from __future__ import annotations

import pytest
from lxml import html
from markupsafe import Markup
from msgspec.structs import replace

from broadsheet.press.templates import Theme
from broadsheet.press.views import ArticleView, CorrectionView, ImageView, Link, PageView, PaperView, SourceView, When

PAPER = PaperView(name="The Gazette", url="https://gazette.example", language="en")
PAGE = PageView(
    kind="article", title="News", path="articles/news.html", canonical="https://gazette.example/x", language="en"
)
ARTICLE = ArticleView(
    headline="News",
    path="articles/news.html",
    document_path="articles/news.json",
    body=Markup("<p>Text.</p>"),
    jsonld=Markup("{}"),
    byline="",
    words=1,
    minutes=1,
    language="en",
)


def printed(article: ArticleView, paper: PaperView = PAPER, page: PageView = PAGE) -> html.HtmlElement:
    """Return the page that the shipped theme makes of ``article``."""
    values = {"root": "../", "page": page, "article": article}
    return html.fromstring(Theme(None, paper).render("article.html", page.path, values))


@pytest.mark.parametrize("css", ["byline", "kicker", "standfirst", "dateline", "corrected", "backstory", "evidence"])
def test_what_is_not_known_leaves_no_trace(css: str) -> None:
    """An article that states only a headline has no empty furniture."""
    assert printed(ARTICLE).find_class(css) == []


def test_the_body_stands_alone() -> None:
    """.article-body, which the JSON-LD names, holds the body and nothing else."""
    body = printed(replace(ARTICLE, dateline="LISBON, Portugal")).find_class("article-body")[0]
    assert body.text_content().strip() == "Text."


def test_a_picture_elsewhere_is_linked() -> None:
    """A picture of another host is a link: the page loads nothing from there."""
    picture = ImageView(
        "https://img.example/a.jpg", url="https://img.example/a.jpg", host="img.example", caption="A boat"
    )
    figure = printed(replace(ARTICLE, images=(picture,))).find_class("story-picture")[0]
    assert (figure.findall(".//img"), figure.find(".//a").get("href")) == ([], "https://img.example/a.jpg")


def test_every_picture_is_printed() -> None:
    """Pictures after the first stand below the text, in order."""
    pictures = tuple(ImageView(f"images/{name}.svg", local=True, alt=name) for name in "abc")
    figures = printed(replace(ARTICLE, images=pictures)).xpath("//figure/img/@src")
    assert figures == ["../images/a.svg", "../images/b.svg", "../images/c.svg"]


def test_a_copy_leads_to_the_fullest() -> None:
    """A duplicate says so and links to the fullest copy."""
    other = Link("The long one", url="https://other.example/long")
    note = printed(replace(ARTICLE, canonical_other=other)).find_class("corrected")[0]
    assert note.find("a").get("href") == "https://other.example/long"


def test_a_correction_says_when_and_what() -> None:
    """Kind, day and text of a correction stand in one line."""
    correction = CorrectionView("correction", "It rained.", When("2025-03-05", "March 5, 2025", "March 5, 2025"))
    box = printed(replace(ARTICLE, corrections=(correction,))).get_element_by_id("corrections")
    assert box.findall("p")[0].text_content() == "correction, March 5, 2025: It rained."


def test_the_kept_original_is_linked() -> None:
    """The source's own file, its address and its hash stand beside the article."""
    source = SourceView("a.html", "sources/a.html.txt", "https://old.example/a", "3f9c")
    links = printed(replace(ARTICLE, source=source)).xpath("//aside//a/@href")
    assert links[:2] == ["../sources/a.html.txt", "https://old.example/a"]


def test_a_translation_is_announced_twice() -> None:
    """A translation is linked for readers and, by its absolute address, for machines."""
    link = Link("Una noticia", path="articles/una.html", language="es")
    page = printed(replace(ARTICLE, translations=(link,)))
    assert page.xpath("//*[@hreflang='es']/@href") == [
        "https://gazette.example/articles/una.html",
        "../articles/una.html",
    ]


def test_many_sections_end_in_a_link() -> None:
    """The masthead shows ten sections at most, and then where the others are."""
    sections = tuple(Link(f"S{n}", f"section/s{n}.html") for n in range(12))
    links = printed(ARTICLE, replace(PAPER, sections=sections)).xpath("//nav[@class='sections']//a/text()")
    assert links == ["Front page", *[f"S{n}" for n in range(10)], "All sections"]


def test_a_foreign_article_keeps_the_furniture_in_the_papers_language() -> None:
    """On an Arabic page, what the paper says of the article is marked as English, left to right."""
    page = printed(replace(ARTICLE, language="ar", dir="rtl"), page=replace(PAGE, language="ar", dir="rtl"))
    aside = page.find(".//aside")
    assert (page.get("dir"), aside.get("lang"), aside.get("dir")) == ("rtl", "en", "ltr")
