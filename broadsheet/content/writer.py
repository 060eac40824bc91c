"""Article → the text of a content file. `parse` reads back what `dump` wrote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml

from broadsheet.content.keys import PROPERTIES
from broadsheet.model import Agency, Article, Author, Image, Organization, Publisher

_WORDS = {
    "same_as": "sameAs",
    "job_title": "jobTitle",
    "legal_name": "legalName",
    "founding_date": "foundingDate",
    "media_type": "type",
}


class _Time(str):
    """An ISO 8601 text that YAML may show without quotes."""

    __slots__ = ()


class _Dumper(yaml.CSafeDumper):
    """Block style, and never an alias."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


_Dumper.add_representer(_Time, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(value)))


def dump(article: Article) -> str:
    """Return front matter and body; `parse` reads it back."""
    return f"---\n{to_yaml(front_matter(article))}---\n\n{article.body.strip(chr(10))}\n"


def iso_text(text: str) -> str:
    """Return an ISO 8601 text that `to_yaml` writes without quotes."""
    return _Time(text)


def to_yaml(data: Mapping[str, Any]) -> str:
    """Return plain data as YAML in block style, in its own order, without aliases."""
    text: str = yaml.dump(
        dict(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=4096, default_flow_style=False
    )
    return text


def front_matter(article: Article) -> dict[str, Any]:
    """Return the front matter as plain data, in the order in which it is written."""
    data = {
        "title": article.headline,
        "kicker": article.kicker,
        "date": _moment(article.published),
        "modified": _moment(article.modified),
        "authors": [_author(one) for one in article.authors],
        "agency": _one_or_list([_agency(one) for one in article.agencies]),
        "category": _category(article.section),
        "tags": list(article.tags),
        "dateline": article.dateline,
        "place": _record(article.place),
        "summary": article.summary,
        "lang": article.language,
        "type": article.type if article.type != "NewsArticle" else None,
        "slug": article.slug,
        "status": article.status if article.status != "published" else None,
        "image": _one_or_list([_image(one) for one in article.images]),
        "correction": [_record(one) for one in article.corrections],
        "publisher": _publisher(article.publisher),
        "translationOf": article.translation_of,
        "canonical": article.canonical,
        "aliases": list(article.aliases),
        **{key: article.properties[key] for key in PROPERTIES if key in article.properties},
        "source": _record(article.source),
        "evidence": {key: _record(one) for key, one in article.evidence.items()},
        "review": list(article.notes),
    }
    return {key: value for key, value in data.items() if value not in (None, [], {}, "")}


def _moment(value: date | datetime | None) -> _Time | None:
    return None if value is None else _Time(value.isoformat())


def _category(section: tuple[str, ...]) -> Any:
    plain = all(" > " not in f" {name} " and name == name.strip() for name in section)
    return " > ".join(section) if plain else list(section)


def _one_or_list(found: list[Any]) -> Any:
    return found[0] if len(found) == 1 else found


def _record(record: Any) -> dict[str, Any] | None:
    """Return the stated fields of a flat record by their front-matter words."""
    if record is None:
        return None
    pairs = ((_WORDS.get(name, name), getattr(record, name)) for name in record.__struct_fields__)
    return {key: _plain(value) for key, value in pairs if value not in (None, (), "")}


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return _moment(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value


def _author(author: Author) -> dict[str, Any]:
    found = _record(author) or {}
    return {**found, "type": "Organization"} if isinstance(author, Organization) else found


def _agency(agency: Agency) -> Any:
    found = _record(agency) or {}
    return agency.name if set(found) == {"name"} else found


def _image(image: Image) -> Any:
    found = _record(image) or {}
    return image.url if set(found) == {"url"} else found


def _publisher(publisher: Publisher | None) -> Any:
    found = _record(publisher)
    if found is None:
        return None
    found.update(found.pop("properties", {}))
    return publisher.name if publisher and set(found) == {"name"} else found
