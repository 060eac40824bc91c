"""What can be the name of a person or of a newsroom, and what cannot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from broadsheet.importers import languages, places
from broadsheet.importers.fold import fold

MAX_NAME = 60  # characters

PARTICLES = frozenset(
    "de da do dos das del della di du des la le el al van von der den ter ten zu zur vom af av bin ibn ben abu e y i und "
    "af st san mac o' d' ap ó ní nic lo dal degli bint ul ur ud".split()
)
NOT_NAMES = frozenset(
    "news staff team editor editors editorial desk newsroom more about photo photos video credit getty images subscribe share "
    "comments comment read min minutes updated published posted home menu search advertisement follow facebook twitter email "
    "print sign login log view all the this that how why what when where who today breaking live opinion analysis exclusive "
    "latest top world sports business politics entertainment health science technology culture weather local national "
    "international newsletter podcast guest contributor copyright rights reserved loading skip main content article story "
    "stories related january february march april june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday university magazine press times post daily weekly herald tribune gazette "
    "courier journal observer network media group inc ltd llc corp company services agency redaktion foto bild quelle "
    "archiv getty imago images video audio menü suche kommentar kommentare artikel anzeige lesezeit min uhr".split()
)


def is_name(text: str, language: str | None = None) -> bool:
    """Tell whether ``text`` can be the name of one person."""
    if not 2 <= len(text) <= MAX_NAME or _NOT_IN_NAMES.search(text):
        return False
    if languages.fold_word(text) in _labels(languages.base(language)):
        return False
    if is_cjk(text):
        return _is_east_asian_name(text)
    words = text.split()
    if not 2 <= len(words) <= 6 or _has_other_words(words, language) or _is_particle(words[-1]):
        return False
    if places.country(text) or (len(words) <= 2 and places.is_alone(text)):
        return False
    return all(_is_name_word(word) for word in words)


_NOT_IN_NAMES = re.compile(r"""[\d¹²³?!:;|<>{}\[\]=@#$%&*+_"“”„()…/\\]""")


def _has_other_words(words: Sequence[str], language: str | None) -> bool:
    """Tell whether a word is one that names hold not: "News", "the", "Anderson's", "NDR"."""
    folded = [fold(word) for word in words]
    small = _stops(languages.base(language))
    if any(word in NOT_NAMES or word in small for word in folded):
        return True
    return any(word.endswith(("'s", "’s")) for word in words) or _has_acronym(words)


@cache
def _labels(base: str) -> frozenset[str]:
    """Return words that stand beside bylines and name no one."""
    return frozenset(
        one
        for key in ("published", "updated", "furniture", "home", "endings", "sections", "staff")
        for one in languages.phrase(base, key)
    )


def _has_acronym(words: Sequence[str]) -> bool:
    """Tell whether a word in capitals stands among others ("MDR Thüringen"), or has no vowel ("NDR KULTUR")."""
    capitals = [word for word in words if len(word.strip(".")) > 2 and word.isupper() and word.isalpha()]
    if not capitals:
        return False
    return (
        any(not re.search("[AEIOUYÄÖÜÅÆØÉÈÁÍÓÚ]", word) for word in capitals if word.isascii()) and len(capitals[0]) > 1
    )


def _is_particle(word: str) -> bool:
    return word.casefold() in PARTICLES and word[0].islower()


def _is_name_word(word: str) -> bool:
    """Tell whether a word can stand in a name: capitalised, an initial, or a small particle."""
    bare = word.strip(".,’'-")
    if not bare:
        return False
    if bare.casefold() in PARTICLES:
        return True
    first = bare[0]
    return (
        first.isalpha()
        and (first.isupper() or not first.islower())
        and all(char.isalpha() or char in ".'’‘`-‐‑·\u00ad\u200c" or _is_mark(char) for char in bare)
    )


def _is_mark(char: str) -> bool:
    return "\u0300" <= char <= "\u036f" or "\u0900" <= char <= "\u0e7f"  # vowel signs of Indic and Thai


@cache
def _stops(base: str) -> frozenset[str]:
    """Return the small words of a language that are in no one's name."""
    return frozenset(fold(word) for word in languages.phrase(base, "stops")) - PARTICLES - _given_names()


_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def is_cjk(text: str) -> bool:
    """Tell whether ``text`` holds Chinese, Japanese or Korean letters."""
    return not text.isascii() and _CJK.search(text) is not None


def _is_east_asian_name(text: str) -> bool:
    """Tell whether ``text`` has the length and letters of a Chinese, Japanese, Korean or transcribed name."""
    bare = re.sub(r"[\s・·]", "", text)
    if not bare or any(not char.isalpha() and char not in "ー々" for char in bare):
        return False
    if all("\uac00" <= char <= "\ud7af" for char in bare):
        return 2 <= len(bare) <= 4
    kana = sum("\u3040" <= char <= "\u30ff" for char in bare)
    return 2 <= len(bare) <= (5 if kana < len(bare) - 1 else 14)


@cache
def _group_words(base: str) -> frozenset[str]:
    return frozenset(fold(word) for word in languages.phrase(base, "staff"))


def is_group(text: str, language: str | None = None) -> bool:
    """Tell whether ``text`` is a collective byline: "The Editorial Board", "MND Staff", "Onlineredaktion"."""
    if len(text) > MAX_NAME or len(text.split()) > 5 or re.search(r"[\d?!:;<>]", text):
        return False
    staff = _group_words(languages.base(language))
    folded = fold(text).removeprefix("the ")
    if is_cjk(text):
        return any(word in text for word in staff if not word.isascii()) and len(text) <= 16
    return folded in staff or (text[:1].isupper() and folded.rpartition(" ")[2] in staff)


@cache
def _given_names() -> frozenset[str]:
    return frozenset((languages.DATA / "given_names.txt").read_text("utf-8").split("\n"))


def has_given_name(name: str) -> bool:
    """Tell whether a word of ``name`` is a given name somewhere: words that name no one rarely hold one."""
    known = _given_names()
    return any(part in known for part in fold(name).split())
