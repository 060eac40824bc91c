"""WordPress export (WXR 1.0 to 1.2) → articles, one item at a time.

https://developer.wordpress.org/plugins/rss/ and the exporter's own comments (WordPress 6.8, 2025).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from broadsheet.importers import Options, fragment, sources, xmltree
from broadsheet.importers.gathered import Gathered
from broadsheet.importers.html.page import address
from broadsheet.model import Article, Problem, Source, Status

_STATUS: dict[str, Status] = {"publish": "published", "private": "hidden"}
_BLOCK = re.compile(r"<!--\s*/?wp:.{0,4000}?-->", re.DOTALL)
_SHORTCODE = re.compile(r"\[/?(?:caption|gallery|embed|audio|video|playlist)\b[^\]\n]{0,1000}\]")
_BREAK = re.compile(r"\n\s*\n")
_NONE = "0000-00-00 00:00:00"


def recognise(head: bytes, name: str) -> bool:
    """Tell whether a source that begins with ``head`` is a WordPress export."""
    del name
    return b"wordpress.org/export/" in head[:8192]


def read(source: Path, options: Options) -> Iterator[Article | Problem]:
    """Yield the posts; pages, attachments, menus and what was thrown away are left out."""
    del options
    authors: dict[str, str] = {}
    paper: dict[str, str] = {}
    for element in xmltree.records(source, ("{*}author", "item")):
        if isinstance(element, Problem):
            yield element
        elif element.tag == "item":
            _paper(element, paper)
            yield from _post(element, source, authors, paper)
        else:
            authors[xmltree.child(element, "{*}author_login")] = xmltree.child(element, "{*}author_display_name")


def _paper(item: etree._Element, paper: dict[str, str]) -> None:
    channel = item.getparent()
    if channel is not None and not paper:
        paper.update(
            name=xmltree.child(channel, "title"),
            url=xmltree.child(channel, "link"),
            lang=xmltree.child(channel, "language"),
        )


def _post(
    item: etree._Element, source: Path, authors: dict[str, str], paper: dict[str, str]
) -> Iterator[Article | Problem]:
    if xmltree.child(item, "{*}post_type") not in {"post", ""} or xmltree.child(item, "{*}status") in {
        "trash",
        "auto-draft",
        "inherit",
    }:
        return
    article = _gather(item, authors, paper).article()
    if article is None:
        number = xmltree.child(item, "{*}post_id") or "?"
        yield sources.problem(source, "wxr-title", f"Post {number} has no title; it is left out.", item.sourceline or 0)
        return
    yield article


def _gather(item: etree._Element, authors: dict[str, str], paper: dict[str, str]) -> Gathered:
    found = Gathered()
    link = address(xmltree.child(item, "link"), None)
    found.source = Source(url=link)
    found.words("title", xmltree.child(item, "title"), "wxr/title")
    found.values["status"] = _STATUS.get(xmltree.child(item, "{*}status"), "draft")
    found.words("slug", xmltree.child(item, "{*}post_name"), "wxr/post_name")
    _dates(item, found)
    login = xmltree.child(item, "{http://purl.org/dc/elements/1.1/}creator")
    found.names([authors.get(login) or login], "wxr/creator")
    terms = [(one.get("domain"), xmltree.text(one).strip()) for one in item.iterfind("category")]
    sections = [name for domain, name in terms if domain == "category" and name != "Uncategorized"]
    found.put("category", tuple(sections[:1]), sections[0] if sections else "", "wxr/category")
    found.many("tags", [*(name for domain, name in terms if domain == "post_tag"), *sections[1:]], "wxr/category")
    found.words("summary", xmltree.child(item, "{http://wordpress.org/export/1.2/excerpt/}encoded"), "wxr/excerpt")
    found.body(_body(xmltree.child(item, "{http://purl.org/rss/1.0/modules/content/}encoded"), link), "wxr/content")
    found.words("lang", paper.get("lang"), "wxr/language")
    found.publisher(paper.get("name"), "wxr/channel/title", address(paper.get("url", ""), None))
    return found


def _dates(item: etree._Element, found: Gathered) -> None:
    """Take the time in GMT, which WordPress writes without an offset; else the local one, which stays naive."""
    for key, gmt, local in (("date", "post_date_gmt", "post_date"), ("modified", "post_modified_gmt", "post_modified")):
        written = xmltree.child(item, f"{{*}}{gmt}")
        if written and written != _NONE:
            found.moment(key, f"{written}Z", f"wxr/{gmt}")
        written = xmltree.child(item, f"{{*}}{local}")
        if written and written != _NONE:
            found.moment(key, written, f"wxr/{local}")
    if found.values.get("modified") == found.values.get("date"):
        found.values.pop("modified", None)
        found.evidence.pop("modified", None)


def _body(content: str, link: str | None) -> str:
    """Return the body: WordPress stores paragraphs of classic posts as blank lines."""
    blocks = _BLOCK.search(content)
    plain = _SHORTCODE.sub("", _BLOCK.sub("", content))
    if not blocks and "<p" not in plain:
        plain = "".join(f"<p>{part}</p>" for part in _BREAK.split(plain))
    return fragment.from_html(plain, link)
