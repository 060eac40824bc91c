"""Job titles beside names: "Ann Lee Staff Writer", "Senior Reporter Ann Lee", "홍길동 기자"."""

from __future__ import annotations

import re
from functools import cache

from broadsheet.importers import languages
from broadsheet.importers.fold import fold
from broadsheet.importers.names import NOT_NAMES, has_given_name, is_cjk


@cache
def _job_words(base: str) -> frozenset[str]:
    return frozenset(fold(word) for word in languages.phrase(base, "job"))


@cache
def _cjk_job(base: str) -> re.Pattern[str]:
    words = [one for one in languages.phrase(base, "job") if not one.isascii()]
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, words)) or '(?!)'})+$")


def split(text: str, language: str | None) -> tuple[str, str | None]:
    """Return name and job title of "Ann Lee Staff Writer", "Emma MackenzieLifestyle Writer", "홍길동 기자"."""
    if is_cjk(text):
        match = _cjk_job(languages.base(language)).search(text)
        return (text[: match.start()].strip(), match[0].strip()) if match else (text, None)
    text = _unglued(text, language)
    words = text.split()
    jobs = _job_words(languages.base(language))
    spots = [place for place, word in enumerate(words) if fold(word) in jobs]
    if not spots:
        return text, None
    if spots[0] == 0:
        return _job_first(words, jobs)
    return " ".join(words[: spots[0]]), " ".join(words[spots[0] :])


def _job_first(words: list[str], jobs: frozenset[str]) -> tuple[str, str | None]:
    """Return name and job title of "Senior Reporter Ann Lee"; no name where the words are a title alone."""
    place = next((number for number, word in enumerate(words) if fold(word) not in jobs), len(words))
    name = words[place:]
    return (" ".join(name), " ".join(words[:place])) if 2 <= len(name) <= 3 else ("", " ".join(words))


_GLUE = re.compile(
    r"(?<=[a-zà-ÿ]{2})(?<!\bMac)(?<!\bFitz)(?<!\bVan)(?<!\bVon)(?<!\bDer)(?<!\bDel)(?<!\bSan)(?=[A-ZÀ-Ý][a-zà-ÿ]{2,})"
)


def _unglued(text: str, language: str | None) -> str:
    """Return "Emma MackenzieLifestyle Writer" parted, where what follows is a job title or a word of the page."""
    match = _GLUE.search(text)
    if match is None:
        return text
    after = fold(re.split(r"[\s:,]", text[match.end() :])[0])
    if after in _job_words(languages.base(language)):
        return f"{text[: match.end()]} {text[match.end() :]}"
    return (
        text[: match.end()]
        if after in NOT_NAMES or (len(text[: match.end()].split()) >= 2 and has_given_name(text.split(maxsplit=1)[0]))
        else text
    )
