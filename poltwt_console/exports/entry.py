"""What may be published of a participation: the one place where that is decided.

No mail text, no contact, no sender, no note is in an Entry, so no exporter can let one out.  An
officer appears at the locality, point and address both reduced, unless a person set otherwise;
an agency at its address.  An account without an address or place is on the list, not on the map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from poltwt_console.domain.countries import country_name
from poltwt_console.domain.edition import Edition
from poltwt_console.domain.participant import Participation, ParticipationState, Visibility
from poltwt_console.domain.place import Place, Precision
from poltwt_console.domain.registration import TakesPartAs
from poltwt_console.domain.schedule import start_instant

_COARSE = (Precision.REGION, Precision.COUNTRY)


@dataclass(frozen=True, slots=True)
class Entry:
    """One account as the public sees it; degrees WGS 84, times UTC."""

    id: str
    handle: str
    kind: str  # agency, officer
    title: str  # the agency, or the officer
    agency: str
    address: str
    city: str
    country: str  # ISO 3166-1 alpha-2
    latitude: float | None
    longitude: float | None
    known_to: str  # postcode, locality ...; how closely the point is shown
    timezone: str
    starts_at: datetime | None
    off_map: str  # why it is not on the map, "" if it is

    @property
    def url(self) -> str:
        """The account's page."""
        return f"https://twitter.com/{self.handle}"

    @property
    def country_name(self) -> str:
        """The country in English."""
        return country_name(self.country)


def public_entries(participations: Sequence[Participation], edition: Edition) -> list[Entry]:
    """The confirmed ones that are not hidden, in the order given."""
    return [
        _entry(one, edition)
        for one in participations
        if one.state is ParticipationState.CONFIRMED and one.visibility is not Visibility.HIDDEN
    ]


def _entry(one: Participation, edition: Edition) -> Entry:
    place = one.location.place if one.location else None
    officer = one.kind is TakesPartAs.OFFICER
    reduced = one.visibility is Visibility.LOCALITY or (officer and one.visibility is not Visibility.EXACT)
    zone = one.location.zone if one.location else ""
    address, city = one.address, one.city or (place.locality if place else "")
    shown: tuple[float, float, str] | None
    if reduced:
        shown = _locality(place)
        # The locality of the place, never a text that was typed: that may hold more than a city.
        city = place.locality if place else ""
        address = ", ".join(part for part in (city, country_name(one.country)) if part)
    else:
        shown = (place.latitude, place.longitude, place.precision.value) if place else None
    off_map = _off_map(one, place, shown is not None)
    latitude, longitude, known_to = shown if shown and not off_map else (None, None, "")
    return Entry(
        id=one.id,
        handle=one.handle,
        kind=one.kind.value,
        title=one.title or f"@{one.handle}",
        agency=one.name,
        address=address,
        city=city,
        country=one.country or (place.country if place else ""),
        latitude=latitude,
        longitude=longitude,
        known_to=known_to,
        timezone=zone,
        starts_at=start_instant(edition.day, edition.start_hour, zone) if zone else None,
        off_map=off_map,
    )


def _locality(place: Place | None) -> tuple[float, float, str] | None:
    """The locality's own point; a place known no closer than a region stays as it is."""
    if place is None:
        return None
    if place.locality_latitude is not None and place.locality_longitude is not None:
        return place.locality_latitude, place.locality_longitude, Precision.LOCALITY.value
    if place.precision in (Precision.LOCALITY, *_COARSE):
        return place.latitude, place.longitude, place.precision.value
    return None


def _off_map(one: Participation, place: Place | None, shown: bool) -> str:
    if one.visibility is Visibility.LIST_ONLY:
        return "on the list only"
    if not one.address and not one.city:
        return "no address"
    if place is None:
        return "place not found"
    if not shown:
        return "locality not known, and shown no closer"
    return ""
