"""Which place is meant: everything that the address may stand for gets a score.

A place's score is what its name is worth where it stands (``Hit.context``), how many people live
there, and what else in the text agrees: country, region, postcode, a police force's area, another
name nearby.  Regions, districts, postcodes and countries compete too, so that a village that
merely shares its name with a street does not win against the region that is named.

The weights were set by hand on a sample of 1,566 addresses.  It was then split in halves by the
hash of the row's id: taking any one weight times 0.6 or times 1.5 put no more addresses within 25 km
on either half, with or without the country given.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from poltwt_console.geocoding.address import LIKELY_SHAPE, LONG_NUMBER
from poltwt_console.geocoding.countries import CountryRules
from poltwt_console.geocoding.evidence import CodePoint, Evidence
from poltwt_console.geocoding.gazetteer import PlaceFile, distance_km
from poltwt_console.geocoding.hits import UNSPACED_OFFSET, Hit
from poltwt_console.geocoding.layout import LAST_PLACE_KIND, NO_PLACE, NUMBER_MASK, Entry

#: Of a name with many bearers this many are weighed although nothing speaks for them but size.
_LARGEST = 4
_FAVOURED = 12
_SCANNED = 400

#: By their numbers: quicker than to make an Entry of one.
_KINDS = tuple(Entry)

#: Two names closer than this hold each other up (km); beyond it they are rivals.
NEIGHBOURS_KM = 40.0
_CONSIDERED = 24

#: A place this near (km) to a postcode's middle is the place of the postcode.
_CODE_REACH_KM = 18.0

#: A place of fewer people than this is hardly meant by another name of its that a region bears too.
_CITY = 100_000

# What adds to a score, and what takes away.
_WORD = 0.8  # each further word of a name
_PEOPLE = 0.9  # each power of ten of its population
_PRIMARY = 0.5  # the first name of a place
_FORMER = -1.0  # a name quite unlike its first
_COVERED = -2.5  # inside a longer name
_COUNTRY_NAME = -8.0  # words that already name the country
_REGION_NAME = -3.0  # a small place by another name that is a region's too
_AS_AREA = -1.0  # beside "county" and the like
_YIELD = -1.5  # a city called like its region, after a place of that region
_OTHER_STATE = -3.0  # outside the state whose code is given
_CODE = 2.5  # for each unit of strength of a postcode at the place
_CODE_NEARBY = 1.0  # of one some way off
_CODE_AGAINST = -1.0  # of one elsewhere
_CODE_ALONE = 2.0
_FORCE = 2.0  # inside the area of the police force that is named
_SUPPORT = 1.6  # another name of the address lies nearby
_AREA = {Entry.DISTRICT: 1.8, Entry.REGION: 2.2, Entry.COUNTRY: 2.6}  # areas, besides what names them

#: What must speak for a country before it is an answer by itself.
_COUNTRY_ANSWERS = 2.0

#: A country so far behind the likeliest is no answer.
_FAR_BEHIND = 4.0

#: Like a place of so few people where none are known.
_LEAST_PEOPLE = 60


@dataclass(slots=True)
class Scored:
    """Something that the address may mean.

    ``kind`` PRIMARY, PLACE or FORMER: the place ``number``.  REGION, DISTRICT, COUNTRY: the area
    ``number``, standing at its main place.  None: a postcode alone.  ``own`` is the part of the
    score that does not come from the country.
    """

    kind: Entry | None
    number: int
    country: int
    latitude: float
    longitude: float
    score: float
    own: float
    hit: Hit | None = None
    code: CodePoint | None = None
    supported: bool = False


class Scorer:
    """Scores what addresses may mean with one file of places."""

    def __init__(self, file: PlaceFile, countries: CountryRules) -> None:
        self._file = file
        self._countries = countries

    def score(self, hits: list[Hit], evidence: Evidence) -> list[Scored]:
        """All candidates, best first."""
        weights = self._countries.weigh(evidence)
        found: dict[int, Scored] = {}
        for hit in hits:
            if hit.entries[-1] >> 29 > LAST_PLACE_KIND:
                continue
            for entry in self._select(hit, weights, evidence):
                number = entry & NUMBER_MASK
                scored = self._score_place(hit, _KINDS[entry >> 29], number, weights, evidence)
                if number not in found or scored.score > found[number].score:
                    found[number] = scored
        candidates = sorted(found.values(), key=_order)
        self._support(candidates[:_CONSIDERED])
        self._yield_to_parts(candidates[:_CONSIDERED], evidence)
        candidates += self._score_areas(weights, evidence)
        candidates += self._score_codes(weights, evidence)
        candidates.sort(key=_order)
        return candidates

    def _select(self, hit: Hit, weights: dict[int, float], evidence: Evidence) -> list[int]:
        places = [e for e in hit.entries[:_SCANNED] if e >> 29 <= LAST_PLACE_KIND]
        country, region, district = self._file.country, self._file.region, self._file.district
        allowed = evidence.allowed
        if allowed is not None:
            places = [e for e in places if country[e & NUMBER_MASK] in allowed]
        if len(places) <= _FAVOURED:
            return places
        chosen = places[:_LARGEST]
        favoured = 0
        for entry in places[_LARGEST:]:
            number = entry & NUMBER_MASK
            if region[number] in evidence.regions or district[number] in evidence.districts:
                chosen.append(entry)
            elif country[number] in weights and favoured < _FAVOURED:
                favoured += 1
                chosen.append(entry)
            elif evidence.codes and self._agreeing(number, evidence)[1] > 0:
                chosen.append(entry)
        return chosen

    def _agreeing(self, number: int, evidence: Evidence) -> tuple[CodePoint | None, float]:
        """The strongest postcode that lies at a place, and what the postcodes add to its score.

        One that lies some way off adds less, one that lies elsewhere takes away if it is certain.
        """
        country = self._file.country[number]
        best: CodePoint | None = None
        added = 0.0
        latitude, longitude = self._file.position(number)
        for code in evidence.codes:
            point = code.point
            if point.country != country:
                continue
            reach = max(_CODE_REACH_KM, 1.3 * point.spread_km + 15.0)
            away = distance_km(latitude, longitude, point.latitude, point.longitude)
            if away <= reach:
                if best is None or code.strength > best.strength:
                    best = code
                added = max(added, _CODE * code.strength)
            elif away <= 3 * reach and code.strength < LIKELY_SHAPE:
                added = max(added, _CODE_NEARBY * code.strength)
            elif added == 0.0 and code.strength >= LONG_NUMBER:
                added = _CODE_AGAINST * code.strength
        return best, added

    def _score_place(
        self, hit: Hit, kind: Entry, number: int, weights: dict[int, float], evidence: Evidence
    ) -> Scored:
        file = self._file
        own = hit.context - hit.guessed + _PEOPLE * math.log10(file.population[number] + _LEAST_PEOPLE)
        if hit.length > 1 and hit.start < UNSPACED_OFFSET:
            own += _WORD * (min(hit.length, 4) - 1)
        if kind is Entry.PRIMARY:
            own += _PRIMARY
        elif kind is Entry.FORMER:
            own += _FORMER
        if hit.covered:
            own += _COVERED
        country = file.country[number]
        if hit.as_area and hit.entries[0] >> 29 in (Entry.REGION, Entry.DISTRICT):
            own += _AS_AREA
        if hit.country is not None:
            own += _COUNTRY_NAME if hit.country == country else 2 * _COUNTRY_NAME
        elif (
            kind is not Entry.PRIMARY
            and hit.entries[0] >> 29 in (Entry.REGION, Entry.DISTRICT)
            and file.population[number] < _CITY
            and not self._is_seat(hit, number)
        ):
            own += _REGION_NAME
        own += self._area_agreement(hit, number, country, evidence)
        latitude, longitude = file.position(number)
        code = None
        if evidence.codes:
            code, added = self._agreeing(number, evidence)
            own += added
        if evidence.forces and _is_policed(latitude, longitude, evidence):
            own += _FORCE
        score = own + weights.get(country, 0.0)
        return Scored(kind, number, country, latitude, longitude, score, own, hit, code)

    def _is_seat(self, hit: Hit, number: int) -> bool:
        """Whether words in another alphabet name an area and its main place: "თელავი" is both."""
        area = hit.entries[0]
        return (
            not hit.folded.isascii()
            and self._file.main_place(_KINDS[area >> 29], area & NUMBER_MASK) == number
        )

    def _area_agreement(self, hit: Hit, number: int, country: int, evidence: Evidence) -> float:
        """What the regions named in the text add; the same words do not count twice in full."""
        added = 0.0
        region = evidence.regions.get(self._file.region[number])
        if region is not None:
            added += region.weight if region.hit is not hit else 0.3 * region.weight
        elif country in evidence.coded:
            added += _OTHER_STATE
        district = evidence.districts.get(self._file.district[number])
        if district is not None:
            added += 0.7 * district.weight if district.hit is not hit else 0.1 * district.weight
        return added

    def _support(self, candidates: list[Scored]) -> None:
        """Two names of one neighbourhood hold each other up."""
        for index, one in enumerate(candidates):
            for other in candidates[:index]:
                if (one.supported and other.supported) or abs(one.latitude - other.latitude) > 0.4:
                    continue
                if _overlap(one.hit, other.hit):
                    continue
                apart = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
                if apart < NEIGHBOURS_KM:
                    one.supported = other.supported = True
        for candidate in candidates:
            if candidate.supported:
                candidate.own += _SUPPORT
                candidate.score += _SUPPORT

    def _yield_to_parts(self, candidates: list[Scored], evidence: Evidence) -> None:
        """A city called like its region gives way to a place of that region that stands alone before it.

        "Akishima, Tokyo" is in Tokyo the prefecture.
        """
        region = self._file.region
        for city in candidates:
            named = evidence.regions.get(region[city.number])
            if named is None or named.hit is None or city.hit is not named.hit:
                continue
            for other in candidates:
                if (
                    other.hit is not None
                    and other.hit.whole
                    and other.kind is Entry.PRIMARY
                    and other.hit.part < named.hit.part
                    and region[other.number] == region[city.number]
                    and other.hit.folded != city.hit.folded
                ):
                    city.own += _YIELD
                    city.score += _YIELD
                    break

    def _score_areas(self, weights: dict[int, float], evidence: Evidence) -> list[Scored]:
        file = self._file
        found = []
        for kind, table in ((Entry.REGION, evidence.regions), (Entry.DISTRICT, evidence.districts)):
            for number, name in table.items():
                country = file.country_of(kind, number)
                found.append(self._area(kind, number, country, name.weight, name.hit, weights, evidence))
        least = max(_COUNTRY_ANSWERS, max(weights.values(), default=0.0) - _FAR_BEHIND)
        answers = [number for number, weight in weights.items() if weight >= least]
        answers += [number for number in evidence.allowed or () if number not in answers]
        for number in answers:
            found.append(self._area(Entry.COUNTRY, number, number, 0.0, None, weights, evidence))
        return [area for area in found if area is not None]

    def _area(
        self, kind: Entry, number: int, country: int, weight: float, hit: Hit | None,
        weights: dict[int, float], evidence: Evidence,
    ) -> Scored | None:  # fmt: skip
        main = self._file.main_place(kind, number)
        if main == NO_PLACE or (evidence.allowed is not None and country not in evidence.allowed):
            return None
        own = _AREA[kind] + weight
        score = own + weights.get(country, 0.0)
        return Scored(kind, number, country, *self._file.position(main), score, own, hit)

    def _score_codes(self, weights: dict[int, float], evidence: Evidence) -> list[Scored]:
        found = []
        for code in evidence.codes:
            point = code.point
            if evidence.allowed is not None and point.country not in evidence.allowed:
                continue
            own = _CODE_ALONE + _CODE * code.strength - point.spread_km / 40
            if _is_policed(point.latitude, point.longitude, evidence):
                own += _FORCE
            score = own + weights.get(point.country, 0.0)
            found.append(
                Scored(None, 0, point.country, point.latitude, point.longitude, score, own, None, code)
            )
        return found


def _is_policed(latitude: float, longitude: float, evidence: Evidence) -> bool:
    """Whether a point lies in the area of a police force that the address names."""
    return any(
        distance_km(latitude, longitude, force.latitude, force.longitude) <= force.radius_km
        for force in evidence.forces
    )


def _order(candidate: Scored) -> tuple[float, int]:
    return -candidate.score, candidate.number


def _overlap(one: Hit | None, other: Hit | None) -> bool:
    if one is None or other is None or one.folded == other.folded:
        return True
    return one.part == other.part and one.start < other.end and other.start < one.end
