"""The files that describe the dataset, written last: they hold the sizes and hashes of the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO

import orjson
from msgspec import Struct
from msgspec.structs import replace

from broadsheet import urls
from broadsheet.config import Site
from broadsheet.export import changes, croissant, csvw, datapackage, datasette, dictionary, files, sql
from broadsheet.export.dataset import Dataset
from broadsheet.export.files import File
from broadsheet.fields import Change

#: Changes that CHANGES.md and the feed hold; the table holds all.
MOST_TOLD = 200


class Told(Struct, frozen=True):
    """The changes that are told in words: the first `MOST_TOLD`, and how many there are."""

    changes: tuple[Change, ...]
    total: int
    first: bool  # no version was published before


def told(found: Sequence[Change], total: int, *, first: bool) -> Told:
    """Return what is told of changes."""
    return Told(tuple(found[:MOST_TOLD]), total, first)


def describe_files(dataset: Dataset, site: Site, folder: Path, told: Told) -> Dataset:
    """Write the descriptors and SHA256SUMS. Return the dataset with them."""
    described, texts = descriptors(dataset, site, told)
    for name, data in texts.items():
        files.write(folder / name, partial(_put, data))
    return described


def write_changed(texts: Mapping[str, bytes], before: Path, folder: Path) -> list[str]:
    """Write the texts that are not as they stand in the folder ``before``; return their names."""
    changed = []
    for name, data in texts.items():
        file = before / name
        if not file.is_file() or file.read_bytes() != data:
            files.write(folder / name, partial(_put, data))
            changed.append(name)
    return changed


def descriptors(dataset: Dataset, site: Site, told: Told) -> tuple[Dataset, dict[str, bytes]]:
    """Return the dataset with its descriptors, and the bytes of these and of SHA256SUMS by file name."""
    found, texts = [], {}
    for name, media_type, about, text in _texts(dataset, site, told):
        data = texts[name] = text.encode()
        digest = hashlib.sha256(data).hexdigest()
        suffix = name.rpartition(".")[2]
        found.append(File(f"data/{name}", name, suffix, media_type, about, len(data), None, digest))
    sums = "".join(f"{one.sha256}  {one.name}\n" for one in (*dataset.files, *found))
    texts["SHA256SUMS"] = sums.encode()
    return replace(dataset, descriptors=tuple(found)), texts


def _put(data: bytes, out: BinaryIO) -> None:
    out.write(data)


def _texts(dataset: Dataset, site: Site, told: Told) -> Iterator[tuple[str, str, str, str]]:
    """Yield (name, media type, what it is, text)."""
    name = urls.slugify(f"{site.name} articles") or "articles"
    package = _json(datapackage.descriptor(dataset, name))
    yield "datapackage.json", "application/json", "Frictionless Data Package, version 2.", package
    if any(one.format == "csv" for one in dataset.files):
        yield "csvw-metadata.json", "application/csvm+json", "CSV on the Web.", _json(csvw.descriptor(dataset))
    yield "croissant.json", "application/ld+json", "Croissant 1.0.", _json(croissant.descriptor(dataset))
    if any(one.format == "sqlite" for one in dataset.files):
        about = "Title, licence, descriptions and facets for Datasette."
        yield "datasette.json", "application/json", about, _json(datasette.descriptor(dataset))
    files_of = {
        (one.table, one.format): PurePath(one.name) for one in dataset.files if one.table and one.format in sql.READ
    }
    if files_of:
        yield (
            "duckdb.sql",
            "application/sql",
            "Views that read the files into DuckDB.",
            sql.views(dataset.tables, files_of),
        )
    yield "DICTIONARY.md", "text/markdown", "What each column means.", dictionary.dictionary(dataset)
    about = "What changed since the version published before."
    yield "CHANGES.md", "text/markdown", about, changes.text(dataset, told.changes, told.total, first=told.first)
    yield "changes.atom.xml", "application/atom+xml", about, changes.feed(dataset, told.changes)
    yield "LICENSE.txt", "text/plain", "What you may do with the data.", dictionary.licence(dataset)


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
