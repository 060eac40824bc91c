"""A feed, an export, a wire item and an archive become a paper that audits without a word.

Each source is made by another program (feedgenerator, warcio) or written by hand after
the format's published form.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from broadsheet import build, config
from broadsheet.audit import audit
from broadsheet.cli.import_ import command

pytestmark = [
    pytest.mark.slow,
    #: warcio's writer leaves its buffers to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

FIRST = "The tide came in over the lower quay at dawn, and the harbour master closed the gates before the ferry left."
SECOND = (
    "By noon the water stood a hand below the lamps, said Ada Holm, who has kept the gates for <eleven> years & more."
)
WHEN = datetime(2026, 1, 2, 8, 30, tzinfo=UTC)


def _feed(folder: Path, kind: str) -> Path:
    import feedgenerator

    maker = {"rss": feedgenerator.Rss201rev2Feed, "atom": feedgenerator.Atom1Feed}[kind]
    feed: Any = maker(title="The Quay Post", link="https://quay.example/", description="Of the quay", language="en")
    for number in range(3):
        feed.add_item(
            title=f"Gates close & open, part {number}",
            link=f"https://quay.example/{number}",
            description=f"<p>{FIRST}</p><p>Part {number}.</p><p>{SECOND.replace('<eleven>', 'eleven')}</p>",
            author_name="Ada Holm",
            pubdate=WHEN.replace(day=2 + number),
            categories=["Harbour", "tides"],
            unique_id=f"https://quay.example/{number}",
        )
    path = folder / f"{kind}.xml"
    path.write_text(feed.writeString("utf-8"), "utf-8")
    return path


def _rss(folder: Path) -> Path:
    return _feed(folder, "rss")


def _atom(folder: Path) -> Path:
    return _feed(folder, "atom")


def _wxr(folder: Path) -> Path:
    """Write what WordPress exports, after its exporter's own comments."""
    items = "".join(
        f"""<item><title><![CDATA[Old lamp & new {number}]]></title><link>https://blog.example/lamp-{number}</link>
<pubDate>Fri, 02 Jan 2026 07:30:00 +0000</pubDate><dc:creator><![CDATA[aholm]]></dc:creator>
<guid isPermaLink="false">https://blog.example/?p={number}</guid>
<content:encoded><![CDATA[<!-- wp:paragraph --><p>{FIRST}</p><!-- /wp:paragraph -->
<!-- wp:list --><ul><li>one lamp</li><li>{number} wicks</li></ul><!-- /wp:list -->]]></content:encoded>
<excerpt:encoded><![CDATA[A lamp.]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date><![CDATA[2026-01-02 08:30:00]]></wp:post_date>
<wp:post_date_gmt><![CDATA[2026-01-02 07:30:00]]></wp:post_date_gmt><wp:post_name><![CDATA[lamp-{number}]]></wp:post_name>
<wp:status><![CDATA[publish]]></wp:status><wp:post_type><![CDATA[post]]></wp:post_type>
<category domain="category" nicename="news"><![CDATA[News]]></category></item>"""
        for number in range(1, 4)
    )
    path = folder / "export.xml"
    path.write_text(
        f"""<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Quay Blog</title><link>https://blog.example</link>
<language>en-US</language><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login><![CDATA[aholm]]></wp:author_login>
<wp:author_display_name><![CDATA[Ada Holm]]></wp:author_display_name></wp:author>{items}</channel></rss>""",
        "utf-8",
    )
    return path


def _ninjs(folder: Path) -> Path:
    path = folder / "item.json"
    item = {
        "$schema": "http://www.iptc.org/std/ninjs/ninjs-schema_1.4.json",
        "uri": "https://wire.example/1",
        "type": "text",
        "version": "1",
        "versioncreated": WHEN.isoformat(),
        "headline": "Ferry delayed at the lower quay",
        "byline": "By Ada Holm",
        "located": "PORT ELLERY, Wash.",
        "language": "en",
        "pubstatus": "usable",
        "body_html": f"<p>{FIRST}</p><p>{SECOND.replace('<eleven>', 'eleven').replace('&', '&amp;')}</p>",
        "infosource": [{"name": "Meridian Wire"}],
        "subject": [{"name": "transport"}],
    }
    path.write_text(json.dumps(item), "utf-8")
    return path


def _newsml(folder: Path) -> Path:
    path = folder / "item.xml"
    path.write_text(
        f"""<?xml version="1.0" encoding="UTF-8"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"
 guid="urn:newsml:wire.example:20260102:1" version="2" standard="NewsML-G2" standardversion="2.34" conformance="power"
 xml:lang="en"><catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"/>
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:MW"><name>Meridian Wire</name></provider>
<versionCreated>2026-01-02T09:30:00+00:00</versionCreated><firstCreated>2026-01-02T08:30:00+00:00</firstCreated>
<pubStatus qcode="stat:usable"/></itemMeta><contentMeta><urgency>4</urgency><headline>Crane falls quiet</headline>
<by>By Ada Holm</by><dateline>PORT ELLERY, Wash.</dateline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>
<p>{FIRST}</p><p>It <b>stopped</b> at noon.</p></body></html></inlineXML></contentSet></newsItem>""",
        "utf-8",
    )
    return path


def _warc(folder: Path) -> Path:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = folder / "crawl.warc.gz"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for number in range(3):
            page = f"""<!doctype html><html lang="en"><head><title>Page {number} of the log | Quay Post</title></head><body>
<nav><a href="/">Home</a></nav><article><h1>Page {number} of the log</h1><p class="byline">By Ada Holm</p>
<time datetime="2026-01-0{number + 2}T08:30:00Z">January {number + 2}, 2026</time><p>{FIRST}</p>
<p>The log has {number} entries of that day, and the <a href="/tides">tides</a> of the week before it.</p></article></body></html>"""
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"https://quay.example/{number}", "response", io.BytesIO(page.encode()), http_headers=headers
            )
            writer.write_record(record)
    return path


def _records(folder: Path) -> Path:
    path = folder / "scraped.jsonl"
    found = [{"headline": f"Kelp, part {number}", "text": FIRST, "author": "Ada Holm"} for number in range(3)]
    path.write_text("".join(json.dumps(one) + "\n" for one in found), "utf-8")
    return path


@pytest.mark.parametrize(
    ("source", "articles"), [(_rss, 3), (_atom, 3), (_wxr, 3), (_ninjs, 1), (_newsml, 1), (_warc, 3), (_records, 3)]
)
def test_a_source_becomes_a_paper(
    site_folder: Path, tmp_path_factory: pytest.TempPathFactory, source: Callable[[Path], Path], articles: int
) -> None:
    """What was imported builds without an error, audits without a word, and a second import adds nothing."""
    path = source(tmp_path_factory.mktemp("sources"))
    results = [
        CliRunner().invoke(command, [str(path), "--site", str(site_folder), "--quiet"], catch_exceptions=False)
        for _ in range(2)
    ]
    site = config.load(site_folder)
    built = build.build(site, site_folder / "output")
    errors = [one for one in built.problems if one.severity == "error"]
    found = audit(site_folder / "output", site.url)
    assert ([one.exit_code for one in results], errors, found) == ([0, 0], [], [])
    assert len(list((site_folder / "content").glob("*.md"))) == articles
    assert len(list((site_folder / "content" / "sources").iterdir())) == 1
