"""What stands in an article's column but is not the article: by the names that markup gives it."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

#: Words of class and id names. Whole words only: "share" is one of "social-share", not of "shareholder".
_WORDS = frozenset(
    """
    ad ads advert advertisement advertorial adslot adunit advertising banner anzeige werbung publicidad publicite sponsor sponsored sponsors outbrain taboola
    related relateds recommended recommendation recommendations recommend recirc recirculation readmore
    morefrom morein morenews mehr weiterlesen mostread mostpopular popular trending teaser teasers
    newsletter newsletters signup subscribe subscription subscribebox regwall promo promos promobox promotion
    share sharing shares sharebar sharetools social socials socialmedia addtoany addthis sharedaddy jp
    comment comments disqus respond replies
    sidebar breadcrumb breadcrumbs nav navigation navbar menu pagination pager footer copyright
    tag tags taglist topics keywords
    toolbar tools widget widgets popup modal cookie consent gdpr
    authorbio bio authorbox authorinfo aboutauthor
    caption captions figcaption wpcaption credit credits photocredit legend bildunterschrift
    hidden visuallyhidden sronly invisible
    """.split()
)
_PAIRS = re.compile(
    r"(?:most|read|more|also|see|related|similar|other|latest|next|prev(?:ious)?|popular|top)[_-]+"
    r"(?:read|more|also|from|in|news|stor(?:y|ies)|articles?|posts?|links?|content|videos?|headlines)"
    r"|author[_-]+(?:bio|box|info|about|card|description|profile)|about[_-]+(?:the[_-]+)?author|sign[_-]?up|screen[_-]reader"
    r"|(?:visually|sr)[_-]?(?:hidden|only)|read[_-]?more|photo[_-]+credit|image[_-]+(?:caption|credit)|wp-caption-text",
    re.IGNORECASE,
)
#: WordPress writes an article's tags into its class ("type-post tag-bridges").
_POST = re.compile(r"(?:^|\s)(?:hentry|type-post|post-\d+)(?:\s|$)")
_ROLES = {
    "navigation",
    "complementary",
    "banner",
    "contentinfo",
    "search",
    "dialog",
    "alert",
    "menu",
    "toolbar",
    "tablist",
}


def names(element: HtmlElement) -> str:
    """Return the class, id and data names of an element."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def is_furniture(element: HtmlElement) -> bool:
    """Tell whether an element says of itself that it is not part of an article's text."""
    if element.tag in {"nav", "footer", "aside", "figcaption"} or element.get("role") in _ROLES:
        return True
    if element.tag in {"html", "body", "main"}:
        return False
    if element.get("aria-hidden") == "true":
        return True
    return _is_named(names(element))


@lru_cache(maxsize=16_384)
def _is_named(name: str) -> bool:
    if len(name) < 3 or _POST.search(name):
        return False
    if _PAIRS.search(name):
        return True
    parts = re.split(r"[^A-Za-z]+", name)
    found = {part.lower() for part in parts}
    found.update(p.lower() for part in parts for p in re.findall(r"[A-Z]?[a-z]+", part))
    return not _WORDS.isdisjoint(found)
