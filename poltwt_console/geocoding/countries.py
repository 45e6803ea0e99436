"""Which countries may be meant: what hints and text say, and how territories and parents share."""

from __future__ import annotations

from poltwt_console.geocoding.evidence import Evidence
from poltwt_console.geocoding.gazetteer import PlaceFile
from poltwt_console.geocoding.hits import Hit
from poltwt_console.geocoding.layout import NUMBER_MASK, Entry
from poltwt_console.geocoding.territories import PARENTS, families

#: A territory named with this weight, beside its parent, is what is meant.
_SAID = 1.5

#: What a territory's weight lacks when only its parent is named, and the other way round.
_RELATIVE = 2.5


class CountryRules:
    """Settles and weighs countries for one file of places."""

    def __init__(self, file: PlaceFile) -> None:
        self._file = file
        self._families = families(file)

    def settle(self, hits: list[Hit], evidence: Evidence, hinted: int | None, picked: bool) -> int | None:
        """Settle which countries may be meant at all; returns the hint that the text contradicts.

        The organiser's pick is final; a country field gives way to a country that stands alone at
        the end of the text.
        """
        named: set[int] | None = None
        contradicted = None
        if hinted is not None:
            self._prefer_places(hits, evidence, hinted)
            named = {hinted}
            family = {hinted, *self._families.get(hinted, ())}
            if evidence.stated and not picked and not family & evidence.stated:
                contradicted, named = hinted, None
        if named is None and evidence.stated:
            named = set(evidence.stated)
        evidence.allowed = None if named is None else self._with_territories(named, evidence)
        return contradicted

    def _prefer_places(self, hits: list[Hit], evidence: Evidence, hinted: int) -> None:
        """Take back a statement of another country by a name that a place of the given one bears.

        With Belize given, "Santa Elena" is the town and not Saint Helena.
        """
        for hit in hits:
            if hit.country in (None, hinted):
                continue
            if any(
                entry >> 29 == Entry.PRIMARY and self._file.country[entry & NUMBER_MASK] == hinted
                for entry in hit.entries
            ):
                evidence.stated.discard(hit.country)
                evidence.named.pop(hit.country, None)
                hit.country = None

    def _with_territories(self, named: set[int], evidence: Evidence) -> set[int]:
        """Countries with their territories; only the territories, if the text names any of them.

        "Christmas Island 6798, Australia" is not in Australia's Christmas Island of that name.
        """
        territories = {
            relative
            for number in named
            for relative in self._families.get(number, ())
            if not self._is_territory(number)
        }
        said = {number for number in territories if evidence.named.get(number, 0.0) >= _SAID}
        said |= {number for number in named if self._is_territory(number)}
        return said or named | territories

    def _is_territory(self, number: int) -> bool:
        return self._file.countries[number].code in PARENTS

    def weigh(self, evidence: Evidence) -> dict[int, float]:
        """Country number -> weight; relatives have a share."""
        weights = evidence.weights()
        shared = dict(weights)
        for number, weight in weights.items():
            if weight <= _RELATIVE:
                continue
            for relative in self._families.get(number, ()):
                shared[relative] = max(shared.get(relative, 0.0), weight - _RELATIVE)
        return shared
