"""Draw docs/performance.svg from docs/performance.json, which ``benchmarks/build.py --json`` wrote.

Both axes are logarithmic: a straight line that climbs one decade a decade is a cost that grows as the paper does.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
WIDTH, HEIGHT, MARGIN, RIGHT = 760, 420, 60, 170
NAMES = {
    "cold": "cold",
    "floor": "copying the output",
    "edit": "one article edited",
    "noop": "nothing changed",
}
COLOURS = {"cold": "#9c1c1c", "floor": "#777777", "edit": "#2a7a4b", "noop": "#b07a10"}

Point = tuple[float, float]


def main() -> None:
    """Draw."""
    lines: dict[str, list[Point]] = defaultdict(list)
    for one in json.loads((DOCS / "performance.json").read_text()):
        lines[one["build"]].append((one["articles"], one["cpu"]))
    points = [point for line in lines.values() for point in line]
    scale = Scale([x for x, _ in points], [y for _, y in points])
    drawn = [*scale.grid(), *(part for name in NAMES if name in lines for part in series(name, lines[name], scale))]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">'
    title = "<title>Processor seconds of a build by the number of articles</title>"
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    (DOCS / "performance.svg").write_text("\n".join([head, title, paper, *drawn, "</svg>", ""]))


class Scale:
    """From articles and seconds to places on the page."""

    def __init__(self, across: list[float], up: list[float]) -> None:
        self.left, self.right = math.log10(min(across)), math.log10(max(across))
        self.low, self.high = math.floor(math.log10(min(up))), math.ceil(math.log10(max(up)))

    def place(self, x: float, y: float) -> Point:
        """Return where a point stands."""
        across = (math.log10(x) - self.left) / (self.right - self.left or 1)
        up = (math.log10(y) - self.low) / (self.high - self.low or 1)
        return MARGIN + across * (WIDTH - MARGIN - RIGHT), HEIGHT - MARGIN - up * (HEIGHT - 2 * MARGIN)

    def grid(self) -> list[str]:
        """Return the lines of the decades and what they mean."""
        drawn = []
        for power in range(self.low, self.high + 1):
            x, y = self.place(10**self.left, 10.0**power)
            drawn.append(f'<path d="M{x:.1f} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
            drawn.append(f'<text x="{x - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>')
        for power in range(math.ceil(self.left), math.floor(self.right) + 1):
            x, y = self.place(10.0**power, 10.0**self.low)
            drawn.append(f'<path d="M{x:.1f} {y:.1f}V{MARGIN}" stroke="#ddd"/>')
            drawn.append(f'<text x="{x:.1f}" y="{y + 20:.1f}" text-anchor="middle">{10**power:,}</text>')
        label = f'<text x="{(MARGIN + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">articles</text>'
        return [*drawn, label]


def series(name: str, line: list[Point], scale: Scale) -> list[str]:
    """Return one line, its points and its name."""
    places = [scale.place(*point) for point in sorted(line)]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    colour = COLOURS[name]
    x, y = places[-1]
    return [
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places),
        f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{colour}">{NAMES[name]}</text>',
    ]


if __name__ == "__main__":
    main()
