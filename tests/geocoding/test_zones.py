"""Time zones of countries and places."""

from __future__ import annotations

import pytest

from poltwt_console.domain.edition import NOVEMBER_2013
from poltwt_console.geocoding import Geocoder
from poltwt_console.geocoding.zones import (
    canonical_zone,
    common_zone,
    zone_of_country,
    zones_by_country,
    zones_to_choose,
)

#: Countries with more than one offset on 1 November 2013, counted in the time zone database.
SEVERAL = "AQ AU BR CA CD CL CN EC ES FM GL ID KI KZ MN MX NZ PF PT RU UM US".split()  # noqa: SIM905


def test_exactly_these_countries_have_several_times_on_the_day() -> None:
    countries = zones_by_country()
    assert sorted(c for c in countries if zone_of_country(c, NOVEMBER_2013.day) is None) == SEVERAL


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("GB", "Europe/London"),
        ("DE", "Europe/Berlin"),
        ("AR", "America/Argentina/Buenos_Aires"),
        ("IN", "Asia/Kolkata"),
    ],
)
def test_a_country_with_one_time_is_certain(country: str, zone: str) -> None:
    assert zone_of_country(country) == zone


def test_no_country_has_no_zone_and_all_to_choose_from() -> None:
    assert zone_of_country("ZZ") is None
    assert common_zone([]) is None
    assert "Europe/London" in zones_to_choose("ZZ")
    assert zones_to_choose("GB") == ("Europe/London",)
    assert len(zones_to_choose("US")) > 20


def test_old_names_become_todays() -> None:
    assert canonical_zone("Asia/Calcutta") == "Asia/Kolkata"
    assert canonical_zone("Europe/Kiev") == "Europe/Kyiv"
    assert canonical_zone("Europe/Oslo") == "Europe/Oslo"  # a name of its own, though a link
    assert canonical_zone("Nowhere/At_All") == "Nowhere/At_All"


@pytest.mark.parametrize(
    ("address", "zone"),
    [
        ("Chicago, Illinois", "America/Chicago"),
        ("El Paso, TX 79901", "America/Denver"),
        ("Perth, WA, Australia", "Australia/Perth"),
        ("Las Palmas, España", "Atlantic/Canary"),
        ("Ponta Delgada, Portugal", "Atlantic/Azores"),
        ("Kathmandu, Nepal", "Asia/Kathmandu"),
        ("St. John's, NL, Canada", "America/St_Johns"),
        ("Apia, Samoa", "Pacific/Apia"),
    ],
)
def test_a_place_has_its_own_zone(geocoder: Geocoder, address: str, zone: str) -> None:
    place = geocoder.locate(address).place
    assert place is not None
    assert place.timezone == zone
