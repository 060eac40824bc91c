"""N-Quads (W3C, 2014-02-25): the graph of the whole paper as RDF, one statement a line, nothing fetched.

What schema.org's own context (release 30.0, CC BY-SA 3.0) says about our terms is in `ADDRESSES`
and `DATES`: it reads their texts as addresses and as schema:Date. Statements are in the default graph.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any, BinaryIO
from urllib.parse import urljoin

import orjson

from broadsheet.model import Published

NAME = "paper"
SUFFIX = "nq"
DESCRIPTION = "N-Quads: the graph of the whole paper for RDF stores."
MEDIA_TYPE = "application/n-quads"
SCHEMA = "http://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
ADDRESSES = frozenset(
    """
    acquireLicensePage actionableFeedbackPolicy archivedAt contentUrl correctionsPolicy discussionUrl diversityPolicy
    diversityStaffingReport documentation downloadUrl embedUrl ethicsPolicy hasMap image isBasedOn isBasedOnUrl isPartOf
    license logo mainEntityOfPage map maps masthead missionCoveragePrioritiesPolicy newsUpdatesAndGuidelines
    noBylinesPolicy originalMediaLink publishingPrinciples relatedLink replyToUrl sameAs screenshot sdLicense serviceUrl
    significantLink significantLinks speakable target targetUrl thumbnailUrl unnamedSourcesPolicy url usageInfo
    verificationFactCheckingPolicy webFeed
    """.split()
)
DATES = frozenset(
    """
    birthDate dateCreated dateDeleted dateIssued dateModified datePublished deathDate dissolutionDate endDate expires
    foundingDate lastReviewed sdDatePublished startDate uploadDate validFrom validThrough validUntil
    """.split()
)
_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')


def export(articles: Iterable[Published], out: BinaryIO) -> None:
    """Write the statements of every graph; a node that articles share comes once."""
    writer = _Writer()
    for article in articles:
        out.writelines(line.encode() for line in writer.graph(article))


class _Writer:
    """Knows which shared nodes were written, and names nodes that have no address."""

    def __init__(self) -> None:
        self.seen: set[bytes] = set()
        self.numbers = count()

    def graph(self, article: Published) -> Iterator[str]:
        for node in article.document.get("@graph", ()):
            if not self.known(node, article.url):
                yield from self.node(node, self.subject(node, article.url), article.url)

    def known(self, node: Mapping[str, Any], base: str) -> bool:
        """Return whether the same was said of a shared node before: an article's own begin with its address."""
        name = node.get("@id")
        if not isinstance(name, str) or name.startswith(base):
            return False
        said = hashlib.sha256(orjson.dumps(node)).digest()
        if said in self.seen:
            return True
        self.seen.add(said)
        return False

    def subject(self, node: Mapping[str, Any], base: str) -> str:
        name = node.get("@id")
        return _address(name, base) if isinstance(name, str) else f"_:b{next(self.numbers)}"

    def node(self, node: Mapping[str, Any], subject: str, base: str) -> Iterator[str]:
        for key, value in node.items():
            if key == "@type":
                for kind in value if isinstance(value, list) else [value]:
                    yield f"{subject} {_TYPE} <{SCHEMA}{_UNSAFE.sub('', str(kind))}> .\n"
            elif not key.startswith("@"):
                yield from self.property(subject, key, value, base)

    def property(self, subject: str, key: str, value: Any, base: str) -> Iterator[str]:
        term = f"<{SCHEMA}{_UNSAFE.sub('', key)}>"
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                name = self.subject(one, base)
                yield f"{subject} {term} {name} .\n"
                if not self.known(one, base):
                    yield from self.node(one, name, base)
            elif one is not None:
                yield f"{subject} {term} {literal(key, one, base)} .\n"


def literal(key: str, value: Any, base: str) -> str:
    """Return a value of the property ``key`` as schema.org's context reads it."""
    if isinstance(value, bool):
        return f'"{"true" if value else "false"}"^^<{XSD}boolean>'
    if isinstance(value, int):
        return f'"{value}"^^<{XSD}integer>'
    if isinstance(value, float):
        return f'"{_double(value)}"^^<{XSD}double>'
    text = str(value)
    if key in ADDRESSES:
        return _address(text, base)
    quoted = '"' + _ESCAPED.sub(_escape, text) + '"'
    return f"{quoted}^^<{SCHEMA}Date>" if key in DATES else quoted


def _escape(match: re.Match[str]) -> str:
    mark = match[0]
    return _ESCAPES.get(mark) or f"\\u{ord(mark):04X}"


def _address(text: str, base: str) -> str:
    try:
        whole = urljoin(base, text)
    except ValueError:  # "http://[": no address at all
        whole = base + "#" + text
    return "<" + _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", whole) + ">"


def _double(value: float) -> str:
    """Return the canonical form of xsd:double: "4.79E1"."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
    digits, _, exponent = f"{value:.15E}".partition("E")
    digits = digits.rstrip("0")
    return f"{digits}0E{int(exponent)}" if digits.endswith(".") else f"{digits}E{int(exponent)}"
