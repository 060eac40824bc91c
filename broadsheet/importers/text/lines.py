"""The lines of a scrape and what each looks like: prose, a short line, furniture, a caption."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from broadsheet.importers import languages
from broadsheet.importers.fold import squash
from broadsheet.importers.text import signs
from broadsheet.importers.text.signs import EDGE, Signs

PROSE = 70  # weighed characters from which a line that ends as a sentence is prose
LONG = 180  # …and from which it is prose whatever it ends with

SENTENCE = 8  # words from which a line with a full stop is a sentence, though no small word is known in it

_ENDS = re.compile(r"[.!?…。！？؟।።:;][\"“”„'’‘»«›‹)\]」』】\s\d*†]*$")
_WIDE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BLANK = 8  # one blank line in as many at the least, or blank lines part nothing on this page
_WRAP = (45, 100)  # characters of a full line of hard-wrapped text
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ASCII_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_KEYED = 300  # characters; a longer line stands twice only where it is the same to the letter
_ENOUGH_TEXT = 4_000  # characters that tell a language
_CAPTION = 400  # weighed characters; a caption is hardly longer, with its credit hardly twice as long
_LONGEST = 2000  # characters of a line that are looked at for words
_BARE = 200  # …of one that may be furniture


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
    small = [line.strip() for line in _small(text).split("\n")]
    keys = [squash(line) if len(line) < _KEYED else line for line in raw]
    times = Counter(keys)
    spans = list(_spans(raw))
    known = signs.of(languages.base(language))
    folded = [" ".join(small[start:end])[:_LONGEST] for start, end in spans]
    found = signs.marks(known, folded)
    dense = all(end - start == 1 for start, end in spans) and raw.count("") * _BLANK < len(raw)
    return [
        _look(
            _Block(
                " ".join(raw[start:end]),
                folded[index],
                start + 1,
                end - start,
                alone=dense or not ((start and raw[start - 1]) or (end < len(raw) and raw[end])),
                repeated=times[keys[start]] > 1,
                starts=index in found.starts,
                paywall=found.paywall[index],
                caption=index in found.caption,
            ),
            known,
        )
        for index, (start, end) in enumerate(spans)
    ]


def _small(text: str) -> str:
    """Return ``text`` in small letters as the words of a language file are kept, its lines as they are."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text.casefold()).replace("’", "'")


def _spans(raw: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of the lines that are not blank; of hard-wrapped text, those of its paragraphs."""
    wrapped, index = is_wrapped(raw), 0
    while index < len(raw):
        size = _wrap(raw, index) if wrapped else 1
        if raw[index]:
            yield index, index + size
        index += size


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


class _Block(NamedTuple):
    """A line before it is looked at, with what the whole page told of it."""

    text: str
    folded: str
    number: int
    size: int
    alone: bool
    repeated: bool
    starts: bool
    paywall: int
    caption: bool


def _look(block: _Block, known: Signs) -> Line:
    line, folded = block.text, block.folded
    bare = " ".join(folded[:_BARE].split()).strip(" :.!»>…+|") if len(folded) < _BARE else ""
    weight = weigh(line)
    words = (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)
    told = known.stops and (line.isascii() or not _WIDE.search(line, 0, 80))
    stops = sum(map(known.stops.__contains__, words)) if told else len(words)
    ends = _ENDS.search(line[-24:]) is not None
    furniture = bare in known.furniture or known.is_menu(line)
    prose = not furniture and _is_prose(weight, stops, len(words), line[-1], ends=ends)
    return Line(
        block.number,
        line,
        weight,
        ends,
        stops,
        len(words),
        block.alone,
        furniture,
        block.starts,
        block.paywall if prose else min(block.paywall, 1),
        _is_caption(block, weight, known, prose=prose),
        block.repeated,
        block.size,
        known.ends_article(bare),
        prose,
    )


#: The end of a caption: its credit in brackets or behind a bar, or the length of a video.
_CREDITED = re.compile(
    r"[.!?…\"”’»\w]\s*[(\[](?=[^()\[\]]*[\s/@])(?:[^\W\d_a-zß-ÿ]|@)[^()\[\]]{1,69}[^.!?()\[\]][)\]]$"
    r"|[.!?…\"”’»]\s*\|\s*[^.|]{3,70}$"
    r"|\d:\d\d\s?[mM]in\.?$"
)


def _is_caption(block: _Block, weight: int, known: Signs, *, prose: bool) -> bool:
    """Tell whether a line credits or describes a picture; in prose, words such as "video" alone tell nothing."""
    if not prose:
        return block.caption and weight < _CAPTION
    if weight < 2 * _CAPTION and _may_be_credited(block.text) and _CREDITED.search(block.text[-90:]):
        return True
    return block.caption and weight < _CAPTION and known.credit.search(f"{EDGE}{block.folded}{EDGE}") is not None


def _may_be_credited(line: str) -> bool:
    return line[-1] in ")]" or "|" in line[-75:] or line.endswith(("in", "in."))


def _is_prose(weight: int, stops: int, words: int, last: str, *, ends: bool) -> bool:
    """Tell whether a line that is no furniture reads as running text."""
    if weight < PROSE:
        return False
    told = stops > 0 or (words >= SENTENCE and last in ".…")
    if weight >= LONG:
        return stops * 14 >= words or (ends and told)
    return ends and told


def texts(lines: Sequence[Line]) -> list[str]:
    """Return the texts of ``lines``."""
    return [line.text for line in lines]
