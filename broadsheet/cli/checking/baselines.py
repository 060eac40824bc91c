"""A baseline: the problems that an old archive is known to have, so that only new ones fail."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from broadsheet.model import BroadsheetError, Problem

FORMAT = 1


class BadBaseline(BroadsheetError):
    """A baseline that cannot be read."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(path, fault)
        self.path = path
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.path}: {self.fault} Write it anew with --write-baseline."


def write(path: Path, problems: Iterable[Problem]) -> None:
    """Write the known problems: file, rule and place, without lines, which move."""
    known = Counter(_mark(one) for one in problems)
    rows = [
        {"file": file, "rule": rule, "path": place, "count": count}
        for (file, rule, place), count in sorted(known.items())
    ]
    path.write_text(
        json.dumps({"broadsheet-baseline": FORMAT, "problems": rows}, ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
    )


def new(path: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that the baseline does not list. Raise `BadBaseline`."""
    known = _read(path)
    fresh = []
    for one in problems:
        if known[_mark(one)] > 0:
            known[_mark(one)] -= 1
        else:
            fresh.append(one)
    return fresh


def _read(path: Path) -> Counter[tuple[str, str, str]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Counter({(row["file"], row["rule"], row["path"]): int(row["count"]) for row in data["problems"]})
    except FileNotFoundError:
        raise BadBaseline(path, "There is no such baseline.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise BadBaseline(path, "This is no baseline.") from error


def _mark(problem: Problem) -> tuple[str, str, str]:
    return Path(problem.file).as_posix(), problem.rule, problem.path
