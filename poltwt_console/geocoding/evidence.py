"""What an address says besides names of towns: countries, regions, postcodes, and the hints."""

from __future__ import annotations

from dataclasses import dataclass, field

from poltwt_console.domain.place import Hints
from poltwt_console.geocoding.address import Address
from poltwt_console.geocoding.gazetteer import PlaceFile, PostcodePoint
from poltwt_console.geocoding.hits import Hit
from poltwt_console.geocoding.layout import NUMBER_MASK, Entry

#: A dependent territory and the country that it belongs to (ISO 3166-1; CIA World Factbook,
#: "Dependencies and areas of special sovereignty"): each may be meant by the other's name.
PARENTS = {
    "AS": "US", "GU": "US", "MP": "US", "PR": "US", "VI": "US", "UM": "US",
    "GG": "GB", "JE": "GB", "IM": "GB", "GI": "GB", "AI": "GB", "BM": "GB", "IO": "GB", "VG": "GB", "KY": "GB",
    "FK": "GB", "MS": "GB", "PN": "GB", "SH": "GB", "TC": "GB", "GS": "GB",
    "GP": "FR", "MQ": "FR", "GF": "FR", "RE": "FR", "YT": "FR", "PM": "FR", "BL": "FR", "MF": "FR", "NC": "FR",
    "PF": "FR", "WF": "FR", "TF": "FR",
    "AW": "NL", "CW": "NL", "SX": "NL", "BQ": "NL",
    "GL": "DK", "FO": "DK", "AX": "FI", "SJ": "NO", "BV": "NO",
    "CX": "AU", "CC": "AU", "NF": "AU", "HM": "AU", "CK": "NZ", "NU": "NZ", "TK": "NZ",
    "HK": "CN", "MO": "CN",
}  # fmt: skip


@dataclass(slots=True)
class Evidence:
    """Weights by number of country, region and district; postcode points with their strength."""

    countries: dict[int, float] = field(default_factory=dict)
    regions: dict[int, tuple[float, Hit | None]] = field(default_factory=dict)
    districts: dict[int, tuple[float, Hit | None]] = field(default_factory=dict)
    coded_countries: set[int] = field(default_factory=set)  # a state code of this country is in the text
    points: list[tuple[PostcodePoint, float, str]] = field(default_factory=list)
    hinted: set[int] = field(default_factory=set)

    def add_country(self, number: int, weight: float) -> None:
        self.countries[number] = max(weight, self.countries.get(number, 0.0))


def gather_evidence(file: PlaceFile, address: Address, hits: list[Hit], hints: Hints) -> Evidence:
    """Weigh everything in the text and in the hints that speaks for a country or a region."""
    evidence = Evidence()
    _read_hints(file, hints, evidence)
    last = len(address.parts) - 1
    for hit in hits:
        first_entry = hit.entries[0] >> 29
        if first_entry <= Entry.PRIMARY:
            continue  # places only: regions and countries stand first
        for entry in hit.entries:
            kind, number = entry >> 29, entry & NUMBER_MASK
            if kind <= Entry.PRIMARY:
                break
            if kind == Entry.COUNTRY:
                evidence.add_country(number, _country_weight(hit, last))
            else:
                weight = (3.0 if hit.whole else 2.0 if hit.trailing else 1.2) + min(0.0, hit.context)
                if weight > 0:
                    table = evidence.regions if kind == Entry.REGION else evidence.districts
                    if weight > table.get(number, (0.0, None))[0]:
                        table[number] = weight, hit
    _read_region_codes(file, address, evidence)
    _read_postcodes(file, address, evidence)
    return evidence


def _country_weight(hit: Hit, last: int) -> float:
    if hit.whole:
        return 8.0 if hit.part == last else 4.0
    if hit.trailing:
        return 5.0 if hit.part == last else 1.5
    return 0.7


def _read_hints(file: PlaceFile, hints: Hints, evidence: Evidence) -> None:
    picked = hints.picked_country or hints.country
    number = file.country_number.get((picked or "").upper())
    if number is not None:
        evidence.hinted.add(number)
        evidence.add_country(number, 14.0)


def _read_region_codes(file: PlaceFile, address: Address, evidence: Evidence) -> None:
    """State codes in capitals: alone in a part, or last in one of the last two ("Crowley, LA")."""
    last = len(address.parts) - 1
    for index, part in enumerate(address.parts):
        words = [w for w in part.raw if not any(map(str.isdigit, w))]
        if not words:
            continue
        code = words[-1].replace(".", "").strip("()")
        if not (2 <= len(code) <= 5 and code.isupper()) and not words[-1].endswith("."):
            continue
        alone = len(words) == 1
        if not alone and index < last - 1:
            continue
        for country, kind, number in file.region_codes.get(code.upper(), ()):
            if kind is Entry.REGION:
                weight = 5.0 if alone and index >= last - 1 else 3.5
                evidence.regions[number] = weight, None
                evidence.coded_countries.add(country)
                evidence.add_country(country, 2.5 if alone else 1.5)
            else:
                evidence.districts[number] = 2.0, None


def _read_postcodes(file: PlaceFile, address: Address, evidence: Evidence) -> None:
    for code in address.codes:
        allowed = {file.country_number[c] for c in code.countries if c in file.country_number}
        found = False
        for point in file.postcode(code.code):
            if not allowed or point.country in allowed:
                evidence.points.append((point, code.strength, code.code))
                found = True
                if code.strength >= 2.0:
                    evidence.add_country(point.country, 6.0)
                elif code.strength > 1.5 and len(allowed) == 1:
                    evidence.add_country(point.country, 2.0)
        if not found:
            _read_prefix(file, code.code, code.strength, allowed, evidence)


def _read_prefix(file: PlaceFile, code: str, strength: float, allowed: set[int], evidence: Evidence) -> None:
    """An unknown code still lies where the others with its first characters lie."""
    seen: set[int] = set()
    for length in range(len(code) - 1, 1, -1):
        for point in file.postcode(code[:length] + "*"):
            if (not allowed or point.country in allowed) and point.country not in seen:
                seen.add(point.country)
                evidence.points.append((point, strength * 0.5, code))
