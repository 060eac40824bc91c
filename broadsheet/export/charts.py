"""Charts of the data page: SVG files made at build time, each with its numbers in words.

They are shown as pictures, so that nothing in them can run and the page's policy needs no exception.
Colours stand out on white and on black alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from markupsafe import Markup
from msgspec import Struct

from broadsheet.export.counts import Counts

_INK, _BAR = "#767676", "#a8513c"
_BASES = (
    ("stated", "#2f7d6d"),
    ("inferred", "#c28a2c"),
    ("configured", "#5b7bb4"),
    ("absent", "#a8513c"),
    ("", "#8d8d8d"),
)
_WIDTH, _LABEL, _ROW = 640, 190, 24  # user units
_MOST = 12  # rows of a chart; the rest is one row


class Chart(Struct, frozen=True):
    """One picture. ``file`` is its name below data/charts/; ``source`` is the SVG."""

    file: str
    title: str
    alternative: str  # the numbers in words
    source: str

    @property
    def svg(self) -> Markup:
        """Return the element that shows the picture on data.html."""
        height = self.source.partition('height="')[2].partition('"')[0]
        return Markup('<img src="data/charts/{}" alt="{}" width="{}" height="{}">').format(
            self.file, f"{self.title}. {self.alternative}", _WIDTH, height
        )


def charts(counts: Counts) -> tuple[Chart, ...]:
    """Return the charts that have something to show."""
    found = [
        _bars("months.svg", "Articles by month", _months(counts.months)),
        _bars("sections.svg", "Articles by section", _largest(counts.sections, "no section")),
        _bars("agencies.svg", "Articles by agency", _largest(counts.agencies, "no agency")),
        _shares("evidence.svg", "How each value is known", counts.bases),
    ]
    return tuple(chart for chart in found if chart is not None)


def _months(months: Counter[str]) -> list[tuple[str, int]]:
    """Return months in order; years where the months are too many."""
    dated = Counter({month: count for month, count in months.items() if month})
    if len(dated) > 2 * _MOST:
        years: Counter[str] = Counter()
        for month, count in dated.items():
            years[month[:4]] += count
        dated = years
    listed = sorted(dated.items())
    shown = listed[-2 * _MOST :]
    earlier = sum(count for _, count in listed[: -2 * _MOST])
    undated = [("undated", months[""])] if months[""] else []
    return ([("earlier", earlier)] if earlier else []) + shown + undated


def _largest(counts: Counter[str], nothing: str) -> list[tuple[str, int]]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rest = sum(count for _, count in ranked[_MOST:])
    shown = [(name or nothing, count) for name, count in ranked[:_MOST]]
    return shown + ([("all others", rest)] if rest else [])


def _bars(file: str, title: str, values: Sequence[tuple[str, int]]) -> Chart | None:
    if not values:
        return None
    most = max(count for _, count in values)
    room = _WIDTH - _LABEL - 70
    drawn = []
    for number, (name, count) in enumerate(values):
        top, length = number * _ROW, round(room * count / most, 1)
        drawn += [
            _text(_LABEL - 8, top + 16, _short(name), "end"),
            f'<rect x="{_LABEL}" y="{top + 4}" width="{length}" height="{_ROW - 8}" fill="{_BAR}"/>',
            _text(_LABEL + length + 6, top + 16, f"{count:,}", "start"),
        ]
    words = "; ".join(f"{_plain(name)} {count:,}" for name, count in values) + "."
    return Chart(file, title, words, _svg(title, words, len(values) * _ROW, drawn))


def _shares(file: str, title: str, bases: Mapping[str, Counter[str]]) -> Chart | None:
    rows = [(column, counter) for column, counter in bases.items() if any(basis for basis in counter)]
    if not rows:
        return None
    room = _WIDTH - _LABEL - 10
    drawn, words = [], []
    for number, (column, counter) in enumerate(rows):
        top, left, total = number * _ROW, float(_LABEL), counter.total()
        drawn.append(_text(_LABEL - 8, top + 16, column, "end"))
        for basis, colour in _BASES:
            width = room * counter[basis] / total
            if width:
                place = f'x="{left:.1f}" y="{top + 4}" width="{width:.1f}" height="{_ROW - 8}"'
                drawn.append(f'<rect {place} fill="{colour}"/>')
            left += width
        shares = (f"{basis or 'not recorded'} {counter[basis] / total:.0%}" for basis, _ in _BASES if counter[basis])
        words.append(f"{column}: {', '.join(shares)}")
    drawn += _key(len(rows) * _ROW)
    told = "; ".join(words) + "."
    return Chart(file, title, told, _svg(title, told, (len(rows) + 1) * _ROW + 6, drawn))


def _key(top: int) -> list[str]:
    drawn = []
    for number, (basis, colour) in enumerate(_BASES):
        left = 20 + number * 122
        drawn.append(f'<rect x="{left}" y="{top + 12}" width="12" height="12" fill="{colour}"/>')
        drawn.append(_text(left + 18, top + 23, basis or "not recorded", "start"))
    return drawn


def _svg(title: str, words: str, height: int, drawn: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" role="img" font-family="sans-serif" font-size="13">'
    )
    return "\n".join(
        [head, f"<title>{_escaped(title)}</title>", f"<desc>{_escaped(words)}</desc>", *drawn, "</svg>", ""]
    )


def _text(left: float, top: int, words: str, anchor: str) -> str:
    return f'<text x="{left:g}" y="{top}" text-anchor="{anchor}" fill="{_INK}">{_escaped(words)}</text>'


def _plain(name: str) -> str:
    """Return a name that XML can hold."""
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in name)


def _short(name: str) -> str:
    name = _plain(name)
    return name if len(name) <= 26 else name[:25] + "…"


#: Signs that make markup or addresses of text → signs that look like them.
_HARMLESS = str.maketrans({"<": "‹", ">": "›", "=": "＝"})


def _escaped(words: str) -> str:
    """Return words for an SVG: with angle quotes, so that they are no markup however often they are unescaped."""
    return escape(words.translate(_HARMLESS))
