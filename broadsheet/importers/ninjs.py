"""IPTC ninjs 1.x and 2.x → articles: one item, a list of items, or an item with ``associations``.

https://iptc.org/std/ninjs/ (2.1, 2023; 1.5, 2022).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from broadsheet.importers import Options, agencies, bylines, fragment, sources
from broadsheet.importers.gathered import Gathered, squeeze
from broadsheet.importers.html.page import address
from broadsheet.model import Agency, Article, Person, Place, Problem, Source

_USABLE = {"usable", ""}


def recognise(head: bytes, name: str) -> bool:
    """Tell whether a source that begins with ``head`` is ninjs: JSON with ``uri`` and ninjs' own words."""
    del name
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith((b"{", b"[")):
        return False
    own = (
        b'"versioncreated"',
        b'"versionCreated"',
        b'"body_text"',
        b'"body_xhtml"',
        b'"bodies"',
        b'"contentCreated"',
        b'"pubstatus"',
    )
    return b'"uri"' in start and sum(word in start for word in own) >= 1


def read(source: Path, options: Options) -> Iterator[Article | Problem]:
    """Yield the text items of a ninjs document."""
    raw = sources.load(source, options.max_bytes)
    if isinstance(raw, Problem):
        yield raw
        return
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError) as error:
        yield sources.problem(source, "ninjs-syntax", f"This is not JSON: {error}.", getattr(error, "lineno", 0))
        return
    items = document if isinstance(document, list) else document.get("items") or [document]
    for number, item in enumerate(items, 1):
        if isinstance(item, Mapping) and item.get("type", "text") in {"text", "composite"}:
            article = _gather(item).article()
            yield article or sources.problem(
                source, "ninjs-headline", f"Item {number} has no headline; it is left out."
            )


def _gather(item: Mapping[str, Any]) -> Gathered:
    found = Gathered()
    uri = squeeze(item.get("uri"))
    link = address(uri, None)
    found.source = Source(url=link)
    headlines = _by_role(item.get("headlines"))
    found.words("title", headlines or item.get("headline"), "ninjs/headline")
    for key, names in (
        ("date", ("firstcreated", "firstCreated", "versioncreated", "versionCreated")),
        ("modified", ("versioncreated", "versionCreated")),
    ):
        name = next((one for one in names if item.get(one)), names[0])
        found.moment(key, item.get(name), f"ninjs/{name}")
    if found.values.get("modified") == found.values.get("date"):
        found.values.pop("modified", None)
        found.evidence.pop("modified", None)
    _people(item, found)
    subjects = _objects(item.get("subject") or item.get("subjects"))
    found.many("tags", [one.get("name") for one in subjects] + list(item.get("keywords") or []), "ninjs/subject")
    sections = [one.get("name") for one in _objects(item.get("genre") or item.get("genres"))]
    found.put("category", tuple(sections[:1]), squeeze(sections[0]) if sections else "", "ninjs/genre")
    found.words("lang", item.get("language"), "ninjs/language")
    _where(item, found)
    found.words("summary", _by_role(item.get("descriptions")) or item.get("description_text"), "ninjs/description")
    _agency(item, found)
    _picture(item, found)
    _body(item, found, link)
    if squeeze(item.get("pubstatus") or item.get("pubStatus")) not in _USABLE:
        found.values["status"] = "draft"
        found.notes.append("The agency withdrew this item (pubstatus is not usable); it is kept as a draft.")
    return found


def _people(item: Mapping[str, Any], found: Gathered) -> None:
    writers = [one for one in _objects(item.get("person") or item.get("people")) if "author" in squeeze(one.get("rel"))]
    names = [squeeze(one.get("name")) for one in writers if one.get("name")]
    if names:
        found.put("authors", tuple(map(Person, names)), "; ".join(names), "ninjs/person")
    byline = squeeze(item.get("byline") or item.get("by"))
    if byline:
        read = bylines.parse(byline, squeeze(item.get("language")) or None)
        found.put("authors", tuple(read.authors), byline, "ninjs/byline")
        found.put("agency", tuple(read.agencies), byline, "ninjs/byline")


def _where(item: Mapping[str, Any], found: Gathered) -> None:
    found.words("dateline", item.get("located"), "ninjs/located")
    for one in _objects(item.get("place") or item.get("places")):
        name = squeeze(one.get("name"))
        if name and name.casefold() == squeeze(item.get("located")).casefold():
            found.put("place", Place(name), name, "ninjs/place")


def _agency(item: Mapping[str, Any], found: Gathered) -> None:
    for one in _objects(item.get("infosource") or item.get("infosources")):
        name = squeeze(one.get("name"))
        found.put("agency", (agencies.find(name) or Agency(name),) if name else (), name, "ninjs/infosource")
    name = squeeze(item.get("copyrightholder") or item.get("copyrightHolder"))
    if name:
        found.values.setdefault("properties", {"copyrightHolder": name})


def _picture(item: Mapping[str, Any], found: Gathered) -> None:
    related = item.get("associations") or {}
    for one in _objects(list(related.values()) if isinstance(related, Mapping) else related):
        if one.get("type") != "picture":
            continue
        renditions = one.get("renditions") or {}
        for form in _objects(list(renditions.values()) if isinstance(renditions, Mapping) else renditions):
            url = address(squeeze(form.get("href")), None)
            caption = squeeze(one.get("description_text")) or squeeze(_by_role(one.get("descriptions"))) or None
            found.picture(
                url, "ninjs/associations", caption=caption, credit=squeeze(one.get("byline") or one.get("by")) or None
            )


def _body(item: Mapping[str, Any], found: Gathered, link: str | None) -> None:
    bodies = [
        (squeeze(one.get("contenttype") or one.get("contentType")), one.get("value"))
        for one in _objects(item.get("bodies"))
    ]
    bodies.extend(("text/html", item.get(name)) for name in ("body_html", "body_xhtml"))
    bodies.append(("text/plain", item.get("body_text")))
    for kind, value in sorted(bodies, key=lambda one: "html" not in one[0]):
        if isinstance(value, str) and value.strip():
            found.body(
                fragment.from_html(value, link) if "html" in kind else fragment.to_markdown(value, link), "ninjs/body"
            )


def _by_role(values: Any) -> Any:
    """Return the main text of ninjs 2's lists of {role, value}."""
    listed = _objects(values)
    main = [one for one in listed if squeeze(one.get("role")) in {"main", "", "headline"}] or listed
    return main[0].get("value") if main else None


def _objects(values: Any) -> list[Mapping[str, Any]]:
    return [one for one in values if isinstance(one, Mapping)] if isinstance(values, list) else []
