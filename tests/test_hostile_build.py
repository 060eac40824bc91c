"""A site full of hostile articles builds into a harmless paper, and writes nowhere else.

Every article has one hostile field. The pages are read with html5lib, which builds the
tree that a browser builds.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml

from broadsheet import build, config
from broadsheet.audit import audit

CANARY = "canary-5d1f0c77"
MARKUP = (
    "<script>tell()</script>",
    "</script><script>tell()</script>",
    "<!--<script>",
    '"><img src=x onerror=tell()>',
    "' onmouseover='tell()",
    "<svg onload=tell()>",
    "</title></head><body onload=tell()>",
    "</article></main><footer>another end</footer>",
    "&lt;script&gt;tell()&lt;/script&gt;",
    "{{ 7*7 }}{% include 'article.html' %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    '=HYPERLINK("https://evil.example")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1\t=1",
    "\u202egnp.exe\u202c",
    "\u0430pple n\u0435ws",
    "a\u0301\u0327e\u0308",
    "\u2028line\u2029paragraph",
    "zero\u200bwidth\ufeff",
    "🦢🦢🦢",
    "Tags",
    "index",
    "CON",
    "nul.html",
    "../../../../etc/passwd",
    "..\\..\\windows",
    "%2e%2e%2fup",
    ".htaccess",
    "location",
    "__proto__",
    "x" * 3000,
    "[x](javascript:tell())",
    "<b title='&#14;'>x</b>",
    "javascript:tell()",
    "Data: what we know",
    "href=javascript:tell()",
    "view-source:javascript:tell()",
)
FIELDS = (
    "title",
    "kicker",
    "summary",
    "author",
    "category",
    "tags",
    "dateline",
    "agency",
    "slug",
    "place",
    "lang",
    "correction",
)
ADDRESSES = (
    "javascript:tell()",
    "JaVaScRiPt:tell()",
    "java\tscript:tell()",
    "data:text/html,<script>tell()</script>",
    "vbscript:tell()",
    "//evil.example/x",
    "\\\\evil.example\\x",
    'https://evil.example/"><script>tell()</script>',
    "file:///etc/passwd",
    "../../.env",
    "{attach}../.env",
    "{static}/../../broadsheet.toml",
)
ADDRESSED = ("image", "canonical", "source", "authors", "license", "publisher")
KEYS = {
    "save_as": "../outside.html",
    "url": "https://evil.example/",
    "template": "../../etc/passwd",
    "status": "published\nsave_as: x",
    "translationOf": "../../x",
    "aliases": ["../outside.html", "/etc/passwd", "index.html", "robots.txt", ".htaccess"],
    "_context": "x",
    "pagination": "<b>1</b>",
    "type": "NewsArticle<script>",
}
BODIES = (
    f"{{attach}}../{CANARY}.txt",
    "![x]({attach}../.env)",
    "[x]({static}/../../../../etc/passwd)",
    "![x](/etc/passwd)",
    "![x](file:///etc/passwd)",
    "![x](../.env)",
    "[x]({filename}../../broadsheet.toml)",
    "<link rel=stylesheet href=//evil.example/x.css><style>*{display:none}</style>",
    "<base href=//evil.example/><form action=//evil.example/><input name=q>",
    "<a id=main name=location href='#'>x</a><p id=corrections class='byline published'>x</p>",
    "<iframe srcdoc='<script>tell()</script>'></iframe>",
    "</div></article></main></body></html><h1>A second headline</h1>",
    "<plaintext>",
    "<h1>Another headline</h1>\n\n# And another",
)


def front(**values: Any) -> str:
    """Return a content file."""
    body = values.pop("body", "The ferry came late and no one minded.")
    header = {"title": "A plain headline", "date": "2026-03-04", **values}
    return f"---\n{yaml.safe_dump(header, allow_unicode=True)}---\n\n{body}\n"


def articles() -> Iterator[tuple[str, str]]:
    """Yield the name and text of every content file."""
    for number, text in enumerate(MARKUP):
        for field in FIELDS:
            yield f"m{number:02d}-{field}.md", front(**{field: [text] if field == "tags" else text})
    for number, address in enumerate(ADDRESSES):
        whole = {
            "image": {"url": address, "alt": "x", "license": address},
            "source": {"url": address, "file": "../.env"},
            "authors": [{"name": "Ida Moss", "url": address, "sameAs": [address]}],
            "publisher": {"name": "The Other Paper", "url": address, "logo": address},
        }
        for field in ADDRESSED:
            yield f"a{number:02d}-{field}.md", front(**{field: whole.get(field, address)})
        yield f"a{number:02d}-body.md", front(body=f"[x](<{address}>) ![y](<{address}>)")
    for number, (key, value) in enumerate(KEYS.items()):
        yield f"k{number:02d}.md", front(**{key: value})
    for number, body in enumerate(BODIES):
        yield f"b{number:02d}.md", front(body=body)


def digests(folder: Path) -> dict[str, str]:
    """Return path → hash of every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds a site full of hostile articles, built, and secrets around it."""
    around = tmp_path_factory.mktemp("around")
    root = around / "site"
    (root / "content").mkdir(parents=True)
    (root / "broadsheet.toml").write_text(
        '[site]\nname = "The Fenwick Lantern"\nurl = "https://lantern.example/paper"\n[exports]\nbodies = true\n',
        encoding="utf-8",
    )
    for place in (root / ".env", around / ".env", root / f"{CANARY}.txt", root / "content/.hidden.md"):
        place.write_text(f"title: {CANARY}\n\n{CANARY}", encoding="utf-8")
    for name, text in articles():
        (root / "content" / name).write_text(text, encoding="utf-8")
    (root / "content/plain.md").write_text(
        front(author="Ida Moss", category="News", image="https://pictures.example/x.jpg"), encoding="utf-8"
    )
    (root / "content/linked.md").symlink_to(root / f"{CANARY}.txt")
    (root / "content/linked-folder").symlink_to("/etc")
    before = digests(around)
    report = build.build(config.load(root), root / "output")
    (around / "before.json").write_text(json.dumps(before), encoding="utf-8")
    (around / "articles.txt").write_text(str(report.articles), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Any]:
    """Return every page as a browser reads it."""
    found = {}
    for path in sorted((site / "output").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        found[path.relative_to(site / "output").as_posix()] = html5lib.parse(text, namespaceHTMLElements=False)
    return found


def elements(pages: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield every element of every page."""
    for path, page in pages.items():
        for element in page.iter():
            if isinstance(element.tag, str):
                yield path, element


def test_nearly_all_are_published(site: Path) -> None:
    """Hostile values are made harmless, not a reason to drop the article (but for those that are no date or language)."""
    assert int((site.parent / "articles.txt").read_text()) > 0.8 * len(list(articles()))


def test_nothing_is_written_elsewhere(site: Path) -> None:
    """Only output/ and .broadsheet/ are written."""
    before = json.loads((site.parent / "before.json").read_text(encoding="utf-8"))
    after = {
        path: digest
        for path, digest in digests(site.parent).items()
        if not re.match(r"site/(output|\.broadsheet)/", path)
    }
    after = {path: digest for path, digest in after.items() if path not in {"before.json", "articles.txt"}}
    assert after == before


def test_no_secret_is_published(site: Path) -> None:
    """No file beside the content is read, whatever a link asks for."""
    held = [path for path in (site / "output").rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    told = {path.read_text(encoding="utf-8", errors="replace").count(CANARY) for path in held}
    # The article whose text is the path itself may show that path, and no more than it.
    assert not held or all(
        "b00" in path.name or f"{CANARY}.txt" in path.read_text(encoding="utf-8") for path in held
    ), told


def test_no_system_file_is_published(site: Path) -> None:
    """The contents of /etc/passwd stand in no file."""
    assert not [path for path in (site / "output").rglob("*") if path.is_file() and b"root:x:0:" in path.read_bytes()]


def test_no_link_stands_in_the_output(site: Path) -> None:
    """Symbolic links are neither followed nor copied."""
    assert not [path for path in (site / "output").rglob("*") if path.is_symlink()]


def test_every_name_is_plain(site: Path) -> None:
    """File names are short, ASCII, unlike any device's, and different in every case and form."""
    names = [path.relative_to(site / "output").as_posix() for path in (site / "output").rglob("*") if path.is_file()]
    folded = {unicodedata.normalize("NFC", name).casefold() for name in names}
    wild = [
        name
        for name in names
        if not re.fullmatch(r"[A-Za-z0-9._/-]+", name) or re.search(r"(^|/)(\.|-|con\.|nul\.)", name)
    ]
    assert (len(folded), wild) == (len(names), [])


def ours(path: str, script: Any) -> bool:
    """Tell whether a script is a file of the theme on the data page, which alone has scripts."""
    address = script.get("src", "")
    return path == "data.html" and not script.text and (address.startswith("theme/") or address == "data/articles.js")


def test_no_page_runs_anything(pages: dict[str, Any]) -> None:
    """No script but data blocks, no handler, no frame, no style of an article's."""
    wild = [
        (path, element.tag, dict(element.attrib))
        for path, element in elements(pages)
        if (element.tag == "script" and element.get("type") != "application/ld+json" and not ours(path, element))
        or element.tag
        in {"iframe", "object", "embed", "base", "form", "input", "style", "svg", "math", "template", "frameset"}
        or any(name.startswith("on") or name in {"style", "srcdoc"} for name in element.attrib)
    ]
    assert wild == []


RUN = {
    "javascript",
    "vbscript",
    "data",
    "file",
    "blob",
    "about",
    "feed",
    "jar",
    "view-source",
    "filesystem",
    "livescript",
}


def _leaves(scheme: re.Match[str] | None, value: str) -> bool:
    """Tell whether an address is other than http(s), mail or the site's."""
    return bool(scheme and scheme[1].lower() not in {"http", "https", "mailto"}) or value.startswith(("//", "\\"))


def test_every_address_is_harmless(pages: dict[str, Any]) -> None:
    """Links and pictures lead to http(s), mail or the site itself."""
    wild = []
    for path, element in elements(pages):
        for name in ("href", "src", "content", "cite", "data", "srcset"):
            value = re.sub(r"[\t\n\r]", "", element.get(name, "")).strip()
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", value, re.IGNORECASE)
            text = name == "content" and element.get("property") not in {"og:url", "og:image"}
            if (scheme and scheme[1].lower() in RUN) or (not text and _leaves(scheme, value)):
                wild.append((path, element.tag, name, value[:80]))
    assert wild == []


def test_no_page_loads_from_elsewhere(pages: dict[str, Any]) -> None:
    """Styles, scripts and pictures come from the site."""
    loaded = [
        (path, element.get("src") or element.get("href"))
        for path, element in elements(pages)
        if element.tag in {"img", "source", "script"} or (element.tag == "link" and element.get("rel") == "stylesheet")
    ]
    assert [(path, address) for path, address in loaded if address and re.match(r"(https?:)?//", address)] == []


def test_every_page_keeps_its_frame(pages: dict[str, Any]) -> None:
    """No article breaks out of its place: every body has the same parts, one main and one h1 or none.

    The one old address that may have a page leads on and has no frame.
    """
    framed = [page for path, page in pages.items() if path != "etc/passwd/index.html"]
    frames = {tuple((child.tag, child.get("class") or "") for child in page.find("body")) for page in framed}
    headlines = {path: len(page.findall(".//h1")) for path, page in pages.items() if path.startswith("articles/")}
    assert (len(frames), set(headlines.values())) == (1, {1})


def test_no_id_stands_twice(pages: dict[str, Any]) -> None:
    """An article's ids do not clobber the page's."""
    for path, page in pages.items():
        ids = [element.get("id") for element in page.iter() if isinstance(element.tag, str) and element.get("id")]
        assert len(ids) == len(set(ids)), path


def test_every_data_block_parses(pages: dict[str, Any]) -> None:
    """All JSON-LD is JSON."""
    for _, element in elements(pages):
        if element.tag == "script" and not element.get("src"):
            json.loads(element.text)


def _visible(text: str) -> str:
    """Return a text without control signs, its white space as single spaces."""
    return " ".join(re.sub(r"[\x00-\x08\x0e-\x1f\ufeff]", "", text).split())


def test_headlines_come_back_as_they_were(site: Path) -> None:
    """The headline in the document is the one that was written, but for control signs and ends of lines."""
    wanted = {_visible(text) for text in MARKUP}
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in (site / "output/articles").glob("*.json")]
    headlines = {_visible(one["@graph"][0]["headline"]) for one in documents}
    assert {one for one in wanted - headlines if len(one) < 500} == set()


def test_no_cell_is_a_formula(site: Path) -> None:
    """No cell of a CSV file begins as a formula does."""
    import csv

    for path in (site / "output/data").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r")) or re.match(r"-\D", cell)], (
            path
        )


def test_no_feed_is_markup_when_read_twice(site: Path) -> None:
    """A reader that takes titles for HTML finds no element in a feed."""
    from html import unescape

    for path in (site / "output").rglob("*.xml"):
        text = unescape(path.read_text(encoding="utf-8"))
        assert not re.search(
            r"<script[\s>]|<(?!category)[a-z]+ [^<>]*\son\w+\s*=|(?:href|src)=[\"']?javascript:", text, re.IGNORECASE
        ), path


def test_the_hostile_paper_agrees_with_itself(site: Path) -> None:
    """The audit finds page, JSON-LD, feeds, sitemaps and exports in agreement; only links of bodies lead nowhere."""
    assert [one.message for one in audit(site / "output") if one.rule != "audit-link-broken"] == []
