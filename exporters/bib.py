"""BibTeX and BibLaTeX: one ``@online`` entry an article."""

from __future__ import annotations

from broadsheet.fields import ARTICLES, Piece
from broadsheet.model import Author, Person, Published

NAME = "news"
SUFFIX = "bib"
DESCRIPTION = "BibTeX: citations for LaTeX and reference managers."
MEDIA_TYPE = "application/x-bibtex"
_MORE = ARTICLES.only(("publisher", "published_date"))
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
        "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    }
)  # fmt: skip


def piece(article: Published) -> Piece:
    """Return one entry."""
    return Piece(entry(article).encode())


def entry(published: Published) -> str:
    """Return one entry, ended by an empty line."""
    article = published.article
    publisher, day = next(iter(_MORE.rows(published)))
    values = {
        "author": " and ".join(_name(author) for author in article.authors if author.name),
        "title": "{" + text(article.headline) + "}",
        "date": str(day or ""),
        "year": str(day or "")[:4],
        "organization": text(str(publisher or "")),
        "url": published.url.replace("{", "%7B").replace("}", "%7D"),
        "langid": article.language or "",
    }
    lines = "".join(f"  {key} = {{{value}}},\n" for key, value in values.items() if value)
    return f"@online{{{published.slug},\n{lines}}}\n\n"


def _name(author: Author) -> str:
    """Return a name that BibTeX does not take apart where it must not."""
    name = text(author.name)
    whole = not isinstance(author, Person) or " and " in f" {author.name.lower()} " or "," in author.name
    return "{" + name + "}" if whole else name


def text(value: str) -> str:
    """Return ``value`` for TeX: one line, its special characters escaped."""
    plain = "".join(mark if mark.isprintable() else " " for mark in value)
    return " ".join(plain.split()).translate(_ESCAPES)
