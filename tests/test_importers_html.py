"""A saved page becomes an article: what is chosen for each field, and what is left alone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from broadsheet.importers import html
from broadsheet.importers.html.page import UnusablePage
from broadsheet.model import Article, Organization, Publisher

PROSE = (
    "<p>The harbour board met for four hours on Tuesday and ended where it had begun, with a vote to wait.</p>"
    "<p>Its chairwoman said that nobody had yet counted the gulls, and that a count was needed before the summer.</p>"
    "<p>The fishermen, who had come in their boots, left without a word and went back to mending their nets.</p>"
)


def page(head: str = "", top: str = "", body: str = PROSE, tail: str = "") -> bytes:
    """Return a page of the invented Tern Island Post."""
    return (
        f"<!doctype html><html lang='en'><head><title>Board waits for gull count | Tern Island Post</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Board waits for gull count</h1>{top}{body}</article>{tail}"
        "<footer><p>© Tern Island Post. All rights reserved.</p></footer></body></html>"
    ).encode()


def linked(**properties: object) -> str:
    """Return a JSON-LD block of a NewsArticle."""
    document = {"@context": "https://schema.org", "@type": "NewsArticle", **properties}
    return f'<script type="application/ld+json">{json.dumps(document)}</script>'


def read(*args: str, **kwargs: str) -> Article:
    """Return the article of `page` with these parts."""
    return html.article_of(page(*args, **kwargs))


def test_headline_is_the_heading_as_displayed() -> None:
    """The visible heading wins over the search engines' title."""
    found = read('<meta property="og:title" content="Gull count: Tern Island harbour board waits">')
    assert found.headline == "Board waits for gull count"


def test_headline_without_heading_loses_the_papers_name() -> None:
    """A title stands in for a missing heading, without what names the paper."""
    data = b"<title>Gulls counted at last - Tern Island Post</title><meta property='og:site_name' content='Tern Island Post'>"
    assert html.article_of(data + PROSE.encode()).headline == "Gulls counted at last"


def test_headline_keeps_markup_that_is_text() -> None:
    """Entities are decoded once; tags that the page shows as text stay text."""
    data = "<h1>Board &lt;b&gt;waits&lt;/b&gt; &amp;amp; counts</h1>" + PROSE
    assert html.article_of(data.encode()).headline == "Board <b>waits</b> &amp; counts"


def test_headline_evidence_names_the_place() -> None:
    """Evidence says which element gave the headline, and keeps the other readings."""
    evidence = read().evidence["title"]
    assert (evidence.path, evidence.basis) == ("h1", "stated")


def test_author_from_json_ld() -> None:
    """A person of the page's data is the author, with the title that is stated there."""
    found = read(linked(author={"@type": "Person", "name": "Ida Skarv", "jobTitle": "Harbour reporter"}))
    assert [(a.name, getattr(a, "job_title", None)) for a in found.authors] == [("Ida Skarv", "Harbour reporter")]


def test_author_from_visible_byline() -> None:
    """Without data the byline below the heading names the author, and nothing but the name."""
    found = read(top='<div class="byline">By <a href="/staff/skarv">Ida Skarv</a> | March 4, 2026</div>')
    assert [a.name for a in found.authors] == ["Ida Skarv"]


def test_two_authors_of_one_byline() -> None:
    """A byline may join names with a word of its language."""
    found = read(top='<p class="byline">By Ida Skarv and Ole Lomvi</p>')
    assert [a.name for a in found.authors] == ["Ida Skarv", "Ole Lomvi"]


def test_the_paper_is_no_author() -> None:
    """A publisher that calls itself the author gives way to the byline."""
    head = linked(author={"@type": "Person", "name": "Tern Island Post"}, publisher={"name": "Tern Island Post"})
    found = read(head, top='<p class="byline">By Ida Skarv</p>')
    assert [a.name for a in found.authors] == ["Ida Skarv"]


def test_agency_is_apart_from_the_author() -> None:
    """An agency behind the name is the agency, not part of the name."""
    found = read(linked(author={"@type": "Person", "name": "Ida Skarv Associated Press"}))
    assert ([a.name for a in found.authors], [a.name for a in found.agencies]) == (["Ida Skarv"], ["Associated Press"])


def test_photographer_is_no_author() -> None:
    """A photo credit names no author."""
    found = read(top='<p class="byline">By Ida Skarv</p><p class="credit">Photo by Ole Lomvi</p>')
    assert [a.name for a in found.authors] == ["Ida Skarv"]


def test_authors_of_teasers_are_not_taken() -> None:
    """Bylines of other articles on the page belong to them."""
    tail = '<aside class="related"><p class="byline">By Ole Lomvi</p></aside>'
    assert [a.name for a in read(top='<p class="byline">By Ida Skarv</p>', tail=tail).authors] == ["Ida Skarv"]


def test_collective_author_is_an_organization() -> None:
    """An organisation of the page's data stays one."""
    found = read(linked(author={"@type": "Organization", "name": "The Editorial Board"}))
    assert found.authors == (Organization("The Editorial Board"),)


def test_date_keeps_time_and_offset() -> None:
    """The instant of the data is kept with its offset."""
    found = read(linked(datePublished="2026-03-04T18:30:00-08:00"))
    assert found.published == datetime(2026, 3, 4, 18, 30, tzinfo=timezone(timedelta(hours=-8)))


def test_finer_date_wins_over_the_day() -> None:
    """Of two readings of one day the one with a time of day is taken."""
    head = (
        linked(datePublished="2026-03-04") + '<meta property="article:published_time" content="2026-03-04T08:00:00Z">'
    )
    assert read(head).published == datetime(2026, 3, 4, 8, tzinfo=UTC)


def test_visible_date() -> None:
    """A date line below the heading is the date when nothing else is."""
    assert read(top='<p class="date">March 4, 2026</p>').published == date(2026, 3, 4)


def test_updated_is_not_published() -> None:
    """A day that is called updated is not the day of publication."""
    assert read(top='<p class="date">Updated March 4, 2026</p>').published is None


def test_date_in_a_sentence_is_not_the_date() -> None:
    """A date that the article tells of is not that of the article."""
    body = PROSE + "<p>The last count was made on June 3, 1987, by a schoolmaster who has since died.</p>"
    assert read(body=body).published is None


def test_no_date_is_absent() -> None:
    """Without a stated date the article has none, and says so."""
    found = read()
    assert (found.published, found.evidence["date"].basis) == (None, "absent")


def test_date_of_the_address_is_inferred() -> None:
    """A day in the article's own address is inferred, by a named rule."""
    evidence = read('<link rel="canonical" href="https://post.example/2026/03/04/gulls">').evidence["date"]
    assert (evidence.basis, evidence.rule) == ("inferred", "date-in-address")


def test_copyright_year_is_no_date() -> None:
    """A year in the footer dates nothing."""
    assert read(tail="<footer>© 2019 Tern Island Post</footer>").published is None


def test_body_without_furniture() -> None:
    """Calls to subscribe and links to other articles leave the text."""
    extra = '<aside class="newsletter"><p>Sign up for our newsletter, every morning at six.</p></aside>'
    extra += '<p><a href="/x">Read more: ferry dog retires with honours</a></p>'
    found = read(body=PROSE.replace("</p><p>", "</p>" + extra + "<p>", 1))
    assert not any(word in found.body for word in ("newsletter", "ferry dog"))


def test_body_keeps_headings_lists_and_quotes() -> None:
    """Structure becomes Markdown."""
    extra = (
        "<h2>What comes next</h2><ul><li>A count of the gulls in the harbour.</li><li>A count of the boats.</li></ul>"
    )
    extra += "<blockquote><p>Nobody has asked the gulls what they make of it.</p></blockquote>"
    body = read(body=PROSE + extra + PROSE.replace("Tuesday", "Friday").replace("gulls", "terns")).body
    assert all(mark in body for mark in ("## What comes next", "- A count of the boats.", "> Nobody has asked"))


def test_headline_and_byline_leave_the_body() -> None:
    """The text begins with the text."""
    found = read(top='<p class="byline">By Ida Skarv</p><p class="date">March 4, 2026</p>')
    assert found.body.startswith("The harbour board met")


def test_dateline_leaves_the_body() -> None:
    """The dateline becomes a field of its own, with its place."""
    found = read(body=PROSE.replace("The harbour", "LISBON, Portugal (AP) — The harbour", 1))
    assert (found.dateline, found.body[:17]) == ("LISBON, Portugal", "The harbour board")


def test_dateline_names_the_agency() -> None:
    """The agency of the dateline is the article's."""
    found = read(body=PROSE.replace("The harbour", "LISBON, Portugal (AP) — The harbour", 1))
    assert [a.code for a in found.agencies] == ["AP"]


def test_another_article_of_an_endless_page_is_left() -> None:
    """What follows under a second headline is another article."""
    second = "<div><h1>Ferry dog retires</h1><p>The dog has crossed the sound nine thousand times, the ferry company said.</p></div>"
    assert "nine thousand" not in read(tail=f"<article>{second}</article>").body


def test_section_and_tags() -> None:
    """Section and keywords come from the data."""
    found = read(linked(articleSection="News > Harbour", keywords=["gulls", "boats"]))
    assert (found.section, found.tags) == (("News", "Harbour"), ("gulls", "boats"))


def test_section_from_breadcrumb() -> None:
    """A visible breadcrumb gives the section, without the front page and the headline."""
    trail = '<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/h">Harbour</a></li></ol>'
    assert read(top=trail).section == ("Harbour",)


def test_publisher_with_logo() -> None:
    """The publisher keeps its address and its logo."""
    publisher = {"@type": "Organization", "name": "Tern Island Post", "logo": {"url": "https://post.example/logo.png"}}
    found = read(linked(publisher=publisher)).publisher
    assert found == Publisher("Tern Island Post", logo="https://post.example/logo.png")


def test_lead_picture_takes_caption_and_description_from_the_page() -> None:
    """The picture of the data is completed by what the page shows beside it."""
    figure = (
        '<figure><img src="https://post.example/gull-800x600.jpg" alt="A gull."><figcaption>It waits too. (Photo: Ida Skarv)'
        "</figcaption></figure>"
    )
    image = read(linked(image="https://post.example/gull.jpg"), top=figure).images[0]
    assert (image.alt, image.caption, image.credit) == ("A gull.", "It waits too.", "Photo: Ida Skarv")


def test_microdata_is_read() -> None:
    """Microdata states what JSON-LD would."""
    data = (
        "<div itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop='headline'>Board waits for gull count</h1>"
        "<span itemprop='author' itemscope itemtype='https://schema.org/Person'><span itemprop='name'>Ida Skarv</span></span>"
        f"<meta itemprop='datePublished' content='2026-03-04T08:00:00Z'>{PROSE}</div>"
    )
    assert html.article_of(data.encode()).evidence["authors"].path == "microdata/author"


def test_rdfa_is_read() -> None:
    """RDFa Lite states what JSON-LD would."""
    data = f"<div vocab='https://schema.org/' typeof='NewsArticle'><h1 property='headline'>Board waits for gulls</h1>{PROSE}"
    data += "<time property='datePublished' content='2026-03-04'>4 March</time></div>"
    assert html.article_of(data.encode()).evidence["date"].path == "rdfa/datePublished"


def test_one_broken_block_does_not_hide_another() -> None:
    """JSON-LD that cannot be read is passed over."""
    head = '<script type="application/ld+json">{"@type": </script>' + linked(datePublished="2026-03-04")
    assert read(head).published == date(2026, 3, 4)


def test_teasers_markup_is_not_the_articles() -> None:
    """Data that describes another headline is not this article's."""
    head = linked(headline="Ferry dog retires with honours", datePublished="2020-01-01")
    head += linked(headline="Board waits for gull count", datePublished="2026-03-04")
    assert read(head).published == date(2026, 3, 4)


def test_language_of_the_text_wins() -> None:
    """What the text is written in counts, not what the template says."""
    german = (
        "<p>Der Hafenrat hat am Dienstag vier Stunden lang getagt und dann beschlossen, vorerst nichts zu beschließen.</p>"
        "<p>Die Vorsitzende sagte, niemand habe bisher die Möwen gezählt, und das müsse vor dem Sommer geschehen.</p>"
    )
    assert read(body=german).language == "de"


def test_stated_body_where_none_is_shown() -> None:
    """A text that only the data holds is the text."""
    stated = "\n".join(
        f"The board met again on day {n} and again decided to wait for the count of gulls." for n in range(12)
    )
    assert "day 11" in read(linked(articleBody=stated), body="<div id='app'></div>").body


def test_every_value_has_evidence() -> None:
    """No field is filled without saying how it is known."""
    found = read(
        linked(datePublished="2026-03-04", author={"name": "Ida Skarv"}, articleSection="Harbour", keywords="gulls")
    )
    assert {"title", "date", "authors", "category", "tags", "lang", "body"} <= set(found.evidence)


@pytest.mark.parametrize("data", [b"", b"   ", b"<!-- nothing -->", b"<html></html>"])
def test_a_page_of_nothing_is_a_problem(data: bytes) -> None:
    """What holds no article is said, not guessed."""
    with pytest.raises(UnusablePage):
        html.article_of(data)


def test_a_summary_encoded_twice_is_decoded() -> None:
    """JSON-LD has no entities, but publishers write them there; a reader wants the apostrophe."""
    assert read(linked(headline="Board waits", description="The board&#039;s vote")).summary == "The board's vote"
