"""The offline geocoder behind geopy's interface, for those who know that one.

Kept apart from the geocoder itself: importing geopy costs some 75 ms, and nothing offline needs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geopy.geocoders.base import Geocoder as GeopyGeocoder
from geopy.location import Location as GeopyLocation
from geopy.point import Point

from poltwt_console.domain.place import Candidate, Hints, Location, Precision
from poltwt_console.geocoding.geocoder import MAX_CANDIDATES, Geocoder

#: ``reverse`` finds nothing where no place is nearer than this (km): the open sea, the ice.
_NOWHERE_KM = 300.0


class OfflineGeocoder(GeopyGeocoder):  # type: ignore[misc]
    """``geocode`` and ``reverse`` of geopy, answered from the file of places without a network.

    ``raw`` of each location holds precision, radius_km, country, region, timezone, score, margin,
    distance_km, reasons and needs_review.
    """

    def __init__(self, geocoder: Geocoder) -> None:
        super().__init__()
        self._geocoder = geocoder

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country: str | None = None,
        hints: Hints | None = None,
        limit: int = MAX_CANDIDATES,
        timeout: object = None,
    ) -> GeopyLocation | list[GeopyLocation] | None:
        """The place of an address, or up to ``limit`` candidates; None if there is no such place.

        ``country`` (ISO code) is a hint like a country field; ``timeout`` is there for geopy's callers.
        """
        location = self._geocoder.locate(query, hints or Hints(country=country))
        found = [_to_geopy(candidate, location) for candidate in location.candidates[: max(1, limit)]]
        if not found:
            return None
        return found[0] if exactly_one else found

    def reverse(
        self, query: Point | Sequence[float] | str, *, exactly_one: bool = True, timeout: object = None
    ) -> GeopyLocation | list[GeopyLocation] | None:
        """The place nearest to a point (geopy Point, (latitude, longitude), or text); None far from any."""
        point = Point(query)
        file = self._geocoder.file
        near = file.nearest(point.latitude, point.longitude)
        if near is None or near[1] > _NOWHERE_KM:
            return None
        town, distance = near
        country = file.countries[file.country[town]]
        label = ", ".join(filter(None, (file.place_name(town), file.region_name(town), country.name)))
        raw = {
            "precision": Precision.LOCALITY.value,
            "country": country.code,
            "timezone": file.zones[file.zone[town]],
            "distance_km": round(distance, 1),
        }
        found = GeopyLocation(label, file.position(town), raw)
        return found if exactly_one else [found]


def _to_geopy(candidate: Candidate, location: Location) -> GeopyLocation:
    place = candidate.place
    raw: Mapping[str, Any] = {
        "precision": place.precision.value,
        "radius_km": place.radius_km,
        "country": place.country,
        "region": place.region,
        "timezone": place.timezone,
        "score": candidate.score,
        "margin": location.margin,
        "distance_km": candidate.distance_km,
        "reasons": list(candidate.reasons),
        "needs_review": list(location.needs_review),
    }
    return GeopyLocation(place.label, (place.latitude, place.longitude), raw)
