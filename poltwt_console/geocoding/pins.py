"""Pins: set by hand and locked, suspicious ones told, and which result may replace which."""

from __future__ import annotations

from dataclasses import replace

from poltwt_console.domain.place import Location, LocationState, Place, Precision
from poltwt_console.geocoding import land
from poltwt_console.geocoding.gazetteer import PlaceFile, distance_km
from poltwt_console.geocoding.layout import LAST_PLACE_KIND, NUMBER_MASK
from poltwt_console.geocoding.normalise import normalise
from poltwt_console.geocoding.zones import canonical_zone

#: A pin set by hand means what it says; the radius (km) is that of a click on a map.
BY_HAND_RADIUS_KM = 0.1

FAR_KM = 50.0
_ORIGIN = 0.05  # degrees around (0, 0), where broken imports land

_RANKS = {precision: rank for rank, precision in enumerate(Precision)}


def by_hand(file: PlaceFile, location: Location, latitude: float, longitude: float) -> Location:
    """The location with its pin at a point (degrees) set by a person.

    It is locked, keeps the address and the candidates, and the first result beside it as
    ``original``.  Place name and zone are those of the nearest place.
    """
    near = file.nearest(latitude, longitude)
    place = Place(
        latitude=latitude,
        longitude=longitude,
        precision=Precision.BY_HAND,
        radius_km=BY_HAND_RADIUS_KM,
        label=f"{latitude:.5f}, {longitude:.5f}",
        country=location.place.country if location.place else "",
    )
    if near is not None:
        town = near[0]
        country = file.countries[file.country[town]]
        town_latitude, town_longitude = file.position(town)
        place = replace(
            place,
            label=f"near {file.place_name(town)}, {country.name}",
            country=country.code,
            region=file.region_name(town),
            locality=file.place_name(town),
            locality_latitude=round(town_latitude, 5),
            locality_longitude=round(town_longitude, 5),
            timezone=canonical_zone(file.zones[file.zone[town]]),
        )
    return replace(
        location,
        state=LocationState.BY_HAND,
        place=place,
        needs_review=(),
        reasons=("set by hand",),
        locked=True,
        error="",
        original=location.original or location.place,
    )


def suspicious(
    file: PlaceFile, latitude: float, longitude: float, country: str = "", city: str = ""
) -> tuple[str, ...]:
    """What is odd about a point (degrees): (0, 0), swapped, at sea, in another country, far from its city.

    ``country`` (ISO code) and ``city`` are what is stated of the address, "" where nothing is.
    GazetteerError if the map shapes cannot be read.
    """
    if abs(latitude) < _ORIGIN and abs(longitude) < _ORIGIN:
        return ("The pin is at 0, 0, off Africa, where broken coordinates end up.",)
    if _would_fit_swapped(file, latitude, longitude, country):
        return ("Latitude and longitude seem to be swapped.",)
    found = []
    near = file.nearest(latitude, longitude)
    if land.is_at_sea(latitude, longitude) and (near is None or near[1] > land.TOLERANCE_KM):
        found.append("The pin is in the sea.")
    elif near is not None and country:
        there = file.countries[file.country[near[0]]]
        if there.code != country and _nearest_of(file, latitude, longitude, country) > FAR_KM:
            found.append(f"The pin is in {there.name}, not in the stated country.")
    away = _distance_to_city(file, latitude, longitude, country, city)
    if away is not None and away > FAR_KM:
        found.append(f"The pin is {away:.0f} km from {city}.")
    return tuple(found)


def _would_fit_swapped(file: PlaceFile, latitude: float, longitude: float, country: str) -> bool:
    """Whether the point is far from the stated country as it is, and in it the other way round."""
    if not country or abs(longitude) > 90:
        return False
    return (
        _nearest_of(file, latitude, longitude, country) > 4 * FAR_KM
        and _nearest_of(file, longitude, latitude, country) < FAR_KM
    )


def _nearest_of(file: PlaceFile, latitude: float, longitude: float, country: str) -> float:
    """Distance (km) to the nearest place of a country, infinite if there is none around."""
    number = file.country_number.get(country)
    near = file.nearest(latitude, longitude, number)
    return near[1] if near is not None else float("inf")


def _distance_to_city(
    file: PlaceFile, latitude: float, longitude: float, country: str, city: str
) -> float | None:
    """Distance (km) to the nearest place of that name, None if no city is stated or known."""
    wanted = file.country_number.get(country)
    distances = [
        distance_km(latitude, longitude, *file.position(entry & NUMBER_MASK))
        for entry in file.entries(normalise(city))
        if entry >> 29 <= LAST_PLACE_KIND and wanted in (None, file.country[entry & NUMBER_MASK])
    ]
    return min(distances, default=None)


def better(old: Location, new: Location) -> bool:
    """Whether a new result may replace an old one unasked: never a locked one, never one as good.

    "No such place" and a failure replace only what is no place either, a failure only "not tried".
    A found place replaces one that is less exact and in the same country.
    """
    if old.locked or old.state is LocationState.BY_HAND or new.state is LocationState.NOT_TRIED:
        return False
    if new.state is LocationState.FAILED:
        return old.state is LocationState.NOT_TRIED
    if old.place is None or new.place is None:
        return old.place is None
    if new.place.country != old.place.country:
        return False
    return _RANKS[new.place.precision] < _RANKS[old.place.precision]
