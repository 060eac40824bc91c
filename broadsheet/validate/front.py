"""Front matter against schema/front_matter.schema.json, in plain sentences."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet import parts
from broadsheet.model import Problem, Severity
from broadsheet.nearest import hint, nearest
from broadsheet.validate.accept import Accept, acceptor
from broadsheet.validate.pictures import pictures
from broadsheet.validate.wording import quoted

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

SEE = "broadsheet front matter, 2026-11-22"
STATUSES = ("published", "draft", "hidden")


def front_matter(
    data: Mapping[str, Any],
    *,
    file: str,
    lines: Callable[[str], int] | None = None,
    site_root: Path | None = None,
) -> list[Problem]:
    """Judge the front matter of one content file, as written.

    ``lines`` gives the line of a JSON Pointer into ``data``. With ``site_root``, the pictures
    it names are looked up below content/, and their stated sizes compared with the files. Unknown and ignored keys are
    warnings: a file that was scraped for another generator still publishes.
    """
    found = _Found(file, lines)
    schema, validator, accepts = load(site_root)
    written = _written(data, schema, found)
    plain = {ours: value for ours, (_, value) in written.items()}
    for error in () if accepts is not None and accepts(plain) else validator.iter_errors(plain):
        _explain(error, {ours: key for ours, (key, _) in written.items()}, found)
    if site_root is not None and "image" in written:
        for path, message in pictures(data, written["image"][0], site_root):
            found.add(path, "content/picture", "warning", message)
    return found.problems


class _Found:
    """The problems of one file."""

    def __init__(self, file: str, lines: Callable[[str], int] | None) -> None:
        self.file = file
        self.lines = lines
        self.problems: list[Problem] = []

    def add(self, path: str, rule: str, severity: Severity, message: str) -> None:
        line = self.lines(path) if self.lines else 0
        self.problems.append(Problem(self.file, line, path, rule, severity, message, SEE))


@cache
def load(site_root: Path | None) -> tuple[dict[str, Any], Validator, Accept | None]:
    """Read the front matter's schema, once a site: what judges by it, and what says yes in a moment where it can."""
    from jsonschema import Draft202012Validator

    schema = json.loads(parts.find("schema", "front_matter.schema.json", site_root).read_text(encoding="utf-8"))
    return schema, Draft202012Validator(schema), acceptor(schema)


def _written(data: Mapping[str, Any], schema: Mapping[str, Any], found: _Found) -> dict[str, tuple[str, Any]]:
    """Return our key → (key as written, value); say which keys are unknown or ignored."""
    names = {key.casefold(): key for key in schema["properties"]}
    aliases, ignored = schema["aliases"], schema["ignored"]
    result: dict[str, tuple[str, Any]] = {}
    for key, value in data.items():
        folded = key.casefold()
        ours = names.get(folded) or aliases.get(folded)
        if ours is not None:
            if ours not in result or folded == ours.casefold():
                result[ours] = (key, value)
        elif folded in ignored:
            found.add(
                _pointer(key),
                "content/key-ignored",
                "warning",
                f"{key} is not used: {ignored[folded]}. Remove the line.",
            )
        else:
            found.add(_pointer(key), "content/key-unknown", "warning", _unknown(key, [*names.values(), *aliases]))
    _status(result, found)
    return result


def _unknown(key: str, known: list[str]) -> str:
    near = nearest(key, known, 0.7)
    helps = f"did you mean {near}?" if near else "remove it, or write one of the keys of docs/front-matter.md."
    return f"The key {quoted(key)} is not known and not used; {helps}"


def _status(written: Mapping[str, tuple[str, Any]], found: _Found) -> None:
    key, value = written.get("status", ("", None))
    if isinstance(value, str) and value.casefold() not in STATUSES:
        message = f"status is {quoted(value)}; write published, draft or hidden. The article is kept as a draft."
        found.add(_pointer(key), "content/status", "warning", message)


def _explain(error: ValidationError, keys: Mapping[str, str], found: _Found) -> None:
    """Say in one sentence what one schema error means."""
    steps = list(error.absolute_path)
    if steps:
        steps[0] = keys.get(str(steps[0]), steps[0])
    where = _spoken(steps)
    part: Any = error.schema
    if error.validator == "additionalProperties":
        _unknown_inside(error, steps, where, found)
    elif error.validator == "required":
        for name in _missing(error):
            found.add(
                _pointer(*steps, name),
                f"content/{name}" if not steps else "content/value",
                "error",
                _lacking(where, name),
            )
    else:
        rule = f"content/{error.absolute_path[0]}" if len(steps) == 1 else "content/value"
        message = f"{where} is {quoted(error.instance)}; write {part.get('expects', 'another value')}."
        found.add(_pointer(*steps), rule, "error", message)


def _missing(error: ValidationError) -> Iterator[str]:
    wanted: Any = error.validator_value
    return (name for name in wanted if error.message.startswith(f"{name!r} "))


def _lacking(where: str, name: str) -> str:
    if not where:
        return f"The article has no {name}; add a line that begins with {name}: and gives it."
    return f"{where} has no {name}; add one."


def _unknown_inside(error: ValidationError, steps: list[Any], where: str, found: _Found) -> None:
    part: Any = error.schema
    known = list(part.get("properties", ()))
    here: Any = error.instance
    for key in here:
        if key not in known:
            message = f"The key {quoted(key)} of {where} is not known and not used; {hint(key, known)}"
            found.add(_pointer(*steps, key), "content/key-unknown", "warning", message)


def _spoken(steps: list[Any]) -> str:
    """Return "authors[1].url" for people: counted from 1, as an editor counts."""
    said = ""
    for step in steps:
        said += f" {step + 1}" if isinstance(step, int) else f"{', ' if said else ''}{step}"
    return said


def _pointer(*steps: Any) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)
