"""What one consumer wishes, as data: schema/profiles/NAME.json, the site's or ours.

A rule holds `checks`, each of which says on which objects (`on`: types, with their
subtypes), at which property (`each`: "author" or "author.name", references followed)
what must hold: `needs` (all of these properties), `needs_one_of`, `types` (the
object's), `longest` (characters) or `named` (a check in code: author-name). `message`
is the sentence; it may use {name}, {value}, {property}, {length}, {type} and {fault}.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import orjson
from msgspec import Struct

from broadsheet import parts
from broadsheet.model import BroadsheetError, Severity
from broadsheet.validate.bylines import Words, name_fault
from broadsheet.validate.graph import Graph
from broadsheet.validate.nodes import Node, plain
from broadsheet.validate.report import Report, Rule, read_rule
from broadsheet.validate.vocabulary import Vocabulary
from broadsheet.validate.wording import listed, quoted


class BadProfileError(BroadsheetError):
    """A consumer profile that cannot be read."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(path, fault)
        self.path = path
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.path}: {self.fault}"


class Check(Struct, frozen=True):
    """One thing that a consumer wishes of some objects."""

    rule: str
    severity: Severity
    message: str
    on: tuple[str, ...]
    only_articles: bool  # only the articles that the document is about
    each: tuple[str, ...]
    needs: tuple[str, ...]
    needs_one_of: tuple[str, ...]
    types: tuple[str, ...]
    longest: int | None
    named: str | None


class Profile(Struct, frozen=True):
    """One consumer: its rules and their checks."""

    name: str
    title: str
    rules: Mapping[str, Rule]
    checks: tuple[Check, ...]


def names(site_root: Path | None = None) -> tuple[str, ...]:
    """Return the profiles that may be asked for."""
    return tuple(Path(one).stem for one in parts.available("schema", "profiles/*.json", site_root))


def profile(name: str, site_root: Path | None = None) -> Profile:
    """Return a profile. Raise `MissingPart` or `BadProfileError`."""
    return load(parts.find("schema", f"profiles/{name}.json", site_root))


@cache
def load(path: Path) -> Profile:
    """Read a profile, once a file. Raise `BadProfileError`."""
    try:
        data = orjson.loads(path.read_bytes())
        sources = data.get("sources", {})
        rows = [{**sources.get(row.get("from"), {}), **row} for row in data["rules"]]
        rules = {row["id"]: read_rule(row) for row in rows}
        checks = tuple(_check(row, one) for row in rows for one in row["checks"])
        return Profile(path.stem, data["title"], rules, checks)
    except orjson.JSONDecodeError as error:
        fault = f"This is not JSON: {error}."
        raise BadProfileError(path, fault) from error
    except (KeyError, TypeError, AttributeError) as error:
        fault = f"The profile lacks {error}; docs/rules.md shows the form."
        raise BadProfileError(path, fault) from error


def _check(row: Mapping[str, Any], one: Mapping[str, Any]) -> Check:
    return Check(
        row["id"],
        one.get("severity", row["severity"]),
        one.get("message") or row["message"],
        tuple(one["on"]),
        one.get("only_articles", False),
        tuple(one.get("each", "").split(".")) if one.get("each") else (),
        tuple(one.get("needs", ())),
        tuple(one.get("needs_one_of", ())),
        tuple(one.get("types", ())),
        one.get("longest"),
        one.get("named"),
    )


class Consumer:
    """One profile at work on one document."""

    def __init__(self, wanted: Profile, graph: Graph, words: Vocabulary, report: Report, bylines: Words) -> None:
        self.profile = wanted
        self.graph = graph
        self.words = words
        self.report = report
        self.bylines = bylines

    def judge(self, articles: Sequence[Node]) -> None:
        """Run every check on the objects that it is about."""
        nodes: dict[tuple[tuple[str, ...], bool], list[Node]] = {}
        for check in self.profile.checks:
            key = (check.on, check.only_articles)
            if key not in nodes:
                pool = articles if check.only_articles else self.graph.nodes
                nodes[key] = [node for node in pool if node.values and self._is(node, check.on)]
            for node in nodes[key]:
                for value, path, owner in self._reached(node, check.each):
                    self._one(check, value, path, owner)

    def _is(self, node: Node, types: tuple[str, ...]) -> bool:
        return self.words.is_any(node.types, types)

    def _reached(self, node: Node, steps: Sequence[str]) -> Iterator[tuple[Any, str, Node]]:
        """Yield (value, pointer, the object it belongs to) at the end of a property path."""
        if not steps:
            yield node.data, node.path, node
            return
        for value, path in node.each(steps[0]):
            target = self.graph.resolve(value) if isinstance(value, dict) else None
            if target is not None and steps[0] in target.values and self.words.is_a(target.types, "Role"):
                yield from self._reached(target, steps)  # the Role pattern: the property is repeated inside
            elif len(steps) > 1:
                own = self.graph.node(value) if isinstance(value, dict) else None
                if own is not None and own is not target and steps[1] in own.values:
                    yield from self._reached(own, steps[1:])
                if target is not None:
                    yield from self._reached(target, steps[1:])
            elif target is not None:
                yield target.data, target.path, target
            else:
                yield value, path, node

    def _one(self, check: Check, value: Any, path: str, owner: Node) -> None:
        node = self.graph.node(value) if isinstance(value, dict) else None
        if node is not None and node.values:
            for name in check.needs:
                if not self.graph.has(node, name):
                    self._add(check, f"{path}/{name}", node, value, property=name)
            if check.needs_one_of and not any(self.graph.has(node, name) for name in check.needs_one_of):
                self._add(check, f"{path}/{check.needs_one_of[0]}", node, value)
            if (
                check.types
                and node.types
                and not self.report.has({"vocab/value-type"}, path)
                and not self._is(node, check.types)
                and self._known(node)
            ):
                self._add(check, path, node, value)
        text = plain(value)
        if isinstance(text, str):
            if check.longest is not None and len(text) > check.longest:
                self._add(check, path, owner, text)
            if check.named == "author-name":
                self._author_name(check, text, path, owner)

    def _known(self, node: Node) -> bool:
        return any(self.words.ancestors(one) for one in node.types) and not any(
            one.endswith("Role") for one in node.types
        )

    def _author_name(self, check: Check, text: str, path: str, owner: Node) -> None:
        person = not self.words.is_a(self.graph.types(owner), "Organization")
        told = any(self.words.ancestors(one) for one in self.graph.types(owner))  # else it may be the paper itself
        papers = self._papers if told else frozenset()
        found = name_fault(text, person=person, papers=papers, words=self.bylines) if text.strip() else None
        if found:
            self._add(check, path, owner, text, fault=found[0], severity="notice" if found[1] == "notice" else None)

    @cached_property
    def _papers(self) -> frozenset[str]:
        """Return the names of the document's publishers, casefolded."""
        found = set()
        for node in self.graph.nodes:
            for value, _ in node.each("publisher"):
                paper = self.graph.resolve(value)
                if paper is not None and self.words.is_a(paper.types, "Person"):
                    continue
                title = plain(paper.get("name")) if paper is not None else value
                if isinstance(title, str) and title.strip():
                    found.add(" ".join(title.split()).casefold())
        return frozenset(found)

    def _add(
        self, check: Check, path: str, node: Node, value: Any, *, severity: Severity | None = None, **words: str
    ) -> None:
        name = plain(node.get("name"))
        shown = {
            "name": quoted(name) if isinstance(name, str) and name.strip() else "",
            "value": quoted(value),
            "type": listed(node.types, "and"),
            "length": str(len(value)) if isinstance(value, str) else "",
            **words,
        }
        message = check.message
        for word, text in shown.items():
            message = message.replace(f"{{{word}}}", text)
        self.report.add(check.rule, path, " ".join(message.split()), severity or check.severity)
