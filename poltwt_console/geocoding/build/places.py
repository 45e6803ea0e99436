"""The places: GeoNames' own, and the small ones that only the postal records know."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from poltwt_console.geocoding.build import sources
from poltwt_console.geocoding.normalise import normalise

#: Two names closer than this are one place (a postal record is often the post office, not the centre).
SAME_PLACE_KM = 15.0


@dataclass(slots=True)
class BuildPlace:
    """A place while the file is built; ``region`` and ``district`` are GeoNames codes or ""."""

    name: str
    country: str
    region: str
    district: str
    latitude: float
    longitude: float
    population: int
    timezone: str
    folded: tuple[str, ...]  # every name, folded, the first first


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance on a sphere of 6371 km."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, half)))


class Neighbourhood:
    """Places by squares of a fifth of a degree, to find the nearest one of a country or region."""

    def __init__(self, places: Iterable[BuildPlace], by_region: bool = False) -> None:
        self._by_region = by_region
        self._squares: dict[tuple[str, int, int], list[BuildPlace]] = defaultdict(list)
        for place in places:
            area = place.region if by_region else place.country
            square = area, math.floor(place.latitude * 5), math.floor(place.longitude * 5)
            self._squares[square].append(place)

    def nearest(self, area: str, latitude: float, longitude: float) -> BuildPlace | None:
        """The nearest place of the country (or region) within some thousand kilometres, or None.

        Distances are taken on a plane, which orders neighbours well enough.
        """
        row, column = math.floor(latitude * 5), math.floor(longitude * 5)
        shrink = math.cos(math.radians(latitude)) ** 2
        for rings in (1, 3, 10, 40):
            best: tuple[float, str] | None = None
            found = None
            for north in range(row - rings, row + rings + 1):
                for east in range(column - rings, column + rings + 1):
                    for place in self._squares.get((area, north, east), ()):
                        distance = (place.latitude - latitude) ** 2 + shrink * (
                            place.longitude - longitude
                        ) ** 2
                        if best is None or (distance, place.name) < best:
                            best, found = (distance, place.name), place
            if found is not None:
                return found
        return None


def _is_code(name: str) -> bool:
    """IATA and similar codes among the alternate names: ``LON``, ``PAR``, ``KJFK``."""
    return len(name) <= 4 and name.isascii() and name.isupper()


def _is_romanised(name: str) -> bool:
    """GeoNames' letter-by-letter romanisations (``lwndwn``): lower case throughout, nobody writes them."""
    return name.isascii() and name.islower()


def load_places() -> list[BuildPlace]:
    """All GeoNames places, with the names that a person may write."""
    districts = sources.open_place_districts()
    places = []
    for row in sources.open_places():
        names = [row["name"]]
        names += [n for n in row["alternatenames"] if n and not _is_code(n) and not _is_romanised(n)]
        country, region = row["countrycode"], row["admin1code"]
        places.append(
            BuildPlace(
                name=row["name"],
                country=country,
                region=f"{country}.{region}" if region else "",
                district=districts.get(row["geonameid"], ""),
                latitude=row["latitude"],
                longitude=row["longitude"],
                population=row["population"],
                timezone=row["timezone"],
                folded=tuple(dict.fromkeys(map(normalise, names))),
            )
        )
    _fill_districts(places)
    return places


def _fill_districts(places: list[BuildPlace]) -> None:
    """Give a place without a district that of its nearest neighbour in the same region."""
    known = Neighbourhood((p for p in places if p.district), by_region=True)
    for place in places:
        if not place.district and place.region:
            near = known.nearest(place.region, place.latitude, place.longitude)
            if near is not None:
                place.district = near.district


#: Countries whose postal records are left out here: they name every hamlet, street or quarter, which
#: would double the file.
TOO_MANY = frozenset({"IN", "JP", "MX", "PE", "PL", "PT", "RU", "UA", "LT", "DZ", "SG"})

#: Large receivers of mail with a code of their own are no places.
_COMPANY = frozenset({"gmbh", "ag", "kg", "mbh", "ev", "bank", "versicherung", "postfach", "cedex"})

_Group = tuple[str, str, str]
"""(country, folded name, state as the record gives it)"""


def add_postal_places(places: list[BuildPlace], records: list[dict[str, Any]], near: Neighbourhood) -> None:
    """Append the places that only postal records know (population 0), zone and region of the nearest."""
    known: dict[tuple[str, str], list[BuildPlace]] = defaultdict(list)
    for place in places:
        for folded in place.folded:
            known[place.country, folded].append(place)
    for (country, folded, _), rows in sorted(_group_by_name(records).items()):
        latitude = sum(r[0] for r in rows) / len(rows)
        longitude = sum(r[1] for r in rows) / len(rows)
        if max(distance_km(latitude, longitude, r[0], r[1]) for r in rows) > 40:
            continue
        if any(
            distance_km(latitude, longitude, p.latitude, p.longitude) < SAME_PLACE_KM
            for p in known[country, folded]
        ):
            continue
        closest = near.nearest(country, latitude, longitude)
        if closest is None:
            continue
        name = min(Counter(r[2] for r in rows).items(), key=lambda kv: (-kv[1], kv[0]))[0]
        place = BuildPlace(
            name=name,
            country=country,
            region=closest.region,
            district=closest.district,
            latitude=round(latitude, 4),
            longitude=round(longitude, 4),
            population=0,
            timezone=closest.timezone,
            folded=(folded,),
        )
        places.append(place)
        known[country, folded].append(place)


def _group_by_name(records: list[dict[str, Any]]) -> dict[_Group, list[tuple[float, float, str]]]:
    grouped: dict[_Group, list[tuple[float, float, str]]] = defaultdict(list)
    folds: dict[str, list[tuple[str, str]]] = {}
    for record in records:
        country, city = record["country_code"], record["city"]
        if country in TOO_MANY:
            continue
        if city not in folds:
            split = [(normalise(name), name) for name in _split_postal_name(city)]
            folds[city] = [(folded, name) for folded, name in split if _is_postal_place(folded)]
        for folded, name in folds[city]:
            grouped[country, folded, record["state"]].append((record["latitude"], record["longitude"], name))
    return grouped


def _is_postal_place(folded: str) -> bool:
    return len(folded) >= 3 and not any(c.isdigit() for c in folded) and _COMPANY.isdisjoint(folded.split())


def _split_postal_name(city: str) -> list[str]:
    """``Toronto (Downsview / North York)`` names three places."""
    cleaned = city.replace("(", "/").replace(")", "/")
    return [name.strip() for name in cleaned.split("/") if name.strip()]
