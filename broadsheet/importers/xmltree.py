"""XML, streamed: no entities, no network, bounded depth, one record in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from broadsheet.importers import sources
from broadsheet.model import Problem


def records(source: Path, tags: tuple[str, ...]) -> Iterator[etree._Element | Problem]:
    """Yield every element of one of ``tags`` (Clark names, ``{*}`` allowed); a fault ends the stream as a problem."""
    try:
        with source.open("rb") as stream:
            walk = etree.iterparse(
                stream,
                events=("end",),
                tag=tags,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            for _, element in walk:
                yield element
                _forget(element)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        yield sources.problem(
            source, "xml-syntax", f"The XML breaks off here: {error.msg}. What stood before is read.", line
        )
    except OSError as error:
        yield sources.problem(source, "source-unreadable", f"It cannot be read: {error.strerror}.")


def _forget(element: etree._Element) -> None:
    """Free what was read: the element and its elder siblings."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def text(element: etree._Element | None) -> str:
    """Return the text of an element and all below it; entities that were not resolved are left out."""
    if element is None:
        return ""
    return "".join(part for part in element.itertext() if isinstance(part, str))


def child(element: etree._Element, path: str) -> str:
    """Return the text of the first match of ``path`` (ElementPath, ``{*}`` allowed), else nothing."""
    return text(element.find(path)).strip()
