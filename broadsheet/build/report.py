"""What a build tells: its report, its progress, its time by phase."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from broadsheet.model import Problem


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``seconds`` is by phase; ``written`` is False where nothing was published."""

    output: Path
    articles: int
    built: int  # article pages printed
    reused: int  # article pages that stood as they had to be
    held: dict[str, int] = field(default_factory=dict)  # error, draft, future → articles left out
    problems: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    written: bool = True

    @property
    def faulty(self) -> bool:
        """Return whether anything is wrong that must be put right."""
        return self.errors > 0

    @property
    def errors(self) -> int:
        """Return how many problems are errors."""
        return sum(one.severity == "error" for one in self.problems)


class Progress:
    """Told how a build goes on; this one says nothing."""

    def phase(self, name: str, total: int = 0) -> None:
        """Begin a phase of ``total`` articles, 0 where that is not known."""

    def step(self, count: int = 1) -> None:
        """Count finished articles."""

    def waiting(self) -> None:
        """Say that another build of this site is running."""


class Clock:
    """Seconds by phase, and the progress told of each."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
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
