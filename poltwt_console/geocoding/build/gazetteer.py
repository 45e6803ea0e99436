"""The whole build, step by step: ``build`` makes the file, ``is_current`` says whether it must."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from pathlib import Path

from poltwt_console.geocoding.build import sources, write
from poltwt_console.geocoding.build.names import Entries, index_areas, index_places, index_skeletons
from poltwt_console.geocoding.build.places import Neighbourhood, add_postal_places, load_places
from poltwt_console.geocoding.build.postal import gather_postcodes
from poltwt_console.geocoding.build.regions import gather_country_names, gather_region_names
from poltwt_console.geocoding.layout import (
    NAME_FILTER_BITS,
    SKELETON_FILTER_BITS,
    Entry,
    make_filter,
    square_of,
)
from poltwt_console.geocoding.normalise import NORMALISER_VERSION

#: Shown in About, written into NOTICE and into the file (CC BY 4.0 asks for credit, link and changes).
CREDIT = (
    "Contains data from GeoNames (https://www.geonames.org), licensed under CC BY 4.0 "
    "(https://creativecommons.org/licenses/by/4.0/), modified: filtered, normalised and re-indexed. "
    "Territory names: Unicode CLDR (Unicode License V3)."
)


def digest() -> str:
    """The stamp of a file built now: inputs, builder source and normaliser in one SHA-256."""
    return sources.inputs_digest(Path(__file__).parent)


def is_current(path: Path) -> bool:
    """Whether the file is there and was built from these very inputs by this very source."""
    if not path.is_file():
        return False
    try:
        db = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
        try:
            row = db.execute("SELECT value FROM meta WHERE key = 'inputs'").fetchone()
        finally:
            db.close()
    except sqlite3.DatabaseError:
        return False  # damaged or half written: build it again
    return row is not None and row[0] == digest()


def build(path: Path) -> None:
    """Build the file beside ``path`` and rename it there when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    records = sources.open_postcodes()
    places = load_places()
    near = Neighbourhood(places)
    region_names, district_names = gather_region_names(places, records, near)
    add_postal_places(places, records, near)
    places.sort(key=lambda p: (square_of(p.latitude, p.longitude), p.latitude, p.longitude, p.name))

    countries = sorted(sources.open_countries())
    regions, districts = ["", *sorted(region_names)], ["", *sorted(district_names)]
    entries: Entries = defaultdict(list)
    index_places(places, entries)
    index_areas(Entry.REGION, regions, region_names, entries)
    index_areas(Entry.DISTRICT, districts, district_names, entries)
    index_areas(Entry.COUNTRY, countries, gather_country_names(entries.keys()), entries)
    entries.pop("", None)

    db = write.open_new(fresh)
    with db:
        write.write_columns(db, places, regions, districts, countries)
        write.write_answers(db, places, regions, districts, countries)
        write.write_names(db, entries, array("I", (p.population for p in places)))
        write.write_postcodes(db, gather_postcodes(records), countries)
        skeletons = index_skeletons(places)
        db.executemany("INSERT INTO skeleton VALUES (?, ?)", skeletons)
        filters = {
            "name_filter": make_filter(entries, NAME_FILTER_BITS),
            "skeleton_filter": make_filter((key for key, _ in skeletons), SKELETON_FILTER_BITS),
        }
        db.executemany("INSERT INTO column VALUES (?, ?)", filters.items())
        _write_regions(db, regions, districts, countries)
        _write_countries(db, countries)
        db.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [("credit", CREDIT), ("inputs", digest()), ("normaliser", str(NORMALISER_VERSION))],
        )
    db.close()
    write.blank_library_version(fresh)
    fresh.replace(path)


def _write_regions(
    db: sqlite3.Connection, regions: list[str], districts: list[str], countries: list[str]
) -> None:
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


def _write_countries(db: sqlite3.Connection, countries: list[str]) -> None:
    facts = sources.open_countries()
    for number, code in enumerate(countries):
        fact = facts[code]
        row = (number, code, fact["name"], fact["tld"], fact["phone"], fact["neighbours"], fact["languages"])
        db.execute("INSERT INTO country VALUES (?, ?, ?, ?, ?, ?, ?)", row)
