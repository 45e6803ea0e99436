"""Which place is meant: each place that a name in the address may stand for gets a score."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from poltwt_console.geocoding.evidence import PARENTS, Evidence
from poltwt_console.geocoding.gazetteer import PlaceFile, PostcodePoint, distance_km
from poltwt_console.geocoding.hits import Hit
from poltwt_console.geocoding.layout import NUMBER_MASK, Entry

#: Of a name with many bearers this many are weighed although nothing speaks for them but size.
_LARGEST = 4
_FAVOURED = 12
_SCANNED = 400


@dataclass(slots=True)
class Scored:
    """A place with its score; ``point`` is the postcode that agrees with it."""

    place: int
    hit: Hit | None
    score: float
    latitude: float
    longitude: float
    point: PostcodePoint | None = None
    code: str = ""
    reasons: list[str] = field(default_factory=list)


class Scorer:
    """Scores the places of one gazetteer."""

    def __init__(self, file: PlaceFile) -> None:
        self._file = file
        # The first step is steep: a place without a known population is small, not empty.
        self._family: dict[int, tuple[int, ...]] = {}
        numbers = file.country_number
        family: dict[str, set[str]] = {}
        for child, parent in PARENTS.items():
            if child in numbers and parent in numbers:
                family.setdefault(child, set()).add(parent)
                family.setdefault(parent, set()).add(child)
        self._family = {numbers[c]: tuple(numbers[o] for o in others) for c, others in family.items()}

    def score(self, hits: list[Hit], evidence: Evidence) -> list[Scored]:
        """All candidates, best first."""
        weights = self._country_weights(evidence)
        found: dict[int, Scored] = {}
        for hit in hits:
            if hit.entries[-1] >> 29 > Entry.PRIMARY:
                continue
            for entry in self._select(hit, weights, evidence):
                place = entry & NUMBER_MASK
                scored = self._score_one(hit, place, entry >> 29 == Entry.PRIMARY, weights, evidence)
                if place not in found or scored.score > found[place].score:
                    found[place] = scored
        candidates = sorted(found.values(), key=lambda c: -c.score)
        self._support(candidates[:24])
        candidates.sort(key=lambda c: (-c.score, c.place))
        return candidates

    def _country_weights(self, evidence: Evidence) -> dict[int, float]:
        weights = dict(evidence.countries)
        for number, weight in evidence.countries.items():
            for relative in self._family.get(number, ()):
                weights[relative] = max(weights.get(relative, 0.0), weight - 1.5)
        if evidence.hinted:
            allowed = set(evidence.hinted)
            for number in evidence.hinted:
                allowed.update(self._family.get(number, ()))
            weights = {n: w for n, w in weights.items() if n in allowed}
        return weights

    def _select(self, hit: Hit, weights: dict[int, float], evidence: Evidence) -> list[int]:
        places = [e for e in hit.entries[:_SCANNED] if e >> 29 <= Entry.PRIMARY]
        country, region, district = self._file.country, self._file.region, self._file.district
        if evidence.hinted:
            places = [e for e in places if country[e & NUMBER_MASK] in weights]
        if len(places) <= _FAVOURED:
            return places
        chosen = places[:_LARGEST]
        favoured = 0
        for entry in places[_LARGEST:]:
            place = entry & NUMBER_MASK
            if region[place] in evidence.regions or district[place] in evidence.districts:
                chosen.append(entry)
            elif country[place] in weights and favoured < _FAVOURED:
                favoured += 1
                chosen.append(entry)
            elif evidence.points and self._agreeing(place, evidence) is not None:
                chosen.append(entry)
        return chosen

    def _agreeing(self, place: int, evidence: Evidence) -> tuple[PostcodePoint, float, str] | None:
        country = self._file.country[place]
        best = None
        for found in evidence.points:
            point = found[0]
            if point.country != country:
                continue
            latitude, longitude = self._file.position(place)
            if abs(latitude - point.latitude) > 1.5:
                continue
            distance = distance_km(latitude, longitude, point.latitude, point.longitude)
            if distance <= max(25.0, 1.3 * point.spread_km + 15.0) and (best is None or found[1] > best[1]):
                best = found
        return best

    def _score_one(
        self, hit: Hit, place: int, primary: bool, weights: dict[int, float], evidence: Evidence
    ) -> Scored:
        file = self._file
        score = hit.context + 0.8 * (min(hit.length, 4) - 1 if hit.start < 100 else 0)
        score += 0.9 * math.log10(file.population[place] + 60)
        if primary:
            score += 0.5
        if hit.covered:
            score -= 2.5
        country = file.country[place]
        score += weights.get(country, 0.0)
        region = evidence.regions.get(file.region[place])
        if region is not None and file.region[place]:
            score += region[0] if region[1] is not hit else 0.3 * region[0]
        elif country in evidence.coded_countries:
            score -= 3.0
        district = evidence.districts.get(file.district[place])
        if district is not None and file.district[place]:
            score += 0.7 * district[0] if district[1] is not hit else 0.3 * district[0]
        latitude, longitude = file.position(place)
        scored = Scored(place, hit, score, latitude, longitude)
        agreeing = self._agreeing(place, evidence) if evidence.points else None
        if agreeing is not None:
            scored.point, strength, scored.code = agreeing
            scored.score += 2.5 * strength
        return scored

    def _support(self, candidates: list[Scored]) -> None:
        """Two names of one neighbourhood hold each other up."""
        added = [0.0] * len(candidates)
        for index, one in enumerate(candidates):
            for other_index in range(index):
                other = candidates[other_index]
                if abs(one.latitude - other.latitude) > 0.4 or one.hit is None or other.hit is None:
                    continue
                if (
                    one.hit.part == other.hit.part
                    and one.hit.start < other.hit.end
                    and other.hit.start < one.hit.end
                ):
                    continue
                if one.hit.folded == other.hit.folded:
                    continue
                if distance_km(one.latitude, one.longitude, other.latitude, other.longitude) < 40:
                    added[index] = max(added[index], 1.2)
                    added[other_index] = max(added[other_index], 1.2)
        for candidate, extra in zip(candidates, added, strict=True):
            candidate.score += extra
