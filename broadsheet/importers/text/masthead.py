"""The paper itself: its name from the masthead or the copyright line, its place and founding date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from broadsheet.importers import languages
from broadsheet.importers.fold import squash
from broadsheet.importers.text import domains, founding
from broadsheet.importers.text.lines import Line
from broadsheet.model import Publisher

HEAD = 12  # lines
_TWICE = 200  # characters of a line that may print a name twice
TAIL = 60
_COPYRIGHT = re.compile(
    r"(?:©|ⓒ|\(c\)|copyright(?:\s*©|\s*\(c\))?|&copy;)\s*(?:copyright\s*)?(?:\d{4}(?:\s?[-–]\s?\d{2,4})?)?[\s,.:|–-]*(?:by\s+)?"
    r"(?P<name>[^\W\d_][^|.,©\n]{1,60}?)(?:\s*(?:\d{4}(?:\s?[-–]\s?\d{2,4})?|[|.,©]|all rights|alle rechte|tous droits|todos los|"
    r"tutti i|\(?https?:|$))",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r",?\s+(?:Inc|Ltd|Limited|LLC|Media Group|Verlag\w*|Publishing|Enterprises|Holdings?|m\.b\.H|Mediengruppe|GmbH(?:\s?&\s?Co\.?\s?KG)?|AG|S\.?A\.?|B\.?V\.?|plc|Corp|Co|AB|A/S|Oy|SpA|S\.p\.A|SE|Pty|L\.?P)\.?(?=\s|$).*",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(
    r"^(?:toggle|open|close|go|back|to|my|your|latest|daily quiz|all|the|by|rights?|reserved|copyright|getty|reuters|ap|afp|imago|privacy|terms|photo|image|menu|skip)\b.{0,12}$|cookie|getty|alle rechte|rights|saugomos|\\d{2}",
    re.IGNORECASE,
)


class Masthead(Struct, frozen=True):
    """The publisher, the line and words that name it, and those of its founding."""

    publisher: Publisher
    line: Line
    text: str
    rule: str
    founding: Line | None = None


def find(lines: Sequence[Line], language: str | None, title: str | None = None) -> Masthead | None:
    """Return the paper named by a scrape; ``title`` is the headline, which some lines give with the paper's name."""
    named = (
        _from_masthead(lines[:HEAD], language)
        or _from_logo(lines[:HEAD], language)
        or _behind_title(lines, title, language)
        or _agreed(lines, language)
        or _from_initial(lines[:HEAD], language)
    )
    if named is None:
        return None
    name, line, rule = named
    founded = next((found for one in lines[:HEAD] if (found := founding.find(one, language))), None)
    if founded is None:
        return Masthead(Publisher(name), line, name, rule)
    address, day, where = founded
    return Masthead(Publisher(name, founding_date=day, address=address), line, name, rule, where)


@cache
def _common(base: str) -> frozenset[str]:
    """Return words of the page that are no paper's name: buttons, sections, "Home"."""
    keys = ("furniture", "home", "sections", "endings", "tags", "published", "updated")
    return frozenset(one for key in keys for one in languages.phrase(base, key))


def _is_paper(name: str, language: str | None) -> bool:
    """Tell whether ``name`` can be a paper's."""
    fit = 2 <= len(name) <= 45 and len(name.split()) <= 6 and name[0].isalnum() and name[-1] not in ".!?:,&"
    fit = fit and not _CRUMB.search(name)
    if not fit or languages.fold_word(name) in _common(languages.base(language)) or _NOT_THIS.search(name):
        return False
    return not _paywall(languages.base(language)).search(name.casefold())


@cache
def _paywall(base: str) -> re.Pattern[str]:
    return re.compile(languages.pattern(base, "paywall"))


_LOGO = re.compile(r"(?:the words \"|logo (?:of |der |von )?)?(.{3,40}?)(?:\"| logo| home ?page)", re.IGNORECASE)


def _from_logo(head: Sequence[Line], language: str | None) -> tuple[str, Line, str] | None:
    """Return the name of "The Example Courier logo", the text of a picture at the page's top."""
    for line in head:
        match = _LOGO.fullmatch(line.text) if len(line.text) <= 60 else None
        if match and match[1][0].isupper() and _is_paper(match[1], language):
            return match[1], line, "publisher-logo"
    return None


_BEHIND = re.compile(r"\s+[|–—-]\s+([^|]{3,40})")


def _behind_title(lines: Sequence[Line], title: str | None, language: str | None) -> tuple[str, Line, str] | None:
    """Return the name of "HEADLINE | The Example Courier": the page's title, printed somewhere."""
    if not title or len(title) < 20:
        return None
    for line in lines:
        match = _BEHIND.fullmatch(line.text, len(title)) if line.text.startswith(title) else None
        if match and _is_paper(match[1], language):
            return match[1], line, "publisher-behind-title"
    return None


def _agreed(lines: Sequence[Line], language: str | None) -> tuple[str, Line, str] | None:
    """Return the holder of the page's rights where other lines show it, else the name that its domain confirms.

    A holder that nothing else shows and that is called a company is rather the paper's owner: then the name stays absent.
    """
    holder = _from_copyright(lines, language)
    if holder and domains.shown(lines, holder[0], holder[1]) >= _SHOWN:
        return holder
    found = domains.find(lines)
    if found and _is_paper(found[0], language):
        return *found, "publisher-domain"
    return None if holder is None or _OWNER.search(holder[1].text) else holder


_SHOWN = 2  # short lines that show a name as the paper's own
_OWNER = re.compile(
    r"\b(?:Inc|Ltd|Limited|LLC|Media|Medien|Group|Gruppe|Network|Verlag\w*|Publishing|Enterprises|Holdings?|GmbH|AG|S\.?A|B\.?V|"
    r"plc|Corp|Co|AB|A/S|Oy|SpA|Pty|Communications|Ventures)\b"
)


def _from_copyright(lines: Sequence[Line], language: str | None) -> tuple[str, Line, str] | None:
    """Return the holder named by the page's last copyright line."""
    for line in reversed(lines[-TAIL:]):
        match = _COPYRIGHT.search(line.text) if len(line.text) < 400 else None
        if match:
            name = re.sub(r"\s[A-Z]$", "", _COMPANY.sub("", match["name"]).strip(" -–|:\"'"))
            if name and name[0].isupper() and "/" not in name and _is_paper(name, language):
                return name, line, "publisher-copyright"
    return None


_KINDS = re.compile(
    r"\b(?:newspaper|zeitung|journal|times|post|news|herald|tribune|gazette|courier|chronicle|daily|review|press|observer|"
    r"bulletin|record|telegraph|mirror|guardian|star|sun|standard|examiner|dispatch|sentinel|register|independent|scrape|"
    r"tagblatt|anzeiger|nachrichten|kurier|rundschau|le monde|diario|periódico|giornale|jornal|dagblad|avis|tidning)\b",
    re.IGNORECASE,
)


_CRUMB = re.compile(r"[<>›»]")
_NEWSPAPER = re.compile(r"\s+Newspaper$", re.IGNORECASE)


def own_lines(lines: Sequence[Line], language: str | None) -> frozenset[int]:
    """Return the indices of the lines at the page's top that print the paper's name, and those of its founding.

    A name is taken for the paper's beyond doubt where it is printed twice, ends in
    "Newspaper", or is the only thing above the line of the founding. No headline and
    no date of an article stands on these lines.
    """
    head = lines[:HEAD]
    founded = {index for index, line in enumerate(head) if founding.find(line, language)}
    names = {squash(name) for line in head[:6] if (name := _doubled(line.text) or _newspaper(line.text))}
    first = min(founded, default=0)
    if 0 < first <= 2 and not names:
        names = {squash(line.text) for line in head[:first] if _is_paper(line.text, language)}
    keys = names | {f"{name}newspaper" for name in names}
    printed = {
        index
        for index, line in enumerate(head)
        if squash(line.text) in keys or squash(_doubled(line.text) or "") in names - {""}
    }
    return frozenset(founded | printed)


def _newspaper(text: str) -> str | None:
    """Return "The Example Courier" of "The Example Courier Newspaper"."""
    name = _NEWSPAPER.sub("", text)
    return name if name != text and 2 <= len(name.split()) <= 5 and name[0].isupper() else None


def _from_masthead(head: Sequence[Line], language: str | None) -> tuple[str, Line, str] | None:
    """Return a name at the page's top that the top repeats, or that begins the page and sounds like a paper."""
    for line in head[:6]:
        doubled = _doubled(line.text)
        if doubled and _is_paper(doubled, language):
            return doubled, line, "publisher-masthead"
    for line in head[:3]:
        text = re.sub(r"\s+(?:Newspaper|logo|home|homepage)$", "", line.text, flags=re.IGNORECASE)
        words = text.split()
        if (
            (_KINDS.search(text) or text == _newspaper(line.text))
            and 2 <= len(words) <= 5
            and words[0] != "In"
            and text[0].isupper()
            and _is_paper(text, language)
        ):
            return text, line, "publisher-masthead"
    return None


def _doubled(text: str) -> str | None:
    """Return "The Example Courier" of "The Example Courier Newspaper The Example Courier"."""
    words = text.split() if len(text) <= _TWICE else []
    for size in range(2, len(words) // 2 + 1):
        head, tail = words[:size], words[-size:]
        between = words[size:-size]
        if head == tail and len(between) <= 1 and head[0][0].isupper():
            return " ".join(head)
    return None


def _from_initial(head: Sequence[Line], language: str | None) -> tuple[str, Line, str] | None:
    """Return the first line of the page where the page's top repeats it."""
    counts = Counter(squash(line.text) for line in head)
    for line in head[:3]:
        if counts[squash(line.text)] > 1 and len(line.text) > 2 and not line.starts and _is_paper(line.text, language):
            return line.text, line, "publisher-repeated"
    return None
