"""The words of a language that pages are printed with: data/languages/CODE.toml, a new language is a file."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from broadsheet.importers.alternatives import any_of

DATA = Path(__file__).resolve().parent / "data"
DEFAULT = "en"
#: Codes that stand for a file of another name (CLDR's likely subtags, ISO 639-1 withdrawals).
_ALIASES = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "fil": "tl", "sh": "hr", "cmn": "zh", "yue": "zh"}

#: What CLD2 refuses or trips over.
_UNPRINTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]|[\U0001fffe\U0001ffff]"
)

Order = Literal["dmy", "mdy", "ymd"]


class Words(Struct, frozen=True, dict=True):
    """One language file. Words are NFC and case-folded; the tuples keep the file's order."""

    code: str
    name: str
    order: Order = "dmy"  # of numeric dates
    months: tuple[str, ...] = ()  # January first; forms parted by "|"
    weekdays: tuple[str, ...] = ()  # Monday first
    by: tuple[str, ...] = ()
    photo_by: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()  # "and" between two names
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    founded: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    job: tuple[str, ...] = ()
    min_read: tuple[str, ...] = ()
    last_year: tuple[str, ...] = ()
    this_year: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    paywall: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()  # names that papers give their sections
    endings: tuple[str, ...] = ()  # headings of what follows an article
    signoffs: tuple[str, ...] = ()  # words of the lines below an article that tell of its authors

    @cached_property
    def month_numbers(self) -> Mapping[str, int]:
        """Return every printed form of a month with its number."""
        return {form: number for number, forms in enumerate(self.months, 1) for form in _forms(forms)}

    @cached_property
    def weekday_numbers(self) -> Mapping[str, int]:
        """Return every printed form of a weekday, Monday being 0."""
        return {form: number for number, forms in enumerate(self.weekdays) for form in _forms(forms)}


def _forms(forms: str) -> Iterator[str]:
    """Yield the forms of one word, and how they look when printed in capitals: KASIM, ΙΑΝΟΥΑΡΙΟΥ."""
    for form in forms.split("|"):
        if form:
            bare = unicodedata.normalize("NFD", form.replace("ı", "i")).replace("\u0301", "")
            yield from dict.fromkeys(
                (form, unicodedata.normalize("NFC", bare) if "ı" in form or "α" <= form[0] <= "ω" else form)
            )


def fold_word(text: str) -> str:
    """Return ``text`` as the words of a language file are kept: NFC, case-folded, plain spaces and quotes."""
    plain = text.lower() if text.isascii() else unicodedata.normalize("NFC", text.casefold()).replace("’", "'")
    return " ".join(plain.split())


@cache
def base(code: str | None) -> str:
    """Return the name of the language file for a BCP 47 code: "de-CH" → "de"; the default where there is none."""
    primary = (code or DEFAULT).replace("_", "-").split("-")[0].casefold()
    primary = _ALIASES.get(primary, primary)
    return (
        primary
        if re.fullmatch("[a-z]{2,3}", primary) and (DATA / "languages" / f"{primary}.toml").is_file()
        else DEFAULT
    )


@cache
def words(code: str | None) -> Words:
    """Return the words of a language; English ones where we have no file for it."""
    name = base(code)
    with (DATA / "languages" / f"{name}.toml").open("rb") as stream:
        data = tomllib.load(stream)
    values: dict[str, Any] = {"joins" if key == "and" else key: _value(value) for key, value in data.items()}
    return Words(code=name, **values)


@cache
def pair(code: str | None) -> tuple[Words, ...]:
    """Return the words of a language, and the English ones: pages of any language use both."""
    own = words(code)
    return (own,) if own.code == DEFAULT else (own, words(DEFAULT))


def _value(value: str | list[str]) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return value
    return tuple(fold_word(one) for one in value)


@cache
def phrase(code: str | None, key: str) -> tuple[str, ...]:
    """Return the phrases of ``key`` in the language and in English, longest first."""
    found = {one for language in pair(code) for one in getattr(language, key)}
    return tuple(sorted(found, key=lambda one: (-len(one), one)))


@cache
def pattern(code: str | None, key: str) -> str:
    """Return a regular expression that matches any phrase of ``key``, longest first."""
    return any_of(phrase(code, key))


def detect(text: str) -> tuple[str | None, float]:
    """Return the BCP 47 code of the language that ``text`` is mostly in, and its share from 0 to 1.

    None where the text is too short to tell. By CLD2 (pycld2): no start-up cost, 0.1 ms a page.
    """
    import pycld2

    clean = _UNPRINTED.sub(" ", text[:10_000])
    try:
        _, _, details = pycld2.detect(clean.encode("utf-8", "ignore"))
    except pycld2.error:
        return None, 0.0
    _, code, percent, _ = details[0]
    if code == "un":
        return None, 0.0
    return _CLD2.get(code, code), percent / 100


#: CLD2's codes that are not BCP 47 as we write it.
_CLD2 = {"iw": "he", "jw": "jv", "zh-Hant": "zh-Hant", "no": "nb", "xxx": "und"}
