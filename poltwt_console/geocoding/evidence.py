"""What an address says besides names of towns: its country, regions and postcodes."""

from __future__ import annotations

from dataclasses import dataclass, field

from poltwt_console.geocoding.address import Address, Code
from poltwt_console.geocoding.gazetteer import PlaceFile, PostcodePoint
from poltwt_console.geocoding.hits import Hit
from poltwt_console.geocoding.layout import LAST_PLACE_KIND, NUMBER_MASK, Entry
from poltwt_console.geocoding.scripts import countries_of_letters
from poltwt_console.geocoding.vocabulary import Area, Vocabulary

#: A country that stands alone in the last part is as good as certain.
STATED = 14.0

#: All that letters, street words and names of forces can say together.
_MOST_BY_MANNER = 5.0

#: People that make a city rather than a country of the same name likely to be meant.
_GREAT_CITY = 300_000

#: A country this small (km) is its own city: its name is a place as well.
CITY_STATE_KM = 25


@dataclass(frozen=True, slots=True)
class AreaName:
    """A region or district named in the text: by how much, and where (None: by a code)."""

    weight: float
    hit: Hit | None
    words: str


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
        if (
            hit.entries[0] >> 29 > LAST_PLACE_KIND and not hit.covered
        ):  # regions and countries stand before places
            _read_areas(file, hit, last, evidence)
    _mark_statements(file, hits, evidence)
    _read_region_codes(file, address, evidence)
    for code in address.codes:
        _read_code(file, code, evidence)
    _read_manner(file, words, address, evidence)
    return evidence


def _read_areas(file: PlaceFile, hit: Hit, last: int, evidence: Evidence) -> None:
    regions = [e for e in hit.entries if e >> 29 in (Entry.REGION, Entry.DISTRICT)]
    for entry in hit.entries:
        kind, number = entry >> 29, entry & NUMBER_MASK
        if kind <= LAST_PLACE_KIND:
            break
        if kind == Entry.COUNTRY:
            elsewhere = any(file.country_of(Entry(e >> 29), e & NUMBER_MASK) != number for e in regions)
            weight = _country_weight(hit, last)
            if weight >= 6.0 and _is_great_city_elsewhere(file, hit, number):
                weight = 3.5  # in Arabic, Oman and Amman are one word
            elif weight == STATED and elsewhere:
                weight = 6.0  # Georgia, Luxembourg: a region of another country too
            elif weight == STATED:
                evidence.stated.add(number)
            evidence.name_country(number, weight, f"names {file.countries[number].name}")
            if weight >= 6.0:
                hit.country = number
        elif file.country_of(Entry(kind), number) != hit.country:
            weight = (3.0 if hit.whole else 2.0 if hit.trailing else 1.2) + min(0.0, hit.context)
            table = evidence.regions if kind == Entry.REGION else evidence.districts
            if weight > 0 and (number not in table or weight > table[number].weight):
                table[number] = AreaName(weight, hit, hit.folded)


def _is_great_city_elsewhere(file: PlaceFile, hit: Hit, country: int) -> bool:
    for entry in hit.entries:
        if entry >> 29 <= LAST_PLACE_KIND:
            place = entry & NUMBER_MASK
            is_its_name = entry >> 29 == Entry.PRIMARY or not hit.folded.isascii()
            return is_its_name and file.population[place] >= _GREAT_CITY and file.country[place] != country
    return False


def _country_weight(hit: Hit, last: int) -> float:
    if hit.before_area or (hit.generic and not hit.whole):
        return 0.5  # "Sentosa Island" is not in Iceland, for all its German name
    if hit.whole:
        return STATED if hit.part == last else 5.0
    if hit.trailing:
        return 6.0 if hit.part == last else 1.5 if hit.length > 1 else 0.8
    return 0.5


def _mark_statements(file: PlaceFile, hits: list[Hit], evidence: Evidence) -> None:
    """Only the last mention is the country: in "Luxembourg, Luxembourg" the first is the city."""
    seen: set[int] = set()
    for hit in reversed(hits):
        if hit.country is not None:
            if hit.country in seen or file.country_reach[hit.country] <= CITY_STATE_KM:
                hit.country = None
            else:
                seen.add(hit.country)


def _read_region_codes(file: PlaceFile, address: Address, evidence: Evidence) -> None:
    """State codes in capitals: alone in a part, or last in one of the last two ("Crowley, LA")."""
    last = len(address.parts) - 1
    for index, part in enumerate(address.parts):
        written = [w for w in part.raw if not any(map(str.isdigit, w))]
        if not written:
            continue
        code = written[-1].replace(".", "").strip("()-/")
        if not 2 <= len(code) <= 5 or not (code.isupper() or written[-1].endswith(".")):
            continue
        alone = len(written) == 1
        if index < last - 2 or (not alone and index < last - 1):
            continue
        for country, kind, number in file.region_codes.get(code.upper(), ()):
            if kind is Entry.REGION:
                evidence.regions[number] = AreaName(5.0 if alone else 3.5, None, code)
                evidence.coded.add(country)
                evidence.name_country(country, 2.5 if alone else 1.5, f"state {code}")
            elif kind is Entry.DISTRICT:
                evidence.districts[number] = AreaName(2.0, None, code)
            else:
                evidence.name_country(number, 5.0 if alone and index == last else 2.5, f"territory {code}")


def _read_code(file: PlaceFile, code: Code, evidence: Evidence) -> None:
    allowed = {file.country_number[c] for c in code.countries if c in file.country_number}
    points = [p for p in file.postcode(code.code) if not allowed or p.country in allowed]
    if not points:
        _read_prefix(file, code, allowed, evidence)
    for point in points:
        evidence.codes.append(CodePoint(point, code.strength, code.written))
        if code.strength >= 2.0:
            evidence.name_country(point.country, 6.0, f"postcode {code.written}")
        elif code.strength > 1.5 and len(allowed) == 1:
            evidence.name_country(point.country, 2.0, f"postcode {code.written}")


def _read_prefix(file: PlaceFile, code: Code, allowed: set[int], evidence: Evidence) -> None:
    """An unknown code still lies where the others with its first characters lie."""
    seen: set[int] = set()
    for length in range(len(code.code) - 1, 1, -1):
        for point in file.postcode(code.code[:length] + "*"):
            if (not allowed or point.country in allowed) and point.country not in seen:
                seen.add(point.country)
                evidence.codes.append(CodePoint(point, code.strength * 0.5, code.written))


def _read_manner(file: PlaceFile, words: Vocabulary, address: Address, evidence: Evidence) -> None:
    for code, weight in countries_of_letters(address.text).items():
        evidence.suggest_country(file.country_number[code], weight)
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
                evidence.name_country(file.country_number[force.country], 3.0, f"force in {force.country}")
                if force.radius_km:
                    evidence.forces.append(force)
