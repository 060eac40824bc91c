"""The data page, from what the exports say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from broadsheet.jsonld import script_text
from broadsheet.press.sheets import Sheet
from broadsheet.press.views import Chart, DataFile, DatasetView, FieldView, Link, PageView

if TYPE_CHECKING:
    from broadsheet.config import Site

PATH = "data.html"


def sheet(dataset: Any, site: Site) -> Sheet:
    """Return data.html. ``dataset`` is what `broadsheet.export.write` returned."""
    page = PageView(
        kind="data",
        title="Data",
        path=PATH,
        canonical=f"{site.url}/{PATH}",
        head_title=f"Data | {site.name}",
        description=dataset.description,
        language=site.language,
        feed_path="feed.atom.xml",
    )
    return Sheet("data.html", page, {"dataset": _view(dataset)})


def _view(dataset: Any) -> DatasetView:
    licence = dataset.licence
    return DatasetView(
        name=dataset.name,
        description=dataset.description,
        version=dataset.version,
        cite=dataset.cite,
        licence=Link(licence.name, url=licence.url) if licence else None,
        files=tuple(_file(one) for one in dataset.files),
        descriptors=tuple(_file(one) for one in dataset.descriptors),
        browse=_file(dataset.browse) if dataset.browse else None,
        fields=tuple(
            FieldView(one.name, str(one.type), one.description, one.example or "", one.term or "")
            for one in dataset.fields
        ),
        charts=tuple(Chart(one.title, Markup(one.svg), one.alternative) for one in dataset.charts),  # noqa: S704  safe HTML, made by us
        preview_header=tuple(dataset.preview_header),
        preview_rows=tuple(dataset.preview_rows),
        jsonld=Markup(script_text(dataset.jsonld)),  # noqa: S704  safe HTML, made by us
    )


def _file(one: Any) -> DataFile:
    return DataFile(one.path, one.name, one.format, one.bytes, one.size_text, one.rows, one.sha256, one.description)
