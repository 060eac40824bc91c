"""CPU seconds and memory of an export of synthetic articles.

python benchmarks/export.py [ARTICLES] [FORMAT ...]     default: 100000 articles, the default formats
The articles are made while they are read, before the clock starts their cost is measured and taken off.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from broadsheet import export, jsonld
from broadsheet.config import Site
from broadsheet.model import Agency, Article, Evidence, Image, Person, Place, Published, Publisher, Source

T = TypeVar("T")
WORDS = [
    "harbour",
    "tide",
    "council",
    "bridge",
    "vote",
    "ferry",
    "lamp",
    "winter",
    "school",
    "market",
    "river",
    "budget",
    "report",
    "storm",
    "coast",
]
SITE = Site("The Bench Gazette", "https://bench.example", publisher=Publisher("The Bench Gazette"))


@dataclass(frozen=True)
class Articles:
    """``count`` articles, the same at every walk."""

    count: int

    def __iter__(self) -> Iterator[Published]:
        return (article(number) for number in range(self.count))


def words(random: Random, count: int) -> str:
    """Return invented text."""
    return " ".join(random.choices(WORDS, k=count))


def article(number: int) -> Published:
    """Return the article of this number."""
    random = Random(number)  # noqa: S311 - invented articles
    day = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=2 * number)
    who = random.randrange(400)
    town = random.randrange(900)
    stated = Article(
        words(random, 8).capitalize(),
        language="en",
        published=day,
        authors=(Person(f"Reporter {who}", "Reporter", "Tidewire" if who % 9 == 0 else None),),
        agencies=(Agency("Tidewire", "TW"),) if who % 9 == 0 else (),
        section=("News", f"Desk {who % 12}"),
        tags=tuple(random.sample(WORDS, 3)),
        summary=words(random, 18),
        dateline=f"TOWN {town}",
        place=Place(f"Town {town}", None, "US", town / 10, -town / 10),
        images=(Image(f"images/{number}.webp", words(random, 6), words(random, 9), width=1200, height=800),),
        source=Source(f"{number}.html", f"{number:064x}", f"https://old.example/{number}", day.date()),
        evidence={
            "title": Evidence("stated", path="json-ld/headline"),
            "date": Evidence("stated", day.isoformat(), 7),
            "authors": Evidence("stated", f"By Reporter {who}", 9),
            "dateline": Evidence("inferred", f"TOWN {town} -", 11, rule="dateline-dash"),
            "category": Evidence("stated", "News > Desk", 2),
        },
        file=f"content/{number}.md",
    )
    slug, text = f"story-{number}", words(random, 200)
    path = f"articles/{slug}.html"
    return Published(stated, slug, path, f"{SITE.url}/{path}", "", text, jsonld.document(stated, SITE, path, text))


def main() -> None:
    """Print one JSON line: articles, CPU seconds of making them and of exporting them, peak memory."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    formats = sys.argv[2:] or None
    articles = Articles(count)
    start = time.process_time()
    for _ in articles:
        pass
    made = time.process_time() - start
    walks = Walks(articles)
    folder = Path(tempfile.mkdtemp())
    site = replace(SITE, root=folder)
    start = time.process_time()
    try:
        dataset = export.write(walks, site, folder / "data", formats)
        spent = time.process_time() - start
        size = sum(one.bytes for one in dataset.files)
        spent_on = steps(count, site, formats)
    finally:
        shutil.rmtree(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found = {
        "articles": count,
        "cpu_seconds": round(spent - walks.count * made, 1),
        "of_making_the_articles": round(walks.count * made, 1),
        "peak_mb": peak,
        "written_mb": size // 1_000_000,
        **spent_on,
    }
    print(json.dumps(found))


def steps(count: int, site: Site, formats: list[str] | None) -> dict[str, float]:
    """Return the CPU time of the steps of a build: microseconds an article of a record, seconds of all else."""
    plan, before = export.plan(site, formats), site.root / "data"
    some = [article(number) for number in range(min(count, 1_000))]
    recorded, records = timed(lambda: [plan.record(one) for one in some])
    many = (records[number % len(records)] for number in range(count))
    assembled, (_, laid) = timed(lambda: export.assemble(plan, before, many))
    other = plan.record(replace(some[0], text=f"{some[0].text} More.", document=jsonld.document(
        some[0].article, SITE, some[0].path, f"{some[0].text} More.")))  # fmt: skip
    spliced, _ = timed(lambda: export.splice(plan, laid, before, site.root / "next", {0: (records[0], other)}))
    return {
        "record_us": round(recorded * 1e6 / len(some)),
        "assemble_seconds": round(assembled, 2),
        "splice_seconds": round(spliced, 3),
    }


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return CPU seconds, and what ``work`` returns."""
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


@dataclass
class Walks:
    """Counts how often the articles are read."""

    articles: Articles
    count: int = 0

    def __iter__(self) -> Iterator[Published]:
        self.count += 1
        return iter(self.articles)


if __name__ == "__main__":
    main()
