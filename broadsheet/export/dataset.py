"""What the data page says about the dataset, and its schema.org markup."""

from __future__ import annotations

from typing import Any

import orjson
from msgspec import Struct

from broadsheet.config import Site
from broadsheet.export.charts import Chart
from broadsheet.export.files import File
from broadsheet.export.record import PREVIEW
from broadsheet.export.tally import PREVIEW_ROWS, Tally
from broadsheet.fields import Field, Table, cells


class Licence(Struct, frozen=True):
    """What others may do with the data."""

    name: str
    url: str


class Dataset(Struct, frozen=True):
    """The exports of one edition. ``version`` is the newest date in it and its content hash."""

    name: str
    description: str
    url: str  # of the data page
    home: str  # of the paper
    publisher: str
    version: str
    newest: str  # ISO 8601 day, "" where every article is undated
    oldest: str
    rows: int  # articles
    licence: Licence | None
    cite: str
    files: tuple[File, ...] = ()  # the data
    descriptors: tuple[File, ...] = ()  # what describes it: datapackage.json …
    browse: File | None = None  # what the data page searches; no part of the data
    tables: tuple[Table, ...] = ()
    fields: tuple[Field, ...] = ()
    charts: tuple[Chart, ...] = ()
    preview_header: tuple[str, ...] = ()
    preview_rows: tuple[tuple[str, ...], ...] = ()

    @property
    def jsonld(self) -> dict[str, Any]:
        """Return the schema.org/Dataset markup of the data page."""
        from broadsheet.export.markup import dataset_node

        return dataset_node(self)


def licence_of(site: Site) -> Licence | None:
    """Return the licence of the data, where broadsheet.toml states one."""
    address = site.license.data
    return Licence(site.license.data_name or address, address) if address else None


def describe(site: Site, tally: Tally, tables: tuple[Table, ...], charts: tuple[Chart, ...]) -> Dataset:
    """Return the dataset without its files. `articles` is the first of ``tables``."""
    articles = tables[0]
    version = version_of(tally.counts.newest, tally.digest)
    licence = licence_of(site)
    name = f"{site.name}: articles as data"
    preview = articles.only(column for column in PREVIEW if column in articles.names)
    encode = cells.encoder(preview)
    rows = tuple(tuple(map(cells.unguard, encode(orjson.loads(row)))) for row in tally.preview[:PREVIEW_ROWS])
    return Dataset(
        name=name,
        description=_description(site, tally, articles),
        url=f"{site.url}/data.html",
        home=site.url,
        publisher=site.publisher.name or site.name,
        version=version,
        newest=tally.counts.newest,
        oldest=tally.counts.oldest,
        rows=tally.count(articles),
        licence=licence,
        cite=f"{site.publisher.name or site.name}. {name}. Version {version}. {site.url}/data.html",
        tables=tables,
        fields=articles.fields,
        charts=charts,
        preview_header=preview.names,
        preview_rows=rows,
    )


def version_of(newest: str, digest: str) -> str:
    """Return "2026.3.4+0a1b2c3d4e5f": a version by semver.org 2.0.0 that sorts by the newest date in the data."""
    year, month, day = (int(part) for part in newest.split("-")) if newest else (0, 0, 0)
    return f"{year}.{month}.{day}+{digest[:12]}"


def _description(site: Site, tally: Tally, articles: Table) -> str:
    count = tally.count(articles)
    span = f", published from {tally.counts.oldest} to {tally.counts.newest}" if tally.counts.oldest else ""
    what = "1 article" if count == 1 else f"{count:,} articles"
    return (
        f"The {what} of {site.name}{span}: who wrote what, where, when and in which section, "
        "and for every value how it is known."
    )
