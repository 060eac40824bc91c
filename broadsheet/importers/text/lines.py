"""The lines of a scrape and what each looks like: prose, a short line, furniture, a caption."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from broadsheet.importers import languages
from broadsheet.importers.fold import squash

PROSE = 70  # weighed characters from which a line that ends as a sentence is prose
LONG = 180  # …and from which it is prose whatever it ends with

SENTENCE = 8  # words from which a line with a full stop is a sentence, though no small word is known in it

_ENDS = re.compile(r"[.!?…。！？؟।።:;][\"“”„'’‘»«›‹)\]」』】\s\d*†]*$")
_WIDE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_COUNTED = re.compile(
    r"(?:comments?|kommentare?|commentaires?|comentarios)\s*\(?\d+\)?|\d+\s(?:comments?|kommentare?|commentaires?|comentarios)"
)
_ENOUGH = 12  # small words a language file needs before their absence says anything
_BLANK = 8  # one blank line in as many at the least, or blank lines part nothing on this page
_WRAP = (45, 100)  # characters of a full line of hard-wrapped text
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ASCII_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_KEYED = 300  # characters; a longer line stands twice only where it is the same to the letter
_ENOUGH_TEXT = 4_000  # characters that tell a language
_CAPTION = 400  # weighed characters; a caption is hardly longer, with its credit hardly twice as long
_COUNT = 40  # characters; "12 comments" is never longer


class Line(NamedTuple):
    """One line of the scrape that is not blank."""

    number: int  # 1-based, in the source
    text: str  # stripped
    weight: int  # characters; a Chinese, Japanese, Korean or Thai one counts as 2.5
    ends: bool  # ends as a sentence does
    stops: int  # common small words of the language
    words: int
    alone: bool  # blank lines (or the edge) on both sides
    furniture: bool  # a word of the page, not of the article
    starts: bool  # begins like furniture: "Read more", "Sign up for"
    paywall: int  # how often it speaks of subscriptions, cookies, rights; counted in prose only
    caption: bool  # credits or describes a picture
    repeated: bool  # stands elsewhere on the page too
    size: int  # lines of the source that it goes over: more than one in hard-wrapped text
    ending: bool  # heads what follows an article: "Related", "Comments"
    prose: bool  # reads as running text


def read(text: str, language: str | None) -> list[Line]:
    """Return the lines of ``text`` that are not blank, each looked at once; hard-wrapped paragraphs as one line."""
    raw = [line.strip() for line in text.split("\n")]
    keys = [squash(line) if len(line) < _KEYED else line for line in raw]
    times = Counter(keys)
    wrapped = is_wrapped(raw)
    dense = not wrapped and raw.count("") * _BLANK < len(raw)
    signs = _signs(languages.base(language))
    found, index = [], 0
    while index < len(raw):
        size = _wrap(raw, index) if wrapped else 1
        if raw[index]:
            line = raw[index] if size == 1 else " ".join(raw[index : index + size])
            alone = dense or (not (index and raw[index - 1]) and not (index + size < len(raw) and raw[index + size]))
            found.append(_look(line, index + 1, signs, alone=alone, repeated=times[keys[index]] > 1, size=size))
        index += size
    return found


def is_wrapped(raw: Sequence[str]) -> bool:
    """Tell whether the text is hard-wrapped: most of its longer lines go on in small letters on the next."""
    pairs = [(line, after) for line, after in pairwise(raw) if _WRAP[0] <= len(line) <= _WRAP[1] and after]
    goes_on = sum(after[0].islower() for _, after in pairs)
    longer = sum(len(line) > _WRAP[1] for line in raw)
    return goes_on >= 3 and goes_on * 2 >= len(pairs) and goes_on > 2 * longer


def _wrap(raw: Sequence[str], index: int) -> int:
    """Return how many lines the paragraph at ``index`` goes over."""
    size = 1
    while (
        index + size < len(raw)
        and raw[index + size]
        and _WRAP[0] <= len(raw[index + size - 1]) <= _WRAP[1]
        and (
            raw[index + size][0].islower()
            or not _ENDS.search(raw[index + size - 1])
            or len(raw[index + size]) >= _WRAP[0]
        )
    ):
        size += 1
    return size


def language_of(text: str) -> tuple[str | None, float]:
    """Return the language of a scrape: that of its long lines, which are more article than menu."""
    long = sorted((line for line in text.split("\n") if len(line) > 60), key=len, reverse=True)[:40]
    return languages.detect("\n".join(long)[:_ENOUGH_TEXT] if sum(map(len, long)) > 300 else text)


def weigh(text: str) -> int:
    """Return the length of ``text`` in Latin characters' worth."""
    return len(text) if text.isascii() else len(text) + 3 * len(_WIDE.findall(text)) // 2


@dataclass(frozen=True, slots=True)
class _Signs:
    """What tells the lines of one language apart, made ready once."""

    furniture: frozenset[str]
    endings: frozenset[str]
    stops: frozenset[str]  # none where the list is too short to tell anything
    starts: re.Pattern[str]
    paywall: re.Pattern[str]
    caption: re.Pattern[str]  # of a line with a space put before it
    credit: re.Pattern[str]  # …the words of a caption used as such: "Photo: A. Writer", "Writer/Agency."


@cache
def _signs(code: str) -> _Signs:
    stops = languages.words(code).stops
    caption = languages.pattern(code, "caption")
    return _Signs(
        furniture=frozenset(languages.phrase(code, "furniture")),
        endings=frozenset(languages.phrase(code, "endings")),
        stops=frozenset(stops) if len(stops) >= _ENOUGH else frozenset(),
        starts=re.compile(languages.pattern(code, "starts")),
        paywall=re.compile(languages.pattern(code, "paywall")),
        credit=re.compile(rf"[(\[|\s/–—\-©ⓒ](?:(?<=[©ⓒ])|(?:{caption})\s?[:/|])|/(?:{caption})[.)\]]*$"),
        caption=re.compile(rf"[(\[|\s/–—\-©ⓒ](?:(?<=[©ⓒ])|(?:{caption})(?=[\s:/|)\].,=]|$))"),
    )


def _look(line: str, number: int, signs: _Signs, *, alone: bool, repeated: bool, size: int) -> Line:
    folded = line[:2000].casefold()
    plain = languages.fold_word(line[:200])
    bare = plain.strip(" :.!»>…+|")
    weight = weigh(line)
    words = (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)
    told = signs.stops and (line.isascii() or not _WIDE.search(line, 0, 80))
    stops = sum(map(signs.stops.__contains__, words)) if told else len(words)
    ends = _ENDS.search(line[-24:]) is not None
    furniture = bare in signs.furniture or _is_menu(line, signs)
    prose = not furniture and _is_prose(weight, stops, len(words), line[-1], ends=ends)
    return Line(
        number,
        line,
        weight,
        ends,
        stops,
        len(words),
        alone,
        furniture,
        starts=signs.starts.match(plain) is not None,
        paywall=_times(signs.paywall, folded[:600]) if prose else int(signs.paywall.search(folded, 0, 600) is not None),
        caption=_is_caption(line, f" {folded}", weight, signs, prose=prose),
        repeated=repeated,
        size=size,
        ending=bare in signs.endings or (len(bare) < _COUNT and _COUNTED.fullmatch(bare) is not None),
        prose=prose,
    )


def _times(pattern: re.Pattern[str], text: str) -> int:
    return len(pattern.findall(text)) if pattern.search(text) else 0


#: The end of a caption: its credit in brackets or behind a bar, or the length of a video.
_CREDITED = re.compile(
    r"[.!?…\"”’»\w]\s*[(\[](?=[^()\[\]]*[\s/@])(?:[^\W\d_a-zß-ÿ]|@)[^()\[\]]{1,69}[^.!?()\[\]][)\]]$"
    r"|[.!?…\"”’»]\s*\|\s*[^.|]{3,70}$"
    r"|\d:\d\d\s?[mM]in\.?$"
)


def _is_caption(line: str, folded: str, weight: int, signs: _Signs, *, prose: bool) -> bool:
    """Tell whether a line credits or describes a picture; in prose, words such as "video" alone tell nothing."""
    if not prose:
        return weight < _CAPTION and signs.caption.search(folded) is not None
    if weight < 2 * _CAPTION and _CREDITED.search(line[-90:]):
        return True
    return weight < _CAPTION and signs.caption.search(folded) is not None and signs.credit.search(folded) is not None


def _is_prose(weight: int, stops: int, words: int, last: str, *, ends: bool) -> bool:
    """Tell whether a line that is no furniture reads as running text."""
    if weight < PROSE:
        return False
    told = stops > 0 or (words >= SENTENCE and last in ".…")
    if weight >= LONG:
        return stops * 14 >= words or (ends and told)
    return ends and told


_BARS = re.compile(r"\s*[|•·]\s*")


def _is_menu(line: str, signs: _Signs) -> bool:
    """Tell whether a line is a menu on one line: "Home | World | Subscribe"."""
    if len(line) > 200 or not ("|" in line or "•" in line or "·" in line):
        return False
    parts = [languages.fold_word(part) for part in _BARS.split(line) if part]
    return len(parts) > 2 and all(len(part) < 30 for part in parts) and any(part in signs.furniture for part in parts)


def texts(lines: Sequence[Line]) -> list[str]:
    """Return the texts of ``lines``."""
    return [line.text for line in lines]
