"""Feeds, exports and archives become articles. The inputs are made by other programs or written for the test."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from broadsheet import importers
from broadsheet.importers import Options
from broadsheet.model import Article, Person, Problem

#: warcio's writer leaves its buffers to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

PROSE = "The tide came in over the lower quay at dawn, and the harbour master closed the gates."

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Quay Post</title>
<link>https://quay.example/</link><language>en</language>
<item><title>Gates close &amp; open</title><link>https://quay.example/1</link><dc:creator>Ada Holm</dc:creator>
<category>Harbour</category><category>tides</category><description>A short one.</description>
<content:encoded><![CDATA[<p>{PROSE}</p><script>alert(1)</script><p>Literally *two* gates.</p>]]></content:encoded>
<pubDate>Fri, 02 Jan 2026 08:30:00 +0100</pubDate></item>
<item><link>https://quay.example/2</link><description>No title here.</description></item></channel></rss>"""

ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Quay</title>
<entry><title>Seals return</title><link href="https://quay.example/3"/><author><name>B. Ray</name></author>
<published>2026-01-02T08:30:00Z</published><updated>2026-01-03T08:30:00Z</updated>
<content type="html">&lt;p&gt;{PROSE}&lt;/p&gt;</content></entry></feed>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Quay",
        "items": [
            {
                "id": "1",
                "url": "https://quay.example/4",
                "title": "Kelp",
                "content_text": PROSE,
                "date_published": "2026-01-02T08:30:00Z",
                "authors": [{"name": "Ada Holm"}],
            }
        ],
    }
)

WXR = f"""<?xml version="1.0"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Quay Blog</title><link>https://blog.example</link>
<wp:author><wp:author_login>aholm</wp:author_login><wp:author_display_name>Ada Holm</wp:author_display_name></wp:author>
<item><title>Old lamp</title><link>https://blog.example/lamp</link><dc:creator>aholm</dc:creator>
<content:encoded><![CDATA[{PROSE}

Second paragraph. [caption id="x"]]]></content:encoded><excerpt:encoded>In short.</excerpt:encoded>
<wp:post_id>7</wp:post_id><wp:post_date_gmt>2026-01-02 07:30:00</wp:post_date_gmt><wp:post_name>old-lamp</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="news">News</category><category domain="post_tag" nicename="lamp">lamp</category></item>
<item><title>Draft</title><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>A page</title><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item></channel></rss>"""

NINJS = json.dumps(
    {
        "uri": "https://wire.example/1",
        "type": "text",
        "versioncreated": "2026-01-02T08:30:00+00:00",
        "headline": "Ferry delayed",
        "byline": "By Ada Holm",
        "located": "PORT ELLERY, Wash.",
        "language": "en",
        "pubstatus": "usable",
        "body_html": f"<p>{PROSE}</p>",
        "infosource": [{"name": "Meridian Wire"}],
        "subject": [{"name": "transport"}],
    }
)

NINJS2 = json.dumps(
    {
        "uri": "https://wire.example/2",
        "type": "text",
        "contentCreated": "2026-01-02",
        "firstCreated": "2026-01-02T08:30:00Z",
        "versionCreated": "2026-01-02T09:30:00Z",
        "headlines": [{"role": "main", "value": "Ferry sails"}],
        "bodies": [{"role": "main", "contentType": "text/plain", "value": PROSE}],
        "pubStatus": "withheld",
    }
)

NEWSML = f"""<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="https://wire.example/3" version="1" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="meridian"><name>Meridian Wire</name></provider>
<versionCreated>2026-01-02T08:30:00+00:00</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline>Crane falls quiet</headline><by>By Ada Holm</by><dateline>PORT ELLERY</dateline>
<subject qcode="x:1"><name>harbour</name></subject></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>
<p>{PROSE}</p><p>It <b>stopped</b>.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="x"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta><contentMeta><headline>Photo</headline></contentMeta></newsItem>
</itemSet></newsMessage>"""

HUGO = f'+++\ntitle = "Slip repaired"\ndate = 2026-01-02T08:30:00Z\ntags = ["slip"]\ncategories = ["News"]\ndraft = true\n+++\n\n{PROSE}\n'
JEKYLL = f"---\ntitle: Slip reopened\ndate: 2026-01-03\ncategories: [News]\nauthor: Ada Holm\n---\n\n{PROSE} {{% include x %}}\n"
GHOST = json.dumps(
    {
        "db": [
            {
                "meta": {"exported_on": 1},
                "data": {
                    "posts": [
                        {
                            "id": "1",
                            "title": "Ghost light",
                            "slug": "gl",
                            "html": f"<p>{PROSE}</p>",
                            "status": "published",
                            "published_at": "2026-01-02T08:30:00.000Z",
                        }
                    ],
                    "users": [{"id": "u", "name": "Ada Holm"}],
                    "posts_authors": [{"post_id": "1", "author_id": "u"}],
                    "tags": [],
                    "posts_tags": [],
                },
            }
        ]
    }
)
RECORDS = f'{{"headline": "One", "author": ["Ada Holm"], "text": "{PROSE}", "date": "2026-01-02"}}\nnot json\n{{"title": "Two", "body": "x"}}\n'


def _read(
    folder: Path, name: str, data: str | bytes, options: Options | None = None
) -> tuple[list[Article], list[Problem]]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    found = list(importers.read(path, options or Options()))
    return [one for one in found if isinstance(one, Article)], [one for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize(
    ("data", "headline"),
    [
        (RSS, "Gates close & open"),
        (ATOM, "Seals return"),
        (JSON_FEED, "Kelp"),
        (WXR, "Old lamp"),
        (NINJS, "Ferry delayed"),
        (NINJS2, "Ferry sails"),
        (NEWSML, "Crane falls quiet"),
        (HUGO, "Slip repaired"),
        (JEKYLL, "Slip reopened"),
        (GHOST, "Ghost light"),
        (RECORDS, "One"),
    ],
)
def test_a_format_is_recognised_by_its_content(tmp_path: Path, data: str, headline: str) -> None:
    """No file name helps; the first article has its headline and its prose."""
    articles, _ = _read(tmp_path, "source.bin", data)
    assert (articles[0].headline, PROSE[:40] in articles[0].body) == (headline, True)


@pytest.mark.parametrize("data", [RSS, ATOM, JSON_FEED, WXR, NINJS, NEWSML, HUGO, GHOST])
def test_a_stated_date_has_its_evidence(tmp_path: Path, data: str) -> None:
    """The span that the evidence shows is what the source wrote."""
    evidence = _read(tmp_path, "source", data)[0][0].evidence["date"]
    assert (evidence.basis, (evidence.text or "")[:10] in data or "2026-01-02" in (evidence.text or "")) == (
        "stated",
        True,
    )


def test_a_feed_keeps_the_offset_of_its_dates(tmp_path: Path) -> None:
    """+01:00 is part of what was stated."""
    published = _read(tmp_path, "f.xml", RSS)[0][0].published
    assert isinstance(published, datetime)
    assert published.isoformat() == "2026-01-02T08:30:00+01:00"


def test_an_entry_without_a_title_is_told(tmp_path: Path) -> None:
    """It is left out, and the rest is read."""
    articles, problems = _read(tmp_path, "f.xml", RSS)
    assert (len(articles), problems[0].rule) == (1, "feed-title")


def test_nothing_active_comes_out_of_a_feed(tmp_path: Path) -> None:
    """Scripts go; marks of Markdown stay what they were."""
    body = _read(tmp_path, "f.xml", RSS)[0][0].body
    assert ("script" in body, r"\*two\*" in body) == (False, True)


def test_a_feed_states_its_section_and_tags(tmp_path: Path) -> None:
    """The first category is the section, the others are tags."""
    article = _read(tmp_path, "f.xml", RSS)[0][0]
    assert (article.section, article.tags) == (("Harbour",), ("tides",))


def test_an_update_is_not_the_publication(tmp_path: Path) -> None:
    """Atom states both."""
    article = _read(tmp_path, "f.xml", ATOM)[0][0]
    assert (article.published, article.modified) == (
        datetime(2026, 1, 2, 8, 30, tzinfo=UTC),
        datetime(2026, 1, 3, 8, 30, tzinfo=UTC),
    )


def test_wordpress_posts_keep_status_author_and_paragraphs(tmp_path: Path) -> None:
    """Drafts stay drafts, pages are not articles, logins become names."""
    articles, _ = _read(tmp_path, "w.xml", WXR)
    found = [(one.headline, one.status) for one in articles]
    assert (found, articles[0].authors, articles[0].body.count("\n\n")) == (
        [("Old lamp", "published"), ("Draft", "draft")],
        (Person("Ada Holm"),),
        1,
    )


def test_a_wire_item_names_agency_author_and_dateline(tmp_path: Path) -> None:
    """Ninjs keeps them apart, and so do we."""
    article = _read(tmp_path, "n.json", NINJS)[0][0]
    assert (article.authors[0].name, article.agencies[0].name, article.dateline) == (
        "Ada Holm",
        "Meridian Wire",
        "PORT ELLERY, Wash.",
    )


def test_a_withdrawn_item_is_a_draft(tmp_path: Path) -> None:
    """What the agency took back is not published."""
    assert _read(tmp_path, "n.json", NINJS2)[0][0].status == "draft"


def test_newsml_pictures_are_not_articles(tmp_path: Path) -> None:
    """Only text items come out; their markup becomes Markdown."""
    articles, _ = _read(tmp_path, "n.xml", NEWSML)
    assert (len(articles), articles[0].body.endswith("It **stopped**.")) == (1, True)


def test_a_hugo_draft_stays_a_draft(tmp_path: Path) -> None:
    """``draft = true`` is Hugo's word for it."""
    article = _read(tmp_path, "h.md", HUGO)[0][0]
    assert (article.status, article.section, article.tags) == ("draft", ("News",), ("slip",))


def test_a_jekyll_date_is_a_day(tmp_path: Path) -> None:
    """And template tags do not become text."""
    article = _read(tmp_path, "j.md", JEKYLL)[0][0]
    assert (article.published, "include" in article.body) == (date(2026, 1, 3), False)


def test_a_bad_line_does_not_stop_the_rest(tmp_path: Path) -> None:
    """JSON Lines: the line that is no JSON is named."""
    articles, problems = _read(tmp_path, "r.jsonl", RECORDS)
    assert ([one.headline for one in articles], problems[0].line) == (["One", "Two"], 2)


def test_a_field_map_names_what_we_do_not_know(tmp_path: Path) -> None:
    """``--field title=kop`` reads Dutch scrapers' records."""
    articles, _ = _read(tmp_path, "r.jsonl", '{"kop": "Brug open", "tekst": "x"}\n', Options(fields={"title": "kop"}))
    assert articles[0].headline == "Brug open"


def _warc(pages: int) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for number in range(pages):
        html = (
            f"<html><head><title>Page {number}</title></head><body><h1>Page {number} of the log</h1>"
            + f"<p>{PROSE}</p>" * 4
            + "</body></html>"
        )
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
        for _ in range(2):  # every page is archived twice
            writer.write_record(
                writer.create_warc_record(
                    f"https://quay.example/{number}",
                    "response",
                    io.BytesIO(html.encode()),
                    http_headers=headers,
                    warc_headers_dict={"WARC-Date": "2026-01-02T08:30:00Z"},
                )
            )
    return out.getvalue()


def test_an_archived_page_comes_once(tmp_path: Path) -> None:
    """Equal payloads are one article; it knows its address and when it was retrieved."""
    articles, _ = _read(tmp_path, "a.warc.gz", _warc(2))
    source = articles[0].source
    assert source is not None
    assert (len(articles), source.url, source.retrieved) == (
        2,
        "https://quay.example/0",
        datetime(2026, 1, 2, 8, 30, tzinfo=UTC),
    )


def test_a_wacz_holds_warcs(tmp_path: Path) -> None:
    """The ZIP's archive/ folder is read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.warc.gz", _warc(1))
    assert _read(tmp_path, "a.wacz", out.getvalue())[0][0].headline == "Page 0 of the log"


def test_a_damaged_archive_is_told_and_its_beginning_read(tmp_path: Path) -> None:
    """Nothing is lost that stood before the damage."""
    articles, problems = _read(tmp_path, "a.warc.gz", _warc(2) + gzip.compress(b"this is no record"))
    assert (len(articles), problems[-1].rule) == (2, "warc-damaged")


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ('{"a": NaN}', "record-syntax"),
        ('[{"title": "x"', "record-syntax"),
        (b"---\ntitle: Caf\xe9\n---\n\nx", "source-encoding"),
        ("+++\ntitle = \n+++\n", "front-matter"),
        ("<rss><channel><item><title>x</item></channel></rss>", "feed-syntax"),
        (b"PK\x03\x04broken", "wacz-damaged"),
    ],
)
def test_a_broken_source_is_one_plain_problem(tmp_path: Path, data: str | bytes, rule: str) -> None:
    """What cannot be read is told, never raised."""
    name = "x.wacz" if isinstance(data, bytes) and data.startswith(b"PK") else "x.json"
    assert rule in {one.rule for one in _read(tmp_path, name, data)[1]}


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """Neither bombs nor files of this machine come in through XML entities."""
    (tmp_path / "secret").write_text("SECRET", encoding="utf-8")
    bomb = WXR.replace(
        '<?xml version="1.0"?>', f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    ).replace("Second", "&x; Second")
    articles, _ = _read(tmp_path, "w.xml", bomb)
    assert not any("SECRET" in one.body for one in articles)


def test_processes_keep_an_archives_order(tmp_path: Path) -> None:
    """Several processes read an archive as one does."""
    archive = _warc(5)
    alone = _read(tmp_path, "a.warc.gz", archive)[0]
    assert _read(tmp_path, "a.warc.gz", archive, Options(jobs=2))[0] == alone


def test_an_archived_page_that_is_cut_off_is_told(tmp_path: Path) -> None:
    """A page shorter than its record says is left out with a sentence, and what stood before is read."""
    whole = gzip.decompress(_warc(2))
    _, problems = _read(tmp_path, "a.warc", whole[:-200])
    assert problems[-1].rule == "warc-damaged"
