"""What regions, districts and countries are called, in English, locally and in other scripts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from typing import Any

from poltwt_console.geocoding.build import sources
from poltwt_console.geocoding.build.places import BuildPlace, Neighbourhood
from poltwt_console.geocoding.normalise import normalise

#: Words that GeoNames puts around a region's own name; an address often leaves them out.
_GENERIC = re.compile(
    r"(?i)\b(?:"
    r"(?:province|provincia|província|departamento|department|county|comunidad|municipio|municipality|"
    r"urban municipality|district|region|republic|state|city|borough|city and borough|emirate|"
    r"metropolitan borough|royal borough|città metropolitana|city and county)"
    r" (?:del?|di|do|da|du|of|della?)(?: la| los| las)?|"
    r"province|provincia|província|provincie|prefecture|region|district|governorate|county borough|"
    r"county|oblast|krai|republic|state|department|municipality|voivodeship|canton|parish|division|"
    r"city|kreis|landkreis|regency|kabupaten|kota|raion|rayon|rajons|novads|comarca|arrondissement|"
    r"mukim|council)\b"
    r"|-(?:do|si|gun|gu|ken|fu|sheng|shi|xian|county)\b"
)

#: Records of a state that are looked at, and the share of them that must lie in one region.
_SAMPLED, _MOST = 30, 0.7

RegionNames = dict[str, set[str]]
"""GeoNames code (admin1 or admin2) -> its names, not yet folded"""


def _bare(name: str) -> str:
    return " ".join(_GENERIC.sub(" ", name).split()).strip(" -,")


def _names_of_level(level: int) -> RegionNames:
    names: RegionNames = {}
    for code, name in sources.open_admin(level):
        names[code] = {name, _bare(name)} - {""}
    return names


def gather_region_names(
    places: Iterable[BuildPlace], records: Iterable[Mapping[str, Any]], near: Neighbourhood
) -> tuple[RegionNames, RegionNames]:
    """Names of admin1 and of admin2 regions.

    Three sources besides GeoNames' English ones: the committed ``region_names.tsv``; the ``state``
    of postal records, given to the region in which most of their points lie; and, where a region
    is called like a city in it (``Osaka``), that city's names in other scripts.
    """
    regions, districts = _names_of_level(1), _names_of_level(2)
    for code, *names in sources.open_table("region_names.tsv"):
        (regions if code in regions else districts)[code].update(names)
    for code, states in _vote_for_states(records, near).items():
        if code in regions:
            regions[code].update(states)
    _borrow_city_names(regions, districts, places)
    return regions, districts


def _vote_for_states(records: Iterable[Mapping[str, Any]], near: Neighbourhood) -> RegionNames:
    sampled: Counter[tuple[str, str]] = Counter()
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for record in records:
        key = str(record["country_code"]), str(record["state"])
        if not key[1] or sampled[key] >= _SAMPLED:
            continue
        sampled[key] += 1
        place = near.nearest(key[0], record["latitude"], record["longitude"])
        if place is not None and place.region:
            votes[key][place.region] += 1
    names: RegionNames = defaultdict(set)
    for (_, state), counted in votes.items():
        region, most = min(counted.items(), key=lambda kv: (-kv[1], kv[0]))
        if most >= _MOST * counted.total() and not state.isdigit():
            names[region].update({state, _bare(state)} - {""})
    return names


def _borrow_city_names(regions: RegionNames, districts: RegionNames, places: Iterable[BuildPlace]) -> None:
    for place in places:
        if place.population < 15_000:
            continue
        for code, names in ((place.region, regions), (place.district, districts)):
            if code in names and place.name in names[code]:
                names[code].update(n for n in place.folded if not n.isascii())


#: Languages whose names of countries are known beyond their homes; names in others are kept only
#: where no place is called so ("Male" is Mali in one of them, and a capital).
_WIDE_LANGUAGES = frozenset(
    {"en", "fr", "de", "es", "pt", "it", "nl", "pl", "ru", "tr", "ar", "zh", "ja", "ko", "sv", "da", "nb"}
)


def gather_country_names(taken: Container[str]) -> dict[str, set[str]]:
    """ISO code -> every name of the country in CLDR, GeoNames and ``country_names.tsv``.

    ``taken`` are the folded names of places: a name in a language that is neither the country's
    own nor a wide one is left out if it is among them.
    """
    names: dict[str, set[str]] = defaultdict(set)
    own: dict[str, set[str]] = {}
    for code, country in sources.open_countries().items():
        names[code].add(country["name"])
        own[code] = {language.partition("-")[0] for language in country["languages"].split(",")}
    for code, language, name in sources.open_territory_names():
        if code not in names:
            continue
        if language in _WIDE_LANGUAGES or language in own[code] or normalise(name) not in taken:
            names[code].add(name)
    for code, *others in sources.open_table("country_names.tsv"):
        names[code].update(others)
    for of_country in names.values():
        of_country.update([name.replace("St. ", "Saint ") for name in of_country if name.startswith("St. ")])
    return names
