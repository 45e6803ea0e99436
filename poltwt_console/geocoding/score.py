"""Measures the geocoder on a table of addresses: ``python -m poltwt_console.geocoding.score FILE``.

The table has the columns id, address, country, lat, lon (degrees).  Every row counts: an
unresolved one is a miss.  A dependent territory and its parent count as one country.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from poltwt_console.domain.place import Hints, Location
from poltwt_console.geocoding import open_geocoder
from poltwt_console.geocoding.gazetteer import distance_km
from poltwt_console.geocoding.territories import same_country


@dataclass(frozen=True, slots=True)
class Row:
    """One address with its true point, and the answer."""

    id: str
    address: str
    country: str
    distance_km: float
    location: Location


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--gazetteer", type=Path)
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    geocoder = open_geocoder(arguments.gazetteer)
    with arguments.file.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    for given in (True, False):
        rows = []
        started = time.perf_counter()
        for line in table:
            location = geocoder.locate(line["address"], Hints(country=line["country"] if given else None))
            distance = 99999.0
            if location.place is not None:
                distance = distance_km(
                    location.place.latitude, location.place.longitude, float(line["lat"]), float(line["lon"])
                )
            rows.append(Row(line["id"], line["address"], line["country"], distance, location))
        seconds = time.perf_counter() - started
        total = len(rows)
        wrong = [
            r
            for r in rows
            if r.location.place is not None and not same_country(r.location.place.country, r.country)
        ]
        print(
            f"country {'given' if given else 'not given'}: "
            + "  ".join(
                f"<={km}: {100 * sum(r.distance_km <= km for r in rows) / total:.1f}" for km in (10, 25, 50)
            )
            + f"  wrong {100 * len(wrong) / total:.1f}  {total / seconds:.0f}/s"
        )
        queue = sorted(rows, key=lambda r: r.location.margin)[: total // 10]
        bad = [r for r in rows if r.distance_km > 50 and r not in queue]
        print(f"   bad not in queue {100 * len(bad) / total:.2f}")
        for label in Counter(r.location.place.precision for r in rows if r.location.place):
            of = [r for r in rows if r.location.place and r.location.place.precision == label]
            print(f"   {label}: {len(of)}  <=25 {100 * sum(r.distance_km <= 25 for r in of) / len(of):.1f}")
        if arguments.misses:
            for r in rows:
                if r.distance_km > 25:
                    p = r.location.place
                    print(
                        f"{r.id} [{r.country}] {r.address!r} -> {p and p.label} {r.distance_km:.0f} km m={r.location.margin:.1f}"
                    )


if __name__ == "__main__":
    main()
