"""A document through every layer of the gate."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from broadsheet.model import Problem
from broadsheet.validate import jsontext
from broadsheet.validate.consumers import Consumer, names, profile
from broadsheet.validate.graph import Graph
from broadsheet.validate.media import media
from broadsheet.validate.moments import moments
from broadsheet.validate.publication import articles, publication
from broadsheet.validate.references import addresses, references
from broadsheet.validate.report import Report, rules
from broadsheet.validate.structure import structure
from broadsheet.validate.texts import texts
from broadsheet.validate.trails import trails
from broadsheet.validate.vocabulary import vocabulary
from broadsheet.validate.walk import vocabulary_layer


def document(
    doc: Any,
    *,
    file: str,
    lines: Callable[[str], int] | None = None,
    profiles: Sequence[str] = (),
    site_root: Path | None = None,
    now: datetime | None = None,
) -> list[Problem]:
    """Judge one JSON-LD document: an object, a list of objects, or an object with @graph.

    ``lines`` gives the line of a JSON Pointer. ``profiles`` names the consumers whose
    wishes are judged too. ``now`` is the time that future dates are measured by, the
    clock's (or SOURCE_DATE_EPOCH) where it is None. Raise `MissingPart` for an unknown profile; never for content.
    """
    consumers = [profile(name, site_root) for name in profiles]
    table = rules(site_root)
    for consumer in consumers:
        table = {**table, **consumer.rules}
    report = Report(file, lines, table)
    words = vocabulary(site_root)
    graph = Graph(doc)
    structure(graph, words, report)
    vocabulary_layer(graph, words, report)
    found = articles(graph, words)
    publication(found, graph, words, report, site_root)
    references(graph, words, report)
    addresses(graph, words, report)
    moments(graph.nodes, now or clock(), words, report)
    texts(graph, report, site_root)
    trails(graph, words, report)
    media(found, graph, report)
    for consumer in consumers:
        Consumer(consumer, graph, words, report, site_root).judge(found)
    return report.problems


def clock() -> datetime:
    """Return the time that dates are measured by: SOURCE_DATE_EPOCH, else the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)


def json_text(
    text: str,
    *,
    file: str,
    profiles: Sequence[str] = (),
    site_root: Path | None = None,
    first_line: int = 1,
) -> list[Problem]:
    """Judge one JSON-LD text, with the line of every problem; ``first_line`` is that of the text."""
    read = jsontext.read(text, first_line)
    report = Report(file, None, rules(site_root))
    problems = syntax(read, file, report)
    if read.fault is None:
        problems += document(read.data, file=file, lines=read.line, profiles=profiles, site_root=site_root)
    return problems


def syntax(read: jsontext.Text, file: str, report: Report, at: str = "") -> list[Problem]:
    """Return the problems of the text itself: no JSON, or keys that stand twice.

    ``at`` is the pointer of the text within its page.
    """
    found: list[Problem] = []
    if read.fault is not None:
        found += _at_line(read.fault.line, "json/syntax", at, read.fault.message, file, report)
    for pointer, line in read.doubles if read.repeated else ():
        key = pointer.rpartition("/")[2]
        message = f"{key} stands twice in one object; remove one. Readers keep the last."
        found += _at_line(line, "json/duplicate-key", at + pointer, message, file, report)
    return found


def _at_line(line: int, rule: str, path: str, message: str, file: str, report: Report) -> list[Problem]:
    one = Report(file, lambda _: line, report.table)
    one.add(rule, path, message)
    return one.problems


def withholds(problem: Problem) -> bool:
    """Return whether a problem keeps an article from being published.

    What a consumer wishes never does, however it weighs it: the paper decides.
    """
    return problem.severity == "error" and problem.rule.partition("/")[0] not in names()
