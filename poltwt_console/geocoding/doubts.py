"""Which answers a person should look at, each with one reason in words.

About one answer in ten is meant to be listed; the rest should hold hardly a bad one.  The margin
to the best rival elsewhere tells more than the score itself (measured, see ``score``).
"""

from __future__ import annotations

from collections.abc import Sequence

from poltwt_console.geocoding.gazetteer import PlaceFile, distance_km
from poltwt_console.geocoding.hinting import Pointer
from poltwt_console.geocoding.layout import LAST_PLACE_KIND, NUMBER_MASK, Entry
from poltwt_console.geocoding.normalise import normalise
from poltwt_console.geocoding.scoring import Scored
from poltwt_console.geocoding.territories import same_country

#: Rivals nearer than this (km) lead to the same map and the same clock.
ELSEWHERE_KM = 100.0

#: The margin of an answer without a rival elsewhere.
NO_RIVAL = 20.0

#: An answer with a smaller margin is doubtful.
LOW_MARGIN = 2.2

#: A place with less of its own to speak for it is doubtful.
LOW_OWN = 3.0

#: What a name in another alphabet loses by a loose likeness: two letters differ, or a consonant.
LOOSELY_SPELT = 1.2

FAR_FROM_CITY_KM = 50.0


def margin_of(scored: Sequence[Scored]) -> float:
    """Score of the best minus that of its best rival elsewhere; 0 if only a region or country is known."""
    best = scored[0]
    if best.kind is not None and best.kind > LAST_PLACE_KIND:
        return 0.0
    for other in scored[1:]:
        if other.kind is not None and other.kind > LAST_PLACE_KIND:
            continue
        if distance_km(best.latitude, best.longitude, other.latitude, other.longitude) > ELSEWHERE_KM:
            return min(NO_RIVAL, best.score - other.score)
    return NO_RIVAL


def find_doubts(
    file: PlaceFile,
    scored: Sequence[Scored],
    margin: float,
    contradicted: int | None,
    pointers: Sequence[Pointer],
    city: str,
) -> tuple[str, ...]:
    """Reasons to look at the best candidate, none if nothing is doubtful.

    ``contradicted`` is the given country that the text overrides, ``pointers`` what mail domain
    and phone number say, ``city`` the city that is stated ("" for none).
    """
    best = scored[0]
    doubts: list[str] = []
    if best.kind is not None and best.kind > LAST_PLACE_KIND:
        area = "country" if best.kind == Entry.COUNTRY else "region"
        doubts.append(f"Only the {area} is known.")
    elif margin < LOW_MARGIN:
        doubts.append("Another place elsewhere is almost as likely.")
    elif best.hit is not None and not best.hit.folded.isascii() and best.hit.guessed >= LOOSELY_SPELT:
        doubts.append("Its name is only spelt much like the one that is written.")
    elif best.own < LOW_OWN:
        doubts.append("Little in the address speaks for this place.")
    if contradicted is not None:
        doubts.append(
            f"The address names another country than {file.countries[contradicted].name}, which was given."
        )
    code = file.countries[best.country].code
    for words, numbers in pointers:
        if not any(same_country(code, file.countries[number].code) for number in numbers):
            doubts.append(f"The {words} points to another country.")
    if city and _is_far_from(file, best, city):
        doubts.append(f"It is more than {FAR_FROM_CITY_KM:.0f} km from {city}.")
    return tuple(doubts)


def _is_far_from(file: PlaceFile, best: Scored, city: str) -> bool:
    """Whether no place of that name lies near; a name that the gazetteer lacks says nothing."""
    places = [e & NUMBER_MASK for e in file.entries(normalise(city)) if e >> 29 <= LAST_PLACE_KIND]
    return bool(places) and all(
        distance_km(best.latitude, best.longitude, *file.position(place)) > FAR_FROM_CITY_KM
        for place in places
    )
