"""What an address says besides names of towns: its country, regions and postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from poltwt_console.geocoding.address import CERTAIN_SHAPE, LIKELY_SHAPE, Address, Code
from poltwt_console.geocoding.gazetteer import PlaceFile, PostcodePoint
from poltwt_console.geocoding.hits import Hit
from poltwt_console.geocoding.layout import LAST_PLACE_KIND, NUMBER_MASK, Entry
from poltwt_console.geocoding.scripts import countries_of_letters
from poltwt_console.geocoding.vocabulary import Area, Vocabulary

#: A country that stands alone in the last part is as good as certain.
STATED = 14.0

# What a country's name weighs by where it stands; STATED is the strongest.
_LAST_WORDS = 6.0  # at the end of the text
_EARLIER_PART = 5.0  # alone in an earlier part
_EARLIER_WORDS, _EARLIER_WORD = 1.5, 0.8  # at the end of an earlier part
_PASSING = 0.5  # anywhere else
_ALSO_A_CITY = 3.5
_BY_CERTAIN_CODE, _BY_LIKELY_CODE = 6.0, 2.0
_BY_STATE, _BY_STATE_IN_PASSING = 2.5, 1.5
_BY_TERRITORY = 5.0
_BY_FORCE = 3.0

# What a region's name weighs: alone in its part, at the end of it, elsewhere; and its code.
_REGION_WHOLE, _REGION_TRAILING, _REGION_PASSING = 3.0, 2.0, 1.2
_REGION_CODE, _REGION_CODE_IN_PASSING, _DISTRICT_CODE = 5.0, 3.5, 2.0

#: All that letters, street words and names of forces can say together.
_MOST_BY_MANNER = 5.0

#: A code known by its first characters only counts this much of a whole one.
_PREFIX_SHARE = 0.5

#: People that make a city rather than a country of the same name likely to be meant.
_GREAT_CITY = 300_000

#: A country this small (km) is its own city: its name is a place as well.
CITY_STATE_KM = 25


@dataclass(frozen=True, slots=True)
class AreaName:
    """A region or district named in the text: by how much, and where (None: by a code)."""

    weight: float
    hit: Hit | None


@dataclass(frozen=True, slots=True)
class CodePoint:
    """A postcode of one country that stands in the text."""

    point: PostcodePoint
    strength: float
    written: str


@dataclass(slots=True)
class Evidence:
    """Weights by number of country, region and district, and the reasons in words."""

    named: dict[int, float] = field(default_factory=dict)  # countries
    manner: dict[int, float] = field(default_factory=dict)  # countries, by letters and words
    stated: set[int] = field(default_factory=set)  # countries alone in the last part
    allowed: set[int] | None = None  # no other country may be meant
    coded: set[int] = field(default_factory=set)  # countries one of whose state codes was read
    regions: dict[int, AreaName] = field(default_factory=dict)
    districts: dict[int, AreaName] = field(default_factory=dict)
    codes: list[CodePoint] = field(default_factory=list)
    forces: list[Area] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)  # country -> why

    def name_country(self, number: int, weight: float, reason: str) -> None:
        """Note that something names a country; the strongest counts."""
        if weight > self.named.get(number, 0.0):
            self.named[number] = weight
            self.reasons[number] = reason

    def suggest_country(self, number: int, weight: float) -> None:
        """Note that the manner of writing points to a country; such signs add up."""
        self.manner[number] = self.manner.get(number, 0.0) + weight

    def weights(self) -> dict[int, float]:
        """Country number -> all that speaks for it."""
        weights = dict(self.named)
        for number, weight in self.manner.items():
            weights[number] = weights.get(number, 0.0) + min(weight, _MOST_BY_MANNER)
        return weights


def gather_evidence(file: PlaceFile, words: Vocabulary, address: Address, hits: list[Hit]) -> Evidence:
    """Weigh everything in the text that speaks for a country, a region or a postcode."""
    evidence = Evidence()
    last = len(address.parts) - 1
    for hit in hits:
        # Of the entries of a name, countries and regions stand first.
        if hit.entries[0] >> 29 > LAST_PLACE_KIND and not hit.covered:
            _read_areas(file, hit, last, evidence)
    _mark_statements(file, hits, evidence)
    _read_region_codes(file, address, evidence)
    for code in address.codes:
        _read_code(file, code, evidence)
    _read_manner(file, words, address, evidence)
    return evidence


def _read_areas(file: PlaceFile, hit: Hit, last: int, evidence: Evidence) -> None:
    for entry in hit.entries:
        kind, number = entry >> 29, entry & NUMBER_MASK
        if kind <= LAST_PLACE_KIND:
            break
        if kind == Entry.COUNTRY:
            weight = _country_weight(hit, last)
            if weight >= _LAST_WORDS and _is_great_city_elsewhere(file, hit, number):
                weight = _ALSO_A_CITY  # in Arabic, Oman and Amman are one word
            elif weight == STATED and _is_region_elsewhere(file, hit, number):
                weight = _LAST_WORDS  # Georgia, Luxembourg: a region of another country too
            elif weight == STATED:
                evidence.stated.add(number)
            evidence.name_country(number, weight, f"names {file.countries[number].name}")
            if weight >= _LAST_WORDS:
                hit.country = number
        elif file.country_of(Entry(kind), number) != hit.country:
            weight = min(0.0, hit.context)
            weight += _REGION_WHOLE if hit.whole else _REGION_TRAILING if hit.trailing else _REGION_PASSING
            table = evidence.regions if kind == Entry.REGION else evidence.districts
            if weight > 0 and (number not in table or weight > table[number].weight):
                table[number] = AreaName(weight, hit)


def named_countries(file: PlaceFile, hits: list[Hit]) -> Iterator[tuple[Hit, int]]:
    """The countries that names in a text can hardly mean anything else but."""
    for hit in hits:
        if hit.covered or (hit.generic and not hit.whole):
            continue
        for entry in hit.entries:
            number = entry & NUMBER_MASK
            if (
                entry >> 29 == Entry.COUNTRY
                and not _is_great_city_elsewhere(file, hit, number)
                and not _is_region_elsewhere(file, hit, number)
            ):
                yield hit, number


def _is_great_city_elsewhere(file: PlaceFile, hit: Hit, country: int) -> bool:
    for entry in hit.entries:
        if entry >> 29 <= LAST_PLACE_KIND:
            place = entry & NUMBER_MASK
            is_its_name = entry >> 29 == Entry.PRIMARY or not hit.folded.isascii()
            return is_its_name and file.population[place] >= _GREAT_CITY and file.country[place] != country
    return False


def _is_region_elsewhere(file: PlaceFile, hit: Hit, country: int) -> bool:
    return any(
        file.country_of(Entry(entry >> 29), entry & NUMBER_MASK) != country
        for entry in hit.entries
        if entry >> 29 in (Entry.REGION, Entry.DISTRICT)
    )


def _country_weight(hit: Hit, last: int) -> float:
    if hit.before_area or (hit.generic and not hit.whole):
        return _PASSING  # "Sentosa Island" is not in Iceland, for all its German name
    if hit.whole:
        return STATED if hit.part == last else _EARLIER_PART
    if hit.trailing:
        if hit.part == last:
            return _LAST_WORDS
        return _EARLIER_WORDS if hit.length > 1 else _EARLIER_WORD
    return _PASSING


def _mark_statements(file: PlaceFile, hits: list[Hit], evidence: Evidence) -> None:
    """Only the last mention is the country: in "Luxembourg, Luxembourg" the first is the city."""
    seen: set[int] = set()
    for hit in reversed(hits):
        if hit.country is not None:
            if hit.country in seen or file.country_reach[hit.country] <= CITY_STATE_KM:
                hit.country = None
            else:
                seen.add(hit.country)


#: "Kingston 10, Jamaica W.I.": the West Indies, not Wisconsin; and the countries that write so, those of
#: the University of the West Indies.
_WEST_INDIES = re.compile(r"(?<!\w)(?:W\. ?I\.?|West Indies)(?!\w)")
_OF_WEST_INDIES = (
    "AG",
    "AI",
    "BB",
    "BS",
    "BM",
    "DM",
    "GD",
    "JM",
    "KN",
    "KY",
    "LC",
    "MS",
    "TC",
    "TT",
    "VC",
    "VG",
)
_BY_WEST_INDIES = 3.0


def _read_region_codes(file: PlaceFile, address: Address, evidence: Evidence) -> None:
    """State codes in capitals: alone in a part, or last in one of the last two ("Crowley, LA")."""
    last = len(address.parts) - 1
    for index, part in enumerate(address.parts):
        written = [w for w in part.raw if not any(map(str.isdigit, w))]
        if not written:
            continue
        code = written[-1].replace(".", "").strip("()-/")
        if _WEST_INDIES.fullmatch(written[-1]):
            continue
        if not 2 <= len(code) <= 5 or not (code.isupper() or written[-1].endswith(".")):
            continue
        alone = len(written) == 1
        if index < last - 2 or (not alone and index < last - 1):
            continue
        for country, kind, number in file.region_codes.get(code.upper(), ()):
            if kind is Entry.REGION:
                evidence.regions[number] = AreaName(_REGION_CODE if alone else _REGION_CODE_IN_PASSING, None)
                evidence.coded.add(country)
                evidence.name_country(country, _BY_STATE if alone else _BY_STATE_IN_PASSING, f"state {code}")
            elif kind is Entry.DISTRICT:
                evidence.districts[number] = AreaName(_DISTRICT_CODE, None)
            else:
                evidence.name_country(
                    number, _BY_TERRITORY if alone and index == last else _BY_STATE, f"territory {code}"
                )


def _read_code(file: PlaceFile, code: Code, evidence: Evidence) -> None:
    allowed = {file.country_number[c] for c in code.countries if c in file.country_number}
    points = [p for p in file.postcode(code.code) if not allowed or p.country in allowed]
    if not points:
        _read_prefix(file, code, allowed, evidence)
        if code.strength >= CERTAIN_SHAPE and len(allowed) == 1:
            # Of a country that has too many codes for the gazetteer to know each: "C1047AAI".
            (country,) = allowed
            evidence.name_country(country, _BY_CERTAIN_CODE, f"postcode {code.written}")
    for point in points:
        evidence.codes.append(CodePoint(point, code.strength, code.written))
        if code.strength >= CERTAIN_SHAPE:
            evidence.name_country(point.country, _BY_CERTAIN_CODE, f"postcode {code.written}")
        elif code.strength >= LIKELY_SHAPE and len(allowed) == 1:
            evidence.name_country(point.country, _BY_LIKELY_CODE, f"postcode {code.written}")


def _read_prefix(file: PlaceFile, code: Code, allowed: set[int], evidence: Evidence) -> None:
    """An unknown code still lies where the others with its first characters lie."""
    seen: set[int] = set()
    for length in range(len(code.code) - 1, 1, -1):
        for point in file.postcode(code.code[:length] + "*"):
            if (not allowed or point.country in allowed) and point.country not in seen:
                seen.add(point.country)
                evidence.codes.append(CodePoint(point, code.strength * _PREFIX_SHARE, code.written))


def _read_manner(file: PlaceFile, words: Vocabulary, address: Address, evidence: Evidence) -> None:
    for code, weight in countries_of_letters(address.text).items():
        evidence.suggest_country(file.country_number[code], weight)
    if _WEST_INDIES.search(address.text):
        for code in _OF_WEST_INDIES:
            evidence.suggest_country(file.country_number[code], _BY_WEST_INDIES)
    seen: set[str] = set()
    for part in address.parts:
        for word in part.words:
            if word in words.languages and word not in seen:
                seen.add(word)
                for code, weight in words.languages[word]:
                    evidence.suggest_country(file.country_number[code], weight)
        _read_forces(file, words, part.words, evidence)


def _read_forces(file: PlaceFile, words: Vocabulary, tokens: tuple[str, ...], evidence: Evidence) -> None:
    for start, word in enumerate(tokens):
        if word not in words.agency_heads:
            continue
        for end in range(start + 1, min(len(tokens), start + 6) + 1):
            force = words.agencies.get(" ".join(tokens[start:end]))
            if force is not None:
                evidence.name_country(
                    file.country_number[force.country], _BY_FORCE, f"force in {force.country}"
                )
                if force.radius_km:
                    evidence.forces.append(force)
