"""N-Quads (W3C, 2014-02-25): the graph of the whole paper as RDF, one statement a line, nothing fetched.

What schema.org's own context (release 30.0, CC BY-SA 3.0) says about our terms is in `ADDRESSES`
and `DATES`: it reads their texts as addresses and as schema:Date. Statements are in the default graph.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any
from urllib.parse import urljoin

import orjson

from broadsheet.fields import Piece
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


def piece(article: Published) -> Piece:
    """Return the statements of one graph; those of nodes that articles share apart, a node each."""
    shared: dict[bytes, str] = {}
    own = _Writer(article.url, article.url.encode(), shared)
    lines = [line for node in article.document.get("@graph", ()) for line in own.put(node)]
    return Piece("".join(lines).encode(), tuple(one.encode() for one in shared.values() if one))


class _Writer:
    """Writes the statements of an article, or of one shared node, and names nodes that have no address.

    ``said`` is all that they are made from: their names are the same wherever the same is said.
    """

    def __init__(self, base: str, said: bytes, shared: dict[bytes, str]) -> None:
        self.base = base
        self.shared = shared
        self.label = f"_:b{int.from_bytes(hashlib.sha256(said).digest()[:6]):015}"
        self.numbers = count()

    def put(self, node: Mapping[str, Any]) -> Iterator[str]:
        """Yield the statements of a node, if it is no shared one: these are put aside."""
        if self.apart(node):
            return
        yield from self.node(node, self.subject(node))

    def apart(self, node: Mapping[str, Any]) -> bool:
        """Put the statements of a shared node aside; tell whether it is one: an article's own begin with its address."""
        name = node.get("@id")
        if not isinstance(name, str) or name.startswith(self.base):
            return False
        said = orjson.dumps(node)
        if said not in self.shared:
            self.shared[said] = ""
            writer = _Writer(self.base, said, self.shared)
            self.shared[said] = "".join(writer.node(node, writer.subject(node)))
        return True

    def subject(self, node: Mapping[str, Any]) -> str:
        name = node.get("@id")
        return _address(name, self.base) if isinstance(name, str) else f"{self.label}{next(self.numbers)}"

    def node(self, node: Mapping[str, Any], subject: str) -> Iterator[str]:
        for key, value in node.items():
            if key == "@type":
                for kind in value if isinstance(value, list) else [value]:
                    yield f"{subject} {_TYPE} <{SCHEMA}{_UNSAFE.sub('', str(kind))}> .\n"
            elif not key.startswith("@"):
                yield from self.property(subject, key, value)

    def property(self, subject: str, key: str, value: Any) -> Iterator[str]:
        term = f"<{SCHEMA}{_UNSAFE.sub('', key)}>"
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                name = self.subject(one)
                yield f"{subject} {term} {name} .\n"
                if not self.apart(one):
                    yield from self.node(one, name)
            elif one is not None:
                yield f"{subject} {term} {literal(key, one, self.base)} .\n"


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
