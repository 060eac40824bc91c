"""Section, kicker and tags of a scrape: breadcrumbs, the short line above the headline, "Tags: …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from broadsheet.importers import bylines, dates, languages
from broadsheet.importers.fold import squash
from broadsheet.importers.text.lines import Line

ABOVE = 14  # lines above the headline
_LONGEST = 45  # characters of a section's name
_CRUMB = re.compile(r"\s*(?:>|›|»|→|❯|▸|⟩|/|\||•|·|＞|»|::|\\)\s*")
_STRONG = re.compile(r"[>›»→❯▸⟩＞]")


@dataclass(frozen=True, slots=True)
class Section:
    """A section's path from general to special, and the line that states it."""

    path: tuple[str, ...]
    line: Line
    rule: str


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
    )


def _breadcrumb(near: Sequence[Line], title: str, own: set[str], language: str | None) -> Section | None:
    """Return the section of "News > Local" or "Home / Business / Trade"."""
    for line in reversed(near):
        mark = _STRONG if _STRONG.search(line.text) else _CRUMB
        parts = [" ".join(part.split()).strip(" >›»|") for part in mark.split(line.text)]
        home = languages.fold_word(parts[0]) in _home(languages.base(language))
        few = 2 <= len([part for part in parts if part]) <= 5  # noqa: PLR2004
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
    """Return "Politik" of "StartseitePolitik": blocks that the scrape ran together."""
    for word in languages.phrase(language, "home"):
        rest = text[len(word) :]
        if len(word) > 3 and text[: len(word)].casefold() == word and rest[:1].isupper() and rest[0].isalpha():  # noqa: PLR2004
            return rest.strip()
    return None


def _path(parts: Sequence[str], title: str, own: set[str], language: str | None) -> tuple[str, ...]:
    """Return the sections of a breadcrumb: without home, the paper's name, the article and its date."""
    found = [part for part in parts if _is_name(part, own, title, language)]
    return tuple(dict.fromkeys(found))[:4]


def _is_name(text: str, own: set[str], title: str, language: str | None) -> bool:
    """Tell whether ``text`` can name a section."""
    if not 2 <= len(text) <= _LONGEST or not any(char.isalpha() for char in text) or text[-1] in ".!?:,":
        return False
    key = squash(text)
    if key in own or languages.fold_word(text) in _home(languages.base(language)) or key == title or title.startswith(key) and len(key) > 25:  # noqa: PLR2004
        return False
    return len(text.split()) <= 5 and not dates.find(text, language) and languages.fold_word(text) not in languages.phrase(language, "furniture")  # noqa: PLR2004


def _after_home(near: Sequence[Line], own: set[str], title: str, language: str | None) -> Section | None:
    """Return the section of a breadcrumb with one line a step: Home, News, Politics."""
    homes = [index for index, line in enumerate(near) if languages.fold_word(line.text) in _home(languages.base(language))]
    if not homes or len(near) - homes[-1] > 6:  # noqa: PLR2004
        return None
    steps = [line for line in near[homes[-1] + 1 :] if _is_name(line.text, own, title, language) and not line.furniture]
    if not steps or len(steps) > 4:  # noqa: PLR2004
        return None
    return Section(tuple(dict.fromkeys(line.text for line in steps)), steps[0], "section-home-lines")


def _kicker(near: Sequence[Line], own: set[str], title: str, language: str | None) -> Section | None:
    """Return the short line above the headline that names a section: it stands in the menu as well."""
    for line in reversed(near[-4:]):
        name = line.text.strip(" >›»/|")
        if not _is_name(name, own, title, language) or line.furniture or bylines.parse(line.text, language).marked:
            continue
        if line.repeated or (line.alone and len(name.split()) <= 3):  # noqa: PLR2004
            return Section((name,), line, "section-kicker")
    return None


def tags(lines: Sequence[Line], language: str | None) -> tuple[tuple[str, ...], Line] | None:
    """Return the tags of a line such as "Tags: harbour, bridges" behind the text."""
    words = "|".join(re.escape(word) for word in languages.phrase(language, "tags"))
    pattern = re.compile(rf"(?:{words})\s*[:：]\s*(.+)", re.IGNORECASE)
    for line in lines:
        match = pattern.match(line.text) if len(line.text) < 300 else None  # noqa: PLR2004
        if match:
            found = [part.strip(" #.") for part in re.split(r"[,;|、，·•]|\s#", match[1])]
            return tuple(dict.fromkeys(part for part in found if 1 < len(part) <= 60)), line  # noqa: PLR2004
    return None
