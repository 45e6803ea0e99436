"""Postal codes: one point and one spread for each code of each country, and for its prefixes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from poltwt_console.geocoding.build.places import distance_km

#: How many characters of a code are kept: the rest says nothing that a map of the world shows,
#: or, for the Emirates, is no postcode at all (Makani building numbers).
_KEPT = {"AE": 0, "PT": 4, "SG": 2, "BR": 5}

#: A prefix is kept when all its codes lie within this many kilometres of their centre.
_PREFIX_KM = 100.0

PostalRow = tuple[str, str, float, float, int]
"""(country, code, latitude, longitude, spread in km)"""


def fold_code(code: str) -> str:
    """A postcode as it is looked up: upper case, letters and digits only."""
    return "".join(c for c in code.upper() if c.isalnum())


def _summarise(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """The middle of some points and the distance that holds nine tenths of them."""
    if len(points) == 1:
        return (*points[0], 0.0)
    latitude = sorted(p[0] for p in points)[len(points) // 2]
    longitude = sorted(p[1] for p in points)[len(points) // 2]
    reach = sorted(distance_km(latitude, longitude, *p) for p in points)
    return latitude, longitude, reach[(len(reach) * 9) // 10]


def _is_scattered(points: list[tuple[float, float]]) -> bool:
    """Whether some points lie over more than six degrees of latitude: no prefix worth keeping."""
    latitudes = [p[0] for p in points]
    return max(latitudes) - min(latitudes) > 6.0


def gather_postcodes(records: Iterable[dict[str, Any]]) -> list[PostalRow]:
    """Every code and every telling prefix (written ``902*``), sorted by country and code."""
    codes: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for record in records:
        country = record["country_code"]
        code = fold_code(record["postal_code"])[: _KEPT.get(country, 10)]
        if len(code) >= 2:
            codes[country, code].append((record["latitude"], record["longitude"]))
    rows: list[PostalRow] = []
    prefixes: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for (country, code), points in codes.items():
        latitude, longitude, spread = _summarise(points)
        rows.append((country, code, latitude, longitude, min(255, round(spread))))
        for length in range(2, len(code)):
            prefixes[country, code[:length]].append((latitude, longitude))
    for (country, prefix), points in prefixes.items():
        if len(points) < 2 or _is_scattered(points):
            continue
        latitude, longitude, spread = _summarise(points)
        if spread <= _PREFIX_KM:
            rows.append((country, prefix + "*", latitude, longitude, max(5, round(spread))))
    return sorted(rows)
