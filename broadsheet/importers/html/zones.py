"""Where things stand on a page: before the headline, between it and the text, in the text, after it."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from broadsheet.importers.html import furniture
from broadsheet.importers.html.body import Column
from broadsheet.importers.html.page import Page

#: Names of elements that hold an author.
AUTHOR = re.compile(
    r"(?:^|[\s_-]|[a-z](?=[A-Z]))(?:c-|m-|o-|article|post|entry|story|news|meta|p-|h-)?_*"
    r"(?:authors?|autor(?:e[ns]?|in|es)?|auteurs?|by[_-]?lines?|byliner?|verfasser|f[o\u00f6]rfattare|forfatter|skribent|writers?|reporters?"
    r"|journalists?|contributors?|contributor-name|creator|attribution|redact(?:eur|or)|redakt[o\u00f8]r|yazar|muhabir|penulis|tacgia"
    r"|writtenby|written-by|firma|signature)"
    r"(?:$|[\s_\d-]|(?=[A-Z]))",
    re.IGNORECASE,
)


class Zones:
    """Where elements stand: before the headline, between it and the text, in the text, after it."""

    def __init__(self, page: Page, title: HtmlElement | None, column: Column | None) -> None:
        self.title_element = title
        self.order = page.order
        prose = [b for b in column.blocks if b.kind == "paragraph" and len(b.text) > 60] if column else []
        start = prose[min(1, len(prose) - 1)].owner if prose else None
        self.title = self.order.get(title, -1) if title is not None else -1
        self.start = self.order[start] if start is not None else self.title + 150
        if self.start < self.title:
            self.start = self.title + 150
        self.end = self.order[prose[-1].owner] if prose else self.start
        frame = (title, column.element if column else None)
        self.frame = {up for e in frame if e is not None for up in (e, *e.iterancestors())}

    def weight(self, element: HtmlElement) -> float:
        """Return how likely a byline or a date line stands here, 0 to 1."""
        place = self.order[element]
        if self.title <= place <= self.start:
            weight = 1.0
        elif self.title - 40 <= place < self.title:
            weight = 0.8
        elif place < self.title:
            weight = 0.25
        elif place <= self.end:
            weight = 0.4
        else:
            weight = 0.55 if place <= self.end + 60 else 0.25
        return weight * self._company(element)

    def _company(self, element: HtmlElement) -> float:
        """Return less than 1 for an element inside teasers, navigation, captions, comments."""
        weight = 1.0
        for up in (element, *element.iterancestors()):
            if up in self.frame:
                break
            if up.tag in {"nav", "footer", "aside", "figure", "figcaption"}:
                weight *= 0.35
            elif furniture.is_furniture(up) and not AUTHOR.search(furniture.names(up)):
                weight *= 0.5
            if weight < 0.2:
                break
        return weight
