"""What keeps a hostile page from costing time or memory: limits, and scripts left out before parsing."""

from __future__ import annotations

import re

MAX_BYTES = 20 * 1024 * 1024
MAX_TAGS = 60_000  # the longest news page measured has 8,648
MAX_EQUALS = 40_000  # libxml2 compares each attribute of a tag with all others; the longest page has 17,237
MAX_DEPTH = 255  # elements inside each other, libxml2's own limit; the deepest page has 31

_OPENING = re.compile(r"<!--|<(script|style|title|textarea)(?=[\s/>])[^>]{0,4096}>", re.IGNORECASE)
_CLOSING = {
    "": re.compile("-->"),
    **{name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "title", "textarea")},
}


class UnusablePage(ValueError):
    """The bytes cannot be read as a page. ``rule`` and ``message`` are those of a Problem."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message


def check_bytes(data: bytes) -> None:
    """Raise `UnusablePage` for more than `MAX_BYTES`."""
    if len(data) > MAX_BYTES:
        message = f"The page has {len(data)} bytes, more than {MAX_BYTES}; save the article alone."
        raise UnusablePage("too-large", message)


def check_text(text: str) -> None:
    """Raise `UnusablePage` for more tags or attributes than any article needs."""
    for rule, mark, limit in (("too-many-tags", "<", MAX_TAGS), ("too-many-attributes", "=", MAX_EQUALS)):
        if (count := text.count(mark)) > limit:
            message = f'The page holds "{mark}" {count} times, more than {limit}; save the article alone.'
            raise UnusablePage(rule, message)


def without_scripts(text: str) -> str:
    """Return a page without scripts and styles, JSON-LD apart; the lines keep their numbers."""
    pieces: list[str] = []
    at = 0
    while opening := _OPENING.search(text, at):
        name = (opening[1] or "").lower()
        closing = _CLOSING[name].search(text, opening.end())
        if closing is None:
            break
        end = closing.start()
        if name in {"script", "style"} and "ld+json" not in opening[0].lower():
            pieces += [text[at : opening.end()], "\n" * text.count("\n", opening.end(), end)]
        else:
            pieces.append(text[at:end])
        at = end
    pieces.append(text[at:])
    return "".join(pieces)
