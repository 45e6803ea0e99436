"""The index of names: what each folded name may stand for, and the skeletons for the second look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from poltwt_console.geocoding.build.places import BuildPlace
from poltwt_console.geocoding.layout import Entry
from poltwt_console.geocoding.normalise import normalise
from poltwt_console.geocoding.skeleton import skeleton

Entries = dict[str, list[tuple[Entry, int]]]

#: Places at least this large are found by skeleton under their first name, and under all their names.
_FUZZY_POPULATION, _FUZZY_UNDER_ALL_NAMES = 1_000, 15_000


def index_places(places: list[BuildPlace], entries: Entries) -> None:
    """Add every name of every place."""
    for number, place in enumerate(places):
        first = place.folded[0]
        for folded in place.folded:
            if folded == first:
                kind = Entry.PRIMARY
            elif folded.isascii() and first.isascii() and _are_unlike(folded, first):
                kind = Entry.FORMER
            else:
                kind = Entry.PLACE
            entries[folded].append((kind, number))


def index_areas(kind: Entry, codes: list[str], names: Mapping[str, Iterable[str]], entries: Entries) -> None:
    """Add every name of regions, districts or countries, numbered as they stand in ``codes``."""
    for number, code in enumerate(codes):
        for folded in sorted({normalise(name) for name in names.get(code, ())}):
            entries[folded].append((kind, number))


def _pairs(name: str) -> set[str]:
    return {name[i : i + 2] for i in range(len(name) - 1)}


def _are_unlike(name: str, first: str) -> bool:
    """Neither the same first sounds nor a fair share of letter pairs: New Amsterdam for New York."""
    if skeleton(name)[:2] == skeleton(first)[:2] or first in name:
        return False
    one, other = _pairs(name), _pairs(first)
    return 2 * len(one & other) < 0.5 * (len(one) + len(other))


def index_skeletons(places: list[BuildPlace]) -> list[tuple[str, str]]:
    """(skeleton, folded names joined by newlines) of all names worth a second look, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for place in places:
        if place.population < _FUZZY_POPULATION:
            continue
        names = place.folded if place.population >= _FUZZY_UNDER_ALL_NAMES else place.folded[:1]
        for folded in names:
            key = skeleton(folded)
            if key and len(folded) >= 4:
                found[key].add(folded)
    return [(key, "\n".join(sorted(names))) for key, names in sorted(found.items())]
