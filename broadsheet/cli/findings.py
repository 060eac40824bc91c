"""What ``broadsheet import`` prints of one source: the values found, with their evidence, and what wants review."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import asdict

if TYPE_CHECKING:
    from broadsheet.importers.keeping import Kept
    from broadsheet.model import Problem

#: Front-matter keys in the order in which they are printed.
SHOWN = (
    "title",
    "authors",
    "agency",
    "date",
    "modified",
    "category",
    "dateline",
    "place",
    "publisher",
    "lang",
    "summary",
    "tags",
    "body",
)


def _problem(problem: Problem) -> None:
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    click.echo(f"{where}: {problem.severity}: {problem.message}", err=True)


def short(kept: Kept) -> None:
    """Print problems and the name of a new content file."""
    for problem in kept.problems:
        _problem(problem)
    if kept.file and kept.outcome == "imported":
        click.echo(kept.file)


def long(kept: Kept) -> None:
    """Print an article's values with their evidence, then what wants review."""
    for problem in kept.problems:
        _problem(problem)
    if kept.outcome == "known":
        click.echo(f"{kept.source} → {kept.file}: already imported, left as it is.")
    if kept.outcome == "known" or kept.article is None:
        return
    click.echo(f"{kept.source} → {kept.file}")
    from broadsheet.content import front_matter

    values = front_matter(kept.article)
    for key in SHOWN:
        evidence = kept.article.evidence.get(key)
        if key in values or evidence is not None:
            click.echo(
                f"  {key + ':':<11}{_value(kept.article.body if key == 'body' else values.get(key))}{_basis(evidence)}"
            )
            if evidence is not None and (evidence.note or evidence.candidates) and key in {"date", "place"}:
                _doubt(evidence.note, evidence.candidates)
    for note in kept.article.notes:
        click.echo(f"  ? {note}")


def _value(value: Any) -> str:
    """Return a value on one short line."""
    if value is None:
        return "—"
    text = value if isinstance(value, str) else _plain(value)
    text = " ".join(text.split())
    return text if len(text) <= 76 else f"{text[:75]}…"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        named = value.get("name")
        rest = [_plain(one) for key, one in value.items() if key not in {"name", "sameAs", "url"}]
        return f"{named} ({', '.join(rest)})" if named and rest else str(named or ", ".join(rest))
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(one) for one in value)
    return str(value)


def _basis(evidence: Any) -> str:
    if evidence is None:
        return ""
    where = f" line {evidence.line}" if evidence.line and evidence.basis != "absent" else ""
    rule = f", {evidence.rule}" if evidence.rule else ""
    return f"  [{evidence.basis}{where}{rule}]"


def _doubt(note: str | None, candidates: tuple[str, ...]) -> None:
    if note:
        click.echo(f"             {note}")
    for candidate in candidates:
        click.echo(f"             - {candidate.replace('/', ' to ')}")


def json_line(kept: Kept) -> None:
    """Print one JSON object."""
    from broadsheet.content import front_matter

    record: dict[str, Any] = {"source": kept.source, "file": kept.file, "outcome": kept.outcome}
    record["problems"] = [asdict(one) for one in kept.problems]
    if kept.article is not None:
        record["article"] = front_matter(kept.article)
        record["notes"] = list(kept.article.notes)
    click.echo(json.dumps(record, ensure_ascii=False, default=str))
