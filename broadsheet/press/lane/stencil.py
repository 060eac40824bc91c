"""Stencils: what is the same in all articles of one shape is made once, through the general calls.

For the first plain article of a shape (number of authors and tags, picture or
not …) the document, the page and the cards are made from an article that holds
tokens for its values. The others are that text with their own values, escaped as
JSON or as HTML. A shape is used only after its first real article has come out the
same both ways, and only with the theme that we ship: a theme may look at values.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import orjson
from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from broadsheet import jsonld, urls
from broadsheet.model import Published
from broadsheet.press import early, job
from broadsheet.press.clips import card as card_of
from broadsheet.press.lane.article import Plain, article
from broadsheet.press.lane.holes import Text, Written, joined
from broadsheet.press.lane.values import Shape, names, tokens, values
from broadsheet.press.views import When

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from broadsheet.config import Site
    from broadsheet.press.words import Words

_MOMENT: Final = datetime(1913, 11, 17, 13, 37, 42, tzinfo=UTC)
_WHEN: Final = When("Zqisozq", "Zqwhenzq", "Zqdayzq")
_WIDTH, _HEIGHT = 192_837_465, 918_273_645  # pixels
_COUNT: Final = '"wordCount":1,'
#: Numbers cannot be tokens, so these stand for them.
_TOKENS: Final = {str(_WIDTH): "Zqwidthzq", str(_HEIGHT): "Zqheightzq", _COUNT: '"wordCount":Zqlengthzq,'}
#: What fills the page's holes after the values, in order: the partials about other articles last.
AROUND: Final = ("_alternates.html", "_translations.html", "_around.html")
_LATER: Final = ("body", "script", *(f"around{n}" for n in range(len(AROUND))))


class Cut(Struct, frozen=True):
    """What a stencil gives of one article. ``page`` is a skeleton: it has marks where others' texts go."""

    document: bytes
    page: bytes
    card: bytes
    brief: bytes  # the card that stands below other articles
    lacks: tuple[Lack, ...] = ()


#: A problem of each article of one shape, for what it does not state: path, rule, severity, message, see.
Lack = tuple[str, str, str, str, str]


class Stencil(Struct, frozen=True):
    """The texts of one shape."""

    document: Text
    script: Text
    page: Text
    card: Text
    brief: Text
    lacks: tuple[Lack, ...] = ()

    def problems(self, plain: Plain, file: str) -> tuple[tuple[Any, ...], ...]:
        """Return the problems of an article, as the fields of `Problem`."""
        return tuple((file, plain.line, *lack) for lack in self.lacks)

    def filled_document(self, json: list[bytes], text: bytes) -> bytes:
        """Return the document: its values and its body's text, as JSON."""
        return self.document.fill([*json, text])

    def filled_page(self, page: Text, found: Written, json: list[bytes], body: bytes, around: Sequence[bytes]) -> bytes:
        """Return the page: the values ``found`` escaped for it and for its script, its body, and the partials of `AROUND`."""
        return page.fill([*found.html(), body, self.script.fill(found.script(json)), *around])

    def packed(self) -> tuple[Any, ...]:
        """Return the stencil as plain data."""
        texts = self.document, self.script, self.page, self.card, self.brief
        return tuple((text.parts, text.picks) for text in texts), self.lacks

    @classmethod
    def unpacked(cls, texts: tuple[Any, ...]) -> Stencil:
        """Return the stencil that `packed` packed."""
        held, lacks = texts
        document, script, page, card, brief = (Text.restored(*text) for text in held)
        return cls(document, script, page, card, brief, lacks)


class Stencils:
    """The stencils of one worker, cut as they are needed."""

    def __init__(self, site: Site, words: Words, theme: early.EarlyTheme) -> None:
        self.site = site
        self.words = words
        self.theme = theme
        self.known: dict[Shape, Stencil | None] = {}

    def of(
        self, key: Shape, plain: Plain, size: tuple[int, int] | None, general: Callable[[], Cut | None]
    ) -> Stencil | None:
        """Return the stencil of an article's shape ``key``, None where there is none.

        ``general`` makes the article through the general calls; it is asked for the first
        of a shape, None says that this shape has none (a fault, a theme that knows more).
        """
        if key not in self.known:
            self.known[key] = self._proven(key, plain, size, general)
        return self.known[key]

    def _proven(
        self, key: Shape, plain: Plain, size: tuple[int, int] | None, general: Callable[[], Cut | None]
    ) -> Stencil | None:
        meant = general()
        stencil = self.cut(key) if meant is not None else None
        if meant is None or stencil is None:
            return None
        stencil = replace(stencil, lacks=meant.lacks)
        return stencil if self._filled(stencil, plain, size) == meant else None

    def _filled(self, stencil: Stencil, plain: Plain, size: tuple[int, int] | None) -> Cut:
        """Return all that ``stencil`` gives of an article."""
        found = Written(joined(values(plain, self.site, self.words, size)))
        json, html = found.json(), found.html()
        marks = [self.theme.marked(name).encode() for name in AROUND]
        page = stencil.filled_page(stencil.page, found, json, plain.body.html, marks)
        document = stencil.filled_document(json, plain.body.json)
        return Cut(document, page, stencil.card.fill(html), stencil.brief.fill(html), stencil.lacks)

    def cut(self, of: Shape) -> Stencil | None:
        """Return the stencil of a shape; to be proven by an article."""
        published = self._tokens(of)
        script = jsonld.script_text(jsonld.without_body(published.document))
        document = orjson.dumps(published.document, option=orjson.OPT_APPEND_NEWLINE).decode()
        if document.count(_COUNT) != 1 or script.count(_COUNT) != 1:
            return None
        try:
            page = self._page(published)
            card, brief = self._card(published, "_card.html"), self._card(published, "_related.html")
        except (early.TooEarly, job.TemplateFault):
            return None
        places = names(of)
        later = {**places, **{name: len(places) + n for n, name in enumerate(_LATER)}}
        return Stencil(
            _text(document, {**places, "text": len(places)}),
            _text(script, places),
            _text(page, later),
            _text(card, places),
            _text(brief, places),
        )

    def _tokens(self, of: Shape) -> Published:
        """Return an article of a shape with tokens for its values."""
        plain = tokens(of)
        shown = article(plain, "", self.site.language, (_WIDTH, _HEIGHT) if of.sized else None)
        path = urls.article_path("zqslugzq")
        document = jsonld.document(shown, self.site, path, "Zqtextzq")
        dated = replace(shown, published=_MOMENT)
        return Published(dated, "zqslugzq", path, f"{self.site.url}/{path}", "Zqbodyzq", "Zqtextzq", document)

    def _page(self, published: Published) -> str:
        sheet = job.article_sheet(self.site, self.words, published, early.later())
        counts: dict[str, Any] = {"words": "Zqwordszq", "minutes": "Zqminuteszq"}
        view = replace(
            sheet.values["article"],
            published=_WHEN,
            cite="Zqcitezq",
            byline="Zqbylinezq",
            jsonld=Markup("Zqscriptzq"),
            **counts,
        )
        page = replace(sheet.page, description="Zqdescriptionzq")
        sheet = replace(sheet, page=page, values={"article": view})
        html = self.theme.render(sheet.template, page.path, job.values(sheet))
        for number, name in enumerate(AROUND):
            html = html.replace(self.theme.marked(name), f"Zqaround{number}zq")
        return html

    def _card(self, published: Published, template: str) -> str:
        card = replace(card_of(published, self.site, self.words), published=_WHEN, byline="Zqbylinezq")
        return self.theme.template(template).render(card=card, root=job.ROOT)


def _text(text: str, places: dict[str, int]) -> Text:
    for written, token in _TOKENS.items():
        text = text.replace(written, token)
    return Text(text, places)
