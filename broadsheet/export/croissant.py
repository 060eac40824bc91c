"""croissant.json: MLCommons Croissant 1.0 (2024-03-01), schema.org/Dataset with the columns of the articles."""

from __future__ import annotations

from typing import Any

from broadsheet.export.dataset import Dataset
from broadsheet.export.files import File
from broadsheet.fields import ARTICLES, Field

_TYPES = {"integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date", "uri": "sc:URL"}
#: Croissant 1.0, "Appendix 1: JSON-LD context".
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "equivalentProperty": "cr:equivalentProperty",
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def descriptor(dataset: Dataset) -> dict[str, Any]:
    """Return the Croissant description."""
    found = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": dataset.name,
        "description": dataset.description,
        "url": dataset.url,
        "version": dataset.version,
        "datePublished": dataset.newest,
        "citeAs": dataset.cite,
        "license": dataset.licence.url if dataset.licence else "",
        "creator": {"@type": "sc:Organization", "name": dataset.publisher, "url": dataset.home},
        "distribution": [_file(one) for one in dataset.files],
        "recordSet": [_records(one, dataset.fields) for one in dataset.files if one.name == "articles.csv"],
    }
    return {key: value for key, value in found.items() if value != ""}


def _file(file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": file.description,
        "contentUrl": file.name,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": file.media_type,
        "sha256": file.sha256,
    }


def _records(file: File, fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": ARTICLES.name,
        "name": ARTICLES.name,
        "description": ARTICLES.description,
        "key": [{"@id": f"{ARTICLES.name}/{column}"} for column in ARTICLES.key],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{ARTICLES.name}/{one.name}",
                "name": f"{ARTICLES.name}/{one.name}",
                "description": one.description,
                "dataType": _TYPES.get(one.type, "sc:Text"),
                "source": {"fileObject": {"@id": file.name}, "extract": {"column": one.name}},
            }
            for one in fields
        ],
    }
