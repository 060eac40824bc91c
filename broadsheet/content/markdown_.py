"""Markdown → `Body`: python-markdown, then the one sanitiser, then addresses."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from broadsheet.content import bounds, paragraphs
from broadsheet.content.clean import TooDeepError, clean_html, safe_address
from broadsheet.content.plain import link_pictures, plain_text, readdress
from broadsheet.model import Article

if TYPE_CHECKING:
    import markdown

    from broadsheet.config import Site

#: Extensions of python-markdown that every paper has; [build] markdown_extensions adds to them.
EXTENSIONS = (
    "markdown.extensions.def_list",
    "markdown.extensions.fenced_code",
    "markdown.extensions.footnotes",
    "markdown.extensions.sane_lists",
    "markdown.extensions.tables",
)
_HEADING = re.compile(r"(</?)h1\b")
_PELICAN = re.compile(r"^[{|](filename|static|attach|author|category|index|tag)[}|]", re.IGNORECASE)

Resolve = Callable[[str, str], "str | None"]


class Body(Struct, frozen=True):
    """A rendered body: sanitised ``html`` and ``text``, paragraphs parted by a blank line."""

    html: str
    text: str


def render(article: Article, site: Site | None, resolve: Resolve | None = None) -> Body:
    """Render the body for the page at articles/SLUG.html.

    ``resolve(kind, target)`` answers Pelican's ``{filename}…`` and ``{static}…`` with a
    path below the output folder, or None. Raise `TooDeepError`.
    """
    own = site.build.markdown_extensions if site else ()
    if not own and (words := paragraphs.words(article.body)) is not None:
        return Body(paragraphs.html(words), words)
    extensions = (*EXTENSIONS, *own)
    html = to_html(article.body, extensions)
    if 'href="' in html or 'src="' in html or 'cite="' in html:
        html = readdress(html, lambda address: _address(address, resolve))
    text = plain_text(html)
    if "<img" in html and not (site and site.build.remote_images):
        html = link_pictures(html)
    return Body(html, text)


def text(article: Article, site: Site | None) -> str:
    """Return `render`'s text alone, at a tenth of the time where the body is plain paragraphs. Raise `TooDeepError`."""
    plain = None if site and site.build.markdown_extensions else paragraphs.words(article.body)
    return render(article, site).text if plain is None else plain


def to_html(body: str, extensions: tuple[str, ...] = EXTENSIONS) -> str:
    """Return sanitised HTML. A heading of the first level becomes one of the second."""
    bounds.check(body)
    converter = _converter(extensions)
    try:
        raw = converter.convert(body)
    except RecursionError:
        message = "The body is nested too deeply to be read as Markdown; simplify it."
        raise TooDeepError(message) from None
    finally:
        converter.reset()
    return clean_html(_HEADING.sub(r"\1h2", raw))


@lru_cache(maxsize=4)
def _converter(extensions: tuple[str, ...]) -> markdown.Markdown:
    import markdown

    return markdown.Markdown(extensions=list(map(_extension, extensions)), output_format="html")


def _extension(name: str) -> markdown.Extension | str:
    """Return one of our own extensions; python-markdown looks for others among all packages, which takes 30 ms."""
    if name not in EXTENSIONS:
        return name
    made: markdown.Extension = importlib.import_module(name).makeExtension()
    return made


def _address(address: str, resolve: Resolve | None) -> str | None:
    """Return where an address of the body leads from articles/SLUG.html; None is no link."""
    match = _PELICAN.match(address)
    if match:
        found = resolve(match[1].lower(), address[match.end() :]) if resolve else None
        return None if found is None else f"../{found}"
    if address.startswith(("#", "http:", "https:", "mailto:")) or not safe_address(address):
        return address if safe_address(address) else None
    if address.startswith("images/") and ".." not in address:
        return f"../{address}"
    return address
