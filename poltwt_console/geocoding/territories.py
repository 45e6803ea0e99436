"""Dependent territories and the countries that they belong to: each may be meant by the other's name."""

from __future__ import annotations

from poltwt_console.geocoding.gazetteer import PlaceFile

#: Territory -> parent (ISO 3166-1; CIA World Factbook, "Dependencies and areas of special sovereignty").
PARENTS = {
    "AS": "US", "GU": "US", "MP": "US", "PR": "US", "VI": "US", "UM": "US",
    "GG": "GB", "JE": "GB", "IM": "GB", "GI": "GB", "AI": "GB", "BM": "GB", "IO": "GB", "VG": "GB",
    "KY": "GB", "FK": "GB", "MS": "GB", "PN": "GB", "SH": "GB", "TC": "GB", "GS": "GB",
    "GP": "FR", "MQ": "FR", "GF": "FR", "RE": "FR", "YT": "FR", "PM": "FR", "BL": "FR", "MF": "FR",
    "NC": "FR", "PF": "FR", "WF": "FR", "TF": "FR",
    "AW": "NL", "CW": "NL", "SX": "NL", "BQ": "NL",
    "GL": "DK", "FO": "DK", "AX": "FI", "SJ": "NO", "BV": "NO",
    "CX": "AU", "CC": "AU", "NF": "AU", "HM": "AU", "CK": "NZ", "NU": "NZ", "TK": "NZ",
    "HK": "CN", "MO": "CN",
}  # fmt: skip


def same_country(one: str, other: str) -> bool:
    """Whether two ISO codes are one country, a territory counting as its parent."""
    return PARENTS.get(one, one) == PARENTS.get(other, other)


def families(file: PlaceFile) -> dict[int, tuple[int, ...]]:
    """Country number -> numbers of its territories, or of its parent."""
    relatives: dict[int, tuple[int, ...]] = {}
    for child, parent in PARENTS.items():
        if child in file.country_number and parent in file.country_number:
            one, other = file.country_number[child], file.country_number[parent]
            relatives[one] = (*relatives.get(one, ()), other)
            relatives[other] = (*relatives.get(other, ()), one)
    return relatives
