"""From an address to a Location: the offline geocoder."""

from __future__ import annotations

from poltwt_console.domain.place import Candidate, Hints, Location, LocationState, Place, Precision
from poltwt_console.geocoding.address import parse_address
from poltwt_console.geocoding.evidence import Evidence, gather_evidence
from poltwt_console.geocoding.gazetteer import PlaceFile, distance_km
from poltwt_console.geocoding.hits import find_hits
from poltwt_console.geocoding.scoring import Scored, Scorer
from poltwt_console.geocoding.vocabulary import load_vocabulary

_ELSEWHERE_KM = 100.0
_MAX_CANDIDATES = 5

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
        parsed = parse_address(address)
        hits = find_hits(self.file, self._vocabulary, parsed)
        evidence = gather_evidence(self.file, parsed, hits, hints)
        scored = self._scorer.score(hits, evidence)
        if not scored:
            return self._fall_back(address, evidence)
        best = scored[0]
        margin = next(
            (
                best.score - other.score
                for other in scored[1:]
                if distance_km(best.latitude, best.longitude, other.latitude, other.longitude) > _ELSEWHERE_KM
            ),
            10.0,
        )
        candidates = []
        for one in scored:
            distance = distance_km(best.latitude, best.longitude, one.latitude, one.longitude)
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

    def _place(self, scored: Scored) -> Place:
        file = self.file
        country = file.countries[file.country[scored.place]]
        name, region = file.place_name(scored.place), file.region_name(file.region[scored.place])
        latitude, longitude = scored.latitude, scored.longitude
        precision = Precision.LOCALITY
        if scored.point is not None:
            precision = Precision.POSTCODE
            if not scored.point.spread_km > 15:
                latitude, longitude = scored.point.latitude, scored.point.longitude
        return Place(
            latitude=latitude,
            longitude=longitude,
            precision=precision,
            radius_km=_RADIUS_KM[precision],
            label=", ".join(filter(None, (name, region, country.name))),
            country=country.code,
            region=region,
            locality=name,
            locality_latitude=scored.latitude,
            locality_longitude=scored.longitude,
            timezone=file.zones[file.zone[scored.place]],
            postcode=scored.code,
        )

    def _fall_back(self, address: str, evidence: Evidence) -> Location:
        file = self.file
        for number, _ in sorted(evidence.countries.items(), key=lambda kv: (-kv[1], kv[0])):
            capital = file.countries[number].capital
            if capital is not None:
                country = file.countries[number]
                latitude, longitude = file.position(capital)
                place = Place(
                    latitude,
                    longitude,
                    Precision.COUNTRY,
                    _RADIUS_KM[Precision.COUNTRY],
                    country.name,
                    country.code,
                )
                return Location(LocationState.FOUND, address, place, (Candidate(place, 0.0),))
        return Location(LocationState.NONE, address)
