"""The paper or agency printed right behind a reporter's name: "Jane Doe Example Courier"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from broadsheet.importers import places
from broadsheet.importers.fold import squash
from broadsheet.importers.names import PARTICLES, has_given_name
from broadsheet.model import Agency


def without_publisher(part: str, own: set[str]) -> str:
    """Return "Jane Doe Example Courier" without the paper's name at its end: one of ``own``, or what sounds like a paper."""
    words = part.split()
    for start in range(1, len(words)):
        tail = squash(" ".join(words[start:]))
        if tail in own and len(tail) > 3:
            return " ".join(words[:start])
    size = _size(words)
    if (
        len(words) > size
        and _PAPER.search(" ".join(words[size:]))
        and has_given_name(words[0])
        and words[size][0].isupper()
    ):
        return " ".join(words[:size])
    return part


def _size(words: Sequence[str]) -> int:
    """Return how many words the name at the head of a byline has: two, three with an initial or a particle."""
    return 3 if len(words) > 2 and (len(words[1].strip(".")) == 1 or words[1].casefold() in PARTICLES) else 2


#: Words that end the name of a news agency.
_AGENCY = re.compile(r"\s(?:Wire|Newswire|(?:News|Press|Wire)\s(?:Wire|Service|Agency|Association))$")


def without_agency(part: str) -> tuple[str, Agency | None]:
    """Return "Jane Doe" of "Jane Doe Example Wire", and the agency: its last word tells it, though no table knows it."""
    words = part.split()
    size = _size(words)
    name, rest = " ".join(words[:size]), " ".join(words[size:])
    end = _AGENCY.search(rest)
    if (
        end is None
        or not rest[0].isupper()
        or not has_given_name(words[0])
        or _PAPER.search(name)
        or places.cities(name)
    ):
        return part, None
    return name, Agency(rest)


#: Words that end the name of a paper or broadcaster, as they stand behind a reporter's name.
_PAPER = re.compile(
    r"(?:News|Times|Post|Herald|Tribune|Gazette|Journal|Enquirer|Inquirer|Telegram|Telegraph|Chronicle|Courier|Today|TODAY|Sun|Star|"
    r"Press|Dispatch|Register|Republic|Observer|Examiner|Sentinel|Mirror|Mail|Review|Record|Globe|Guardian|Standard|Business|FOXBusiness|"
    r"Network|NETWORK|Magazine|Staff|Media|Zeitung|Anzeiger|Nachrichten|Rundschau|Tagblatt|Independent|Advertiser|Beacon|Bee|Leader|Daily|Weekly)$"
)
