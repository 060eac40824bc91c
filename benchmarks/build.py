"""Build times of broadsheet on an invented paper: ``python benchmarks/build.py [--sizes 1000,10000] [--imported] [--json FILE]``.

cold: output and state removed first. noop: again. edit: a sentence added to one body.
title: one headline changed. stock: through Pelican's own writer. floor: copying the output.
Processor seconds of all processes count; wall time on a shared machine means little.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

WORDS = "harbor council ferry bridge market school library inlet marsh budget vote record storm clock quay net".split()
NAMES = [
    f"{first} {last}" for first in ("Ada", "Bo", "Cleo", "Dov", "Eda") for last in ("Fenn", "Tarn", "Moor", "Reed")
]


def evidence(keys: list[str]) -> str:
    """Return what an import writes of where it found each value."""
    found = "".join(
        f"  {key}:\n    basis: stated\n    text: As it stood in line {line} of the source\n    line: {line}\n    rule: {key}-line\n"
        for line, key in enumerate(keys, 1)
    )
    return f"lang: en\nsource:\n  file: kept.txt\n  sha256: {'0' * 64}\nevidence:\n{found}"


def article(number: int, imported: bool = False) -> str:
    """Return the content file of article ``number``; the same each time. ``imported``: with evidence for every value."""
    dice = random.Random(number)  # noqa: S311

    def sentence() -> str:
        return " ".join(["The", *(dice.choice(WORDS) for _ in range(dice.randint(8, 16)))]) + "."

    paragraphs = [" ".join(sentence() for _ in range(4)) for _ in range(8)]
    paragraphs[2] += "" if imported else f" The figures were [first reported](ferry-{max(0, number - 1)}.html) here."
    if not imported:
        paragraphs[4] = f"> {paragraphs[4]}"
    tags = json.dumps([f"{one} {two}" for one, two in zip(dice.sample(WORDS, 4), dice.sample(WORDS, 4), strict=True)])
    day = (
        f"20{10 + number % 15:02d}-{number % 12 + 1:02d}-{number % 28 + 1:02d}T{number % 24:02d}:{number % 60:02d}:00Z"
    )
    header = {
        "title": f'"The {dice.choice(WORDS)} and the {dice.choice(WORDS)}, part {number}"',
        "slug": f"ferry-{number}",
        "date": day,
        "category": dice.choice(WORDS[:12]).capitalize(),
        "authors": json.dumps(dice.sample(NAMES, dice.choice([1, 1, 2]))),
        "tags": tags,
        "summary": f'"{sentence()}"',
    }
    return (
        "---\n"
        + "".join(f"{key}: {value}\n" for key, value in header.items())
        + (evidence(["title", "date", "category", "authors", "summary", "body"]) if imported else "")
        + "---\n\n"
        + "\n\n".join(paragraphs)
        + "\n"
    )


def site(folder: Path, size: int, imported: bool) -> Path:
    """Write a site of ``size`` articles."""
    (folder / "content").mkdir(parents=True)
    (folder / "broadsheet.toml").write_text('[site]\nname = "Bench"\nurl = "https://bench.example"\n')
    for number in range(size):
        (folder / "content" / f"{number:06d}.md").write_text(article(number, imported))
    return folder


def measure(work: Callable[[], object]) -> tuple[float, float]:
    """Return (wall, processor) seconds of ``work`` and the processes that it starts."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rounds(root: Path, output: Path) -> dict[str, tuple[float, float]]:
    """Return the times of each kind of build."""
    command = [sys.executable, "-m", "broadsheet", "build", "--site", str(root), "--output", str(output)]

    def build() -> None:
        subprocess.run(command, check=True, capture_output=True)

    time.sleep(0.2)  # files written just before a build are looked at again after it
    found = {"cold": measure(build), "noop": measure(build)}
    file = sorted((root / "content").glob("*.md"))[len(list((root / "content").glob("*.md"))) // 2]
    text = file.read_text()
    file.write_text(text + "\nOne more sentence.\n")
    found["edit"] = measure(build)
    file.write_text(text.replace('title: "', 'title: "Late: ', 1))
    found["title"] = measure(build)
    copied = output.with_name("copied")
    found["floor"] = measure(lambda: subprocess.run(["cp", "-r", str(output), str(copied)], check=True))
    return found


def main() -> None:
    """Print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="1000")
    options.add_argument("--json", type=Path, help="write the figures here too; scripts/plot.py draws them")
    options.add_argument("--imported", action="store_true", help="articles as an import writes them, with evidence")
    chosen = options.parse_args()
    figures = []
    print(f"{'articles':>9} {'build':8}{'wall s':>9}{'cpu s':>9}{'cpu ms each':>13}")
    for size in map(int, chosen.sizes.split(",")):
        folder = Path(tempfile.mkdtemp(prefix="broadsheet-bench-"))
        try:
            for name, (wall, cpu) in rounds(site(folder / "site", size, chosen.imported), folder / "output").items():
                print(f"{size:9d} {name:8}{wall:9.2f}{cpu:9.2f}{cpu / size * 1000:13.3f}", flush=True)
                figures.append({"articles": size, "build": name, "wall": round(wall, 3), "cpu": round(cpu, 3)})
        finally:
            shutil.rmtree(folder)
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
