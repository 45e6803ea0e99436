"""The file of places, opened read-only: names, postcodes, positions, and what lies nearest.

Opening reads the columns (10 MB, some 20 ms); every name is one probe of the file.  The file is
opened ``immutable``: no locks, no journal, any number of threads and processes at once.  Each
thread has its own connection; a pool worker opens the file again by its path.  Mapping the file
into memory was tried: no faster, and 60 MB more of resident memory.
"""

from __future__ import annotations

import math
import sqlite3
import struct
import threading
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from poltwt_console import paths
from poltwt_console.errors import GazetteerError
from poltwt_console.geocoding.layout import (
    COORDINATE_STEP,
    FORMAT,
    SQUARE_COLUMNS,
    SQUARE_ROWS,
    SQUARES_PER_DEGREE,
    Entry,
    may_hold,
    square_of,
)
from poltwt_console.geocoding.normalise import NORMALISER_VERSION

_MEND = "Build it again with `python hatch_build.py`, or install the program again."
_POINT = struct.Struct("<BBhh")

#: Answers of the file kept in memory; addresses repeat their words.
_CACHE_ENTRIES = 20_000

AREAS = (Entry.REGION, Entry.DISTRICT, Entry.COUNTRY)

_EMPTY: array[int] = array("I")


@dataclass(frozen=True, slots=True)
class Country:
    """A country: its number in the file, ISO code, English name, and what hints may say of it."""

    number: int
    code: str
    name: str
    tld: str
    phone: str
    neighbours: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostcodePoint:
    """Where a postcode of one country lies (degrees) and how far its addresses spread (km)."""

    country: int
    spread_km: int
    latitude: float
    longitude: float


class PlaceFile:
    """The read side of the file that ``geocoding.build`` writes."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the file; GazetteerError with a hint if it is missing, damaged or of another version."""
        self.path = path or paths.gazetteer_file()
        if not self.path.is_file():
            raise GazetteerError(f"The file of places is missing: {self.path}.", _MEND)
        self._threads = threading.local()
        try:
            self._load()
        except (sqlite3.DatabaseError, ValueError, KeyError, struct.error) as error:
            raise self._damaged() from error
        self._names: dict[str, array[int]] = {}
        self._area_names: dict[tuple[Entry, int], str] = {}
        self._codes: dict[str, tuple[PostcodePoint, ...]] = {}

    def __reduce__(self) -> tuple[type[PlaceFile], tuple[Path]]:
        return PlaceFile, (self.path,)

    @property
    def _db(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._threads, "db", None)
        if db is None:
            uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
            db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._threads.db = db
        return db

    def _damaged(self) -> GazetteerError:
        return GazetteerError(f"The file of places is damaged: {self.path}.", _MEND)

    def _value(self, query: str, key: str | int) -> Any:
        """The one value that a query finds for a key, None if it finds no row."""
        try:
            row = self._db.execute(query, (key,)).fetchone()
        except sqlite3.DatabaseError as error:
            raise self._damaged() from error
        return row[0] if row else None

    def _load(self) -> None:
        db = self._db
        if db.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
            raise GazetteerError("The file of places is of another version of the program.", _MEND)
        meta = dict(db.execute("SELECT key, value FROM meta"))
        if int(meta["normaliser"]) != NORMALISER_VERSION:
            raise GazetteerError("The file of places was folded by another version of the program.", _MEND)
        self.credit: str = meta["credit"]
        self.zones: list[str] = meta["zones"].split(" ")
        blobs = dict(db.execute("SELECT name, data FROM column"))
        self.latitude = self._column("i", blobs["latitude"])
        self.longitude = self._column("i", blobs["longitude"])
        self.population = self._column("I", blobs["population"])
        self.region = self._column("H", blobs["region"])
        self.district = self._column("H", blobs["district"])
        self.country = self._column("B", blobs["country"])
        self.zone = self._column("H", blobs["zone"])
        self._square = self._column("I", blobs["square"])
        self._name_filter: bytes = blobs["name_filter"]
        self._skeleton_filter: bytes = blobs["skeleton_filter"]
        self._region_country = self._column("B", blobs["region_country"])
        self._district_country = self._column("B", blobs["district_country"])
        self._main = {kind: self._column("I", blobs[f"{kind.name.lower()}_main"]) for kind in AREAS}
        self._reach = {kind: self._column("H", blobs[f"{kind.name.lower()}_reach"]) for kind in AREAS}
        self.country_reach = self._reach[Entry.COUNTRY]
        rows = db.execute(
            "SELECT number, code, name, tld, phone, neighbours, languages FROM country ORDER BY number"
        )
        self.countries = [
            Country(number, code, name, tld, phone, tuple(neighbours.split(",")), tuple(languages.split(",")))
            for number, code, name, tld, phone, neighbours, languages in rows
        ]
        self.country_number = {country.code: country.number for country in self.countries}
        #: Language -> the numbers of the countries that speak it, and whether it is their first.
        self.speakers: dict[str, list[tuple[int, bool]]] = {}
        for one in self.countries:
            spoken = dict.fromkeys(tag.partition("-")[0] for tag in one.languages)
            for place, language in enumerate(spoken):
                self.speakers.setdefault(language, []).append((one.number, place == 0))
        self.region_codes: dict[str, list[tuple[int, Entry, int]]] = {}
        for country, code, kind, number in db.execute("SELECT country, code, kind, number FROM region_code"):
            self.region_codes.setdefault(code, []).append((self.country_number[country], Entry(kind), number))

    @staticmethod
    def _column(typecode: str, data: bytes) -> array[int]:
        column: array[int] = array(typecode)
        column.frombytes(data)
        return column

    def entries(self, folded: str) -> array[int]:
        """The packed entries of a folded name, empty if it names nothing."""
        try:
            return self._names[folded]
        except KeyError:
            pass
        if not may_hold(self._name_filter, folded):
            return _EMPTY
        packed = self._value("SELECT entries FROM name WHERE folded = ?", folded)
        found = self._column("I", packed) if packed else _EMPTY
        if len(self._names) >= _CACHE_ENTRIES:
            self._names.clear()
        self._names[folded] = found
        return found

    def postcode(self, code: str) -> tuple[PostcodePoint, ...]:
        """Where a folded code (``B46NQ``, or a prefix ``B4*``) lies, one point a country."""
        try:
            return self._codes[code]
        except KeyError:
            pass
        packed = self._value("SELECT points FROM postcode WHERE code = ?", code)
        found = tuple(
            PostcodePoint(country, spread, latitude / 364, longitude / 182)
            for country, spread, latitude, longitude in _POINT.iter_unpack(packed or b"")
        )
        if len(self._codes) >= _CACHE_ENTRIES:
            self._codes.clear()
        self._codes[code] = found
        return found

    def country_of(self, kind: Entry, number: int) -> int:
        """The number of the country that a region or district lies in."""
        return (self._region_country if kind == Entry.REGION else self._district_country)[number]

    def main_place(self, kind: Entry, number: int) -> int:
        """The place that stands for an area when nothing closer is known, or NO_PLACE."""
        return self._main[kind][number]

    def reach(self, kind: Entry, number: int) -> int:
        """How far from its main place nine tenths of an area's people live (km)."""
        return self._reach[kind][number]

    def skeleton_names(self, key: str) -> list[str]:
        """The folded names with a skeleton (see ``skeleton``)."""
        if not may_hold(self._skeleton_filter, key):
            return []
        names = self._value("SELECT names FROM skeleton WHERE key = ?", key)
        return str(names).split("\n") if names else []

    def position(self, place: int) -> tuple[float, float]:
        """Latitude and longitude of a place (degrees)."""
        return self.latitude[place] * COORDINATE_STEP, self.longitude[place] * COORDINATE_STEP

    def place_name(self, place: int) -> str:
        """The first name of a place, as GeoNames writes it."""
        return str(self._value("SELECT name FROM place WHERE number = ?", place))

    def area_name(self, kind: Entry, number: int) -> str:
        """The name of a region, district or country; "" for number 0 of the first two, which means none."""
        if kind == Entry.COUNTRY:
            return self.countries[number].name
        key = kind, number
        if key not in self._area_names:
            table = "region" if kind == Entry.REGION else "district"
            self._area_names[key] = str(self._value(f"SELECT name FROM {table} WHERE number = ?", number))
        return self._area_names[key]

    def region_name(self, place: int) -> str:
        """The name of the region that a place lies in, "" if none is known."""
        return self.area_name(Entry.REGION, self.region[place])

    def nearest(
        self, latitude: float, longitude: float, country: int | None = None
    ) -> tuple[int, float] | None:
        """The nearest place (of a country) and its distance in km; None if there is none within 3,000 km."""
        for rings in (1, 4, 20, 60):
            found = self._nearest_within(latitude, longitude, rings, country)
            if found is not None:
                return found, distance_km(latitude, longitude, *self.position(found))
        return None

    def _nearest_within(
        self, latitude: float, longitude: float, rings: int, country: int | None
    ) -> int | None:
        """The nearest place in the squares up to ``rings`` away, across the date line too.

        Distances are compared on a plane, in units of the stored coordinates.  Squares are taken from
        the point outwards; one that begins farther away than the best place so far is passed over.
        """
        north, east = latitude / COORDINATE_STEP, longitude / COORDINATE_STEP
        shrink = math.cos(math.radians(latitude)) ** 2
        row, column = divmod(square_of(latitude, longitude), SQUARE_COLUMNS)
        best, found = math.inf, -1
        latitudes, longitudes = self.latitude, self.longitude
        outwards = sorted(range(-rings, rings + 1), key=abs)
        for r in (row + away for away in outwards):
            if not 0 <= r < SQUARE_ROWS or _gap(north, r * _SIDE - 90 / COORDINATE_STEP) ** 2 > best:
                continue
            for unwrapped in (column + away for away in outwards):
                if shrink * _gap(east, unwrapped * _SIDE - 180 / COORDINATE_STEP) ** 2 > best:
                    continue
                turns, c = divmod(unwrapped, SQUARE_COLUMNS)
                square = r * SQUARE_COLUMNS + c
                reference = east - turns * 360 / COORDINATE_STEP
                for place in range(self._square[square], self._square[square + 1]):
                    if country is not None and self.country[place] != country:
                        continue
                    distance = (latitudes[place] - north) ** 2 + shrink * (longitudes[place] - reference) ** 2
                    if distance < best or (distance == best and place < found):
                        best, found = distance, place
        return None if found < 0 else found


#: The side of a square in units of the stored coordinates.
_SIDE = 1 / SQUARES_PER_DEGREE / COORDINATE_STEP


def _gap(position: float, low: float) -> float:
    """How far a position lies outside a square's rows or columns, which begin at ``low``."""
    return max(low - position, position - low - _SIDE, 0.0)


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km on a sphere of 6371 km; within 0.6 % of the ellipsoid."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, half)))
