"""Time the import of saved pages, page by page beside trafilatura alone, so that load falls on both alike.

    python benchmarks/import_html.py FOLDER [--limit 60]

FOLDER holds saved pages, ``*.html`` or ``*.html.gz``, at any depth. Prints milliseconds of
processor time a page on one core (median, mean, 95 %) and the memory that was needed.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from trafilatura import bare_extraction

from broadsheet.importers import html


def ours(data: bytes) -> object:
    """Read one page with all its fields."""
    try:
        return html.article_of(data)
    except html.page.UnusablePage as error:
        return error


def theirs(data: bytes) -> object:
    """Read one page's text and metadata with trafilatura's defaults."""
    return bare_extraction(data, with_metadata=True, include_comments=False)


def elapsed(read: Callable[[bytes], object], data: bytes) -> float:
    """Return the milliseconds of processor time that ``read`` took."""
    start = time.process_time()
    read(data)
    return (time.process_time() - start) * 1000


def pages(folder: Path, limit: int | None) -> list[bytes]:
    """Return the bytes of the saved pages below a folder."""
    files = sorted([*folder.rglob("*.html"), *folder.rglob("*.html.gz")])[:limit]
    return [gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes() for file in files]


def line(name: str, times: list[float]) -> str:
    """Return one row of the table."""
    late = sorted(times)[int(len(times) * 0.95)]
    return f"{name:12}{statistics.median(times):9.1f}{statistics.mean(times):9.1f}{late:9.1f}"


def main() -> None:
    """Measure a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    if options.folder is None:
        print("No folder of saved pages was named; nothing was measured.")
        return
    found = pages(options.folder, options.limit)
    if not found:
        parser.error(f"{options.folder} holds no saved pages.")
    readers: dict[str, Callable[[bytes], object]] = {"broadsheet": ours, "trafilatura": theirs}
    for read in readers.values():
        read(found[0])  # imports and caches are no part of a page's time
    times: dict[str, list[float]] = {name: [] for name in readers}
    for data in found:
        for name, read in readers.items():
            times[name].append(elapsed(read, data))
    print(f"{len(found)} pages    median     mean      95 %   (ms of one core)")
    for name, measured in times.items():
        print(line(name, measured))
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


if __name__ == "__main__":
    main()
