"""Names of persons in a byline: what is left when dates, titles, desks, papers and furniture are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from lxml.html import HtmlElement

from broadsheet.importers import languages
from broadsheet.importers.html.words import UNSEEN, is_hidden, key, squeeze

_PARTICLES = frozenset(
    "de del della der den di da dos das du la le van von vom ter ten zu zur y e bin ibn al el af av lo i st".split()
)
_TOKEN = re.compile(r"(?:[^\W\d_][\u0300-\u036f]?(?:['\u2019.`-]?[^\W\d_])*[.']?|[^\W\d_]\.(?:-?[^\W\d_]\.)*)$")
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_EAST_NAME = re.compile(
    r"(?:[\u4e00-\u9fff\u3005]{2,5}|[\uac00-\ud7af]{2,4}|[\u30a0-\u30ff\u30fb\uff1d=]{4,18}|[\u3040-\u30ff\u4e00-\u9fff]{3,6})$"
)
_EAST_TITLE = re.compile(
    r"[\s\u3000]*(?:\u8a18\u8005|\u8bb0\u8005|\uae30\uc790|\u7279\u6d3e\u54e1|\ud2b9\ud30c\uc6d0|\u7de8\u96c6\u59d4\u54e1|\ub17c\uc124\uc704\uc6d0|\u901a\u8baf\u5458|\u7f16\u8f91)$"
)
_PARTS = re.compile(
    r"\s*(?:[|\u2022\u00b7\u2013\u2014;\n\u2502\uff5c\u25cf]|\s-\s|,|\u3001|\uff0c|/|\s\d|\bat\b\s\d)\s*"
)
_BRACKETS = re.compile(r"[(\[\uff08][^)\]\uff09]{0,80}[)\]\uff09]")
_EMAIL = re.compile(r"\S+@\S+|@\w+|https?://\S+|www\.\S+")
_UI = frozenset(
    """
    share follow email facebook twitter whatsapp linkedin instagram subscribe comment comments print read more minute minutes min mins updated published
    posted last first view profile save listen watch video photo photos image getty images credit advertisement ad sponsored contributor contributors
    guest staff editor editors reporter writer writers author authors by correspondent columnist team desk newsroom news daily times post press
    magazine today agency agencies am pm est edt gmt pst pdt utc cet bst ist about all articles stories story see latest topics opinion analysis
    home menu search log login sign up in register newsletter newsletters get the this that with for from and of
    following privacy policy account
    """.split()
)
_OTHERS = re.compile(
    r"(?:edited|reviewed|(?:medically |fact[- ]?)checked|photograph\w*|photos?|illustrat\w+|video|translated|additional reporting|graphics?"
    r"|contributions? from|contribut\w+|with|produced|narrated|hosted)\b.{0,20}$",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"\w\.[a-z]{2,4}$")
MAX_NAMES = 8


def in_element(element: HtmlElement, language: str | None, papers: Sequence[str], *, explicit: bool) -> list[str]:
    """Return the names in an element. ``explicit``: the element says that it holds the author."""
    found: list[str] = []
    others = False  # the segment before announced who edited, checked or photographed
    for text in _segments(element):
        if _OTHERS.match(text) or _not_byline(language).match(text):
            others = True
        elif others and not _by(language).match(text + " x"):
            others = False
        else:
            others = False
            found += in_line(text, language, papers, explicit=explicit)
    whole = [name for name in found if " " in name or _EAST.search(name)]
    return list(dict.fromkeys(whole or found))[:MAX_NAMES]


def _segments(element: HtmlElement) -> Iterator[str]:
    """Yield the texts of an element that markup parts: links, spans and lines apart."""
    run: list[str] = []
    for text in _texts(element):
        if text is None:
            if joined := squeeze("".join(run)):
                yield joined
            run = []
        else:
            run.append(text)
    if joined := squeeze("".join(run)):
        yield joined


def _texts(element: HtmlElement) -> Iterator[str | None]:
    if not isinstance(element.tag, str) or element.tag in UNSEEN or is_hidden(element):
        return
    yield None
    if element.text:
        yield element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child.tail
    yield None


def in_line(text: str, language: str | None, papers: Sequence[str], *, explicit: bool) -> list[str]:
    """Return the names in one line of a byline."""
    text = _EMAIL.sub(" ", _BRACKETS.sub(" ", squeeze(text)))
    text, said_by = _without_by(text, language)
    found: list[str] = []
    for part in _PARTS.split(text):
        for one in _joins(language).split(part):
            bare = _without_by(one.strip(" .,:;\u2026\"'\u201c\u201d*"), language)[0]
            name = _EAST_TITLE.sub("", bare.strip(" .,:;"))
            if is_name(name, language, explicit=explicit or said_by) and key(name) not in papers:
                found.append(name)
        if found and not explicit and not said_by:
            break
    return found


def _without_by(text: str, language: str | None) -> tuple[str, bool]:
    match = _by(language).match(text)
    return (text[match.end() :].strip(), True) if match else (text, False)


def is_name(text: str, language: str | None, *, explicit: bool = True) -> bool:
    """Tell whether a text looks like a person's name; a single word may only where a name is announced."""
    if not 1 < len(text) <= 60 or any(char.isdigit() for char in text):
        return False
    if _EAST.search(text):
        return bool(_EAST_NAME.match(text.replace(" ", "").replace("\u3000", ""))) and key(text) not in _staff(language)
    tokens = text.split()
    if not (1 if explicit else 2) <= len(tokens) <= 5:
        return False
    folded = [token.strip(".,'\u2019").casefold() for token in tokens]
    if (
        any(f in _UI or f in _taboo(language) for f in folded)
        or " ".join(folded) in _phrases(language)
        or _DOMAIN.search(text)
    ):
        return False
    if not all(_TOKEN.match(t) for t in tokens):
        return False
    names = [t for t, f in zip(tokens, folded, strict=True) if f not in _PARTICLES]
    return bool(names) and all(_capital(t) for t in names) and (len(tokens) > 1 or len(text) > 2)


def _capital(token: str) -> bool:
    first = next((char for char in token if char.isalpha()), "")
    return (
        first.isupper()
        or not (first.islower() or first.isupper())
        or (len(token) > 2 and token[1] in "'\u2019" and token[2].isupper())
    )


@cache
def _taboo(language: str | None) -> frozenset[str]:
    """Return the words and phrases of a language that are never part of a name in a byline."""
    keys = ("published", "updated", "home", "tags", "staff", "job", "furniture", "min_read")
    return frozenset(
        phrase for one in languages.pair(language) for k in keys for phrase in getattr(one, k) if len(phrase) > 2
    )


@cache
def _phrases(language: str | None) -> frozenset[str]:
    """Return the phrases of a language that are no name when they are all there is: months, days, "by"."""
    keys = ("months", "weekdays", "by", "published", "updated", "home", "tags", "staff", "job", "furniture", "starts")
    return frozenset(
        form
        for one in languages.pair(language)
        for k in keys
        for phrase in getattr(one, k)
        for form in phrase.split("|")
    )


@cache
def _staff(language: str | None) -> frozenset[str]:
    return frozenset(key(f) for one in languages.pair(language) for f in (*one.staff, *one.job))


@cache
def _by(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"(?:{languages.pattern(language, 'by')})(?:\s*[:\uff1a]\s*|\s+)(?=\S)", re.IGNORECASE)


@cache
def _joins(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{languages.pattern(language, 'joins')}|&|\+)\s+|\s*[&\u30fb]\s*", re.IGNORECASE)


@cache
def _not_byline(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"(?:{languages.pattern(language, 'photo_by')})\b", re.IGNORECASE)
