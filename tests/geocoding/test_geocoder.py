"""What the geocoder makes of addresses.

Addresses and points are from OpenCage's address-formatting test cases (MIT licence, OpenStreetMap
coordinates) and from HIFLD's local law enforcement locations (US government, public domain), or
made up around well-known points.
"""

from __future__ import annotations

import pytest

from poltwt_console.domain.place import Hints, Location, LocationState, Precision
from poltwt_console.geocoding import Geocoder
from poltwt_console.geocoding.gazetteer import distance_km


def _found(location: Location) -> Location:
    assert location.state is LocationState.FOUND, location
    assert location.place is not None
    return location


@pytest.mark.parametrize(
    ("address", "latitude", "longitude", "country"),
    [
        ("88 Avinguda Meritxell, AD500 Andorra la Vella, Andorra", 42.5083, 1.53014, "AD"),
        (
            "Old Court House, Constitution Street, Tawes Meadows, Spanish Town, Jamaica",
            17.99588,
            -76.95424,
            "JM",
        ),
        ("Azadi Tower, Tehran, Ostad Moein, Azadi Square, 1351956118, Iran", 35.699, 51.3381, "IR"),
        ("5 Le Geyt Street, Saint Helier, JE2 4TN, Jersey, Channel Islands", 49.18619, -2.10716, "JE"),
        ("T14, Babati, Manyara, Tanzania", -4.22466, 35.72255, "TZ"),
        (
            "عيادة الجراحة التجميلية, شارع جمال عبد الناصر, البرامكة, دمشق, الجمهورية العربية السورية",
            33.52,
            36.29,
            "SY",
        ),
        ("Escondido Police Department, 700 West Grand Avenue, Escondido, CA", 33.11774, -117.0905, "US"),
        ("Winchester Police Department, 16 South Maple Street, Winchester, KY", 37.99351, -84.17927, "US"),
        ("Vincennes City Police Department, 501 Busseron Street, Vincennes, IN", 38.6777, -87.52916, "US"),
        ("Wilson County Sheriffs Department, 105 East High Street, Lebanon, TN", 36.2081, -86.2911, "US"),
        ("Lloyd House, Colmore Circus, Birmingham B4 6NQ", 52.483, -1.897, "GB"),
        ("Strathclyde House, 2 Glasgow Road, Dundee", 56.462, -2.9707, "GB"),
        ("Politie Eindhoven, Mathildelaan 4, 5611 BD Eindhoven", 51.441, 5.469, "NL"),
        ("H-1139 Budapest, Teve utca 4-6.", 47.5316, 19.0757, "HU"),
        ("東京都千代田区霞が関2-1-1", 35.677, 139.752, "JP"),
        ("서울특별시 종로구 세종대로 178", 37.5716, 126.9768, "KR"),
        ("ถนนพระราม 1 ปทุมวัน กรุงเทพมหานคร", 13.746, 100.53, "TH"),
        ("Петровка, 38, Москва", 55.7676, 37.6139, "RU"),
        ("Λεωφόρος Αλεξάνδρας 173, Αθήνα", 37.99, 23.757, "GR"),
    ],
)
def test_the_place_is_found_without_any_hint(
    geocoder: Geocoder, address: str, latitude: float, longitude: float, country: str
) -> None:
    location = _found(geocoder.locate(address))
    assert location.place is not None
    assert location.place.country == country
    away = distance_km(latitude, longitude, location.place.latitude, location.place.longitude)
    assert away < 25 or (address.startswith("T14") and away < 60), (
        f"{away:.0f} km off: {location.place.label}"
    )


@pytest.mark.parametrize(
    ("address", "country", "region"),
    [
        ("Main Street, Portland, OR 97204", "US", "Oregon"),
        ("Main Street, Portland, Maine", "US", "Maine"),
        ("Springfield, IL", "US", "Illinois"),
        ("Springfield, Massachusetts 01103, USA", "US", "Massachusetts"),
        ("Police HQ, London, ON N6B 2L4, Canada", "CA", "Ontario"),
        ("London, England", "GB", "England"),
        ("Richmond, NSW", "AU", "New South Wales"),
        ("Santos - SP", "BR", "São Paulo"),
        ("Atlanta, Georgia", "US", "Georgia"),
        ("Tbilisi, Georgia", "GE", "Tbilisi"),
    ],
)
def test_a_state_decides_between_places_of_one_name(
    geocoder: Geocoder, address: str, country: str, region: str
) -> None:
    place = _found(geocoder.locate(address)).place
    assert place is not None
    assert (place.country, place.region) == (country, region)


@pytest.mark.parametrize(
    ("address", "hints", "country"),
    [
        ("Castle Street, Worcester", Hints(country="GB"), "GB"),
        ("Castle Street, Worcester", Hints(country="US"), "US"),
        ("Castle Street, Worcester", Hints(mail_domain="westmercia.pnn.police.uk"), "GB"),
        ("Castle Street, Worcester", Hints(phone="+44 1905 000000"), "GB"),
        ("Castle Street, Worcester", Hints(agency="West Mercia Police"), "GB"),
        ("Ward Street, Hamilton", Hints(mail_domain="police.govt.nz"), "NZ"),
        ("Ward Street, Hamilton", Hints(phone="0064 7 000000"), "NZ"),
        ("Main Street, Newbridge", Hints(picked_country="IE", country="GB"), "IE"),
        ("123 Main St", Hints(agency="Chicago Police Department", mail_domain="chicagopolice.org"), "US"),
        ("High Street", Hints(city="Guildford", country="GB"), "GB"),
        ("Lower Roebuck Street, Bridgetown, St. Michael", Hints(agency="Royal Barbados Police Force"), "BB"),
        ("Lower Roebuck Street, Bridgetown", Hints(phone="+1-246-430-7100"), "BB"),
        ("Park Crescent, Mandeville, Manchester, Jamaica W.I.", Hints(), "JM"),  # no Wisconsin
        ("Bramendiweg 63, Willemstad", Hints(agency="Korps Politie Curaçao"), "CW"),
        (
            "Kumul Drive, Section 28, Waigani, NCD",
            Hints(agency="Royal Papua New Guinea Constabulary", mail_domain="rpngc.gov.pg"),
            "PG",
        ),
        ("105 High Street, Lebanon, TN", Hints(agency="Lebanon Police Department"), "US"),
        ("20 Main St, Peru, Indiana", Hints(agency="Peru Police Department"), "US"),
        ("Дархан сум, 6-р баг, Найрамдлын гудамж 12, 45051", Hints(language="mn"), "MN"),  # and in Ukraine
    ],
)
def test_hints_decide_where_the_text_does_not(
    geocoder: Geocoder, address: str, hints: Hints, country: str
) -> None:
    place = _found(geocoder.locate(address, hints)).place
    assert place is not None
    assert place.country == country


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("piazza Garibaldi 25, 25080 Manerba del Garda (BS)", "Manerba del Garda"),  # no town Piazza
        ("Riga Brivibas iela 61", "Riga"),
        ("Tallinn Pärnu maantee 139", "Tallinn"),
    ],
)
def test_the_name_of_a_street_is_no_town(geocoder: Geocoder, address: str, town: str) -> None:
    place = _found(geocoder.locate(address)).place
    assert place is not None
    assert place.locality == town


def test_a_street_behind_its_number_is_no_town_far_away(geocoder: Geocoder) -> None:
    place = geocoder.locate("429 Sidney Baker St, Kerrville").place
    assert place is None or place.locality != "Sydney"


def test_a_country_alone_at_the_end_overrides_the_country_field_and_says_so(geocoder: Geocoder) -> None:
    location = _found(geocoder.locate("Rue de la Loi 16, Bruxelles, Belgique", Hints(country="FR")))
    assert location.place is not None
    assert location.place.country == "BE"
    assert any("another country" in doubt for doubt in location.needs_review)


def test_a_mail_domain_or_phone_of_another_country_is_told(geocoder: Geocoder) -> None:
    address = "Hverfisgata 115, 105 Reykjavík, Iceland"
    for hints, words in (
        (Hints(agency="Royal Barbados Police Force"), "agency's name"),
        (Hints(mail_domain="police.example.uk"), "mail domain"),
        (Hints(phone="+44 121 000 0000"), "phone number"),
    ):
        location = _found(geocoder.locate(address, hints))
        assert location.place is not None
        assert location.place.country == "IS"
        assert any(words in doubt for doubt in location.needs_review)
    assert not _found(geocoder.locate(address, Hints(mail_domain="logreglan.is"))).needs_review


def test_a_short_word_in_an_agencys_name_is_no_country(geocoder: Geocoder) -> None:
    hints = Hints(agency="Sili-Royal Swaziland Police Service")  # "we are" in Swati, Chile in another
    assert not _found(geocoder.locate("Mhlambanyatsi Road, Mbabane, Swaziland", hints)).needs_review


def test_the_organisers_pick_is_final(geocoder: Geocoder) -> None:
    location = _found(geocoder.locate("Rue de la Loi 16, Bruxelles, Belgique", Hints(picked_country="FR")))
    assert location.place is not None
    assert location.place.country == "FR"


@pytest.mark.parametrize(
    ("address", "country", "name"),
    [
        ("Stationsplein 5, 8000 Brugges, Belgium", "BE", "Brugge"),
        ("1 Main St, Chicgo, USA", "US", "Chicago"),
        ("Silom Road, Bangrak, Thailand", "TH", "Bang Rak"),
        ("Sukhumvit, Klongtoey, Thailand", "TH", "Khlong Toei"),
        ("Sao Jose do Campos, SP, Brazil", "BR", "São José dos Campos"),
        ("Duesseldorf, Germany", "DE", "Düsseldorf"),
    ],
)
def test_other_spellings_are_recognised(geocoder: Geocoder, address: str, country: str, name: str) -> None:
    place = _found(geocoder.locate(address)).place
    assert place is not None
    assert (place.country, place.locality) == (country, name)


@pytest.mark.parametrize(
    ("address", "locality"),
    [
        ("Rue de Paris 12, Lyon, France", "Lyon"),
        ("Via Roma 5, Milano", "Milan"),
        ("London Road, Reading RG1 5AS", "Reading"),
        ("Jalan Surabaya 3, Bandung, Indonesia", "Bandung"),
        ("Ulica Krakowska 20, Poznań", "Poznań"),
        ("Hotel Berlin, Calle de Alcalá 10, Madrid, España", "Madrid"),
        ("Екатеринбург, на проспекте Ленина, дом 17", "Yekaterinburg"),  # and no village in Ghana called Dome
    ],
)
def test_a_street_named_like_a_town_is_no_town(geocoder: Geocoder, address: str, locality: str) -> None:
    place = _found(geocoder.locate(address)).place
    assert place is not None
    assert place.locality == locality


@pytest.mark.parametrize(
    ("address", "country", "locality"),
    [
        ("पुलिस लाइन, सिविल लाइन्स रोड, मिर्ज़ापुर, उत्तर प्रदेश 231001", "IN", "Mirzāpur"),
        ("अंबाला", "IN", "Ambāla"),
        ("ਫਗਵਾੜਾ", "IN", "Phagwāra"),
        ("চাঁদপুর", "BD", "Chāndpur"),
        ("شهرکرد", "IR", "Shahr-e Kord"),
        ("ኣዲስ ኣበባ", "ET", "Addis Ababa"),
        ("ერეკლე II-ის გამზირი 16, თელავი 2200", "GE", "Telavi"),  # a municipality too
        ("Տիգրան Մեծի 30, Վանաձոր", "AM", "Vanadzor"),
    ],
)
def test_a_town_is_found_by_how_its_own_letters_sound(
    geocoder: Geocoder, address: str, country: str, locality: str
) -> None:
    place = _found(geocoder.locate(address, Hints(country=country))).place
    assert place is not None
    assert (place.country, place.locality) == (country, locality)


def test_a_name_that_only_sounds_much_like_it_is_doubtful(geocoder: Geocoder) -> None:
    found = _found(geocoder.locate("মেহেরপুর", Hints(country="BD")))  # Meherpur, which the file lacks
    assert found.needs_review == ("Its name is only spelt much like the one that is written.",)


def test_labels_never_claim_a_street(geocoder: Geocoder) -> None:
    for address, precision in (
        ("10 Downing Street, London SW1A 2AA", Precision.POSTCODE),
        ("10 Downing Street, London", Precision.LOCALITY),
        ("Sheriff, Lake Nowhere, Montana, USA", Precision.REGION),
        ("Somewhere, Iceland", Precision.COUNTRY),
    ):
        place = _found(geocoder.locate(address)).place
        assert place is not None
        assert place.precision is precision, address
        assert place.radius_km > 0


def test_a_postcode_alone_is_enough_with_its_country(geocoder: Geocoder) -> None:
    place = _found(geocoder.locate("60607", Hints(country="US"))).place
    assert place is not None
    assert place.precision is Precision.POSTCODE
    assert place.timezone == "America/Chicago"


def test_a_postcode_of_one_country_alone_names_it_though_the_gazetteer_lacks_it(geocoder: Geocoder) -> None:
    place = _found(geocoder.locate("Lavalle 451, C1047AAI, CABA")).place
    assert place is not None
    assert place.country == "AR"


def test_where_only_the_country_is_known_several_zones_are_unknown(geocoder: Geocoder) -> None:
    russia = _found(geocoder.locate("Россия"))
    assert russia.place is not None
    assert russia.place.timezone is None
    assert russia.needs_review
    iceland = _found(geocoder.locate("Ísland"))
    assert iceland.place is not None
    assert iceland.place.timezone == "Atlantic/Reykjavik"
    kosovo = _found(geocoder.locate("Kosovo"))
    assert kosovo.place is not None
    assert kosovo.place.timezone == "Europe/Belgrade"


def test_candidates_are_few_apart_and_explained(geocoder: Geocoder) -> None:
    location = _found(geocoder.locate("Portland"))
    assert 2 <= len(location.candidates) <= 5
    assert location.candidates[0].place == location.place
    assert location.candidates[0].distance_km == 0
    assert all(candidate.distance_km >= 5 for candidate in location.candidates[1:])
    assert all(candidate.reasons for candidate in location.candidates)
    scores = [candidate.score for candidate in location.candidates]
    assert scores == sorted(scores, reverse=True)
    assert location.margin == pytest.approx(scores[0] - scores[1], abs=0.02)


def test_a_narrow_choice_is_to_be_looked_at_and_a_clear_one_is_not(geocoder: Geocoder) -> None:
    assert _found(geocoder.locate("Main Street, Hamilton")).needs_review
    assert not _found(geocoder.locate("Lloyd House, Birmingham B4 6NQ, United Kingdom")).needs_review


def test_a_place_far_from_the_stated_city_is_to_be_looked_at(geocoder: Geocoder) -> None:
    location = _found(geocoder.locate("High Street, Inverness IV1 1HT", Hints(country="GB", city="Brighton")))
    assert any("km from Brighton" in doubt for doubt in location.needs_review)


def test_reasons_are_in_the_words_of_the_address(geocoder: Geocoder) -> None:
    reasons = _found(geocoder.locate("Lloyd House, Birmingham B4 6NQ")).reasons
    assert "city Birmingham" in reasons
    assert "postcode B4 6NQ" in reasons


def test_territories_come_before_places_of_their_name_in_the_parent(geocoder: Geocoder) -> None:
    for address, country in (
        ("Gaze Road, Christmas Island 6798, Australia", "CX"),
        ("Guam Police Department, Marine Drive, Dededo, GU", "GU"),
        ("Billy Folly Road, Sint Maarten", "SX"),
        ("Kowloon, Hong Kong, China", "HK"),
    ):
        place = _found(geocoder.locate(address)).place
        assert place is not None
        assert place.country == country, address


@pytest.mark.parametrize(
    ("address", "country", "locality"),
    [
        ("12 Main Road Portland Australia", "AU", "Portland"),
        ("we are at 12 Main Road in Bandung, Indonesia", "ID", "Bandung"),
        ("MAIN STREET 3, REYKJAVIK, ICELAND", "IS", "Reykjavík"),
        ("Police HQ\n1 Boduthakurufaanu Magu\nMalé\nMaldives", "MV", "Male"),
        ("North Quay, Arklow Co Wicklow", "IE", "Arklow"),
        ("Shibuya, Tokyo, Japan", "JP", "Shibuya"),
        ("Akishima, Tokyo, Japan", "JP", "Akishima"),
        ("Police Station (Hafnarfjörður)", "IS", "Hafnarfjörður"),
        ("Sand Hill Road, Menlo Park - CA 94025", "US", "Menlo Park"),
        ("Luxembourg, Luxembourg", "LU", "Luxembourg"),
        ("Singapore", "SG", "Singapore"),
    ],
)
def test_addresses_written_in_other_ways(
    geocoder: Geocoder, address: str, country: str, locality: str
) -> None:
    place = _found(geocoder.locate(address)).place
    assert place is not None
    assert (place.country, place.locality) == (country, locality)


def test_with_a_country_given_the_name_of_another_is_a_town(geocoder: Geocoder) -> None:
    location = _found(geocoder.locate("12 Main Road, Santa Elena", Hints(country="BZ")))
    assert location.place is not None
    assert (location.place.country, location.place.locality) == ("BZ", "Santa Elena")


def test_one_word_for_a_country_and_a_great_city_elsewhere(geocoder: Geocoder) -> None:
    for address, country in (("شارع الامير هاشم, عمان", "JO"), ("مسقط, سلطنة عمان", "OM")):
        place = _found(geocoder.locate(address)).place
        assert place is not None
        assert place.country == country


def test_the_radius_grows_with_the_doubt(geocoder: Geocoder) -> None:
    radii = []
    for address in ("London SW1A 2AA", "London", "Bavaria, Germany", "Germany"):
        place = _found(geocoder.locate(address)).place
        assert place is not None
        radii.append(place.radius_km)
    assert radii == sorted(radii)


@pytest.mark.parametrize("country", ["Germany", "Canada", "Brazil", "Japan", "Nigeria", "New Zealand"])
def test_the_radius_of_a_country_holds_nine_tenths_of_its_people(geocoder: Geocoder, country: str) -> None:
    place = _found(geocoder.locate(country)).place
    assert place is not None
    assert place.precision is Precision.COUNTRY
    file = geocoder.file
    number = file.country_number[place.country]
    own = [n for n, country_number in enumerate(file.country) if country_number == number]
    near = [
        n for n in own if distance_km(place.latitude, place.longitude, *file.position(n)) <= place.radius_km
    ]
    share = sum(file.population[n] for n in near) / sum(file.population[n] for n in own)
    assert 0.85 <= share <= 0.95
