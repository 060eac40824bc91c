"""Stencils: what is the same in all articles of one shape is made once, through the general calls.

For the first plain article of a shape (number of authors and tags, picture or
not …) the document, the page's skeleton and the card are made from an article that
holds tokens for its values. The others are that text with their own values, escaped
as JSON or as HTML. A shape is used only after its first real article has come out the
same both ways, and only with the theme that we ship: a theme may look at values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import orjson
from markupsafe import Markup, escape

from broadsheet import jsonld, urls
from broadsheet.model import Article, Image, Person, Published
from broadsheet.press import early, job, present
from broadsheet.press.clips import byline
from broadsheet.press.clips import card as card_of
from broadsheet.press.views import When

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from broadsheet.config import Site
    from broadsheet.press.lane.article import Plain
    from broadsheet.press.words import Words

_TOKEN: Final = re.compile(r"[Zz]q([a-z]+\d*)zq(?:\.jpg)?")
_ESCAPES: Final = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))
_MOMENT: Final = datetime(1913, 11, 17, 13, 37, 42, tzinfo=UTC)
_WHEN: Final = When("Zqisozq", "Zqwhenzq", "Zqdayzq")

#: What tells one shape from another.
Shape = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """What a stencil gives of one article."""

    document: bytes
    skeleton: str
    card: str


class _Moment:
    """Stands for a date in a document."""

    @staticmethod
    def isoformat() -> str:
        return "Zqisozq"


class Text:
    """A text with holes: ``fill`` puts values there. A hole in lower case takes the value's slug."""

    def __init__(self, text: str) -> None:
        self.parts: list[str] = []
        self.holes: list[tuple[int, str]] = []
        at = 0
        for match in _TOKEN.finditer(text):
            self.parts.append(text[at : match.start()])
            name = match[1] if match[0][0] == "Z" else f"/{match[1]}"
            self.holes.append((len(self.parts), name))
            self.parts.append("")
            at = match.end()
        self.parts.append(text[at:])

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the text with ``values`` in its holes."""
        parts = self.parts.copy()
        for place, name in self.holes:
            parts[place] = values[name]
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class _Stencil:
    document: Text
    script: Text
    skeleton: Text
    card: Text


def shape(plain: Plain) -> Shape:
    """Return what the text around an article's values depends on."""
    article = plain.article
    parts = (bool(article.summary), bool(article.dateline), len(article.images))
    return (len(article.section), len(article.authors), len(article.tags), *parts)


class Stencils:
    """The stencils of one worker, cut as they are needed."""

    def __init__(self, site: Site, words: Words, theme: early.EarlyTheme) -> None:
        self.site = site
        self.words = words
        self.theme = theme
        self._known: dict[Shape, _Stencil | None] = {}

    def print(self, plain: Plain, slug: str, general: Callable[[], Cut | None]) -> Cut | None:
        """Return the article through its shape's stencil, None where there is none.

        ``general`` makes the same through the general calls; it is asked for the first
        article of a shape, None says that this shape has none (a fault, a theme that knows more).
        """
        key = shape(plain)
        if key not in self._known:
            self._known[key] = self._proven(plain, slug, general)
        stencil = self._known[key]
        return self._fill(stencil, plain, slug) if stencil is not None else None

    def _proven(self, plain: Plain, slug: str, general: Callable[[], Cut | None]) -> _Stencil | None:
        meant = general()
        if meant is None:
            return None
        stencil = self._cut(plain)
        return stencil if stencil is not None and self._fill(stencil, plain, slug) == meant else None

    def _cut(self, plain: Plain) -> _Stencil | None:
        published = self._tokens(plain.article)
        whole = published.document
        script = jsonld.script_text(jsonld.without_body(whole))
        document = orjson.dumps(whole).decode()
        if document.count('"wordCount":1,') != 1 or script.count('"wordCount":1,') != 1:
            return None
        try:
            skeleton, card = self._skeleton(published), self._card(published)
        except (early.TooEarly, job.TemplateFault):
            return None
        counted = '"wordCount":Zqlengthzq,'
        return _Stencil(
            Text(document.replace('"wordCount":1,', counted) + "\n"),
            Text(script.replace('"wordCount":1,', counted)),
            Text(skeleton),
            Text(card),
        )

    def _tokens(self, article: Article) -> Published:
        """Return an article of the same shape with tokens for its values."""
        held: Any = _Moment()
        meant = replace(
            article,
            headline="Zqtitlezq",
            body="",
            slug="zqslugzq",
            published=held,
            authors=tuple(Person(f"Zqauthor{n}zq") for n in range(len(article.authors))),
            tags=tuple(f"Zqtag{n}zq" for n in range(len(article.tags))),
            summary="Zqsummaryzq" if article.summary else None,
            dateline="Zqdatelinezq" if article.dateline else None,
            section=tuple(f"Zqsection{n}zq" for n in range(len(article.section))),
            images=(Image("/images/zqpicturezq.jpg"),) if article.images else (),
        )
        path = urls.article_path("zqslugzq")
        document = jsonld.document(meant, self.site, path, "Zqtextzq")
        dated = replace(meant, published=_MOMENT)
        return Published(dated, "zqslugzq", path, f"{self.site.url}/{path}", "Zqbodyzq", "Zqtextzq", document)

    def _skeleton(self, published: Published) -> str:
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
        return self.theme.render(sheet.template, page.path, job.values(sheet))

    def _card(self, published: Published) -> str:
        card = replace(card_of(published, self.site, self.words), published=_WHEN, byline="Zqbylinezq")
        return self.theme.template("_card.html").render(card=card, root=job.ROOT)

    def _fill(self, stencil: _Stencil, plain: Plain, slug: str) -> Cut:
        article, text = plain.article, plain.body.text
        stated = self._values(article, slug)
        stated["description"] = article.summary or present.opening(text)
        as_json = {name: _json(value) for name, value in stated.items()}
        as_json["length"] = str(len(text.split()))
        script = stencil.script.fill(as_json | {"text": ""})
        for mark, escaped in _ESCAPES:
            if mark in script:
                script = script.replace(mark, escaped)
        as_html = {name: str(escape(value)) for name, value in stated.items()}
        length = present.length(text)
        as_html |= {
            "words": str(length),
            "minutes": str(present.minutes(length)),
            "body": plain.body.html,
            "script": script,
        }
        document = stencil.document.fill(as_json | {"text": _json(text)})
        return Cut(document.encode(), stencil.skeleton.fill(as_html), stencil.card.fill(as_html))

    def _values(self, article: Article, slug: str) -> dict[str, str]:
        when = self.words.when(article.published)
        found = {
            "title": article.headline,
            "/slug": slug,
            "iso": when.iso if when else "",
            "when": when.text if when else "",
            "day": when.day if when else "",
            "summary": article.summary or "",
            "dateline": article.dateline or "",
            "byline": byline(article),
            "cite": present.cite(article, self.site, self.words),
            "/picture": article.images[0].url.rpartition("/")[2] if article.images else "",
        }
        for number, author in enumerate(article.authors):
            found[f"author{number}"] = author.name
            found[f"/author{number}"] = urls.slugify(author.name)
        for number, section in enumerate(article.section):
            found[f"section{number}"] = section
            found[f"/section{number}"] = urls.slugify(section)
        for number, tag in enumerate(article.tags):
            found[f"tag{number}"] = tag
            found[f"/tag{number}"] = urls.slugify(tag)
        return found


def _json(text: str) -> str:
    return orjson.dumps(text).decode()[1:-1]
