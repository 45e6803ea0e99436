"""The places: GeoNames' own, and the small ones that only the postal records know."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

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
    names: list[str] = field(default_factory=list)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance on a sphere of 6371 km."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, half)))


class Neighbourhood:
    """Places by squares of half a degree, to find the nearest one of a country."""

    def __init__(self, places: Iterable[BuildPlace]) -> None:
        self._squares: dict[tuple[str, int, int], list[BuildPlace]] = defaultdict(list)
        for place in places:
            self.add(place)

    def add(self, place: BuildPlace) -> None:
        square = place.country, math.floor(place.latitude * 2), math.floor(place.longitude * 2)
        self._squares[square].append(place)

    def around(self, country: str, latitude: float, longitude: float, rings: int = 1) -> Iterator[BuildPlace]:
        """Every place of the country in the squares up to ``rings`` away (half a degree each)."""
        row, column = math.floor(latitude * 2), math.floor(longitude * 2)
        for north in range(-rings, rings + 1):
            for east in range(-rings, rings + 1):
                yield from self._squares.get((country, row + north, column + east), ())

    def nearest(self, country: str, latitude: float, longitude: float) -> BuildPlace | None:
        """The nearest place of the country within some hundred kilometres, or None."""
        for rings in (1, 4, 10):
            found = min(
                self.around(country, latitude, longitude, rings),
                key=lambda p: (distance_km(latitude, longitude, p.latitude, p.longitude), p.name),
                default=None,
            )
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
                names=list(dict.fromkeys(names)),
            )
        )
    _fill_districts(places)
    return places


def _fill_districts(places: list[BuildPlace]) -> None:
    """Give a place without a district that of its nearest neighbour in the same region."""
    known = Neighbourhood(p for p in places if p.district)
    for place in places:
        if place.district or not place.region:
            continue
        near = min(
            (
                p
                for p in known.around(place.country, place.latitude, place.longitude)
                if p.region == place.region
            ),
            key=lambda p: (distance_km(place.latitude, place.longitude, p.latitude, p.longitude), p.name),
            default=None,
        )
        if near is not None:
            place.district = near.district


#: Countries whose postal records name many villages that GeoNames' 500-people list lacks (measured:
#: with their 78,000 names 0.5 points more addresses are placed within 25 km).
EXTRA_COUNTRIES = frozenset(["US", "CA", "GB", "IE", "AU", "NZ", "DE", "AT", "CH", "NL", "BE", "DK", "NO", "SE", "FI", "IS", "ZA"])

_COMPANY = frozenset(["gmbh", "ag", "kg", "mbh", "ev", "bank", "versicherung", "postfach", "cedex"])


def add_postal_places(places: list[BuildPlace], records: list[dict[str, object]]) -> None:
    """Append the places that only postal records know (population 0), zone and region of the nearest."""
    near = Neighbourhood(places)
    grouped: dict[tuple[str, str, str], list[tuple[float, float, str]]] = defaultdict(list)
    for record in records:
        country = str(record["country_code"])
        if country not in EXTRA_COUNTRIES:
            continue
        for name in _split_postal_name(str(record["city"])):
            folded = normalise(name)
            if (
                len(folded) >= 3
                and not any(c.isdigit() for c in folded)
                and not _COMPANY & set(folded.split())
            ):
                key = country, folded, str(record["state"])
                grouped[key].append((float(record["latitude"]), float(record["longitude"]), name))  # type: ignore[arg-type]
    for (country, folded, _), rows in sorted(grouped.items()):
        latitude = sum(r[0] for r in rows) / len(rows)
        longitude = sum(r[1] for r in rows) / len(rows)
        if max(distance_km(latitude, longitude, r[0], r[1]) for r in rows) > 40:
            continue
        known = any(
            distance_km(latitude, longitude, p.latitude, p.longitude) < SAME_PLACE_KM
            and any(normalise(n) == folded for n in p.names)
            for p in near.around(country, latitude, longitude)
        )
        closest = None if known else near.nearest(country, latitude, longitude)
        if closest is None:
            continue
        name = Counter(r[2] for r in rows).most_common(1)[0][0]
        places.append(
            BuildPlace(
                name=name,
                country=country,
                region=closest.region,
                district=closest.district,
                latitude=round(latitude, 4),
                longitude=round(longitude, 4),
                population=0,
                timezone=closest.timezone,
                names=[name],
            )
        )


def _split_postal_name(city: str) -> list[str]:
    """``Toronto (Downsview / North York)`` names three places."""
    cleaned = city.replace("(", "/").replace(")", "/")
    return [name.strip() for name in cleaned.split("/") if name.strip()]
