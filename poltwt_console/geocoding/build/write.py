"""Writes the gathered places into one SQLite file, the same bytes for the same inputs.

Layout (``FORMAT``): what is asked of every place stands in columns, each one BLOB of fixed-width
little-endian numbers in the order of place numbers, so that opening means reading a few blobs and
nothing more.  Places are numbered by the half-degree square they lie in, so that a square is a
range.  ``name`` maps a folded name to 32-bit entries: the kind in the top three bits, below them
the number of a place, region, district or country.
"""

from __future__ import annotations

import sqlite3
import struct
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from poltwt_console.geocoding.build import sources
from poltwt_console.geocoding.build.places import BuildPlace, distance_km
from poltwt_console.geocoding.build.postal import PostalRow
from poltwt_console.geocoding.layout import (
    COORDINATE_STEP,
    FORMAT,
    LAST_PLACE_KIND,
    NAME_FILTER_BITS,
    NO_PLACE,
    SKELETON_FILTER_BITS,
    SQUARE_COLUMNS,
    SQUARE_ROWS,
    Entry,
    make_filter,
    pack_entry,
    square_of,
)
from poltwt_console.geocoding.normalise import normalise

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE column (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE name (folded TEXT PRIMARY KEY, entries BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE postcode (code TEXT PRIMARY KEY, points BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE place (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE region (number INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE district (number INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE region_code (country TEXT, code TEXT, kind INTEGER, number INTEGER,
    PRIMARY KEY (country, code)) WITHOUT ROWID;
CREATE TABLE country (number INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL,
    tld TEXT NOT NULL, phone TEXT NOT NULL, neighbours TEXT NOT NULL, languages TEXT NOT NULL);
CREATE TABLE skeleton (key TEXT PRIMARY KEY, names TEXT NOT NULL) WITHOUT ROWID;
"""


def write_columns(db: sqlite3.Connection, places: list[BuildPlace], regions: list[str], districts: list[str],
                  countries: list[str]) -> None:  # fmt: skip
    """The numbers of every place, and the lists that they point into."""
    region_number = {code: number for number, code in enumerate(regions)}
    district_number = {code: number for number, code in enumerate(districts)}
    country_number = {code: number for number, code in enumerate(countries)}
    zones = sorted({place.timezone for place in places})
    zone_number = {zone: number for number, zone in enumerate(zones)}
    squares = array("I", [0]) * (SQUARE_ROWS * SQUARE_COLUMNS + 1)
    for place in places:
        squares[square_of(place.latitude, place.longitude) + 1] += 1
    for square in range(1, len(squares)):
        squares[square] += squares[square - 1]
    columns = {
        "latitude": array("i", (round(p.latitude / COORDINATE_STEP) for p in places)),
        "longitude": array("i", (round(p.longitude / COORDINATE_STEP) for p in places)),
        "population": array("I", (p.population for p in places)),
        "region": array("H", (region_number.get(p.region, 0) for p in places)),
        "district": array("H", (district_number.get(p.district, 0) for p in places)),
        "country": array("B", (country_number[p.country] for p in places)),
        "zone": array("H", (zone_number[p.timezone] for p in places)),
        "square": squares,
        "region_country": array("B", (country_number.get(code[:2], 0) for code in regions)),
        "district_country": array("B", (country_number.get(code[:2], 0) for code in districts)),
    }
    for name, values in columns.items():
        db.execute("INSERT INTO column VALUES (?, ?)", (name, values.tobytes()))
    db.execute("INSERT INTO meta VALUES ('zones', ?)", (" ".join(zones),))
    db.executemany("INSERT INTO place VALUES (?, ?)", ((n, p.name) for n, p in enumerate(places)))


def write_answers(db: sqlite3.Connection, places: list[BuildPlace], regions: list[str], districts: list[str],
                  countries: list[str]) -> None:  # fmt: skip
    """For when only an area is known: its place to stand for it, and how far its people live from there.

    That place is the capital of a country where GeoNames names one, else the most populous place.
    The reach (km) holds nine tenths of the people.  Places count at least 500 people each.
    """
    capitals = {code: normalise(fact["capital"]) for code, fact in sources.open_countries().items()}
    for name, codes in (("region", regions), ("district", districts), ("country", countries)):
        members: dict[str, list[int]] = defaultdict(list)
        for number, place in enumerate(places):
            members[getattr(place, name)].append(number)
        main, reach = array("I"), array("H")
        for code in codes:
            inside = members.get(code, []) if code else []
            if not inside:
                main.append(NO_PLACE)
                reach.append(0)
                continue
            capital = capitals.get(code, "") if name == "country" else ""
            best = max(inside, key=lambda n: (capital in places[n].folded, places[n].population, -n))
            main.append(best)
            reach.append(min(65_535, round(_reach(places, best, inside))))
        db.execute("INSERT INTO column VALUES (?, ?)", (f"{name}_main", main.tobytes()))
        db.execute("INSERT INTO column VALUES (?, ?)", (f"{name}_reach", reach.tobytes()))


def _reach(places: list[BuildPlace], centre: int, inside: list[int]) -> float:
    middle = places[centre]
    far = sorted(
        (distance_km(middle.latitude, middle.longitude, places[n].latitude, places[n].longitude), n)
        for n in inside
    )
    people = sum(max(500, places[n].population) for n in inside)
    counted = 0
    for distance, number in far:
        counted += max(500, places[number].population)
        if counted >= 0.9 * people:
            return distance
    return far[-1][0]


def write_names(db: sqlite3.Connection, entries: Mapping[str, Iterable[tuple[Entry, int]]],
                population: array[int]) -> None:  # fmt: skip
    """Folded name -> entries: countries, regions, districts, then places, the largest first."""

    def order(entry: tuple[Entry, int]) -> tuple[int, int, int]:
        kind, number = entry
        is_place = kind <= LAST_PLACE_KIND
        return (1, -population[number], number) if is_place else (0, -int(kind), number)

    for folded in sorted(entries):
        best: dict[tuple[bool, int], tuple[Entry, int]] = {}
        for kind, number in entries[folded]:
            key = (True, number) if kind <= LAST_PLACE_KIND else (False, kind << 29 | number)
            if key not in best or kind == Entry.PRIMARY:
                best[key] = kind, number
        packed = array("I", (pack_entry(*entry) for entry in sorted(best.values(), key=order)))
        db.execute("INSERT INTO name VALUES (?, ?)", (folded, packed.tobytes()))
    db.execute("INSERT INTO column VALUES ('name_filter', ?)", (make_filter(entries, NAME_FILTER_BITS),))


def write_regions(
    db: sqlite3.Connection, regions: list[str], districts: list[str], countries: list[str]
) -> None:
    """Names of regions and districts, and the codes that stand for them in addresses."""
    for table, level, codes in (("region", 1, regions), ("district", 2, districts)):
        names = dict(sources.open_admin(level))
        rows = ((number, code, names.get(code, "")) for number, code in enumerate(codes))
        db.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", rows)
    number = {code: n for n, code in enumerate(regions)}
    coded = [
        (country, code, Entry.REGION, number[f"{country}.{admin}"])
        for country, code, admin in sources.open_table("region_codes.tsv")
    ]
    # GeoNames' own codes are the postal ones in the United States and Switzerland, and for Italy's provinces.
    coded += [
        (code[:2], code[3:], Entry.REGION, n) for n, code in enumerate(regions) if code[:2] in {"US", "CH"}
    ]
    coded += [(code[:2], code[6:], Entry.DISTRICT, n) for n, code in enumerate(districts) if code[:2] == "IT"]
    # Territories of the United States stand where a state's code stands (USPS Publication 28, appendix B).
    coded += [("US", code, Entry.COUNTRY, countries.index(code)) for code in ("AS", "GU", "MP", "PR", "VI")]
    db.executemany("INSERT OR REPLACE INTO region_code VALUES (?, ?, ?, ?)", sorted(coded))


def write_countries(db: sqlite3.Connection, countries: list[str]) -> None:
    """What is asked of countries besides their places."""
    facts = sources.open_countries()
    for number, code in enumerate(countries):
        fact = facts[code]
        row = (number, code, fact["name"], fact["tld"], fact["phone"], fact["neighbours"], fact["languages"])
        db.execute("INSERT INTO country VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def write_skeletons(db: sqlite3.Connection, skeletons: list[tuple[str, str]]) -> None:
    """The index for the second look, and its filter."""
    db.executemany("INSERT INTO skeleton VALUES (?, ?)", skeletons)
    packed = make_filter((key for key, _ in skeletons), SKELETON_FILTER_BITS)
    db.execute("INSERT INTO column VALUES ('skeleton_filter', ?)", (packed,))


def write_postcodes(db: sqlite3.Connection, rows: Iterable[PostalRow], countries: list[str]) -> None:
    """Folded code -> points: country number, spread (km), latitude and longitude in 16 bits each."""
    country_number = {code: number for number, code in enumerate(countries)}
    points: dict[str, bytes] = defaultdict(bytes)
    for country, code, latitude, longitude, spread in rows:
        if country in country_number:
            points[code] += struct.pack(
                "<BBhh", country_number[country], spread, round(latitude * 364), round(longitude * 182)
            )
    db.executemany("INSERT INTO postcode VALUES (?, ?)", sorted(points.items()))


def open_new(path: Path) -> sqlite3.Connection:
    """An empty file with the tables, written without a journal: it is renamed only when whole."""
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.executescript(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA
    )
    db.execute(f"PRAGMA user_version = {FORMAT}")
    return db


def blank_library_version(path: Path) -> None:
    """Clear the two header fields in which SQLite notes its own version (bytes 92 to 99).

    They say nothing about the content (sqlite.org/fileformat.html, section 1.3.21) and would make
    the bytes depend on the machine.
    """
    with path.open("r+b") as file:
        file.seek(92)
        file.write(bytes(8))
