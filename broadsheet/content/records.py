"""Front-matter values → the records of the model. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast, get_args

from broadsheet.content.values import BadValueError, moment, number, pixels, text, texts
from broadsheet.model import (
    Agency,
    Author,
    Basis,
    Correction,
    CorrectionKind,
    Evidence,
    Image,
    Organization,
    Person,
    Place,
    Publisher,
    Source,
)

_BASES: tuple[Basis, ...] = get_args(Basis)
_KINDS = ("correction", "clarification", "update")


def authors(value: Any, *, parted: bool = True) -> tuple[Author, ...]:
    """Read names, or mappings with name, jobTitle, affiliation, url, email, sameAs, type."""
    if isinstance(value, str):
        return tuple(Person(name) for name in texts(value, parted=parted))
    values = value if isinstance(value, list) else [value]
    return tuple(found for number, one in enumerate(values) if (found := _author(one, number)) is not None)


def _author(value: Any, number: int) -> Author | None:
    if not isinstance(value, Mapping):
        name = text(value)
        return Person(name) if name else None
    name = text(value.get("name"))
    if not name:
        message = "an author needs a name."
        raise BadValueError(message, f"/{number}")
    same_as = texts(value.get("sameAs"), parted=False)
    if value.get("type") in {"Organization", "NewsMediaOrganization"}:
        return Organization(name, text(value.get("url")), same_as)
    return Person(
        name,
        text(value.get("jobTitle")),
        text(value.get("affiliation")),
        text(value.get("url")),
        text(value.get("email")),
        same_as,
    )


def agencies(value: Any) -> tuple[Agency, ...]:
    """Read agency names, or mappings with name, code, url, sameAs."""
    values = value if isinstance(value, list) else [value]
    found = []
    for one in values:
        table = one if isinstance(one, Mapping) else {"name": one}
        name = text(table.get("name"))
        if name:
            same_as = texts(table.get("sameAs"), parted=False)
            found.append(Agency(name, text(table.get("code")), text(table.get("url")), same_as))
    return tuple(found)


def place(value: Any) -> Place | None:
    """Read a place name, or a mapping with name, region, country, latitude, longitude, sameAs."""
    table = value if isinstance(value, Mapping) else {"name": value}
    name = text(table.get("name"))
    if not name:
        return None
    return Place(
        name,
        text(table.get("region")),
        text(table.get("country")),
        number(table.get("latitude"), 90),
        number(table.get("longitude"), 180),
        texts(table.get("sameAs"), parted=False),
    )


def images(value: Any) -> tuple[Image, ...]:
    """Read addresses, or mappings with url, alt, caption, credit, width, height, license."""
    values = value if isinstance(value, list) else [value]
    found = []
    for one in values:
        table = one if isinstance(one, Mapping) else {"url": one}
        url = text(table.get("url"))
        if url:
            found.append(
                Image(
                    url,
                    alt=text(table.get("alt")),
                    caption=text(table.get("caption")),
                    credit=text(table.get("credit")),
                    width=pixels(table.get("width")),
                    height=pixels(table.get("height")),
                    license=text(table.get("license")),
                )
            )
    return tuple(found)


def corrections(value: Any, zone: str | None) -> tuple[Correction, ...]:
    """Read texts, or mappings with text, date, kind."""
    values = value if isinstance(value, list) else [value]
    found = []
    for at, one in enumerate(values):
        table = one if isinstance(one, Mapping) else {"text": one}
        words = text(table.get("text"))
        kind = table.get("kind") or "correction"
        if kind not in _KINDS:
            message = f"kind is {kind!r}; write correction, clarification or update."
            raise BadValueError(message, f"/{at}/kind")
        if words:
            found.append(Correction(words, moment(table.get("date"), zone), cast("CorrectionKind", kind)))
    return tuple(found)


def publisher(value: Any) -> Publisher | None:
    """Read a name, or a mapping with the keys of ``[publisher]`` in broadsheet.toml."""
    table = dict(value) if isinstance(value, Mapping) else {"name": value}
    name = text(table.pop("name", None))
    if not name:
        return None
    return Publisher(
        name,
        text(table.pop("legalName", None)),
        text(table.pop("url", None)),
        text(table.pop("logo", None)),
        text(table.pop("foundingDate", None)),
        table.pop("address", None),
        texts(table.pop("sameAs", None), parted=False),
        table,
    )


def source(value: Any) -> Source | None:
    """Read the mapping file, sha256, url, retrieved, type."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        return Source(url=text(value))
    return Source(
        text(value.get("file")),
        text(value.get("sha256")),
        text(value.get("url")),
        moment(value.get("retrieved"), None),
        text(value.get("type")),
    )


def evidence(value: Any) -> dict[str, Evidence]:
    """Read a mapping of front-matter key to basis, text, line, path, rule, note, by, at, candidates."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        message = "must be a mapping of keys to {basis: …}."
        raise BadValueError(message)
    return {str(key): _evidence(one, str(key)) for key, one in value.items()}


def _evidence(value: Any, key: str) -> Evidence:
    table = value if isinstance(value, Mapping) else {"basis": value}
    basis = cast("Basis", table.get("basis"))
    if basis not in _BASES:
        message = f"basis is {basis!r}; write {', '.join(_BASES)}."
        raise BadValueError(message, f"/{key}")
    line = table.get("line")
    words = {name: text(table.get(name)) for name in ("text", "path", "rule", "note", "by", "at")}
    candidates = texts(table.get("candidates"), parted=False)
    return Evidence(basis, line=line if isinstance(line, int) else None, candidates=candidates, **words)
