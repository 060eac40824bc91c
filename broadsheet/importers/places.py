"""A printed place → `Place`, through an offline gazetteer. What is ambiguous stays open.

Cities: GeoNames (CC BY 4.0), places of 5,000 people and more, data/cities.tsv.gz.
Regions, and the cities that stand alone in datelines: data/{regions,datelines}.toml.
"""

from __future__ import annotations

import gzip
import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from broadsheet.importers.fold import fold
from broadsheet.importers.languages import DATA
from broadsheet.model import Place

#: A place this many times as populous as the next of its name is the one meant, where nothing else tells.
_DOMINANT = 10


class City(Struct, frozen=True):
    """One line of the gazetteer."""

    name: str
    country: str
    region: str  # GeoNames admin1 code
    latitude: float
    longitude: float
    people: int
    geonames: str


class Found(Struct, frozen=True):
    """The place of a printed name. ``candidates`` are the readings where several are open."""

    place: Place
    rule: str
    candidates: tuple[str, ...] = ()
    note: str | None = None


class _Keys(Sequence[bytes]):
    """The sorted gazetteer as a sequence by byte offset: the name of the line that holds the offset."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __len__(self) -> int:
        return len(self.data) - 1

    def __getitem__(self, offset: int) -> bytes:  # type: ignore[override]
        start = self.data.rfind(b"\n", 0, offset + 1) + 1
        return self.data[start : self.data.find(b"\t", start)]


@cache
def _gazetteer() -> _Keys:
    return _Keys(gzip.decompress((DATA / "cities.tsv.gz").read_bytes()))


@lru_cache(maxsize=4096)
def cities(name: str) -> tuple[City, ...]:
    """Return the cities of that name in any language, the most populous first."""
    key = fold(name).encode()
    if not key:
        return ()
    table = _gazetteer()
    spot = bisect_left(table, key)
    start = table.data.find(b"\n" + key + b"\t", max(0, spot - 300), spot + 300)
    found = []
    while start >= 0 and table.data.startswith(key + b"\t", start + 1):
        end = table.data.find(b"\n", start + 1)
        _, own, country, region, north, east, people, number = table.data[start + 1 : end].decode().split("\t")
        found.append(City(own, country, region, float(north), float(east), int(people), number))
        start = end
    return tuple(found)


@cache
def _countries() -> Mapping[str, str]:
    lines = (DATA / "countries.tsv").read_text("utf-8").splitlines()
    found: dict[str, str] = dict(line.split("\t") for line in lines)
    return found | {fold(name): code for name, code in _printed()["countries"].items()}


@cache
def _printed() -> dict[str, dict[str, str]]:
    return tomllib.loads((DATA / "datelines.toml").read_text("utf-8"))


@cache
def _alone() -> Mapping[str, str]:
    return {fold(name): where for name, where in _printed()["alone"].items()}


@cache
def _regions() -> Mapping[str, tuple[str, str, str]]:
    """Return printed form (folded) → country, region code, region's full name."""
    data: dict[str, dict[str, list[str]]] = tomllib.loads((DATA / "regions.toml").read_text("utf-8"))
    found = {}
    for country, regions in data.items():
        for code, forms in regions.items():
            postal = [code] if country == "US" else []
            for form in (*forms, *postal):
                found[fold(form)] = (country, code, forms[0])
    return found


@cache
def _region_names() -> Mapping[tuple[str, str], str]:
    return {(country, code): name for country, code, name in _regions().values()}


def country(name: str) -> str | None:
    """Return the ISO 3166-1 code of a country named in any of some forty languages."""
    return _countries().get(fold(name))


def is_alone(name: str) -> bool:
    """Tell whether ``name`` is a city that stands alone in datelines."""
    return fold(name) in _alone()


def is_region(name: str) -> bool:
    """Tell whether ``name`` may follow the comma of a dateline: a country, state or province."""
    return fold(name) in _regions() or country(name) is not None


def find(printed: str, *, home: str | None = None) -> Found | None:
    """Return the place of "CITY", "CITY, Region" or "CITY/OTHER CITY"; None where no name is printed.

    ``home`` is the publisher's country (ISO 3166-1), which decides between namesakes.
    """
    first = re.split(r"\s*[/;]\s*|\s+(?:and|und|et|y|e)\s+", printed.strip())[0]
    name, _, rest = first.partition(",")
    name = name.strip()
    if not name:
        return None
    found = [part for part in (part.strip() for part in rest.split(",")) if part]
    return _in(name, found[-1], home) if found else _by_name(name, home)


def _in(name: str, where: str, home: str | None) -> Found:
    """Return the place of a city with its state or country printed beside it."""
    known = cities(name)
    readings: list[tuple[str, str | None, str | None]] = []
    if region := _regions().get(fold(where)):
        readings.append(region)
    if code := country(where):
        readings.append((code, None, None))
    for code, region_code, _ in readings:
        fits = [one for one in known if one.country == code and region_code in {None, one.region}]
        if fits:
            return _sure(fits, _proper(name), "place-gazetteer")
    if readings:
        code, _, region_name = readings[0]
        note = f"The gazetteer has no {_proper(name)} in {where}; the coordinates are not known."
        return Found(Place(_proper(name), region=region_name, country=code), "place-printed-region", (), note)
    found = _by_name(name, home)
    return Found(Place(_proper(name), region=where), "place-printed-region", found.candidates if found else ())


def _by_name(name: str, home: str | None) -> Found | None:
    """Return the place of a city that stands alone."""
    known = list(cities(name))
    proper = _proper(name)
    if where := _alone().get(fold(name)):
        code, _, region = where.partition(" ")
        fits = [one for one in known if one.country == code and region in {"", one.region}]
        if fits:
            return _sure(fits, proper, "place-stands-alone")
        return Found(Place(proper, country=code, region=_region_names().get((code, region))), "place-stands-alone")
    if not known:
        code_of = country(name)
        return (
            Found(Place(proper, country=code_of), "place-country") if code_of else Found(Place(proper), "place-unknown")
        )
    at_home = [one for one in known if one.country == home] if home else []
    if at_home and (len(at_home) == 1 or at_home[0].people >= _DOMINANT * at_home[1].people):
        return _sure(at_home, proper, "place-in-publishers-country")
    if len(known) == 1 or known[0].people >= _DOMINANT * known[1].people:
        return _sure(known, proper, "place-gazetteer")
    return _open(known, proper)


def _sure(fits: list[City], proper: str, rule: str) -> Found:
    """Return the most populous fitting city; namesakes of like size in one region leave it open."""
    best = fits[0]
    if (
        len(fits) > 1
        and best.people < 2 * fits[1].people
        and best.geonames != fits[1].geonames
        and rule != "place-stands-alone"
    ):
        return _open(fits, proper)
    return Found(_place(best, proper), rule)


def _open(fits: list[City], proper: str) -> Found:
    """Return a place without coordinates, its readings listed: a person must choose."""
    readings = tuple(dict.fromkeys(_label(one) for one in fits[:6]))
    shared = {one.country for one in fits}
    place = Place(proper, country=shared.pop() if len(shared) == 1 else None)
    return Found(place, "place-ambiguous", readings, f"{len(fits)} places bear the name {proper}; choose one.")


def _label(city: City) -> str:
    region = _region_names().get((city.country, city.region))
    return ", ".join(part for part in (city.name, region, city.country) if part)


def _place(city: City, proper: str) -> Place:
    return Place(
        name=proper,
        region=_region_names().get((city.country, city.region)),
        country=city.country,
        latitude=city.latitude,
        longitude=city.longitude,
        same_as=(f"https://sws.geonames.org/{city.geonames}/",),
    )


_SMALL = {"DE", "DA", "DO", "DEL", "DI", "LA", "LE", "LES", "SUR", "AM", "AN", "DER", "OF", "UPON", "ON", "AND", "AL"}


def _proper(name: str) -> str:
    """Return "CLEAR LAKE" as "Clear Lake"; a name not in capitals stays as printed."""
    if not name.isupper() or len(name) < 3:
        return name
    parts = re.split(r"([\s\-'’])", name)
    small = [part.lower() if part in _SMALL and place > 0 else part.capitalize() for place, part in enumerate(parts)]
    return "".join(small)
