"""What exports need of plain articles, through stencils as pages are: `broadsheet.press.lane.stencil`.

The record of an article that holds tokens for its values is made once a shape, by the
general calls; the others are that record with their own values, escaped as JSON or as
cells of CSV. It serves where every exporter says which of the two it writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import orjson
from msgspec import Struct
from msgspec.structs import replace

from broadsheet import jsonld, urls
from broadsheet.export import Plan, Record, Recorded
from broadsheet.fields import cells
from broadsheet.model import Published
from broadsheet.press.lane import article as lane
from broadsheet.press.lane.holes import Text, Written
from broadsheet.press.lane.values import DATELINE, ISO, SECTION, SUMMARY, TITLE, Shape, names, tokens

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
#: Parts texts that are filled together; no value of the lane holds it, and a format that writes it is left alone.
_PART: Final = b"\x00"
#: The values that a cell of CSV may have to quote; names, addresses and numbers of the lane never need it.
_QUOTED: Final = (TITLE, SUMMARY, DATELINE)


class Entry(Struct, frozen=True):
    """The record of one shape, with holes. Texts that are filled with the same values are one text, parted by `_PART`."""

    json: Text  # the line whose digest is told, the preview, and pieces and sets that are no CSV
    csv: Text | None
    facts: tuple[Any, ...]
    counts: tuple[int, ...]
    distinct: tuple[int, ...]  # how many texts each set has
    pieces: tuple[bool, ...]  # whether each is CSV
    shared: tuple[int, ...]
    kept: tuple[bytes, ...]

    def record(self, found: str, file: str) -> Record:
        """Return the record of an article in the content file ``file``, whose values were `joined`."""
        written = Written(found)
        day = written.texts[ISO][:10]
        dates = day, day[:4]
        line, preview, *texts = self.json.fill([*written.json(), *dates, orjson.dumps(file)[1:-1]]).split(_PART)
        rest = iter(texts)
        cells = iter(self._cells(written.texts, dates, file))
        return (
            blake2b(line, digest_size=16).digest(),
            (day.decode(), self.facts[1], written.texts[SECTION].decode(), *self.facts[3:]),
            preview,
            self.counts,
            tuple([tuple(islice(rest, count)) for count in self.distinct]),
            tuple([next(cells if csv else rest) for csv in self.pieces]),
            tuple([tuple(islice(rest, count)) for count in self.shared]),
            self.kept,
        )

    def _cells(self, found: Sequence[bytes], dates: tuple[bytes, bytes], file: str) -> list[bytes]:
        if self.csv is None:
            return []
        values = [*found, *dates, cell(file).encode()]
        for place in _QUOTED:
            values[place] = cell(found[place].decode()).encode()
        return self.csv.fill(values).split(_PART)


def cell(text: str) -> str:
    """Return a text as a cell of CSV, as `csv.writer` writes it (RFC 4180)."""
    text = cells.guard(text)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


def entry(plan: Plan, site: Site, of: Shape) -> Entry | None:
    """Return the record of a shape with holes; None where a format, or the site, wants more than values."""
    quotes = [one.quotes for one in plan.slots]
    if plan.kept or site.exports.bodies or not all(quotes):
        return None
    published = _published(site, of)
    made = Recorded(*plan.record(published))
    places = names(of)
    places = {**places, "date": len(places), "year": len(places) + 1, "file": len(places) + 2}

    def joined(texts: Iterable[bytes]) -> Text:
        shown = _PART.join(texts).decode()
        for written, token in _TOKENS.items():
            shown = shown.replace(written, token)
        return Text(shown, places)

    csv = [quote == "csv" for quote in quotes]
    plain = [piece for piece, is_csv in zip(made.pieces, csv, strict=True) if not is_csv]
    cells_of = [piece for piece, is_csv in zip(made.pieces, csv, strict=True) if is_csv]
    distinct, shared = ([one for some in sets for one in some] for sets in (made.distinct, made.shared))
    written = [plan.line(published), made.preview, *distinct, *plain, *shared]
    if any(_PART in one for one in (*written, *cells_of)):
        return None
    return Entry(
        joined(written),
        joined(cells_of) if cells_of else None,
        made.facts,
        made.counts,
        tuple(map(len, made.distinct)),
        tuple(csv),
        tuple(map(len, made.shared)),
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
