"""From an address to a Location: the offline geocoder."""

from __future__ import annotations

from poltwt_console.domain.place import Candidate, Hints, Location, LocationState, Place, Precision
from poltwt_console.geocoding.address import parse_address
from poltwt_console.geocoding.evidence import STATED, Evidence, gather_evidence
from poltwt_console.geocoding.gazetteer import PlaceFile, distance_km
from poltwt_console.geocoding.hits import find_hits
from poltwt_console.geocoding.layout import LAST_PLACE_KIND, Entry
from poltwt_console.geocoding.likeness import find_likenesses
from poltwt_console.geocoding.scoring import Scored, Scorer
from poltwt_console.geocoding.vocabulary import load_vocabulary

_ELSEWHERE_KM = 100.0
_MAX_CANDIDATES = 5

#: An answer that has less than this of its own is looked at a second time.
_SURE = 3.5

_RADIUS_KM = {
    Precision.POSTCODE: 10.0,
    Precision.LOCALITY: 13.0,
    Precision.REGION: 200.0,
    Precision.COUNTRY: 500.0,
}


class Geocoder:
    """Places addresses with one gazetteer; any thread may ask it."""

    def __init__(self, file: PlaceFile) -> None:
        self.file = file
        self._vocabulary = load_vocabulary()
        self._scorer = Scorer(file)

    def locate(self, address: str, hints: Hints = Hints()) -> Location:
        """The place of an address, or state NONE; never raises on any text."""
        file = self.file
        parsed = parse_address(address)
        hits = find_hits(file, self._vocabulary, parsed)
        evidence = gather_evidence(file, self._vocabulary, parsed, hits)
        hinted = file.country_number.get((hints.picked_country or hints.country or "").upper())
        self._scorer.allow(evidence, hinted, picked=bool(hints.picked_country))
        if hinted is not None:
            evidence.name_country(hinted, STATED, "country given")
        scored = self._scorer.score(hits, evidence)
        if self._is_doubtful(scored):
            countries = self._countries_to_search(evidence)
            likenesses = find_likenesses(file, self._vocabulary, parsed, countries, hits) if countries else []
            if likenesses:
                scored = self._scorer.score(hits + likenesses, evidence)
        if not scored:
            return Location(LocationState.NONE, address)
        best = scored[0]
        margin = next(
            (
                best.score - other.score
                for other in scored[1:]
                if other.kind in (None, Entry.PRIMARY, Entry.PLACE, Entry.FORMER)
                and distance_km(best.latitude, best.longitude, other.latitude, other.longitude)
                > _ELSEWHERE_KM
            ),
            10.0,
        )
        if best.kind is not None and best.kind > LAST_PLACE_KIND:
            margin = 0.0
        candidates: list[Candidate] = []
        for one in scored:
            distance = distance_km(best.latitude, best.longitude, one.latitude, one.longitude)
            if one.score < best.score - 9.0:
                break
            if one is best or distance > 5.0:
                candidates.append(Candidate(self._place(one), one.score, distance))
            if len(candidates) == _MAX_CANDIDATES:
                break
        return Location(
            state=LocationState.FOUND,
            query=address,
            place=candidates[0].place,
            candidates=tuple(candidates),
            margin=margin,
        )

    @staticmethod
    def _is_doubtful(scored: list[Scored]) -> bool:
        """Whether the best answer is an area, or a place with little of its own to speak for it."""
        if not scored:
            return True
        best = scored[0]
        return best.kind is None or best.kind > LAST_PLACE_KIND or best.own < _SURE

    def _countries_to_search(self, evidence: Evidence) -> set[int]:
        if evidence.allowed is not None:
            return evidence.allowed
        return {number for number, weight in evidence.weights().items() if weight >= 2.5}

    def _place(self, scored: Scored) -> Place:
        file = self.file
        country = file.countries[scored.country]
        latitude, longitude = scored.latitude, scored.longitude
        if scored.kind is None:
            near = file.nearest(latitude, longitude)
            number = near[0] if near else 0
            precision = Precision.POSTCODE
        elif scored.kind <= LAST_PLACE_KIND:
            number = scored.number
            precision = Precision.LOCALITY
            if scored.code is not None and scored.code.strength >= 0.4 and scored.code.point.spread_km <= 15:
                precision = Precision.POSTCODE
                latitude, longitude = scored.code.point.latitude, scored.code.point.longitude
        else:
            number = file.main_place(scored.kind, scored.number)
            precision = Precision.COUNTRY if scored.kind == Entry.COUNTRY else Precision.REGION
        name, region = file.place_name(number), file.region_name(file.region[number])
        return Place(
            latitude=round(latitude, 5),
            longitude=round(longitude, 5),
            precision=precision,
            radius_km=_RADIUS_KM[precision],
            label=", ".join(filter(None, (name, region, country.name))),
            country=country.code,
            region=region,
            locality=name,
            locality_latitude=round(file.position(number)[0], 5),
            locality_longitude=round(file.position(number)[1], 5),
            timezone=file.zones[file.zone[number]],
            postcode=scored.code.code if scored.code else "",
        )
