"""Pins set by hand, suspicious pins, land and sea, and which result may replace which."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from poltwt_console.domain.place import Location, LocationState, Place, Precision
from poltwt_console.errors import GazetteerError
from poltwt_console.geocoding import Geocoder, PlaceFile, land
from poltwt_console.geocoding.pins import better, by_hand, suspicious

needs_shapes = pytest.mark.skipif(not land.shapes_file().is_file(), reason="the map's shapes are not there")


def test_a_pin_set_by_hand_is_locked_and_keeps_the_first_result(
    geocoder: Geocoder, place_file: PlaceFile
) -> None:
    found = geocoder.locate("Lloyd House, Birmingham B4 6NQ")
    moved = by_hand(place_file, found, 52.4, -1.8)
    assert moved.state is LocationState.BY_HAND
    assert moved.locked
    assert moved.query == found.query
    assert moved.original == found.place
    assert moved.candidates == found.candidates
    assert moved.place is not None
    assert (moved.place.latitude, moved.place.longitude) == (52.4, -1.8)
    assert moved.place.precision is Precision.BY_HAND
    assert moved.place.timezone == "Europe/London"
    assert moved.needs_review == ()
    again = by_hand(place_file, moved, 52.5, -1.9)
    assert again.original == found.place


def test_a_pin_can_be_set_where_nothing_was_found(place_file: PlaceFile) -> None:
    moved = by_hand(place_file, Location(LocationState.NONE, "nowhere"), -33.86, 151.2)
    assert moved.place is not None
    assert moved.place.country == "AU"
    assert moved.original is None


@needs_shapes
@pytest.mark.parametrize(
    ("latitude", "longitude", "country", "city", "words"),
    [
        (0.0, 0.0, "", "", "0, 0"),
        (-87.63, 41.88, "US", "Chicago", "swapped"),
        (2.35, 48.85, "FR", "", "swapped"),
        (45.0, -40.0, "", "", "sea"),
        (48.85, 2.35, "DE", "", "not in the stated country"),
        (52.48, -1.9, "GB", "Brighton", "km from Brighton"),
    ],
)
def test_odd_pins_are_told(
    place_file: PlaceFile, latitude: float, longitude: float, country: str, city: str, words: str
) -> None:
    assert any(words in reason for reason in suspicious(place_file, latitude, longitude, country, city))


@needs_shapes
@pytest.mark.parametrize(
    ("latitude", "longitude", "country", "city"),
    [
        (52.48, -1.9, "GB", "Birmingham"),
        (52.48, -1.9, "", ""),
        (52.48, -1.9, "GB", "A city that no gazetteer knows"),
        (54.18, 7.88, "DE", ""),  # Heligoland, too small for the shapes
        (64.15, -21.94, "IS", "Reykjavík"),
        (47.56, 7.6, "FR", ""),  # Basel, but a border is near
        (1.29, 103.85, "SG", "Singapore"),
    ],
)
def test_pins_in_order_are_let_be(
    place_file: PlaceFile, latitude: float, longitude: float, country: str, city: str
) -> None:
    assert suspicious(place_file, latitude, longitude, country, city) == ()


def _square(folder: Path) -> Path:
    """Shapes of one country, ten degrees square from (0, 0), with a hole of two degrees around (5, 5)."""
    ring = [[0, 0], [10, 0], [0, 10], [-10, 0], [0, -10]]
    hole = [[4, 4], [2, 0], [0, 2], [-2, 0], [0, -2]]
    topology = {
        "type": "Topology",
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [ring, hole],
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [{"type": "MultiPolygon", "arcs": [[[0], [~1]]]}, {"type": None}],
            }
        },
    }
    file = folder / "shapes.json"
    file.write_text(json.dumps(topology))
    return file


def test_land_is_inside_the_outline_and_outside_its_holes(tmp_path: Path) -> None:
    file = _square(tmp_path)
    assert land.is_on_land(2.0, 2.0, file)
    assert not land.is_on_land(5.0, 5.0, file)
    assert not land.is_on_land(-1.0, 5.0, file)
    assert land.is_at_sea(-1.0, 5.0, file)
    assert not land.is_at_sea(-0.05, 5.0, file)  # within the coast's tolerance
    assert not land.is_at_sea(2.0, 2.0, file)


def test_missing_or_damaged_shapes_say_so(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="cannot be read"):
        land.is_on_land(0, 0, tmp_path / "missing.json")
    damaged = tmp_path / "damaged.json"
    damaged.write_text('{"arcs": 7}')
    with pytest.raises(GazetteerError, match="cannot be read"):
        land.is_on_land(0, 0, damaged)


def _location(state: LocationState, precision: Precision | None = None, country: str = "GB") -> Location:
    place = Place(52.0, -1.0, precision, 5.0, "x", country) if precision else None
    return Location(state, "x", place)


FOUND, NONE, FAILED, NOT_TRIED = (
    LocationState.FOUND, LocationState.NONE, LocationState.FAILED, LocationState.NOT_TRIED,
)  # fmt: skip
TOWN = _location(FOUND, Precision.LOCALITY)
STREET = _location(FOUND, Precision.STREET)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (TOWN, STREET, True),
        (STREET, TOWN, False),
        (TOWN, TOWN, False),
        (TOWN, _location(FOUND, Precision.STREET, "US"), False),
        (TOWN, _location(NONE), False),
        (TOWN, _location(FAILED), False),
        (_location(NONE), TOWN, True),
        (_location(FAILED), TOWN, True),
        (_location(FAILED), _location(NONE), True),
        (_location(NONE), _location(FAILED), False),
        (_location(NOT_TRIED), _location(FAILED), True),
        (TOWN, _location(NOT_TRIED), False),
        (replace(TOWN, locked=True), STREET, False),
        (_location(LocationState.BY_HAND, Precision.BY_HAND), STREET, False),
    ],
)
def test_only_a_better_result_replaces_one_unasked(old: Location, new: Location, expected: bool) -> None:
    assert better(old, new) is expected
