"""What a deploy notes in the bucket: by which header rules files were sent, and what stands there whole."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from broadsheet.deploy.manifest import IMMUTABLE, Item

Note = dict[str, str]

DEPLOY: Final = "deploy"  # which deploy wrote the note
_WHOLE: Final = "whole"  # all that stands there, in one hash
_AT: Final = "at"
_TRUSTED: Final = timedelta(days=1)  # after which the bucket is listed again, whatever the note says


def wanted(items: Iterable[Item]) -> Note:
    """Return the rules of a bundle, and a new name for this deploy."""
    return {**dict(map(rule, items)), DEPLOY: uuid.uuid4().hex}


def finished(note: Mapping[str, str], items: Iterable[Item]) -> Note:
    """Return the note of a deploy that has sent and deleted all."""
    return {**note, _WHOLE: _hash(items), _AT: datetime.now(UTC).isoformat()}


def trusted(note: Mapping[str, str]) -> bool:
    """Tell whether a deploy ended not long ago and noted what stands there."""
    try:
        age = datetime.now(UTC) - datetime.fromisoformat(note[_AT])
    except (KeyError, TypeError, ValueError):
        return False
    return _WHOLE in note and timedelta(0) <= age < _TRUSTED


def same(note: Mapping[str, str], items: Iterable[Item]) -> bool:
    """Tell whether the note says that just these files stand there, with just these headers."""
    return note.get(_WHOLE) == _hash(items)


def rule(one: Item) -> tuple[str, str]:
    """Return a kind of file, and the cache policy with which it is sent."""
    kept = "hashed" if one.cache == IMMUTABLE else "plain"
    return f"{one.group}, {kept}, {one.media_type}", one.cache


def sent_alike(one: Item, note: Mapping[str, str]) -> bool:
    """Tell whether files of this kind were sent with the headers that they have now."""
    key, value = rule(one)
    return note.get(key) == value


def _hash(items: Iterable[Item]) -> str:
    whole = hashlib.sha256()
    for one in items:
        whole.update(f"{one.sha256} {one.media_type}; {one.cache} {one.path}\n".encode())
    return whole.hexdigest()
