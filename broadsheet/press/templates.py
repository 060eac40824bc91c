"""The theme: templates found part by part ("yours, else ours"), compiled once, autoescape on.

Four globals let a theme say what need not be printed again for every page:
``once("_footer.html")`` prints a partial that sees only ``paper`` and ``root`` once
per depth; ``card_html(card)`` prints a card once for all lists, ``cards_html(cards)``
a list of them, each on lines of its own; ``around()`` prints what an article page shows
of other articles, which may be later than the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import jinja2
from markupsafe import Markup

from broadsheet import parts
from broadsheet.model import BroadsheetError
from broadsheet.press.compiled import Compiled, shipped
from broadsheet.press.inert import inert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from broadsheet.press.present import Around
    from broadsheet.press.views import ArticleView, Card, PaperView

#: Stands for ``root`` in what is printed once; `broadsheet.content.clean_text` lets no text hold it.
ROOT: Final = "\x02"
#: Before and behind what stands for a text that comes later.
MARK: Final = ROOT * 2
_MAX_BYTES = 1024 * 1024
_MOST_CARDS: Final = 12_000  # as many, and as many older ones, are held; of more articles they are asked for again
_OURS: Final = ("paper", "once", "card_html", "cards_html", "around")


class TemplateFault(BroadsheetError):
    """A template of the theme cannot be used."""

    def __init__(self, template: str, line: int, message: str, page: str = "") -> None:
        super().__init__(template, line, message, page)
        self.template = template
        self.line = line
        self.message = message
        self.page = page

    def __str__(self) -> str:
        where = f"theme/templates/{self.template}" + (f":{self.line}" if self.line else "")
        page = f" (while printing {self.page})" if self.page else ""
        return f"{where}: {self.message}{page}"


class Theme:
    """The templates of one site."""

    def __init__(self, site_root: Path | None, paper: PaperView, cache: Path | None = None) -> None:
        """``cache`` is a folder for compiled templates, which saves later builds the compiling."""
        self.paper = paper
        self.site_root = site_root
        self.cache = cache
        #: Asked with a path for cards that were printed before: their HTML by template.
        self.cards: Callable[[str], Mapping[str, bytes]] | None = None
        self._pieces: dict[tuple[str, str], str] = {}
        self._cards: dict[tuple[str, str], bytes] = {}  # as UTF-8, which takes half of a text's room
        self._older: dict[tuple[str, str], bytes] = {}
        self.shipped = parts.ours_alone("theme", site_root)  # these templates do nothing else with a list of cards
        #: Of cards, on the page that is printed; None where they stand in its text.
        self._lists: list[bytes] | None = None
        self.environment = self._environment()
        self._templates: dict[str, jinja2.Template] = {}

    def _environment(self) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._load),
            autoescape=True,
            auto_reload=False,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=-1,
            bytecode_cache=self._bytecode(),
        )
        environment.filters["inert"] = lambda text: inert(str(text))
        environment.globals.update(
            paper=self.paper,
            once=self._once(),
            card_html=self._card_html(),
            cards_html=self._cards_html(),
            around=self._around(),
        )
        return environment

    def _bytecode(self) -> jinja2.BytecodeCache | None:
        return Compiled(self.cache, shipped()) if self.cache is not None else None

    def extend(self, settings: Mapping[str, Any]) -> None:
        """Take the filters, tests and globals of a site's pelicanconf.py; our own names stay ours."""
        environment = self.environment
        ours = {name: environment.globals[name] for name in _OURS}
        environment.filters.update(settings.get("JINJA_FILTERS") or {})
        environment.tests.update(settings.get("JINJA_TESTS") or {})
        environment.globals.update(settings.get("JINJA_GLOBALS") or {})
        environment.globals.update(ours)

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        try:
            path = parts.find("theme", f"templates/{name}", self.site_root)
        except parts.MissingPart:
            return None
        raw = path.read_bytes()[:_MAX_BYTES]
        return raw.decode("utf-8", "replace"), str(path), lambda: True

    def _once(self) -> Callable[..., Markup]:
        @jinja2.pass_context
        def once(context: jinja2.runtime.Context, name: str) -> Markup:
            return Markup(self.once(name, str(context["root"])))  # noqa: S704  safe HTML, made by us

        return once

    def _around(self) -> Callable[..., Markup]:
        @jinja2.pass_context
        def around(context: jinja2.runtime.Context, name: str = "_around.html") -> Markup:
            article = context["article"]
            return Markup(self.around(name, str(context["root"]), context["page"].language, article))  # noqa: S704  safe HTML, made by us

        return around

    def once(self, name: str, root: str) -> str:
        """Return a partial that depends on the paper alone."""
        key = (name, root)
        if key not in self._pieces:
            self._pieces[key] = self.template(name).render(root=root)
        return self._pieces[key]

    def around(self, name: str, root: str, language: str, others: Around | ArticleView) -> str:
        """Return a partial about other articles than the page's own, which is in ``language``."""
        values = {"root": root, "language": language, "previous": others.previous, "next": others.next}
        return self.template(name).render(values, related=others.related, translations=others.translations)

    def _card_html(self) -> Callable[..., Markup]:
        @jinja2.pass_context
        def card_html(context: jinja2.runtime.Context, card: Card, name: str = "_card.html") -> Markup:
            return Markup(self.card(card, name).replace(ROOT, context["root"]))  # noqa: S704  safe HTML, made by us

        return card_html

    def _cards_html(self) -> Callable[..., Markup]:
        @jinja2.pass_context
        def cards_html(context: jinja2.runtime.Context, cards: Iterable[Card], name: str = "_card.html") -> Markup:
            printed = b"".join([self.printed(card, name) + b"\n" for card in cards])
            printed = printed.replace(ROOT.encode(), str(context["root"]).encode())
            if self._lists is None:
                return Markup(printed.decode())  # noqa: S704  safe HTML, made by us
            self._lists.append(printed)
            return Markup(f"{MARK}{len(self._lists) - 1}{MARK}")  # noqa: S704  as above

        return cards_html

    def card(self, card: Card, name: str = "_card.html") -> str:
        """Return a card's HTML with `ROOT` where the prefix to the output folder stands."""
        return self.printed(card, name).decode()

    def printed(self, card: Card, name: str = "_card.html") -> bytes:
        """Return what `card` does, in UTF-8."""
        key = (name, card.path)
        found = self._cards.get(key) or self._older.get(key)
        if found is None and self.cards is not None:
            for other, html in self.cards(card.path).items():
                self.remember(card.path, html, other)
            found = self._cards.get(key)
        if found is None:
            found = self.template(name).render(card=card, root=ROOT).encode()
            self.remember(card.path, found, name)
        return found

    def remember(self, path: str, html: bytes, name: str = "_card.html") -> None:
        """Take the HTML that a worker made of a card, as UTF-8."""
        if len(self._cards) >= _MOST_CARDS:
            self._older, self._cards = self._cards, {}
        self._cards[name, path] = html

    def template(self, name: str) -> jinja2.Template:
        """Return a compiled template. Raise `TemplateFault`."""
        found = self._templates.get(name)
        if found is None:
            found = self._templates[name] = self._compile(name)
        return found

    def _compile(self, name: str) -> jinja2.Template:
        try:
            return self.environment.get_template(name)
        except jinja2.TemplateNotFound as error:
            raise TemplateFault(
                str(error.name or name), 0, "There is no such template; copy one from the shipped theme."
            ) from None
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault(error.name or name, error.lineno, f"{error.message}.") from None

    def page(self, name: str, page: str, values: Mapping[str, Any]) -> bytes:
        """Return what `render` does, in UTF-8: lists of cards, which are most of many pages, are never a text."""
        lists = self._lists = [] if self.shipped else None
        try:
            html = self.render(name, page, values)
        finally:
            self._lists = None
        if not lists:
            return html.encode()
        shown = [part.encode() for part in html.split(MARK)]
        shown[1::2] = [lists[int(number)] for number in shown[1::2]]
        return b"".join(shown)

    def render(self, name: str, page: str, values: Mapping[str, Any]) -> str:
        """Return the HTML of ``page`` (a path, for messages). Raise `TemplateFault`."""
        template = self.template(name)
        try:
            return template.render(values)
        except jinja2.TemplateNotFound as error:
            raise TemplateFault(
                str(error.name or name), 0, "There is no such template; copy one from the shipped theme.", page
            ) from None
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault(error.name or name, error.lineno, f"{error.message}.", page) from None
        except (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise _fault(name, page, error) from error


def _fault(name: str, page: str, error: Exception) -> TemplateFault:
    """Return the fault at the innermost line of a template that ``error`` came through."""
    where, line = name, 0
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if "/templates/" in file:
            where, line = file.rpartition("/templates/")[2], trace.tb_lineno
        trace = trace.tb_next
    return TemplateFault(where, line, f"{error}.".replace("..", "."), page)
