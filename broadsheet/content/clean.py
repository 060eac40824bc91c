"""The one sanitiser: an allow-list, after caps on size and nesting. See docs/adr/0005."""

from __future__ import annotations

import re
from typing import Final

import nh3

from broadsheet.content.header import clean_text

MAX_BYTES: Final = 4 * 1024 * 1024
MAX_DEPTH: Final = 64

_TAGS: Final = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div", "dl", "dt", "em"),
    *("figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol"),
    *("p", "pre", "q", "s", "small", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead"),
    *("time", "tr", "ul", "var"),
}
_ATTRIBUTES: Final = {
    "a": {"href", "title", "hreflang", "id"},
    "img": {"src", "alt", "title", "width", "height"},
    "abbr": {"title"},
    "time": {"datetime"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "li": {"id"},
    "sup": {"id"},
}
#: Elements that go with all they hold; of any other unknown element only the tags go.
_WITH_CONTENT: Final = {
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "math",
    "title",
    "textarea",
    "select",
    "xmp",
}
_FOOTNOTE: Final = re.compile(r"fn(?:ref\d*)?[:-][\w-]{1,60}\Z")
#: What python-markdown writes in the cells of an aligned column; it becomes a class.
_ALIGN: Final = re.compile(r"text-align: (?:left|right|center);\Z")
_ALIGNED: Final = re.compile(
    r'<(t[dh])((?: [a-z]+="[^"]*")*) style="text-align: (left|right|center);?"((?: [a-z]+="[^"]*")*)>'
)
_IMG: Final = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_ALT: Final = re.compile(r' alt="([^"]*)"')
_OPENING: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")
_VOID: Final = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "param",
    "source",
    "track",
    "wbr",
}


class TooDeepError(ValueError):
    """The markup is larger or more deeply nested than any article needs."""


def clean_html(markup: str) -> str:
    """Return ``markup`` with nothing in it that could run, load, style or clobber.

    Only http, https, mailto and relative addresses stay. Raise `TooDeepError`.
    """
    if "<" not in markup:
        return markup
    check_size(markup)
    clean = clean_text(_CLEANER.clean(markup))
    if ' style="' in clean:
        clean = _ALIGNED.sub(r'<\1\2 class="\3"\4>', clean)
    return _IMG.sub(_picture, clean) if "<img" in clean else clean


def _picture(match: re.Match[str]) -> str:
    """Return a picture as it is; of one whose address was refused, its words."""
    if ' src="' in match[0]:
        return match[0]
    alt = _ALT.search(match[0])
    return alt[1] if alt else ""


def check_size(markup: str) -> None:
    """Raise `TooDeepError` for markup over `MAX_BYTES` or nested over `MAX_DEPTH`."""
    if len(markup) > MAX_BYTES:
        message = f"The body is larger than {MAX_BYTES:,} characters; split the article."
        raise TooDeepError(message)
    if markup.count("<") > MAX_DEPTH and nesting(markup) > MAX_DEPTH:
        message = f"The markup of the body is nested more than {MAX_DEPTH} levels deep; simplify it."
        raise TooDeepError(message)


def nesting(markup: str) -> int:
    """Return how deep elements stand in each other; elements never closed count."""
    depth = deepest = 0
    for match in _OPENING.finditer(markup):
        name = match[2].lower()
        if name in _VOID:
            continue
        depth += -1 if match[1] else 1
        depth = max(depth, 0)
        deepest = max(deepest, depth)
    return deepest


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "id":
        return value if _FOOTNOTE.match(value) else None
    if name == "style":
        return value if _ALIGN.match(value) else None
    if name in {"href", "src", "cite"}:
        return value if safe_address(value) else None
    return value


def safe_address(address: str) -> bool:
    """Tell whether a link may stand on a page: http(s), mailto, or relative without tricks."""
    head = address[:2048].lstrip()
    if not head.isprintable() or "\\" in head or head.startswith("//"):
        return False
    scheme, colon, _ = head.partition(":")
    return not colon or scheme.lower() in {"http", "https", "mailto"} or any(mark in scheme for mark in "/?#")


_CLEANER: Final = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_WITH_CONTENT,
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)
