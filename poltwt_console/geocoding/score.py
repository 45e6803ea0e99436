"""Measures the geocoder on a table of addresses: ``python -m poltwt_console.geocoding.score FILE``.

The table (CSV) has the columns id, address, country (ISO code), lat, lon (degrees).  Every row
counts: an unresolved one is a miss.  A dependent territory and its parent count as one country.
The true time zone is that of the nearest place of the gazetteer.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from poltwt_console.domain.edition import NOVEMBER_2013
from poltwt_console.domain.place import Hints, Location, Precision
from poltwt_console.domain.schedule import offset_on
from poltwt_console.geocoding import Geocoder, open_geocoder
from poltwt_console.geocoding.gazetteer import distance_km
from poltwt_console.geocoding.territories import same_country

_NOWHERE_KM = 20_000.0


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of the table with its answer; ``distance_km`` is from the true point."""

    id: str
    address: str
    country: str
    zone: str
    location: Location
    distance_km: float

    @property
    def is_wrong_country(self) -> bool:
        place = self.location.place
        return place is not None and not same_country(place.country, self.country)

    @property
    def is_same_time(self) -> bool:
        place = self.location.place
        if place is None or place.timezone is None:
            return False
        day = NOVEMBER_2013.day
        return offset_on(day, place.timezone) == offset_on(day, self.zone)


def answer_all(
    geocoder: Geocoder, table: Sequence[dict[str, str]], given: bool
) -> tuple[list[Answer], float]:
    """Every row's answer, and the seconds that it took to place them all."""
    locations = []
    started = time.perf_counter()
    for row in table:
        locations.append(geocoder.locate(row["address"], Hints(country=row["country"]) if given else Hints()))
    seconds = time.perf_counter() - started
    answers = []
    for row, location in zip(table, locations, strict=True):
        latitude, longitude = float(row["lat"]), float(row["lon"])
        place = location.place
        distance = distance_km(latitude, longitude, place.latitude, place.longitude) if place else _NOWHERE_KM
        near = geocoder.file.nearest(latitude, longitude)
        zone = geocoder.file.zones[geocoder.file.zone[near[0]]] if near else "UTC"
        answers.append(Answer(row["id"], row["address"], row["country"], zone, location, distance))
    return answers, seconds


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} %" if whole else "    - "


def report(answers: Sequence[Answer]) -> list[str]:
    """The measures of one run as lines."""
    total = len(answers)
    queue = [a for a in answers if a.location.needs_review or a.location.place is None]
    silent = [a for a in answers if a.location.place is not None and not a.location.needs_review]
    lines = [
        *(
            f"within {km} km{_share(sum(a.distance_km <= km for a in answers), total):>20}"
            for km in (10, 25, 50)
        ),
        f"wrong country{_share(sum(a.is_wrong_country for a in answers), total):>17}",
        f"needs a look{_share(len(queue), total):>18}",
        f"> 50 km off, not to look at{_share(sum(a.distance_km > 50 for a in silent), total)}",
        f"same UTC offset{_share(sum(a.is_same_time for a in answers), total):>15}",
        f"same, or none told{_share(sum(a.is_same_time or _has_no_zone(a) for a in answers), total):>12}",
    ]
    for precision in (Precision.POSTCODE, Precision.LOCALITY, Precision.REGION, Precision.COUNTRY):
        of = [a for a in answers if a.location.place is not None and a.location.place.precision is precision]
        near = sum(a.distance_km <= 25 for a in of)
        inside = sum(a.location.place is not None and a.distance_km <= a.location.place.radius_km for a in of)
        lines.append(
            f"{precision:<9} {len(of):4} answers{_share(near, len(of))} within 25 km,"
            f"{_share(inside, len(of))} inside the radius"
        )
    return lines


def _has_no_zone(answer: Answer) -> bool:
    return answer.location.place is None or answer.location.place.timezone is None


def _half(identifier: str) -> int:
    """Which half of the rows one belongs to, by the hash of its id: fit on one, check on the other."""
    return hashlib.sha256(identifier.encode()).digest()[0] & 1


def main() -> None:
    """Read the table, place it with and without the country, print the measures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, help="CSV with id, address, country, lat, lon")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only one half of the rows")
    parser.add_argument("--misses", action="store_true", help="list answers more than 25 km off")
    arguments = parser.parse_args()
    with arguments.file.open(encoding="utf-8", newline="") as file:
        table = [row for row in csv.DictReader(file) if arguments.half in (None, _half(row["id"]))]
    started = time.perf_counter()
    geocoder = open_geocoder()
    geocoder.locate(table[0]["address"] if table else "")
    print(f"open and first answer: {1000 * (time.perf_counter() - started):.0f} ms")
    for given in (True, False):
        answers, seconds = answer_all(geocoder, table, given)
        print(
            f"\n{len(table):,} addresses, country {'given' if given else 'not given'}: "
            f"{len(table) / seconds:,.0f} a second"
        )
        print("\n".join(report(answers)))
        if arguments.misses:
            for answer in answers:
                if answer.distance_km > 25:
                    print(_describe_miss(answer))
    print(f"\nmemory of the process: {_resident_megabytes():.0f} MB")


def _resident_megabytes() -> float:
    """Resident memory now (Linux), else the most that the process ever had (kB, on macOS bytes)."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _describe_miss(answer: Answer) -> str:
    place = answer.location.place
    label = place.label if place else "none"
    return (
        f"{answer.id} [{answer.country}] {answer.address!r} -> {label}, {answer.distance_km:.0f} km, "
        f"margin {answer.location.margin} {answer.location.needs_review}"
    )


if __name__ == "__main__":
    main()
