"""How fast the gate judges: ``python benchmarks/gate.py [--documents N] [--profile google]``.

Documents are typical article graphs (article, page, breadcrumbs, publisher, two authors,
two pictures, a body of some 600 words), made here, each with its own values. Prints
documents a minute on one core (processor time) and the median, 95th percentile and slowest in milliseconds.
"""

from __future__ import annotations

import argparse
import copy
import statistics
import time
from typing import Any

from broadsheet import validate

PAPER = "https://paper.example"
BODY = "The bridge opened at noon, and the harbor master wrote the hour into the book. " * 43


def document(number: int) -> dict[str, Any]:
    """Return one article graph without a fault."""
    page = f"{PAPER}/articles/story-{number}.html"
    people = [
        {
            "@type": "Person",
            "@id": f"{PAPER}/author/{name}.html#person",
            "name": f"{name.title()} Marsh",
            "url": f"{PAPER}/author/{name}.html",
        }
        for name in ("ada", f"lee{number % 50}")
    ]
    pictures = [
        {
            "@type": "ImageObject",
            "@id": f"{page}#image-{at}",
            "url": f"{PAPER}/images/{number}-{at}.webp",
            "contentUrl": f"{PAPER}/images/{number}-{at}.webp",
            "caption": "The swing bridge, half open.",
            "creditText": "Lee Marsh / The Example Paper",
            "width": 1600,
            "height": 900,
        }
        for at in (1, 2)
    ]
    article = {
        "@type": "NewsArticle",
        "@id": f"{page}#article",
        "url": page,
        "mainEntityOfPage": {"@id": page},
        "headline": f"Bridge reopens for the {number}th time",
        "description": "Nobody is surprised, and everybody is glad.",
        "inLanguage": "en",
        "datePublished": f"2026-{number % 9 + 1:02}-04T18:30:00-08:00",
        "dateModified": f"2026-{number % 9 + 1:02}-05T08:30:00-08:00",
        "author": [{"@type": "Person", "@id": one["@id"], "name": one["name"]} for one in people],
        "publisher": {"@type": "NewsMediaOrganization", "@id": f"{PAPER}/#publisher", "name": "The Example Paper"},
        "image": [{"@id": one["@id"]} for one in pictures],
        "articleSection": ["News", "Local"],
        "keywords": ["bridge", "harbor", "council"],
        "dateline": "PORT ELLERY, Wash.",
        "locationCreated": {
            "@type": "Place",
            "name": "Port Ellery",
            "address": {"@type": "PostalAddress", "addressRegion": "WA", "addressCountry": "US"},
        },
        "isAccessibleForFree": True,
        "wordCount": 602,
        "articleBody": f"Story {number}. {BODY}",
    }
    web_page = {
        "@type": "WebPage",
        "@id": page,
        "url": page,
        "name": article["headline"],
        "breadcrumb": {"@id": f"{page}#trail"},
        "inLanguage": "en",
    }
    names = (
        ("Home", f"{PAPER}/"),
        ("News", f"{PAPER}/section/news.html"),
        ("Local", f"{PAPER}/section/news/local.html"),
    )
    trail = {
        "@type": "BreadcrumbList",
        "@id": f"{page}#trail",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name, "item": address}
            for at, (name, address) in enumerate(names, 1)
        ],
    }
    publisher = {
        "@type": "NewsMediaOrganization",
        "@id": f"{PAPER}/#publisher",
        "name": "The Example Paper",
        "url": f"{PAPER}/",
        "foundingDate": "1887-04-09",
        "logo": {"@type": "ImageObject", "url": f"{PAPER}/logo.png", "width": 600, "height": 60},
        "correctionsPolicy": f"{PAPER}/pages/corrections.html",
        "ethicsPolicy": f"{PAPER}/pages/ethics.html",
    }
    return {"@context": "https://schema.org", "@graph": [article, web_page, trail, publisher, *people, *pictures]}


def main() -> None:
    """Judge the documents one by one and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--profile", action="append", default=[])
    options = parser.parse_args()
    documents = [copy.deepcopy(document(number)) for number in range(options.documents)]
    for problem in validate.document(documents[0], file="first", profiles=options.profile):
        raise SystemExit(f"The document should be clean: {problem.message}")
    took = []
    began = time.process_time()
    for one in documents:
        start = time.process_time()
        validate.document(one, file="document", profiles=options.profile)
        took.append((time.process_time() - start) * 1000)
    whole = time.process_time() - began
    took.sort()
    print(
        f"{options.documents} documents in {whole:.2f} s: {options.documents / whole * 60:,.0f} a minute on one core (processor time)"
    )
    print(
        f"median {statistics.median(took):.2f} ms, 95 % within {took[int(len(took) * 0.95)]:.2f} ms, slowest {took[-1]:.2f} ms"
    )


if __name__ == "__main__":
    main()
