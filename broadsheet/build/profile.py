"""Where the time of a build went: by phase, by article, by template. Measured where the work is done, and only when asked for."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

if TYPE_CHECKING:
    from broadsheet.press.job import Printer
    from broadsheet.press.sheets import Run, Sheet

MOST: Final = 20  # slowest articles that are told
ARTICLE: Final = "article.html"

#: What took how long: name, seconds.
Timed = tuple[str, float]


class Profile(Struct):
    """The times of one build, in seconds."""

    processes: int = 1
    read: list[Timed] = field(default_factory=list)  # content files: read, rendered, judged
    printed: list[Timed] = field(default_factory=list)  # content files, or paths of other pages
    lane: int = 0  # articles that took the fast lane
    templates: dict[str, str] = field(default_factory=dict)  # of pages that are no articles, by path

    @staticmethod
    def timed(task: Callable[[int], Any]) -> Callable[[int], tuple[int, float, Any]]:
        """Return ``task`` with its number and the seconds that it took beside its result."""

        def run(number: int) -> tuple[int, float, Any]:
            start = time.perf_counter()
            result = task(number)
            return number, time.perf_counter() - start, result

        return run

    def take(self, names: Sequence[str], results: Iterable[tuple[int, float, Any]], into: list[Timed]) -> Iterator[Any]:
        """Yield the results of `timed` tasks; take note of their times."""
        for number, seconds, result in results:
            into.append((names[number], seconds))
            yield result

    def forget(self) -> None:
        """Forget what was read and printed: all of it is made anew in another way."""
        self.read, self.printed = [], []

    def plain(self) -> dict[str, Any]:
        """Return the profile for JSON."""
        if not self.read and not self.printed:
            return {"note": "Nothing was read or printed."}
        read = _summed(self.read)
        pages: dict[str, list[Timed]] = {}
        for name, seconds in self.printed:
            pages.setdefault(self.templates.get(name, ARTICLE), []).append((name, seconds))
        return {
            "processes": self.processes,
            "fast_lane": self.lane,
            "general": len(read) - self.lane,
            "slowest_read": _slowest(read),
            "slowest_printed": _slowest(pages.get(ARTICLE, ())),
            "templates": {name: _template(timed) for name, timed in sorted(pages.items())},
        }


class TimedPrinter(Struct, frozen=True):
    """A printer whose pages' times are told to a profile. ``files`` are the content files of articles, by path."""

    printer: Printer
    profile: Profile
    files: Mapping[str, str]
    page_size: int  # cards

    def sheet(self, sheet: Sheet) -> None:
        """Print one page."""
        start = time.perf_counter()
        self.printer.sheet(sheet)
        self._note(sheet.page.path, sheet.template, time.perf_counter() - start)

    def run(self, run: Run) -> None:
        """Print a listing; its pages are timed together, each has its share."""
        start = time.perf_counter()
        self.printer.run(run)
        seconds, pages = time.perf_counter() - start, run.count(self.page_size)
        for number in range(1, pages + 1):
            self._note(run.path(number), run.template, seconds / pages)

    def raw(self, path: str, data: bytes) -> None:
        """Write what needs no template."""
        self.printer.raw(path, data)

    def _note(self, path: str, template: str, seconds: float) -> None:
        if path not in self.files:
            self.profile.templates[path] = template
        self.profile.printed.append((self.files.get(path, path), seconds))


def _summed(timed: Iterable[Timed]) -> list[Timed]:
    """Return each name once: a file may be read, and judged or made again under another slug."""
    whole: dict[str, float] = {}
    for name, seconds in timed:
        whole[name] = whole.get(name, 0.0) + seconds
    return list(whole.items())


def _slowest(timed: Iterable[Timed]) -> list[dict[str, Any]]:
    first = sorted(timed, key=lambda one: -one[1])[:MOST]
    return [{"file": name, "seconds": round(seconds, 6)} for name, seconds in first]


def _template(timed: Sequence[Timed]) -> dict[str, Any]:
    name, most = max(timed, key=lambda one: one[1])
    whole = sum(seconds for _, seconds in timed)
    return {"pages": len(timed), "seconds": round(whole, 6), "slowest": name, "slowest_seconds": round(most, 6)}


def write(file: Path, told: Mapping[str, Any]) -> None:
    """Write a profile as JSON, whole or not at all."""
    draft = file.with_name(f"{file.name}.new")
    draft.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(file)
