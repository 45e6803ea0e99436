"""What mail domains and phone numbers say of a country."""

from __future__ import annotations

import pytest

from poltwt_console.domain.place import Hints
from poltwt_console.geocoding import PlaceFile
from poltwt_console.geocoding.hinting import countries_of_phone, country_of_domain, with_hints


@pytest.mark.parametrize(
    ("domain", "country"),
    [
        ("west-midlands.pnn.police.uk", "GB"),
        ("someone@politie.nl", "NL"),
        ("rcmp-grc.gc.ca", "CA"),
        ("police.govt.nz.", "NZ"),
        ("cityofchicago.gov", "US"),
        ("army.mil", "US"),
        ("mossos.cat", "ES"),
        ("LOGREGLAN.IS", "IS"),
        ("example.com", None),
        ("example.org", None),
        ("policia.gob.do.example", "DO"),  # nobody's ending (RFC 2606): what stands before it tells
        ("police-riverton.example", None),
        ("example", None),
        ("police.tv", None),  # sold to anyone
        ("startup.io", None),
        ("", None),
        (".", None),
    ],
)
def test_a_country_domain_names_its_country(place_file: PlaceFile, domain: str, country: str | None) -> None:
    number = country_of_domain(place_file, domain)
    assert (None if number is None else place_file.countries[number].code) == country


@pytest.mark.parametrize(
    ("phone", "countries"),
    [
        ("+44 121 000 0000", {"GB"}),
        ("0044 121 000 0000", {"GB"}),
        ("(+353) 1 000000", {"IE"}),
        ("+44 1534 000000", {"JE"}),
        ("+1 787 000 0000", {"PR"}),
        ("+1 312 000 0000", {"US", "CA"}),
        ("0121 000 0000", set()),
        ("312-000-0000", set()),
        ("+", set()),
        ("", set()),
    ],
)
def test_an_international_number_names_its_countries(
    place_file: PlaceFile, phone: str, countries: set[str]
) -> None:
    found = {place_file.countries[number].code for number in countries_of_phone(place_file, phone)}
    assert countries <= found if len(countries) > 1 else found == countries


def test_agency_and_city_are_read_unless_the_address_has_them() -> None:
    hints = Hints(agency="Chicago Police Department", city="Chicago")
    assert (
        with_hints("3510 S Michigan Ave", hints) == "Chicago Police Department, Chicago, 3510 S Michigan Ave"
    )
    assert with_hints("Michigan Ave, CHICAGO", hints) == "Chicago Police Department, Michigan Ave, CHICAGO"
    assert with_hints("x", Hints()) == "x"
