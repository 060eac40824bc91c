"""What exports need of plain articles, through stencils as pages are: `broadsheet.press.lane.stencil`.

The record of an article that holds tokens for its values is made once a shape, by the
general calls; the others are that record with their own values, escaped as JSON or as
cells of CSV. It serves where every exporter says which of the two it writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

import orjson

from broadsheet import jsonld, urls
from broadsheet.export import Plan, Record, Recorded
from broadsheet.fields import cells
from broadsheet.model import Published
from broadsheet.press.lane import article as lane
from broadsheet.press.lane.holes import Text
from broadsheet.press.lane.values import DATELINE, ISO, SUMMARY, TITLE, Shape, names, tokens

if TYPE_CHECKING:
    from broadsheet.config import Site

_MOMENT: Final = datetime(9876, 11, 17, 13, 37, 42, tzinfo=UTC)
_WIDTH, _HEIGHT, _WORDS = 192_837_465, 918_273_645, 9_173
#: What stands for values that cannot be tokens, longest first.
_TOKENS: Final = {
    _MOMENT.isoformat(): "Zqisozq",
    _MOMENT.date().isoformat(): "Zqdatezq",
    str(_MOMENT.year): "Zqyearzq",
    str(_WIDTH): "Zqwidthzq",
    str(_HEIGHT): "Zqheightzq",
    str(_WORDS): "Zqlengthzq",
}
#: The values that a cell of CSV may have to quote; names, addresses and numbers of the lane never need it.
_QUOTED: Final = (TITLE, SUMMARY, DATELINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """The record of one shape, with holes."""

    line: Text
    facts: tuple[Any, ...]
    preview: Text
    counts: tuple[int, ...]
    distinct: tuple[tuple[Text, ...], ...]
    pieces: tuple[tuple[Text, bool], ...]  # with whether it is CSV
    shared: tuple[tuple[Text, ...], ...]
    kept: tuple[bytes, ...]

    def record(self, found: Sequence[str], json: Sequence[str], section: str, file: str) -> Record:
        """Return the record of an article in the content file ``file``: its values as they are, and as JSON."""
        dates = found[ISO][:10], found[ISO][:4]
        as_json = [*json, *dates, orjson.dumps(file).decode()[1:-1]]
        as_csv = [*found, *dates, cell(file)]
        for place in _QUOTED:
            as_csv[place] = cell(found[place])
        return (
            blake2b(self.line.fill(as_json).encode(), digest_size=16).digest(),
            (dates[0], self.facts[1], section, *self.facts[3:]),
            self.preview.fill(as_json).encode(),
            self.counts,
            _filled(self.distinct, as_json),
            tuple([text.fill(as_csv if csv else as_json).encode() for text, csv in self.pieces]),
            _filled(self.shared, as_json),
            self.kept,
        )


def cell(text: str) -> str:
    """Return a text as a cell of CSV, as `csv.writer` writes it (RFC 4180)."""
    text = cells.guard(text)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


def _filled(texts: tuple[tuple[Text, ...], ...], values: Sequence[str]) -> tuple[tuple[bytes, ...], ...]:
    return tuple([tuple([one.fill(values).encode() for one in some]) for some in texts])


def entry(plan: Plan, site: Site, of: Shape) -> Entry | None:
    """Return the record of a shape with holes; None where a format, or the site, wants more than values."""
    quotes = [one.quotes for one in plan.slots]
    if plan.kept or site.exports.bodies or not all(quotes):
        return None
    published = _published(site, of)
    made = Recorded(*plan.record(published))
    places = names(of)
    places = {**places, "date": len(places), "year": len(places) + 1, "file": len(places) + 2}

    def text(raw: bytes) -> Text:
        shown = raw.decode()
        for written, token in _TOKENS.items():
            shown = shown.replace(written, token)
        return Text(shown, places)

    def texts(some: tuple[tuple[bytes, ...], ...]) -> tuple[tuple[Text, ...], ...]:
        return tuple(tuple(map(text, lines)) for lines in some)

    return Entry(
        text(plan.line(published)),
        made.facts,
        text(made.preview),
        made.counts,
        texts(made.distinct),
        tuple((text(piece), quote == "csv") for piece, quote in zip(made.pieces, quotes, strict=True)),
        texts(made.shared),
        made.kept,
    )


def _published(site: Site, of: Shape) -> Published:
    """Return an article of a shape with tokens for its values."""
    body = " ".join(["w"] * _WORDS)
    plain = replace(tokens(of), published=_MOMENT)
    article = lane.article(plain, "Zqfilezq", site.language, (_WIDTH, _HEIGHT) if of.sized else None)
    path = urls.article_path("zqslugzq")
    document = jsonld.document(article, site, path, body)
    return Published(article, "zqslugzq", path, f"{site.url}/{path}", "", body, orjson.loads(orjson.dumps(document)))
