"""From an address to a Location: the offline geocoder."""

from __future__ import annotations

from poltwt_console.domain.place import Candidate, Hints, Location, LocationState
from poltwt_console.geocoding.address import parse_address
from poltwt_console.geocoding.answer import describe_place, explain
from poltwt_console.geocoding.countries import CountryRules
from poltwt_console.geocoding.doubts import find_doubts, margin_of
from poltwt_console.geocoding.evidence import STATED, Evidence, gather_evidence
from poltwt_console.geocoding.gazetteer import PlaceFile, distance_km
from poltwt_console.geocoding.hinting import Pointer, weigh_hints, with_hints
from poltwt_console.geocoding.hits import find_hits
from poltwt_console.geocoding.layout import LAST_PLACE_KIND
from poltwt_console.geocoding.likeness import find_likenesses
from poltwt_console.geocoding.normalise import normalise
from poltwt_console.geocoding.scoring import Scored, Scorer
from poltwt_console.geocoding.vocabulary import load_vocabulary

MAX_CANDIDATES = 5

#: A candidate nearer than this (km) to one already listed is no alternative on a map of the world.
_SAME_SPOT_KM = 5.0

#: A candidate so far behind the best is not worth showing.
_HOPELESS = 7.0

#: An answer that has less than this of its own is looked at a second time, by likeness.
_SURE = 3.5

#: What must speak for a country before names are looked for in it by likeness.
_LIKELY_COUNTRY = 2.5

_NO_HINTS = Hints()


class Geocoder:
    """Places addresses with one file of places; any thread may ask it."""

    def __init__(self, file: PlaceFile) -> None:
        self.file = file
        self._vocabulary = load_vocabulary()
        self._countries = CountryRules(file)
        self._scorer = Scorer(file, self._countries)

    def locate(self, address: str, hints: Hints = _NO_HINTS) -> Location:
        """The place of an address, or state NONE; any text will do.

        Without an address and without a city there is no place, whatever else is known: an agency's
        name alone sets no pin.
        GazetteerError only if the file is taken away or breaks while the program runs.
        """
        if not normalise(address) and not normalise(hints.city):
            return Location(LocationState.NONE, address)
        scored, evidence, contradicted, pointers = self._rank(address, hints)
        if not scored:
            return Location(LocationState.NONE, address)
        margin = margin_of(scored)
        candidates = self._list_candidates(scored, evidence)
        return Location(
            state=LocationState.FOUND,
            query=address,
            place=candidates[0].place,
            candidates=candidates,
            margin=round(margin, 2),
            needs_review=find_doubts(self.file, scored, margin, contradicted, pointers, hints.city),
            reasons=candidates[0].reasons,
        )

    def _rank(self, address: str, hints: Hints) -> tuple[list[Scored], Evidence, int | None, list[Pointer]]:
        """Candidates best first, evidence, the given country if contradicted, and what points to others."""
        file, words = self.file, self._vocabulary
        parsed = parse_address(with_hints(address, hints))
        hits = find_hits(file, words, parsed)
        evidence = gather_evidence(file, words, parsed, hits)
        pointers = weigh_hints(file, hits, address, hints, evidence)
        given = file.country_number.get((hints.picked_country or hints.country or "").upper())
        contradicted = self._countries.settle(hits, evidence, given, picked=bool(hints.picked_country))
        if given is not None and contradicted is None:
            evidence.name_country(given, STATED, f"country {file.countries[given].name} given")
        scored = self._scorer.score(hits, evidence)
        if _is_doubtful(scored):
            likely, only = _countries_to_search(evidence)
            likenesses = find_likenesses(file, words, parsed, likely, only, hits)
            if likenesses:
                scored = self._scorer.score(hits + likenesses, evidence)
        return scored, evidence, contradicted, pointers

    def _list_candidates(self, scored: list[Scored], evidence: Evidence) -> tuple[Candidate, ...]:
        best = scored[0]
        listed: list[tuple[Scored, float]] = []
        for one in scored:
            if one.score < best.score - _HOPELESS:
                break
            if any(
                distance_km(one.latitude, one.longitude, other.latitude, other.longitude) < _SAME_SPOT_KM
                for other, _ in listed
            ):
                continue
            apart = distance_km(best.latitude, best.longitude, one.latitude, one.longitude)
            listed.append((one, apart))
            if len(listed) == MAX_CANDIDATES:
                break
        return tuple(
            Candidate(
                place=describe_place(self.file, one),
                score=round(one.score, 2),
                distance_km=round(apart, 1),
                reasons=explain(self.file, one, evidence),
            )
            for one, apart in listed
        )


def _is_doubtful(scored: list[Scored]) -> bool:
    """Whether there is no answer, only an area or a postcode, or a place with little of its own."""
    if not scored:
        return True
    best = scored[0]
    return best.kind is None or best.kind > LAST_PLACE_KIND or best.own < _SURE


def _countries_to_search(evidence: Evidence) -> tuple[set[int], bool]:
    """The countries to look for likenesses in, and whether they are the only ones possible."""
    if evidence.allowed is not None:
        return evidence.allowed, True
    return {number for number, weight in evidence.weights().items() if weight >= _LIKELY_COUNTRY}, False
