"""The file of places: opened from anywhere, refused with a sentence when it is not right."""

from __future__ import annotations

import multiprocessing
import pickle
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from poltwt_console.domain.place import NamedKind
from poltwt_console.errors import GazetteerError
from poltwt_console.geocoding import Geocoder, PlaceFile, PlaceNames, open_geocoder
from poltwt_console.geocoding.layout import FORMAT, Entry


def test_a_missing_file_says_so_and_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="missing") as raised:
        open_geocoder(tmp_path / "nowhere.sqlite")
    assert "hatch_build.py" in raised.value.hint


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + b"\0" * 5_000])
def test_a_damaged_file_says_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "places.sqlite"
    file.write_bytes(content)
    with pytest.raises(GazetteerError) as raised:
        open_geocoder(file)
    assert raised.value.hint


def test_a_file_cut_short_says_so(tmp_path: Path, gazetteer_path: Path) -> None:
    file = tmp_path / "places.sqlite"
    with gazetteer_path.open("rb") as whole:
        file.write_bytes(whole.read(2_000_000))
    with pytest.raises(GazetteerError, match="damaged"):
        open_geocoder(file).locate("Birmingham")


def test_damage_met_later_is_told_the_same_way(tmp_path: Path, gazetteer_path: Path) -> None:
    file = tmp_path / "places.sqlite"
    shutil.copy(gazetteer_path, file)
    geocoder = open_geocoder(file)
    with file.open("r+b") as opened:
        opened.seek(15_000_000)
        opened.write(b"\xff" * (file.stat().st_size - 15_000_000))
    addresses = ("Birmingham", "Zwolle", "Aachen", "Mumbai", "Osaka", "Quito", "Kyiv")
    with pytest.raises(GazetteerError, match="damaged"):
        all(map(geocoder.locate, addresses))


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "places.sqlite"
    db = sqlite3.connect(file)
    db.execute(f"PRAGMA user_version = {FORMAT + 1}")
    db.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    db.commit()
    db.close()
    with pytest.raises(GazetteerError, match="version"):
        PlaceFile(file)


def test_one_file_serves_many_threads(geocoder: Geocoder) -> None:
    found: list[str] = []

    def ask() -> None:
        for _ in range(20):
            place = geocoder.locate("Lloyd House, Birmingham B4 6NQ").place
            assert place is not None
            found.append(place.locality)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["Birmingham"] * 80


def _locate_elsewhere(file: PlaceFile) -> str:
    place = Geocoder(file).locate("Lloyd House, Birmingham B4 6NQ").place
    return place.locality if place else ""


def test_a_worker_process_opens_it_again_by_its_path(place_file: PlaceFile) -> None:
    assert pickle.loads(pickle.dumps(place_file)).path == place_file.path
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(_locate_elsewhere, (place_file,)) == "Birmingham"


def test_credit_and_licence_stand_in_the_file(place_file: PlaceFile) -> None:
    assert "GeoNames" in place_file.credit
    assert "CC BY 4.0" in place_file.credit
    assert "modified" in place_file.credit


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Deutschland", "DE"),
        ("the netherlands", "NL"),
        ("U.S.A.", "US"),
        ("Ísland", "IS"),
        ("日本", "JP"),
        ("England", "GB"),
        ("Éire", "IE"),
        ("Birmingham", None),
        ("in Germany", None),
        ("", None),
    ],
)
def test_countries_are_known_in_any_language(names: PlaceNames, text: str, country: str | None) -> None:
    assert names.country_named(text) == country


def test_regions_and_districts_are_known(names: PlaceNames) -> None:
    assert names.is_region("Kent")
    assert names.is_region("Kent", "GB")
    assert not names.is_region("Kent", "NO")
    assert names.is_region("Illinois", "US")
    assert names.is_region("IL", "US")
    assert names.is_region("NSW", "AU")
    assert names.is_region("Andalucía", "ES")
    assert not names.is_region("police")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zürich", NamedKind.CITY),
        ("チューリッヒ", NamedKind.CITY),
        ("Germany", NamedKind.COUNTRY),
        ("Saskatchewan", NamedKind.REGION),
        ("Nowhere at all", None),
        ("", None),
    ],
)
def test_a_name_is_foremost_one_thing(names: PlaceNames, text: str, expected: NamedKind | None) -> None:
    assert names.names_what(text) is expected


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("Lloyd House, Colmore Circus Queensway, Birmingham B4 6NQ", "Birmingham"),
        ("10750 Ulmerton Road, Largo, Florida 33778", "Largo"),
        ("Plot 42/44 Katalima Road, Naguru Kampala", "Kampala"),
        ("Adickesallee 70 in 60322 Frankfurt am Main", "Frankfurt am Main"),
        ("475 South 300 East, Salt Lake City, UT, 84111", "Salt Lake City"),
        ("Str. Decebal nr. 26, 400038 Cluj-Napoca, jud. Cluj", "Cluj-Napoca"),
        ("1 bis, rue de Lutèce – 75195 Paris Cedex 04", "Paris"),
        ("улица Фрунзе, 469, г. Бишкек", "Бишкек"),
        ("ถนนพระรามที่ 1 แขวงปทุมวัน กรุงเทพมหานคร 10330", "กรุงเทพมหานคร"),
        # The pin stands in the quarter, the city is the one that it lies in.
        ("180 Molesworth Street, Thorndon, Wellington 6011", "Wellington"),
        ("Rua Cerqueira Lukoki, Ingombota, Luanda", "Luanda"),
        ("Dikmen Cad. No: 11, 06540 Çankaya / ANKARA", "ANKARA"),
        ("12 Trần Phú, Hải Châu, TP. Đà Nẵng", "Đà Nẵng"),
        ("Abdul Gani Road, Segunbagicha, Dhaka-1000, Bangladesh", "Dhaka"),
        # By their sound: the file does not know them in these letters.
        ("पुलिस लाइन, मिर्ज़ापुर, उत्तर प्रदेश 231001, भारत", "मिर्ज़ापुर"),
        ("থানা রোড, কুষ্টিয়া ৭০০০, বাংলাদেশ", "কুষ্টিয়া"),
    ],
)
def test_the_town_of_an_address_is_told_in_its_own_words(
    geocoder: Geocoder, names: PlaceNames, address: str, words: str
) -> None:
    place = geocoder.locate(address).place
    assert place is not None
    span = names.words_for(place, address)
    assert span is not None
    assert address[slice(*span)] == words


def test_a_town_that_the_address_does_not_name_has_no_words(geocoder: Geocoder, names: PlaceNames) -> None:
    place = geocoder.locate("Birmingham").place
    assert place is not None
    for address in ("", "B4 6NQ", "10 Main Street, Chicago"):
        assert names.words_for(place, address) is None


def test_the_nearest_place_is_found_across_the_date_line_and_at_the_poles(place_file: PlaceFile) -> None:
    for latitude, longitude, country in (
        (-16.8, 179.999, "FJ"), (-16.8, -179.99, "FJ"), (51.5, -0.12, "GB"), (78.2, 15.6, "SJ"),
    ):  # fmt: skip
        near = place_file.nearest(latitude, longitude)
        assert near is not None
        assert place_file.countries[place_file.country[near[0]]].code == country
    for latitude, longitude in ((90.0, 0.0), (-90.0, 180.0), (0.0, -180.0), (0.0, 180.0)):
        place_file.nearest(latitude, longitude)
    near = place_file.nearest(49.0, 8.3, place_file.country_number["FR"])
    assert near is not None
    assert place_file.countries[place_file.country[near[0]]].code == "FR"


def test_every_country_has_a_place_to_stand_at(place_file: PlaceFile) -> None:
    for code in ("US", "GB", "IS", "NZ", "BR", "JP", "ZA", "VA", "HK"):
        number = place_file.country_number[code]
        main = place_file.main_place(Entry.COUNTRY, number)
        assert place_file.countries[place_file.country[main]].code == code
    assert (
        place_file.place_name(place_file.main_place(Entry.COUNTRY, place_file.country_number["US"]))
        == "Washington"
    )
