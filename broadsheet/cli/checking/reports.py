"""The ways to print problems: for people, for machines, for GitHub, as SARIF."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from msgspec.structs import asdict

from broadsheet import __version__
from broadsheet.cli.checking.excerpts import Excerpts
from broadsheet.cli.checking.texts import visible
from broadsheet.model import Problem
from broadsheet.validate.report import Rule, every_rule

ALIKE = 3  # problems of one file with the same words that are shown in full
_COLOURS = {"error": "red", "warning": "yellow", "notice": "cyan"}
_GITHUB = {"error": "error", "warning": "warning", "notice": "notice"}
_SARIF = {"error": "error", "warning": "warning", "notice": "note"}


def show(problems: Sequence[Problem], form: str, site_root: Path | None) -> None:
    """Print problems, sorted by file."""
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in problems], ensure_ascii=False, indent=1))
    elif form == "github":
        for one in problems:
            click.echo(_github(one))
    elif form == "sarif":
        click.echo(json.dumps(_sarif(problems, every_rule(site_root)), ensure_ascii=False, indent=1))
    else:
        _people(problems)


def _people(problems: Sequence[Problem]) -> None:
    for file, group in itertools.groupby(problems, key=lambda one: one.file):
        found = list(group)
        click.echo(f"{click.style(visible(file), bold=True)}: {counted(found)}")
        excerpts = Excerpts(file)
        shown: Counter[tuple[str, str]] = Counter()
        for one in found:
            kind = (one.rule, one.message)
            shown[kind] += 1
            if shown[kind] <= ALIKE:
                _person(one, excerpts)
        _more(found, shown)
        click.echo()
    files = len({one.file for one in problems})
    summary = f"{counted(problems)} in {files} {'file' if files == 1 else 'files'}." if problems else "No problems."
    click.echo(summary, err=True)


def _more(found: Sequence[Problem], shown: Counter[tuple[str, str]]) -> None:
    """Say how many more problems of a file are word for word like those shown."""
    for (rule, message), count in shown.items():
        if count > ALIKE:
            lines = [str(one.line) for one in found if (one.rule, one.message) == (rule, message)][ALIKE:]
            places = ", ".join(lines[:8]) + (" …" if len(lines) > 8 else "")
            click.echo(f"  … and {count - ALIKE} more of {rule}, on lines {places}: {message}")


def _person(one: Problem, excerpts: Excerpts) -> None:
    colour = _COLOURS[one.severity]
    where = f"{one.line}" if one.line else "-"
    click.echo(f"  {where}: {click.style(one.severity, fg=colour, bold=True)} {one.rule}: {visible(one.message)}")
    excerpt = excerpts.of(one)
    if excerpt is not None:
        text, column, width = excerpt
        gutter = " " * len(where)
        click.echo(f"  {where} | {text}")
        click.echo(f"  {gutter} | {' ' * column}{click.style('^' * width, fg=colour)}")
    if one.see:
        click.echo(click.style(f"  {' ' * len(where)} = {one.see.partition(', http')[0]}", dim=True))


def counted(problems: Sequence[Problem]) -> str:
    """Return "2 errors, 1 warning"."""
    numbers = Counter(one.severity for one in problems)
    said = [
        f"{numbers[kind]} {kind}{'' if numbers[kind] == 1 else 's'}"
        for kind in ("error", "warning", "notice")
        if numbers[kind]
    ]
    return ", ".join(said) or "no problems"


def _github(one: Problem) -> str:
    """Return a workflow command: an annotation at the line."""
    place = f"file={_property(one.file)}" + (f",line={one.line}" if one.line else "")
    return f"::{_GITHUB[one.severity]} {place},title={_property(one.rule)}::{_data(one.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _sarif(problems: Sequence[Problem], rules: dict[str, Rule]) -> dict[str, Any]:
    """Return a SARIF 2.1.0 log."""
    used = sorted({one.rule for one in problems})
    driver = {
        "name": "broadsheet",
        "version": __version__,
        "rules": [_sarif_rule(one, rules.get(one)) for one in used],
    }
    results = [
        {
            "ruleId": one.rule,
            "ruleIndex": used.index(one.rule),
            "level": _SARIF[one.severity],
            "message": {"text": one.message},
            "locations": [_location(one)],
            "partialFingerprints": {"place/v1": f"{one.rule}:{one.path}"},
        }
        for one in problems
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results, "columnKind": "unicodeCodePoints"}],
    }


def _sarif_rule(name: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": name}
    described = {
        "id": name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.see},
    }
    return {**described, "helpUri": rule.url} if rule.url else described


def _location(one: Problem) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": Path(one.file).as_posix()}}
    if one.line:
        physical["region"] = {"startLine": one.line}
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": one.path, "kind": "member"}]}
