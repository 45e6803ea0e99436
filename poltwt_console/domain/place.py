"""Places: a point and what is known of it, and the states that are never confused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from poltwt_console.domain.sending import Sent


class Precision(StrEnum):
    """How closely a point is known, best first; STREET comes from online services only."""

    BY_HAND = "by hand"
    STREET = "street"
    POSTCODE = "postcode"
    LOCALITY = "locality"
    REGION = "region"
    COUNTRY = "country"


class LocationState(StrEnum):
    """What is known of an address's place."""

    NOT_TRIED = "not tried"
    FOUND = "found"
    NONE = "none"  # looked for and no such place: not tried again until the address changes
    FAILED = "failed"  # the look-up broke (file, network, quota): tried again
    BY_HAND = "by hand"  # set by a person, locked


@dataclass(frozen=True, slots=True)
class Place(Sent):
    """A point (degrees, WGS 84) with its precision and radius (km).

    ``locality*`` is the locality's own name and point, for those who are shown no closer.
    ``timezone`` is an IANA name, None where the country has several and only the country is known.
    """

    latitude: float
    longitude: float
    precision: Precision
    radius_km: float
    label: str  # "Birmingham, England, United Kingdom"
    country: str  # ISO 3166-1 alpha-2
    region: str = ""
    locality: str = ""
    locality_latitude: float | None = None
    locality_longitude: float | None = None
    timezone: str | None = None
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Candidate(Sent):
    """A place that an address may mean; ``distance_km`` is from the best candidate."""

    place: Place
    score: float
    distance_km: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of the country besides the address, strongest first."""

    picked_country: str | None = None  # the organiser's own pick
    country: str | None = None  # a country field or column
    mail_domain: str = ""  # of the sender
    phone: str = ""  # any phone number of the mail, "+44 ..."
    agency: str = ""  # the agency's name
    city: str = ""  # the city, where the mail gives it apart
    language: str = ""  # of the mail, ISO 639-1


@dataclass(frozen=True, slots=True)
class Location(Sent):
    """The answer for one address: a state, the best place, up to five candidates, and doubts in words."""

    state: LocationState
    query: str = ""
    place: Place | None = None
    candidates: tuple[Candidate, ...] = ()  # best first, the chosen one included
    margin: float = 0.0  # score of the best minus that of its best rival elsewhere; large is sure
    needs_review: tuple[str, ...] = ()  # one reason each, empty when nothing is doubtful
    reasons: tuple[str, ...] = ()  # why this place: "postcode B4 6NQ", "city Birmingham", ...
    provider: str = "offline"
    locked: bool = False
    error: str = ""  # the sentence, for FAILED
    original: Place | None = None  # the first result, kept beside a point set by hand
    timezone: str = ""  # set by a person; stays whatever place is found

    @property
    def zone(self) -> str:
        """The time zone that counts: a person's before the place's; "" where none is known."""
        return self.timezone or (self.place.timezone if self.place else None) or ""


class NamedKind(StrEnum):
    """What a name is foremost: a country before a town, a town before a region."""

    COUNTRY = "country"
    CITY = "city"  # of at least CITY_PEOPLE
    TOWN = "town"
    REGION = "region"


#: From how many people on a town is a city.
CITY_PEOPLE = 15_000


class Gazetteer(Protocol):
    """What extraction may ask of the places: it tells a place from a name, nothing more."""

    def names_what(self, text: str) -> NamedKind | None:
        """What the whole text names foremost, None if it is no name of a place."""
