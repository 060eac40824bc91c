"""Check the evidence of every article read from a folder: each span stands where it says and holds its value.

    python benchmarks/evidence.py FOLDER [--pattern '*.txt']

Prints what does not hold and exits 1 where anything does not.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from broadsheet import importers
from broadsheet.importers import dates, sources
from broadsheet.model import Article, Evidence

#: Front-matter key → is there a value that evidence must explain?
KEYS = (
    "title",
    "date",
    "modified",
    "authors",
    "agency",
    "category",
    "dateline",
    "place",
    "lang",
    "publisher",
    "body",
    "summary",
    "tags",
)


def faults(article: Article, text: str) -> Iterator[str]:
    """Yield a sentence for every value without evidence and every span that does not hold."""
    values = stated(article)
    for key in KEYS:
        evidence = article.evidence.get(key)
        if evidence is None:
            if values[key]:
                yield f"{key}: {values[key]} has no evidence"
            continue
        if evidence.text is not None:
            yield from _span(key, evidence, text)
        if evidence.basis == "absent" and values[key] and key != "title":
            yield f"{key}: is said to be absent and is {values[key]}"
        if evidence.basis == "stated":
            yield from _holds(key, values[key], evidence, article)


def stated(article: Article) -> dict[str, list[str]]:
    """Return the texts that the span of each key must hold."""
    return {
        "title": [article.headline],
        "date": [str(article.published)] if article.published else [],
        "modified": [str(article.modified)] if article.modified else [],
        "authors": [one.name for one in article.authors],
        "agency": [one.name for one in article.agencies],
        "category": list(article.section),
        "dateline": [article.dateline] if article.dateline else [],
        "place": [article.place.name] if article.place else [],
        "lang": [article.language] if article.language else [],
        "publisher": [article.publisher.name] if article.publisher else [],
        "body": [article.body] if article.body else [],
        "summary": [article.summary] if article.summary else [],
        "tags": list(article.tags),
    }


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def _span(key: str, evidence: Evidence, text: str) -> Iterator[str]:
    lines = text.split("\n")
    if not evidence.line or evidence.line > len(lines):
        yield f"{key}: line {evidence.line} is not in the source"
        return
    size = str(evidence.text).count("\n") + 1
    if str(evidence.text) not in "\n".join(lines[evidence.line - 1 : evidence.line - 1 + size]):
        yield f"{key}: line {evidence.line} does not hold {evidence.text!r}"


def _holds(key: str, values: list[str], evidence: Evidence, article: Article) -> Iterator[str]:
    span = _plain(str(evidence.text))
    if key in {"date", "modified"}:
        read = {str(one.moment) for one in dates.find(str(evidence.text), article.language)}
        other = {
            str(one.moment)
            for order in ("dmy", "mdy")
            for one in dates.find(str(evidence.text), article.language, order)
        }  # type: ignore[arg-type]
        if not set(values) <= read | other:
            yield f"{key}: {values} is not what {evidence.text!r} says"
    elif key == "agency":
        for agency in article.agencies:
            if _plain(agency.name) not in span and _plain(agency.code or "\0") not in span:
                yield f"{key}: {agency.name} is not in {evidence.text!r}"
    elif key == "body":
        if not article.body:
            yield "body: has evidence and no text"
    else:
        for value in values:
            if _plain(value) not in span:
                yield f"{key}: {value!r} is not in {evidence.text!r}"


def main() -> None:
    """Check a folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pattern", default="**/*.txt")
    options = parser.parse_args()
    if options.folder is None:
        print("No folder of scrapes was named; nothing was checked.")
        return
    seen: Counter[str] = Counter()
    for path in sorted(options.folder.glob(options.pattern)):
        text = sources.decode(path.read_bytes()).text
        for found in importers.read(path):
            if isinstance(found, Article):
                seen["articles"] += 1
                for fault in faults(found, text):
                    seen["faults"] += 1
                    print(f"{path}: {fault}")
    print(f"{seen['articles']} articles, {seen['faults']} faults")
    sys.exit(1 if seen["faults"] else 0)


if __name__ == "__main__":
    main()
