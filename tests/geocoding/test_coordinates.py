"""Coordinates as people type and paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poltwt_console.geocoding.coordinates import CoordinatesError, parse_coordinates

CHICAGO = (41.88, -87.63)


@pytest.mark.parametrize(
    "text",
    [
        "41.88, -87.63",
        "41.88 -87.63",
        "  (41.88,-87.63) ",
        "41.88; −87.63",
        "41,88; -87,63",
        "41.88N 87.63W",
        "41.88° N, 87.63° W",
        "N 41.88 W 87.63",
        "W 87.63 N 41.88",
        "41°52.8'N 87°37.8'W",
        "41° 52.8′ N, 87° 37.8′ W",
        "41°52'48\"N 87°37'48\"W",
        "41 52 48 N, 87 37 48 W",
        "41 52 48, -87 37 48",
        "geo:41.88,-87.63;u=35",
        "https://www.google.com/maps/place/X/@41.8,-87.7,12z/data=!3m1!4b1!8m2!3d41.88!4d-87.63",
        "https://www.google.com/maps/@41.88,-87.63,15z",
        "https://maps.google.com/?q=41.88,-87.63",
        "https://www.google.com/maps/search/?api=1&query=41.88%2C-87.63",
        "https://www.openstreetmap.org/?mlat=41.88&mlon=-87.63#map=15/1.0/2.0",
        "https://www.openstreetmap.org/#map=15/41.88/-87.63",
        "https://www.bing.com/maps?cp=41.88~-87.63&lvl=11",
        "https://www.bing.com/maps?sp=point.41.88_-87.63_X",
        "https://maps.apple.com/?ll=41.88,-87.63",
        "https://maps.apple.com/place?coordinate=41.88,-87.63",
    ],
)
def test_every_way_to_write_them_is_read(text: str) -> None:
    assert parse_coordinates(text) == pytest.approx(CHICAGO, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no coordinates"),
        ("Chicago, IL", "not a pair"),
        ("41.88", "not a pair"),
        ("1 2 3", "not a pair"),
        ("87.63 W, 41.88 E", "same direction"),
        ("41.88 N, 42.88 S", "same direction"),
        ("41 60 00 N, 87 37 48 W", "0 to 59"),
        ("48°51'N 2°21'O", "O is east in German"),
        ("-87.63, 141.88", None),
        ("121.5, 25.03", "swapped"),
        ("200, 300", "off the earth"),
        ("https://maps.app.goo.gl/abc", "shortened"),
        ("https://www.google.com/maps/place/Chicago", "no coordinates"),
    ],
)
def test_what_is_none_is_refused_with_a_sentence(text: str, words: str | None) -> None:
    if words is None:
        assert parse_coordinates(text) == (-87.63, 141.88)
        return
    with pytest.raises(CoordinatesError, match=words) as raised:
        parse_coordinates(text)
    assert raised.value.hint


def test_a_swapped_pair_is_offered_the_right_way_round() -> None:
    with pytest.raises(CoordinatesError) as raised:
        parse_coordinates("121.5, 25.03")
    assert "25.03, 121.5" in raised.value.hint


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_decimal_pairs_come_back(latitude: float, longitude: float) -> None:
    text = f"{latitude:.6f}, {longitude:.6f}"
    assert parse_coordinates(text) == pytest.approx((latitude, longitude), abs=1e-6)


@given(st.text(max_size=60) | st.text("0123456789.,-°'\"NSEWO /:;@=&?!~", max_size=40))
def test_any_other_text_is_refused_politely(text: str) -> None:
    try:
        latitude, longitude = parse_coordinates(text)
    except CoordinatesError:
        return
    assert abs(latitude) <= 90
    assert abs(longitude) <= 180
