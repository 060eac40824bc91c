"""A document through every layer of the gate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from broadsheet import parts
from broadsheet.config.clock import clock
from broadsheet.model import Problem
from broadsheet.validate import jsontext
from broadsheet.validate.bylines import Words, read_words
from broadsheet.validate.consumers import Consumer, Profile, names, profile
from broadsheet.validate.consumers import load as load_profile
from broadsheet.validate.front import load as load_front_matter
from broadsheet.validate.graph import Graph, too_deep
from broadsheet.validate.media import media
from broadsheet.validate.moments import moments
from broadsheet.validate.publication import articles, compiled, publication
from broadsheet.validate.references import references
from broadsheet.validate.report import Report, Rule, rules
from broadsheet.validate.report import load as load_rules
from broadsheet.validate.structure import structure
from broadsheet.validate.texts import Languages, read_languages, texts
from broadsheet.validate.trails import trails
from broadsheet.validate.vocabulary import Vocabulary, vocabulary
from broadsheet.validate.vocabulary import load as load_vocabulary
from broadsheet.validate.walk import vocabulary_layer

if TYPE_CHECKING:
    from jsonschema.protocols import Validator


class _Tools(Struct, frozen=True):
    """What the gate reads from schema/, the site's or ours, once for all documents."""

    words: Vocabulary
    table: Mapping[str, Rule]
    validator: Validator
    languages: Languages
    bylines: Words
    consumers: tuple[Profile, ...]


@lru_cache(maxsize=16)
def _tools(site_root: Path | None, profiles: tuple[str, ...]) -> _Tools:
    wanted = tuple(profile(name, site_root) for name in profiles)
    table = dict(rules(site_root))
    for consumer in wanted:
        table.update(consumer.rules)
    return _Tools(
        vocabulary(site_root),
        table,
        compiled(parts.find("schema", "news_article.schema.json", site_root)),
        read_languages(parts.find("schema", "languages.json", site_root)),
        read_words(parts.find("schema", "bylines.json", site_root)),
        wanted,
    )


def forget() -> None:
    """Read the tables of schema/ anew from now on: for a process that sees a site change."""
    for cached in (_tools, load_front_matter, load_profile, load_rules, load_vocabulary):
        cached.cache_clear()


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
    tools = _tools(site_root, tuple(profiles))
    report = Report(file, lines, tools.table)
    if too_deep(doc):
        report.add("json/syntax", "", "The objects are nested too deep to be read; nothing needs more than 64 levels.")
        return report.problems
    graph = Graph(doc)
    structure(graph, tools.words, report)
    vocabulary_layer(graph, tools.words, report)
    found = articles(graph, tools.words)
    publication(found, graph, tools.words, report, tools.validator)
    references(graph, tools.words, report)
    moments(graph.nodes, now or clock(), tools.words, report)
    texts(graph, tools.languages, report)
    trails(graph, tools.words, report)
    media(found, graph, report)
    for consumer in tools.consumers:
        Consumer(consumer, graph, tools.words, report, tools.bylines).judge(found)
    return report.problems


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
