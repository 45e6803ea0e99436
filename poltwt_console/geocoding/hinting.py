"""What is known besides the address: mail domain, phone number, agency, city and language.

Order of trust: the organiser's pick, a country field, the mail domain, the phone prefix, the
agency's name, the text, the mail's language.  The first two say which countries may be meant at all (see
``CountryRules``); the others add weight, the agency's on top of the others'.
"""

from __future__ import annotations

import re

from poltwt_console.domain.place import Hints
from poltwt_console.geocoding.address import parse_address
from poltwt_console.geocoding.evidence import Evidence, named_countries
from poltwt_console.geocoding.gazetteer import PlaceFile
from poltwt_console.geocoding.hits import Hit
from poltwt_console.geocoding.normalise import normalise

_DOMAIN, _PHONE, _SHARED_PHONE, _AGENCY = 6.0, 5.0, 3.0, 4.0
#: A country's first language, and any other of its languages.
_FIRST_LANGUAGE, _LANGUAGE = 2.5, 1.5
#: Anybody may write it to an American organiser.
_COMMON_LANGUAGE = "en"

#: Country domains that are sold to anyone (ICANN lists them as open), so they say nothing.
_SOLD = frozenset({
    "ac", "ag", "ai", "am", "as", "bz", "cc", "cd", "cf", "co", "cx", "dj", "fm", "ga",
    "gg", "gl", "gq", "gs", "im", "io", "la", "li", "lc", "ly", "me", "ml", "mn", "ms",
    "mu", "nu", "pm", "pn", "pw", "re", "sc", "sh", "sr", "st", "su", "tc", "tf", "tk",
    "tl", "to", "tv", "vc", "vg", "vu", "wf", "ws", "yt",
})  # fmt: skip

#: Domains that one country alone may use (US: federal and state government, armed forces, schools).
_RESERVED = {
    "gov": "US",
    "mil": "US",
    "edu": "US",
    "cat": "ES",
    "eus": "ES",
    "gal": "ES",
    "scot": "GB",
    "wales": "GB",
}


#: Endings that belong to nobody (RFC 2606): of "policia.gob.do.example" what stands before it tells.
_DEMONSTRATED = frozenset({"example", "test", "invalid"})


def with_hints(address: str, hints: Hints) -> str:
    """The text to read: agency and city stand before the address unless it already holds them."""
    folded = normalise(address)
    before = [text for text in (hints.agency, hints.city) if text and normalise(text) not in folded]
    return ", ".join([*before, address])


Pointer = tuple[str, list[int]]
"""What points to countries in words ("mail domain police.uk"), and their numbers"""


def weigh_hints(
    file: PlaceFile, hits: list[Hit], address: str, hints: Hints, evidence: Evidence
) -> list[Pointer]:
    """Add what mail domain, phone number and agency say of the country; returns what each points to.

    ``hits`` are the names in the text that ``with_hints`` made of the address.
    """
    pointers: list[Pointer] = []
    domain = country_of_domain(file, hints.mail_domain)
    if domain is not None:
        pointers.append((f"mail domain {hints.mail_domain}", [domain]))
        evidence.name_country(domain, _DOMAIN, pointers[-1][0])
    numbers = countries_of_phone(file, hints.phone)
    if numbers:
        pointers.append((f"phone number {hints.phone}", numbers))
        for number in numbers:
            weight = _PHONE if len(numbers) == 1 else _SHARED_PHONE
            evidence.name_country(number, weight, pointers[-1][0])
    called = _countries_of_agency(file, hits, address, hints)
    if called:
        pointers.append(("agency's name", called))
        for number in called:
            evidence.suggest_country(number, _AGENCY)
    if hints.language and hints.language != _COMMON_LANGUAGE:
        for number, first in file.speakers.get(hints.language, ()):
            evidence.suggest_country(number, _FIRST_LANGUAGE if first else _LANGUAGE)
    return pointers


def _countries_of_agency(file: PlaceFile, hits: list[Hit], address: str, hints: Hints) -> list[int]:
    """Numbers of the countries that an agency is called after: the Royal Barbados Police Force is of one.

    Not where the address has that name too: the police of Lebanon, Tennessee, is called after its town.
    Nor by a short word that names a country in some language only: "Sili" is Chile in one, "we are" in Swati.
    """
    folded = normalise(address)
    if not hints.agency or normalise(hints.agency) in folded:
        return []
    parts = len(parse_address(hints.agency).parts)  # the first ones of the text
    text = f" {folded} {normalise(hints.city)} "
    return [
        number
        for hit, number in named_countries(file, [hit for hit in hits if hit.part < parts])
        if f" {hit.folded} " not in text
        and (
            len(hit.folded) >= _LONG_NAME
            or not hit.folded.isascii()
            or hit.folded == normalise(file.countries[number].name)
        )
    ]


#: Letters of a country's name that is hardly a word of another language.
_LONG_NAME = 5


def country_of_domain(file: PlaceFile, domain: str) -> int | None:
    """The number of the country that a mail domain belongs to, None where it says nothing."""
    labels = domain.strip().rstrip(".").rpartition("@")[2].lower().split(".")
    while labels[1:] and labels[-1] in _DEMONSTRATED:
        labels.pop()
    ending = labels[-1]
    if not ending or ending in _SOLD:
        return None
    if ending in _RESERVED:
        return file.country_number[_RESERVED[ending]]
    return next((c.number for c in file.countries if c.tld == f".{ending}"), None)


def countries_of_phone(file: PlaceFile, phone: str) -> list[int]:
    """Numbers of the countries that share the international prefix of a phone number (ITU E.164)."""
    match = re.match(r"\s*(?:\(?\+|00)\s*([\d\s().-]+)", phone)
    if not match:
        return []
    digits = re.sub(r"\D", "", match.group(1))
    best: dict[int, list[int]] = {}
    for country in file.countries:
        for prefix in re.split(r"\s+and\s+|,\s*", country.phone):
            prefix = re.sub(r"\D", "", prefix)
            if prefix and digits.startswith(prefix):
                best.setdefault(len(prefix), []).append(country.number)
    return best[max(best)] if best else []
