"""Section, kicker and tags of a scrape: breadcrumbs, the short line above the headline, "Tags: …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from broadsheet.importers import bylines, dates, languages
from broadsheet.importers.fold import squash
from broadsheet.importers.text.lines import Line

ABOVE = 14  # lines above the headline
_LONGEST = 45  # characters of a section's name
_CRUMB = re.compile(r"\s*(?:>|›|»|→|❯|▸|⟩|/|\||•|·|＞|»|::|\\)\s*")
_STRONG = re.compile(r"[>›»→❯▸⟩＞]")


class Section(Struct, frozen=True):
    """A section's path from general to special, and the line that states it."""

    path: tuple[str, ...]
    line: Line
    rule: str
    last: Line | None = None  # where the path goes over several lines


def find(lines: Sequence[Line], headline: int, language: str | None, publishers: Sequence[str]) -> Section | None:
    """Return the section told by the lines about the headline at index ``headline``."""
    own = {squash(name) for name in publishers}
    near = lines[max(0, headline - ABOVE) : headline]
    title = squash(lines[headline].text)
    return (
        _breadcrumb(near, title, own, language)
        or _breadcrumb(lines[headline + 1 : headline + 4], title, own, language)
        or _after_home(near, own, title, language)
        or _kicker(near, own, title, language)
        or _kicker(lines[headline + 1 : headline + 4][::-1], own, title, language, known_only=True)
        or _marked_up(lines[:headline])
    )


_MARKUP = re.compile(r"<[a-zA-Z/!]")
#: Words of a page's services, which pages of all languages have in English: no section bears them.
_SERVICE = re.compile(
    r"\b(?:log ?in|sign (?:in|up)|subscribe|newsletters?|privacy|cookies?|ccpa|copyright|contact(?: us)?|"
    r"share this|follow us|search for|terms of|help and support|current issue)\b",
    re.IGNORECASE,
)


def _marked_up(above: Sequence[Line]) -> Section | None:
    """Return a line of markup that stands alone where a section does: below paper and menu, right above the headline."""
    if not 1 < len(above) <= 4 or not above[-2].furniture:
        return None
    line = above[-1]
    fit = line.alone and not line.furniture and line.weight <= 300 and _MARKUP.search(line.text)
    return Section((line.text,), line, "section-above-headline") if fit else None


def _breadcrumb(near: Sequence[Line], title: str, own: set[str], language: str | None) -> Section | None:
    """Return the section of "News > Local" or "Home / Business / Trade"."""
    for line in reversed(near):
        if line.furniture or "<" in line.text:
            continue
        mark = _STRONG if _STRONG.search(line.text) else _CRUMB
        parts = [" ".join(part.split()).strip(" >›»|") for part in mark.split(line.text)]
        home = languages.fold_word(parts[0]) in _home(languages.base(language))
        few = 2 <= len([part for part in parts if part]) <= 5
        if (_STRONG.search(line.text) or home) and few:
            path = _path(parts, title, own, language)
            if path:
                return Section(path, line, "section-breadcrumb")
        glued = _glued_home(line.text, language)
        if glued and _is_name(glued, own, title, language):
            return Section((glued,), line, "section-breadcrumb-glued")
    return None


@cache
def _home(base: str) -> frozenset[str]:
    return frozenset(languages.phrase(base, "home"))


def _glued_home(text: str, language: str | None) -> str | None:
    """Return "Politik" of "StartseitePolitik" or "Startseite Politik": blocks that the scrape ran together."""
    for word in languages.phrase(language, "home"):
        rest = text[len(word) :].strip()
        if (
            len(word) > 3
            and text[: len(word)].casefold() == word
            and rest[:1].isupper()
            and not re.search(r"[a-zß-ÿ][A-ZÀ-Þ].*[a-zß-ÿ][A-ZÀ-Þ]", rest)
        ):
            spaced = text[len(word)].isspace()
            return rest if not spaced or languages.fold_word(rest) in _known(languages.base(language)) else None
    return None


def _path(parts: Sequence[str], title: str, own: set[str], language: str | None) -> tuple[str, ...]:
    """Return the sections of a breadcrumb: without home, the paper's name, the article and its date."""
    found = [part for part in parts if _is_name(part, own, title, language)]
    return tuple(dict.fromkeys(found))[:4]


def _is_name(text: str, own: set[str], title: str, language: str | None) -> bool:
    """Tell whether ``text`` can name a section."""
    if (
        not 2 <= len(text) <= _LONGEST
        or not any(char.isalpha() for char in text)
        or text[-1] in ".!?:,-–"
        or _SERVICE.search(text)
        or ": " in text
        or text[0] in '©("“„«=<'
    ):
        return False
    if text[0].isdigit() or text[0].islower():
        return False
    key = squash(text)
    if (
        key in own
        or languages.fold_word(text) in _home(languages.base(language))
        or key == title
        or (title.startswith(key) and len(key) > 25)
    ):
        return False
    return (
        len(text.split()) <= 5
        and not dates.find(text, language)
        and languages.fold_word(text) not in languages.phrase(language, "furniture")
    )


def _after_home(near: Sequence[Line], own: set[str], title: str, language: str | None) -> Section | None:
    """Return the section of a breadcrumb with one line a step: Home, News, Politics."""
    homes = [
        index for index, line in enumerate(near) if languages.fold_word(line.text) in _home(languages.base(language))
    ]
    if not homes or len(near) - homes[-1] > 6:
        return None
    after = _block(near[homes[-1] :])
    steps = [
        line for line in after if _is_name(line.text, own, title, language) and not (line.furniture or line.caption)
    ]
    if not steps or len(steps) > 4:
        return None
    return Section(tuple(dict.fromkeys(line.text for line in steps)), steps[0], "section-home-lines", steps[-1])


def _block(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines below the first: those glued to it, else all."""
    size = 1
    while size < len(lines) and lines[size].number == lines[size - 1].number + 1:
        size += 1
    return lines[1:size] if size > 1 else lines[1:]


@cache
def _known(base: str) -> frozenset[str]:
    return frozenset(languages.phrase(base, "sections"))


def _kicker(
    near: Sequence[Line], own: set[str], title: str, language: str | None, *, known_only: bool = False
) -> Section | None:
    """Return the short line above the headline that names a section: a usual name, or one in the menu as well."""
    fit = [line for line in reversed(near[-6:]) if _is_kicker(line, own, title, language)]
    menu = _menu(near)
    known = [line for line in fit if languages.fold_word(line.text.strip(" >›»/|")) in _known(languages.base(language))]
    repeated = [] if known_only else [line for line in fit if line.repeated and line in near[-4:]]
    usual = [line for line in known if line.number not in menu] or [line for line in known if line in near[-2:]]
    chosen = usual or [line for line in repeated if line.number not in menu or line in near[-1:]]
    if not chosen:
        return None
    return Section((chosen[0].text.strip(" >›»/|"),), chosen[0], "section-kicker-known" if usual else "section-kicker")


def _menu(near: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that stand in blocks of three or more: a menu, not a kicker."""
    found: set[int] = set()
    for first, second, third in zip(near, near[1:], near[2:], strict=False):
        if abs(third.number - first.number) == 2:
            found |= {first.number, second.number, third.number}
    return found


def _is_kicker(line: Line, own: set[str], title: str, language: str | None) -> bool:
    name = line.text.strip(" >›»/|")
    if line.furniture or line.caption or not _is_name(name, own, title, language):
        return False
    byline = bylines.parse(line.text, language)
    person = any(bylines.has_given_name(one.name) for one in byline.authors)
    return not byline.marked and not (person and not line.repeated)


@cache
def _tags(base: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in languages.phrase(base, "tags"))
    return re.compile(rf"(?:{words})\s*[:：]\s*(.+)", re.IGNORECASE)


def tags(lines: Sequence[Line], language: str | None) -> tuple[tuple[str, ...], Line] | None:
    """Return the tags of a line such as "Tags: harbour, bridges" behind the text."""
    pattern = _tags(languages.base(language))
    for line in lines:
        match = pattern.match(line.text) if len(line.text) < 300 else None
        if match:
            found = [part.strip(" #.") for part in re.split(r"[,;|、，·•]|\s#", match[1])]
            return tuple(dict.fromkeys(part for part in found if 1 < len(part) <= 60)), line
    return None
