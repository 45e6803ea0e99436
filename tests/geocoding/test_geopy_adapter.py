"""The offline geocoder as users of geopy know one."""

from __future__ import annotations

import subprocess
import sys

import pytest
from geopy.point import Point

from poltwt_console.domain.place import Hints
from poltwt_console.geocoding import Geocoder
from poltwt_console.geocoding.geopy_adapter import OfflineGeocoder


@pytest.fixture
def offline(geocoder: Geocoder) -> OfflineGeocoder:
    return OfflineGeocoder(geocoder)


def test_geocode_gives_one_location_with_what_is_known_of_it(offline: OfflineGeocoder) -> None:
    location = offline.geocode("Lloyd House, Birmingham B4 6NQ")
    assert location.address == "Birmingham, England, United Kingdom"
    assert location.latitude == pytest.approx(52.48, abs=0.1)
    assert location.raw["precision"] == "postcode"
    assert location.raw["country"] == "GB"
    assert location.raw["timezone"] == "Europe/London"
    assert location.raw["reasons"]


def test_geocode_gives_several_when_asked(offline: OfflineGeocoder) -> None:
    found = offline.geocode("Springfield", exactly_one=False, limit=3, country="US")
    assert len(found) == 3
    assert all(location.raw["country"] == "US" for location in found)


def test_hints_can_be_given_whole(offline: OfflineGeocoder) -> None:
    assert offline.geocode("Worcester", hints=Hints(mail_domain="example.police.uk")).raw["country"] == "GB"


def test_no_such_place_is_none(offline: OfflineGeocoder) -> None:
    assert offline.geocode("") is None
    assert offline.geocode("", exactly_one=False) is None


@pytest.mark.parametrize("point", ["48.8566, 2.3522", (48.8566, 2.3522), Point(48.8566, 2.3522)])
def test_reverse_names_the_nearest_place(offline: OfflineGeocoder, point: object) -> None:
    location = offline.reverse(point)
    assert location.address.startswith("Paris")
    assert location.raw["country"] == "FR"
    assert offline.reverse(point, exactly_one=False) == [location]


def test_reverse_finds_nothing_in_the_open_sea(offline: OfflineGeocoder) -> None:
    assert offline.reverse((0, -30)) is None


def test_the_geocoder_itself_does_not_load_geopy() -> None:
    code = "import sys, poltwt_console.geocoding; print([m for m in sys.modules if 'geopy.' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
