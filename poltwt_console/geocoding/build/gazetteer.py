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
from poltwt_console.geocoding.layout import Entry, square_of
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
        db = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
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
        write.write_skeletons(db, index_skeletons(places))
        write.write_regions(db, regions, districts, countries)
        write.write_countries(db, countries)
        db.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [("credit", CREDIT), ("inputs", digest()), ("normaliser", str(NORMALISER_VERSION))],
        )
    db.close()
    write.blank_library_version(fresh)
    fresh.replace(path)
