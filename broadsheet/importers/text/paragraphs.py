"""Which lines of the article's run are its text: paragraphs, headings, lists. Captions, embeds and boxes are left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from broadsheet.importers.text.lines import Line

MOST = 500  # weighed characters; a longer paragraph adds no more to a run
SHORT = 25  # …from which a sentence counts as a short paragraph
ON_TOPIC = 0.35  # share of telling words from which a line that speaks of cookies or newsletters is the article's
_HEADING = 80  # …up to which a line between paragraphs is a heading
_CAPTION = 250  # …up to which a line glued to a credit is a caption
_NEAR, _ITEMS = 400, 80  # lines about a heading that may hold the contents, about an item that may hold its list
_LIST = 3  # lines of a list between two paragraphs, no colon before it

QUOTES = '"“”„«»‘’「『'

Share = Callable[[int], float]

#: A paragraph that ends with a name and no full stop: the caption of a picture, its credit last.
_CREDIT = re.compile(r"[.!?…”\")]\s*(?:[^\W\d_a-z][^.!?]{2,60})$")
#: What an embedded post holds: the address of its picture, or who posted it.
_EMBED = re.compile(r"pic\.twitter\.com/|https?://t\.co/")
_POSTED = re.compile(r"[—–-]\s?.{2,60}\(@\w+\)")
#: "(2XO)", "[Rendering: Studio]": a credit on a line of its own.
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]")


def kept(lines: Sequence[Line], first: int, last: int, share: Share) -> list[int]:
    """Return the indices within a run that belong to the article: paragraphs, headings between them, lists."""
    found = [
        index for index in range(first, last) if not _dropped(lines, index, share) and _is_text(lines, index, last)
    ]
    while found and not lines[found[-1]].prose and not is_short(lines[found[-1]]):
        found.pop()
    return found


def _is_text(lines: Sequence[Line], index: int, last: int) -> bool:
    line = lines[index]
    return line.prose or is_short(line) or _is_heading(lines, index, last) or _is_listed(lines, index, last)


def is_short(line: Line) -> bool:
    """Tell whether a line is a sentence too short to be prose."""
    return line.ends and line.weight >= SHORT and not line.prose and line.stops > 0


def _dropped(lines: Sequence[Line], index: int, share: Share) -> bool:
    """Tell whether a line within the run is the page's and not the article's."""
    line = lines[index]
    if line.furniture or line.ending or line.caption or (line.starts and (line.paywall or not line.prose)):
        return True
    if line.paywall and (not line.prose or line.starts or (line.paywall > 1 and share(index) < ON_TOPIC)):
        return True
    return _is_loose(line) or _is_embedded(lines, index) or _is_doubled(lines, index) or _is_captioned(lines, index)


def _is_loose(line: Line) -> bool:
    """Tell whether prose ends as no paragraph does: with a name behind its full stop, or cut off in a list of teasers."""
    if not line.prose or line.ends:
        return False
    glued = not line.alone and line.text[0] not in QUOTES
    return glued or (line.weight < MOST and _CREDIT.search(line.text) is not None)


def _is_embedded(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line is of an embedded post: it names who posted it, or stands right above who did."""
    text, below = lines[index].text, lines[index + 1].text if index + 1 < len(lines) else ""
    if ("t.co/" in text or "twitter.com/" in text) and _EMBED.search(text):
        return True
    return any("(@" in one and _POSTED.match(one) for one in (text, below))


def _is_doubled(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the same words stand beside: a picture's description and its caption; or prose is glued and repeated."""
    line = lines[index]
    if not line.repeated:
        return False
    beside = (lines[spot].text for spot in (index - 1, index + 1) if 0 <= spot < len(lines))
    return (line.prose and not line.alone) or any(text == line.text for text in beside)


def _is_captioned(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line is glued to the credit of a picture: its caption."""
    if lines[index].alone or lines[index].weight > _CAPTION:
        return False
    return any(other.caption and not other.prose for other in _glued(lines, index))


def _glued(lines: Sequence[Line], index: int) -> list[Line]:
    """Return the lines right above and below, where no blank line parts them."""
    line = lines[index]
    above = [lines[index - 1]] if index and lines[index - 1].number + lines[index - 1].size == line.number else []
    after = index + 1 < len(lines) and lines[index + 1].number == line.number + line.size
    return [*above, lines[index + 1]] if after else above


def _is_heading(lines: Sequence[Line], index: int, last: int) -> bool:
    """Tell whether a short line stands between paragraphs as a heading does."""
    line = lines[index]
    if not line.alone or line.weight > _HEADING or not line.words or " | " in line.text:
        return False
    if not (index + 1 < last and lines[index + 1].prose) or _BRACKETED.fullmatch(line.text):
        return False
    return not line.repeated or _is_in_contents(lines, index)


def _is_in_contents(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a heading stands in a list above and nowhere else: the article's table of contents."""
    text, near = lines[index].text, range(max(0, index - _NEAR), min(len(lines), index + _NEAR))
    others = [spot for spot in near if lines[spot].text == text and spot != index]
    return len(others) == 1 and others[0] < index and not lines[others[0]].alone


def _is_listed(lines: Sequence[Line], index: int, last: int) -> bool:
    """Tell whether a line is an item of a list: one that a colon opens, or one of several between two paragraphs."""
    line = lines[index]
    if line.prose or line.alone or line.starts or line.paywall or line.caption:
        return False
    top, end = index, index + 1
    while top > max(0, index - _ITEMS) and lines[top - 1].number == lines[top].number - 1:
        top -= 1
    if lines[top].text[-1] in ":：" or (top > 0 and lines[top - 1].text[-1] in ":："):
        return True
    while end < min(len(lines), index + _ITEMS) and lines[end].number == lines[end - 1].number + 1:
        end += 1
    between = top > 0 and end < last and lines[top - 1].prose and lines[end].prose
    return between and end - top >= _LIST and not any(_is_odd(one) for one in lines[top:end])


def _is_odd(line: Line) -> bool:
    return line.furniture or line.starts or line.ending or line.caption or line.repeated or bool(line.paywall)
