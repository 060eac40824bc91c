"""Bytes from a file: bounded, hashed, decoded. What cannot be read becomes a `Problem`."""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from msgspec import Struct

from broadsheet.model import Problem

HEAD_BYTES = 64 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Control characters that no text holds, lone surrogates and noncharacters.
_UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NEWLINES = re.compile("\r\n?")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
#: Control characters that are rare in text: all but tab, line ends and escape.
_ODD = bytes(byte for byte in range(32) if byte < 9 or 13 < byte < 27 or byte > 27)
FEW_LETTERS = 12  # bytes beyond ASCII from which their charset can be told at all


class Decoded(Struct, frozen=True):
    """Text of a source: newlines are line feeds, unfit characters are U+FFFD, no byte order mark."""

    text: str
    charset: str  # Python's name of the codec
    sure: bool  # False: the charset was guessed, or bytes had to be replaced


def problem(source: Path, rule: str, message: str, line: int = 0) -> Problem:
    """Return an error about ``source``; ``message`` is one plain sentence."""
    return Problem(str(source), line, "", rule, "error", message)


def head(source: Path) -> bytes | Problem:
    """Return the first 64 KiB of ``source``, or the problem of a missing, empty or unreadable file."""
    try:
        if source.is_dir():
            return problem(source, "source-folder", "This is a folder; name the files in it.")
        if not source.is_file():
            kind = "There is no such file." if not source.exists() else "This is not a plain file."
            return problem(source, "source-missing", kind)
        with source.open("rb") as stream:
            first = stream.read(HEAD_BYTES)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) else error
        return problem(source, "source-unreadable", f"It cannot be read: {reason}.")
    if not first.strip():
        return problem(source, "source-empty", "The file is empty; there is nothing to import.")
    return first


def load(source: Path, limit: int) -> bytes | Problem:
    """Return all bytes of ``source``, or the problem that it is larger than ``limit`` bytes."""
    try:
        with source.open("rb") as stream:
            raw = stream.read(limit + 1)
    except OSError as error:
        return problem(source, "source-unreadable", f"It cannot be read: {error.strerror}.")
    if len(raw) > limit:
        message = f"It is larger than {limit} bytes; split it, or import a smaller copy."
        return problem(source, "source-too-large", message)
    return raw


def sha256(source: Path) -> str:
    """Return the SHA-256 of the file in lower-case hex, reading it in pieces."""
    with source.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_binary(first: bytes) -> bool:
    """Tell whether a file that begins so is not text in any charset we read."""
    if any(first.startswith(mark) for mark, _ in _BOMS):
        return False
    sample = first[:8192]
    odd = len(sample) - len(sample.translate(None, _ODD))
    return b"\0" in sample or odd * 50 > len(sample)


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Return the text of ``raw``: by byte order mark, as UTF-8, as declared, else as it looks.

    UTF-8 goes before the declared charset: bytes that are valid UTF-8 and not
    ASCII are hardly ever anything else, and declarations are often wrong.
    """
    for mark, charset in _BOMS:
        if raw.startswith(mark):
            return _marked(raw[len(mark) :], charset)
    for known in ("utf-8", _known(declared)):
        if known:
            try:
                return Decoded(tidy(raw.decode(known)), known, sure=True)
            except UnicodeDecodeError:
                continue
    return _guessed(raw, _known(declared))


def _marked(raw: bytes, charset: str) -> Decoded:
    """Return text whose byte order mark names its charset; the bytes may belie it."""
    try:
        return Decoded(tidy(raw.decode(charset)), charset, sure=True)
    except UnicodeDecodeError:
        return Decoded(tidy(raw.decode(charset, "replace")), charset, sure=False)


def tidy(text: str) -> str:
    """Return ``text`` with line feeds for newlines and U+FFFD for characters that no text holds."""
    return _UNFIT.sub("\ufffd", _NEWLINES.sub("\n", text.removeprefix("\ufeff")))


def _known(charset: str | None) -> str | None:
    """Return Python's name for a declared charset. As browsers do, Latin-1 is read as Windows-1252."""
    if not charset:
        return None
    try:
        name = codecs.lookup(charset.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in {"iso8859-1", "ascii"} else name


def _likeliest(raw: bytes) -> str:
    """Return the charset that the bytes look like; of too few letters nothing can be told: browsers' own, cp1252."""
    sample = raw[: 64 * 1024]
    if sum(byte > 127 for byte in sample) < FEW_LETTERS:
        return "cp1252"
    from charset_normalizer import from_bytes

    match = from_bytes(sample).best()
    return match.encoding if match else "cp1252"


def _guessed(raw: bytes, declared: str | None) -> Decoded:
    """Return mostly-UTF-8 text with its bad bytes replaced, else the charset that fits best."""
    text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(_BEYOND_ASCII.findall(text)) - bad
    if bad <= good:
        return Decoded(tidy(text), "utf-8", sure=False)
    charset = declared or _likeliest(raw)
    return Decoded(tidy(raw.decode(charset, "replace")), charset, sure=False)
