"""Time the reading of text scrapes: of the article alone, and as `broadsheet convert` does it, to the JSON-LD line.

    python benchmarks/import_text.py [FOLDER] [--limit 60] [--rounds 3]

FOLDER holds scrapes, ``*.txt``, at any depth; without it the articles of the demo paper are made
into scrapes. Prints milliseconds of processor time a page on one core (median, mean, 95 %) for the
first reading, in which the words of each language are loaded too, and for the best of the rounds.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from broadsheet import content, importers
from broadsheet.cli import convert

DEMO = Path(__file__).resolve().parent.parent / "content"
MENU = ["Skip to content", "Menu", "Search", "Home", "News", "Sport", "Opinion", "Weather", "Subscribe", "Sign in"]
FOOT = ["Related stories", "Most read", "Sign up for our newsletter", "About us", "Privacy policy", "Terms of use"]


def article(path: Path) -> object:
    """Read one scrape to its article."""
    return list(importers.read(path))


def document(path: Path) -> object:
    """Read one scrape and write its document."""
    return convert._whole(path, importers.Options(), pretty=False)  # noqa: SLF001 - what a worker of `convert` does


def elapsed(read: Callable[[Path], object], path: Path) -> float:
    """Return the milliseconds of processor time that ``read`` took."""
    start = time.process_time()
    read(path)
    return (time.process_time() - start) * 1000


def demo(folder: Path) -> list[Path]:
    """Write the articles of the demo paper to ``folder`` as naive scrapes, and return them."""
    found = []
    for file in sorted(DEMO.glob("*.md")):
        one, _ = content.read(file, None)
        if one is None:
            continue
        authors = ", ".join(author.name for author in one.authors)
        lines = [
            *MENU,
            one.headline,
            f"By {authors}",
            str(one.published),
            *content.render(one, None).text.split("\n\n"),
        ]
        path = folder / f"{file.stem}.txt"
        path.write_text("\n\n".join([*lines, *FOOT]), "utf-8")
        found.append(path)
    return found


def line(name: str, times: Sequence[float]) -> str:
    """Return one row of the table."""
    late = sorted(times)[int(len(times) * 0.95)]
    return f"{name:26}{statistics.median(times):9.2f}{statistics.mean(times):9.2f}{late:9.2f}"


def measure(paths: Sequence[Path], rounds: int) -> None:
    """Print the table."""
    print(f"{len(paths)} scrapes                  median     mean     95 %   (ms of one core)")
    readers: dict[str, Callable[[Path], object]] = {"article": article, "document": document}
    for name, read in readers.items():
        read(paths[0])  # imports are no part of a page's time
        times = [[*map(partial(elapsed, read), paths)] for _ in range(rounds)]
        print(line(f"{name}, first reading", times[0]))
        print(line(f"{name}, best of {rounds}", [min(one) for one in zip(*times, strict=True)]))


def main() -> None:
    """Measure a folder, or the demo paper."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = sorted(options.folder.rglob("*.txt")) if options.folder else demo(Path(folder))
        if not paths:
            parser.error(f"{options.folder} holds no scrapes.")
        measure(paths[: options.limit], options.rounds)


if __name__ == "__main__":
    main()
