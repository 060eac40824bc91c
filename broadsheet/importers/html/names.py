"""Names of authors as data gives them: split, freed of what is no name, persons apart from desks and papers."""

from __future__ import annotations

import html
import re

from broadsheet.importers.html.words import key, squeeze

_AND = re.compile(r"\s*(?:,|;|/|\||\u3001|\uff0c|\u30fb|\s(?:and|und|et|y|e|og|och|en|ve|dan|ja|i|oraz|&|and)\s)\s*")
_BY = re.compile(r"^(?:by|von|par|por|da|di|af|av|door|oleh|przez|od|text|words)\b:?\s+(?=\S)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[][^)\]]{0,60}[)\]]\s*$")
_TAIL = re.compile(r"\s*(?:[|\u2013\u2014\u2022\u00b7]|\s-\s|\s/\s).*$")
_DIRTY = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|co\.uk)\b", re.IGNORECASE)
MAX_NAME = 70


def clean(name: str) -> str:
    """Return one name without "By", initials in brackets, and what follows a bar or dash."""
    name = squeeze(re.sub(r"<[^>]{0,200}>", " ", html.unescape(name)))
    name = _BY.sub("", name)
    name = _BRACKETS.sub("", name)
    return _TAIL.sub("", name).strip(" ,;:.-\u2013|/") if len(name) > 3 else name


def split(names: str) -> list[str]:
    """Return the names in a line of names ("A. Writer, B. Other and C. Third")."""
    return [part for part in (clean(n) for n in _AND.split(squeeze(html.unescape(names)))) if part]


def is_name(text: str) -> bool:
    """Tell whether a text can be a name at all."""
    return 1 < len(text) <= MAX_NAME and not _DIRTY.search(text) and len(text.split()) <= 8 and bool(key(text)) and not text.isdigit()
