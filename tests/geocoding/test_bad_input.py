"""Any text gets an answer or "none", never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poltwt_console.domain.place import Hints, LocationState
from poltwt_console.geocoding import Geocoder, PlaceNames, open_geocoder
from poltwt_console.geocoding.address import MAX_CHARACTERS


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\r\n",
        "\u200f\u200e\u202e",
        "😀👮🚓",
        "0",
        "12345",
        "9" * 400,
        ",,,;;;||",
        "-",
        "'; DROP TABLE name; --",
        "%' OR 1=1 --",
        "<b>London</b><script>alert(1)</script>",
        "\x00London\x00",
        "\ud800",
        "a" * 10_000,
        "London, " * 2_000,
        "(" * 5_000,
        "ﷺ" * 300,
        "é" * 5_000,
        "中" * 3_000,
    ],
)
def test_strange_texts_have_an_answer(geocoder: Geocoder, text: str) -> None:
    location = geocoder.locate(text)
    assert location.state in (LocationState.FOUND, LocationState.NONE)
    assert location.query == text


@pytest.mark.parametrize("text", ["", "   ", "😀👮🚓", "\u200f\u202e", "-", ",,,"])
def test_texts_without_words_are_no_place(geocoder: Geocoder, text: str) -> None:
    assert geocoder.locate(text).state is LocationState.NONE


def test_an_agency_alone_sets_no_pin(geocoder: Geocoder) -> None:
    agency = Hints(agency="Chicago Police Department", country="US", mail_domain="cityofchicago.gov")
    assert geocoder.locate("", agency).state is LocationState.NONE
    assert geocoder.locate(" - ", agency).state is LocationState.NONE
    assert geocoder.locate("", Hints(city="Chicago", country="US")).state is LocationState.FOUND


def test_markup_and_marks_do_not_hide_the_place(geocoder: Geocoder) -> None:
    for text in ("<p>Reykjavík, Iceland</p>", "\u202bReykjavík\u202c, Iceland", "Reykjavík;\nIceland"):
        place = geocoder.locate(text).place
        assert place is not None
        assert place.country == "IS"


def test_a_text_is_read_to_a_limit_only(geocoder: Geocoder) -> None:
    place = geocoder.locate("x" * MAX_CHARACTERS + ", London, United Kingdom").place
    assert place is None or place.locality != "London"


@pytest.mark.parametrize(
    "hints",
    [
        Hints(country="ZZ"),
        Hints(country="Germany"),
        Hints(picked_country=""),
        Hints(mail_domain="."),
        Hints(mail_domain="@@..uk"),
        Hints(phone="+"),
        Hints(phone="+999999999999999"),
        Hints(agency="\x00" * 50, city="," * 50),
    ],
)
def test_strange_hints_do_no_harm(geocoder: Geocoder, hints: Hints) -> None:
    place = geocoder.locate("Paris, France", hints).place
    assert place is not None
    assert place.country == "FR"


_words = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["London", "東京", "دمشق", "12345", "SW1A 1AA", "Street", "CA", "of", "Москва", "ถนน", "-", "N/A"]
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_words, max_size=8).map(", ".join), st.text(max_size=3), st.text(max_size=20))
def test_no_text_raises(address: str, country: str, other: str) -> None:
    location = _shared().locate(address, Hints(country=country, mail_domain=other, phone=other, city=other))
    assert (location.place is None) == (location.state is LocationState.NONE)
    if location.place is not None:
        assert -90 <= location.place.latitude <= 90
        assert -180 <= location.place.longitude <= 180
        assert location.place.radius_km > 0


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(max_size=3))
def test_the_names_of_places_can_be_asked_anything(text: str, country: str) -> None:
    names = PlaceNames(_shared().file)
    names.names_what(text)
    names.country_named(text)
    names.is_region(text, country)
    place = _shared().locate("Birmingham").place
    assert place is not None
    span = names.words_for(place, text)
    assert span is None or 0 <= span[0] < span[1] <= len(text)


_opened: list[Geocoder] = []


def _shared() -> Geocoder:
    """One geocoder for all examples: hypothesis and function fixtures do not go together."""
    if not _opened:
        _opened.append(open_geocoder())
    return _opened[0]
