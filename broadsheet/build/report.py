"""What a build tells: its report, its progress, its time by phase."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cached_property
from heapq import merge
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from broadsheet.model import Problem

if TYPE_CHECKING:
    from broadsheet.build.profile import Profile

MOST_SHOWN: Final = 100  # lines
MOST_ALIKE: Final = 3  # warnings of one rule with the same words


class Folded(Struct, frozen=True):
    """The problems of a build as they are shown: how many of each severity, the first lines, and how many more."""

    counts: dict[str, int]
    lines: tuple[str, ...] = ()
    more: int = 0

    @property
    def plain(self) -> tuple[Any, ...]:
        """Return the fields as plain data."""
        return self.counts, self.lines, self.more


def fold(problems: Iterable[tuple[Any, ...]], apart: Sequence[tuple[Any, ...]] = (), besides: int = 0) -> Folded:
    """Fold problems, each the fields of a `Problem`, that are in order.

    Of warnings that say the same of many files, the first few and their number are told. ``besides`` counts further
    warnings, of which no two say the same; ``apart`` are the first `MOST_SHOWN` of these, in order.
    """
    held = list(problems)
    counts = Counter([severity for _, _, _, _, severity, _, _ in held])
    counts += Counter(warning=besides)
    told = [one for one in held if one[4] != "notice"] if counts["notice"] else held
    alike = Counter([(one[3], one[5]) for one in told if one[4] == "warning"])
    many = {key: count - MOST_ALIKE for key, count in alike.items() if count > MOST_ALIKE + 1}
    alone = list(_first_of(told, many)) if many else told
    shown = tuple(islice(chain(map(_line, merge(alone, apart)), map(_many, many.items())), MOST_SHOWN))
    return Folded(dict(counts), shown, len(alone) + besides + len(many) - len(shown))


def _first_of(problems: list[tuple[Any, ...]], many: Container[tuple[str, str]]) -> Iterator[tuple[Any, ...]]:
    """Yield the problems, of those that say what ``many`` say the first few."""
    seen: Counter[tuple[str, str]] = Counter()
    for one in problems:
        key = one[3], one[5]
        seen[key] += key in many
        if seen[key] <= MOST_ALIKE:
            yield one


def _line(problem: tuple[Any, ...]) -> str:
    file, line, _, rule, severity, message, _ = problem
    where = f"{file}:{line}" if line else file
    return f"{where}: {severity}: {message} [{rule}]"


def _many(told: tuple[tuple[str, str], int]) -> str:
    (rule, message), count = told
    return f"… and {count:,} more files: warning: {message} [{rule}]"


class BuildReport(Struct, frozen=True, dict=True):
    """What a build did. ``seconds`` is by phase; ``written`` is False where nothing was published.

    ``load`` gives the problems, which may lie on disk: where nothing changed, hardly anyone asks.
    """

    output: Path
    articles: int
    built: int  # article pages printed
    reused: int  # article pages that stood as they had to be
    held: dict[str, int]  # error, draft, future → articles left out
    folded: Folded
    load: Callable[[], tuple[Problem, ...]]
    seconds: dict[str, float] = field(default_factory=dict)
    written: bool = True

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Return every problem, in order."""
        return self.load()

    @property
    def faulty(self) -> bool:
        """Return whether anything is wrong that must be put right."""
        return self.errors > 0

    @property
    def errors(self) -> int:
        """Return how many problems are errors."""
        return self.folded.counts.get("error", 0)


class Progress:
    """Told how a build goes on; this one says nothing."""

    def phase(self, name: str, total: int = 0) -> None:
        """Begin a phase of ``total`` articles, 0 where that is not known."""

    def step(self, count: int = 1) -> None:
        """Count finished articles."""

    def waiting(self) -> None:
        """Say that another build of this site is running."""


class Clock:
    """Seconds by phase, and the progress told of each. With a ``profile``, those of each article and page too."""

    def __init__(self, progress: Progress, profile: Profile | None = None) -> None:
        self.progress = progress
        self.profile = profile
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()
        self._name = ""

    def phase(self, name: str, total: int = 0) -> None:
        """End the phase before; begin ``name``, "" for none."""
        now = time.perf_counter()
        if self._name:
            self.seconds[self._name] = round(self.seconds.get(self._name, 0.0) + now - self._last, 3)
        self._name, self._last = name, now
        if name:
            self.progress.phase(name, total)

    def each(self, names: Sequence[str], task: Callable[[int], Any], *, printing: bool = False) -> Iterator[Any]:
        """Yield ``task(i)`` for every i of ``names``, done here and when it is asked for."""
        profile, numbers = self.profile, range(len(names))
        if profile is None:
            return map(task, numbers)
        into = profile.printed if printing else profile.read
        return profile.take(names, map(profile.timed(task), numbers), into)
