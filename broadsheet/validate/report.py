"""The gathering of problems, and the table of rules they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from msgspec import Struct, field

from broadsheet import parts
from broadsheet.model import Problem, Severity

MAX_PROBLEMS = 500  # of one document; more would hide the first


class Rule(Struct, frozen=True):
    """One rule of the gate, as schema/rules.json or a consumer profile states it."""

    id: str
    severity: Severity
    title: str
    why: str
    source: str
    date: str  # of the source, ISO 8601
    url: str = ""
    right: tuple[Mapping[str, Any], ...] = ()
    wrong: tuple[Mapping[str, Any], ...] = ()

    @property
    def layer(self) -> str:
        """Return the layer: json, ld, vocab, pub, content, or a consumer's name."""
        return self.id.partition("/")[0]

    @property
    def see(self) -> str:
        """Return the source and its date in one line."""
        where = f", {self.url}" if self.url else ""
        return f"{self.source}, {self.date}{where}"


def read_rule(data: Mapping[str, Any]) -> Rule:
    """Read one entry of a rules table."""
    return Rule(
        data["id"],
        data["severity"],
        data["title"],
        data["why"],
        data["source"],
        data["date"],
        data.get("url", ""),
        tuple(data.get("right", ())),
        tuple(data.get("wrong", ())),
    )


@cache
def load(path: Path) -> dict[str, Rule]:
    """Read a table of rules, once a file."""
    data = orjson.loads(path.read_bytes())
    sources = data["sources"]
    rows = ({**sources[row["from"]], **row} if "from" in row else row for row in data["rules"])
    return {row["id"]: read_rule(row) for row in rows}


def rules(site_root: Path | None = None) -> dict[str, Rule]:
    """Return the gate's own rules by id; those of consumers stand in their profiles."""
    return load(parts.find("schema", "rules.json", site_root))


def every_rule(site_root: Path | None = None) -> dict[str, Rule]:
    """Return the gate's own rules and those of all consumer profiles."""
    from broadsheet.validate import consumers

    table = dict(rules(site_root))
    for name in consumers.names(site_root):
        table.update(consumers.profile(name, site_root).rules)
    return table


class Report(Struct):
    """The problems of one document, while it is judged."""

    file: str
    lines: Callable[[str], int] | None
    table: Mapping[str, Rule]
    problems: list[Problem] = field(default_factory=list)

    def add(self, rule: str, path: str, message: str, severity: Severity | None = None) -> None:
        """Add a problem; ``severity`` where it differs from the rule's own."""
        if self.full:
            return
        known = self.table[rule]
        line = self.lines(path) if self.lines else 0
        self.problems.append(Problem(self.file, line, path, rule, severity or known.severity, message, known.see))

    @property
    def full(self) -> bool:
        """Return whether no more problems are taken."""
        return len(self.problems) >= MAX_PROBLEMS

    def has(self, rules: Iterable[str], path: str) -> bool:
        """Return whether one of ``rules`` was already found at ``path``."""
        wanted = frozenset(rules)
        return any(one.path == path and one.rule in wanted for one in self.problems)
